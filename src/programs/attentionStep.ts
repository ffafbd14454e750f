// One block of a transformer on a sentence: attention and the feed-forward part opened into their operations, a loss,
// and the way back. The weights are drawn by chance, as in a model that has learned nothing yet.

import { backward } from '../engine/autograd.ts';
import { add } from '../engine/ops/add.ts';
import { crossEntropy, IGNORED } from '../engine/ops/crossEntropy.ts';
import { embedding } from '../engine/ops/embedding.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { transpose } from '../engine/ops/transpose.ts';
import type { Description } from '../engine/tensorValues.ts';
import { Parameters } from '../model/parameters.ts';
import type { TableValue } from '../shared/trace.ts';
import { splitWords } from '../tokenizers/words.ts';
import { decimal } from './decimal.ts';
import { engineStep, type StepWords } from './engineStep.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { attended, type BlockWeights, type Step, thoughtOver, WEIGHT_AXES, weightsOf } from './transformerBlock.ts';
import { counted, many, tableValue, tokensValue, visible } from './views.ts';

const MOST_WORDS = 8;

const GRADIENTS: TableValue['columns'] = [
  { id: 'weight', label: 'weight', type: 'text' },
  { id: 'numbers', label: 'numbers', type: 'number' },
  { id: 'most', label: 'largest gradient', type: 'number' },
];

export const attentionStep = defineProgram({
  id: 'attention-step',
  title: 'One block of a transformer',
  session: false,
  params: {
    sentence: { type: 'text', label: 'Sentence', default: 'the keeper lit the lamp', maxLength: 200 },
    heads: {
      type: 'choice',
      label: 'Heads',
      default: '2',
      options: ['1', '2', '4'].map((value) => ({ value, label: value })),
    },
    causal: { type: 'switch', label: 'Hide the words that come later', default: true },
  },
  async *run({ params, trace, tape, random, engine: load }) {
    const all = splitWords(params.sentence, 'words');
    const words = all.slice(0, MOST_WORDS);
    trace.frame({
      op: 'split',
      label: 'The sentence in words',
      note: splitNote(words.length, all.length - words.length),
      outputs: { words: trace.value(tokensValue(words.map((text) => ({ text })))) },
      source: places.splitWords,
    });
    yield;
    if (words.length < 2) {
      return;
    }

    const engine = await load();
    const types = [...new Set(words)].toSorted();
    const names = { T: words.map(visible), S: words.map(visible), V: types.map(visible) };
    const step: Step = (caption, name, axes, work) => {
      const result = described(name, axes, names);
      return engineStep(tape, engine, { ...caption, result }, work);
    };
    const weights = weightsOf(new Parameters(engine, random), types.length, words.length);
    for (const [name, axes] of Object.entries(WEIGHT_AXES)) {
      tape.describe(weights[name as keyof BlockWeights], described(name, axes, names));
    }
    const idOf = (word: string) => types.indexOf(word);
    const ids = engine.fromData(Int32Array.from(words, idOf), [words.length]); // (T,)
    const next = [...words.slice(1).map(idOf), IGNORED];
    const targets = engine.fromData(Int32Array.from(next), [words.length]); // (T,)
    tape.describe(ids, described('ids', ['T'], names));
    tape.describe(targets, described('targets', ['T'], names));

    const found = step(LOOK_UP, 'found', ['T', 'C'], () => embedding(weights.words, ids)); // (T, C)
    yield;
    const x = step(PLACE, 'x', ['T', 'C'], () => add(found, weights.positions)); // (T, C)
    yield;
    const attention = { heads: Number(params.heads), causal: params.causal };
    const heard = step(ATTENTION, 'heard', ['T', 'C'], () => attended(step, weights, x, attention)); // (T, C)
    yield;
    const mixed = step(ADD_HEARD, 'mixed', ['T', 'C'], () => add(x, heard)); // (T, C)
    yield;
    const thought = step(MLP, 'thought', ['T', 'C'], () => thoughtOver(step, weights, mixed)); // (T, C)
    yield;
    const y = step(ADD_THOUGHT, 'y', ['T', 'C'], () => add(mixed, thought)); // (T, C)
    yield;
    const logits = step(LOGITS, 'logits', ['T', 'V'], () => {
      const turned = step(TURN_TABLE, 'turned', ['C', 'V'], () => transpose(weights.words)); // (C, V)
      return step(COMPARE, 'logits', ['T', 'V'], () => matmul(y, turned)); // (T, V)
    });
    yield;
    const loss = step(LOSS, 'loss', [], () => crossEntropy(logits, targets)); // ()
    yield;
    tape.record(engine, () => tape.caption(WAY_BACK, () => backward(loss)));
    yield;

    const given = Object.values(weights).map(({ name = '', size, grad }): [string, number, number] => [
      name,
      size,
      Math.max(0, ...Array.from(grad?.toFlat() ?? [], Math.abs)),
    ]);
    const count = given.reduce((sum, [, size]) => sum + size, 0);
    trace.frame({
      op: 'gradients',
      label: 'What each weight is told',
      note: `The loss is ${decimal(loss.item(), 3)}. Each of the ${many(count)} numbers now knows which way to move to lower it; a step of training moves them all a little.`,
      outputs: { gradients: trace.value(tableValue(GRADIENTS, given)) },
    });
    yield;
  },
});

