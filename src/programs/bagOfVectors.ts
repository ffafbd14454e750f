// One sentence in two orders, each averaged to one vector: what an average can know of order, without positions and with
// them, and with a bend between. The words' vectors are drawn by chance, as in a model that has learned nothing yet.

import type { Engine } from '../engine/engine.ts';
import { add } from '../engine/ops/add.ts';
import { embedding } from '../engine/ops/embedding.ts';
import { relu } from '../engine/ops/relu.ts';
import { mean } from '../engine/ops/sum.ts';
import { sinusoidalPositions } from '../engine/positions.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Random } from '../shared/environment.ts';
import type { TableValue } from '../shared/trace.ts';
import { splitWords } from '../tokenizers/words.ts';
import { decimals } from './decimal.ts';
import { engineStep } from './engineStep.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, tableValue, tokensValue, visible } from './views.ts';

/** How many numbers a word's vector has. */
const CHANNELS = 4;
/** Rows of the learned table of positions: words beyond it have no row. */
const LEARNED_ROWS = 8;
const MOST_WORDS = 16;
/** Means closer than this are the same but for rounding. */
const ROUNDING = 1e-5;

const ORDERS: Readonly<Record<string, { label: string; of(words: readonly string[]): readonly string[] }>> = {
  reversed: { label: 'turned round', of: (words) => words.toReversed() },
  alphabet: { label: 'by the alphabet', of: (words) => words.toSorted() },
  moved: { label: 'first word last', of: (words) => [...words.slice(1), ...words.slice(0, 1)] },
};

const POSITIONS = [
  { value: 'none', label: 'none' },
  { value: 'learned', label: 'rows of a table' },
  { value: 'waves', label: 'waves' },
] as const;

/** What is said of the vectors that are added, by the kind of positions. */
const ADDED: Readonly<Record<string, string>> = {
  learned:
    'Row 0 of the positions is added to the first word, row 1 to the second; these rows are drawn by chance too.',
  waves: 'Row 0 of the waves is added to the first word, row 1 to the second, and so on.',
};

const MEANS: TableValue['columns'] = [
  { id: 'channel', label: 'channel', type: 'number' },
  { id: 'written', label: 'as written', type: 'number' },
  { id: 'other', label: 'other order', type: 'number' },
  { id: 'bits', label: 'same bits?', type: 'text' },
];
const SAME = 'They are the same';
const DIFFERENT = 'They differ';