type Words = Omit<StepWords, 'result'>;

const LOOK_UP: Words = {
  label: 'Look the words up',
  note: 'Each word fetches its row of the table. The rows are drawn by chance: nothing has been learned yet.',
};

const PLACE: Words = {
  label: 'Add the places',
  note: 'Row 0 of the positions is added to the first word, row 1 to the second, and so on.',
};

const ATTENTION: Words = {
  op: 'self-attention',
  label: 'Attention',
  note: 'Each word gathers from the words that it may see. Open this step to see how.',
};

const ADD_HEARD: Words = {
  label: 'Add what was gathered',
  note: 'What attention made is added to the stream; what stood there stays in the sum.',
};

const MLP: Words = {
  op: 'mlp',
  label: 'Feed-forward',
  note: 'Each word is worked over by itself: no row looks at another here.',
};

const ADD_THOUGHT: Words = {
  label: 'Add what was worked out',
  note: 'Added to the stream again. This is what the block gives to the next one.',
};

const LOGITS: Words = {
  op: 'logits',
  label: 'Which word comes next?',
  note: 'Each row is compared with the row of every word: the larger the product, the likelier that word.',
};

const TURN_TABLE: Words = {
  label: 'Turn the table of words',
  note: 'Rows become columns, without copying: the same numbers, read in another order.',
};

const COMPARE: Words = { label: 'Compare with every word', note: 'One product for each place and each word.' };

const LOSS: Words = {
  label: 'How wrong is it?',
  note: 'How surprised the model is at the words that do come next, on average. The last word has none.',
};

const WAY_BACK: Words = {
  op: 'way-back',
  label: 'The way back',
  note: 'The steps again, last one first: each hands on how much the loss would change with what it took in.',
};

/** A tensor's name, its axes, and what stands along those that have names. */
function described(
  name: string,
  axes: readonly string[],
  names: Readonly<Record<string, readonly string[]>>,
): Description {
  const labels = Object.fromEntries(
    axes.flatMap((axis, i) => (names[axis] === undefined ? [] : [[i, names[axis]] as const])),
  );
  return { name, axes, labels };
}

function splitNote(shown: number, left: number): string {
  if (shown < 2) {
    return 'A block compares words with each other, and learns from the next one: type at least two.';
  }
  const rest = left === 0 ? '' : ` The ${counted(left, 'word')} behind them ${left === 1 ? 'is' : 'are'} left out.`;
  return `${counted(shown, 'word')}, one row each in every step that follows.${rest}`;
}