export const bagOfVectors = defineProgram({
  id: 'bag-of-vectors',
  title: 'A sentence as a bag of vectors',
  session: false,
  params: {
    sentence: { type: 'text', label: 'Sentence', default: 'dog bites man', maxLength: 200 },
    order: {
      type: 'choice',
      label: 'The other order',
      default: 'reversed',
      options: Object.entries(ORDERS).map(([value, { label }]) => ({ value, label })),
    },
    positions: { type: 'choice', label: 'Positions', default: 'none', options: POSITIONS },
    bend: { type: 'switch', label: 'Bend each vector before the average', default: false },
  },
  async *run({ params, trace, tape, random, engine: load }) {
    const all = splitWords(params.sentence, 'words');
    const words = all.slice(0, params.positions === 'learned' ? LEARNED_ROWS : MOST_WORDS);
    const other = ORDERS[params.order]!;
    const orders = [
      { label: 'as written', words },
      { label: other.label, words: other.of(words) },
    ];
    const shown = orders.map((order) => trace.value(tokensValue(order.words.map((text) => ({ text })))));
    trace.frame({
      op: 'split',
      label: 'One sentence, two orders',
      note: splitNote(words, orders[1]!.words, all.length - words.length, params.positions === 'learned'),
      outputs: { asWritten: shown[0]!, otherOrder: shown[1]! },
      source: places.splitWords,
    });
    yield;
    if (words.length === 0) {
      return;
    }

    const engine = await load();
    const types = [...new Set(words)].toSorted();
    const table = eighths(engine, types.length, random); // (V, C)
    tape.describe(table, { name: 'table', axes: ['V', 'C'], labels: { 0: types.map(visible) } });

    const vectors: Tensor[] = []; // of each order: (T, C)
    for (const order of orders) {
      const ids = engine.fromData(
        Int32Array.from(order.words, (word) => types.indexOf(word)),
        [order.words.length],
      ); // (T,)
      tape.describe(ids, { name: 'ids', axes: ['T'], labels: { 0: order.words.map(visible) } });
      const caption = {
        label: `Look up, ${order.label}`,
        note: `Each word fetches its own row of the table: ${counted(order.words.length, 'vector')} of ${CHANNELS} numbers.`,
        result: described('vectors', order.words),
      };
      vectors.push(engineStep(tape, engine, caption, () => embedding(table, ids)));
      yield;
    }

    let through = vectors; // of each order: (T, C)
    if (params.positions !== 'none') {
      const positions = positionRows(engine, params.positions, words.length, random); // (T, C)
      tape.describe(positions, { name: 'positions', axes: ['T', 'C'] });
      const placed: Tensor[] = [];
      for (const [i, order] of orders.entries()) {
        const caption = {
          label: `Add positions, ${order.label}`,
          note: ADDED[params.positions]!,
          result: described('placed', order.words),
        };
        placed.push(engineStep(tape, engine, caption, () => add(vectors[i]!, positions)));
        yield;
      }
      through = placed;
    }

    if (params.bend) {
      const bent: Tensor[] = [];
      for (const [i, order] of orders.entries()) {
        const given = through[i]!;
        const caption = {
          label: `Bend, ${order.label}`,
          note: `Every number below 0 becomes 0: that happens to ${below(given)} of the ${given.size}.`,
          result: described('bent', order.words),
        };
        bent.push(engineStep(tape, engine, caption, () => relu(given)));
        yield;
      }
      through = bent;
    }

    const [first, second] = through as [Tensor, Tensor];
    const averages = engine.scope(() => [mean(first, 0).toFlat(), mean(second, 0).toFlat()] as const); // (C,) each
    const [written, turned] = averages;
    const averaging = `Each channel is added up over the ${counted(words.length, 'word')} and divided by their number`;
    const caption = {
      label: `Average, ${orders[0]!.label}`,
      note: `${averaging}: ${decimals(written, 3)}.`,
      result: { name: 'mean', axes: ['C'] },
    };
    engineStep(tape, engine, caption, () => mean(first, 0));
    yield;

    const rows = Array.from(written, (value, channel) => [
      channel,
      value,
      turned[channel]!,
      Object.is(value, turned[channel]) ? 'yes' : 'no',
    ]);
    const apart = Math.max(...written.map((value, channel) => Math.abs(value - turned[channel]!)));
    // The other average comes out only here, beside the first, so that it can be bet on.
    trace.frame({
      op: 'compare',
      label: `Average, ${orders[1]!.label}`,
      note: compareNote(apart, words.join(' ') === orders[1]!.words.join(' ')),
      inputs: {
        guesses: trace.value(tableValue([{ id: 'guess', label: 'the averages', type: 'text' }], [[SAME], [DIFFERENT]])),
        vectors: tape.value(second),
      },
      outputs: {
        outcome: trace.value({ kind: 'text', text: apart < ROUNDING ? SAME : DIFFERENT }),
        averages: trace.value(tableValue(MEANS, rows)),
      },
    });
    yield;
  },
});

function described(name: string, words: readonly string[]) {
  return { name, axes: ['T', 'C'], labels: { 0: words.map(visible) } };
}

/**
 * `rows` rows drawn evenly from the eighths between -2 and 2, shape (rows, C). Sums of eighths need no rounding, so
 * that their order can't show in the last bits.
 */
function eighths(engine: Engine, rows: number, random: Random): Tensor {
  const data = Float32Array.from({ length: rows * CHANNELS }, () => (Math.floor(random() * 33) - 16) / 8);
  return engine.fromData(data, [rows, CHANNELS]); // (rows, C)
}

/** A row for each of `length` places, shape (length, C): waves, or drawn by chance as a table before training. */
function positionRows(engine: Engine, kind: string, length: number, random: Random): Tensor {
  return kind === 'waves' ? sinusoidalPositions(engine, length, CHANNELS) : eighths(engine, length, random);
}

function below(x: Tensor): number {
  return x.toFlat().filter((value: number) => value < 0).length;
}

function splitNote(words: readonly string[], other: readonly string[], left: number, rows: boolean): string {
  if (words.length === 0) {
    return 'The sentence holds no word: type some.';
  }
  const why = rows ? `the table of positions has ${LEARNED_ROWS} rows` : `${MOST_WORDS} are shown at most`;
  const cut =
    left === 0 ? '' : ` The ${counted(left, 'word')} behind them ${left === 1 ? 'is' : 'are'} left out: ${why}.`;
  return `The same ${counted(words.length, 'word')} twice: “${plain(words)}” and “${plain(other)}”.${cut}`;
}

/** Words for a sentence, the beginning of many. */
function plain(words: readonly string[]): string {
  return visible(words.join(' ')).replaceAll('␣', ' ');
}

function compareNote(apart: number, sameSentence: boolean): string {
  const why = sameSentence ? ' Both orders are the same sentence here.' : '';
  if (apart === 0) {
    return `The two averages agree to the last bit.${why}`;
  }
  if (apart < ROUNDING) {
    return `The two averages are the same but for rounding: they differ by ${apart.toExponential(0)} at most.${why}`;
  }
  return `The two averages differ, by up to ${decimals([apart], 3).slice(1, -1)}: the order shows.`;
}
