// Three scores become probabilities, and one probability becomes surprise: softmax and cross entropy, by hand and by the
// engine, with scores that can be dragged.

import type { Engine } from '../engine/engine.ts';
import { crossEntropy } from '../engine/ops/crossEntropy.ts';
import { softmax } from '../engine/ops/softmax.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { engineStep } from './engineStep.ts';
import { overPlane } from './overPlane.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

/** What may come after "The tide is". */
const WORDS = ['out', 'high', 'late'] as const;
/** In sight on either axis, and as far as a score can be moved. */
const REACH = 6;

const logit = (word: string, value: number) =>
  ({ type: 'number', label: `Score of “${word}”`, default: value, min: -REACH, max: REACH, step: 0.25 }) as const;
const number = (id: string, label: string) => ({ id, label, type: 'number' as const });
const word = { id: 'word', label: 'word', type: 'text' } as const;

export const scoresToSurprise = defineProgram({
  id: 'scores-to-surprise',
  title: 'From scores to surprise',
  session: false,
  params: {
    out: logit(WORDS[0], 2),
    high: logit(WORDS[1], 1),
    late: logit(WORDS[2], 0),
    answer: {
      type: 'choice',
      label: 'The word that came',
      default: WORDS[0],
      options: WORDS.map((value) => ({ value, label: `“${value}”` })),
    },
    plus: { type: 'number', label: 'Added to every score', default: 0, min: 0, max: 1000, step: 50 },
  },
  async *run({ params: { out, high, late, answer, plus }, trace, tape, engine: load }) {
    const scores = [out, high, late];
    const right = (WORDS as readonly string[]).indexOf(answer);
    const powers = scores.map(Math.exp);
    const total = powers.reduce((sum, power) => sum + power, 0);
    const shares = powers.map((power) => power / total);
    const surprise = -Math.log(shares[right]!);
    const [x, y] = WORDS.map((name) => ({ label: `score of “${name}”`, from: -REACH, to: REACH }));
    trace.frame({
      op: 'picture',
      label: `“${answer}” came: ${decimal(surprise)} nats`,
      note: `The model gave “${answer}” ${decimal(100 * shares[right]!, 1)}%, so it is surprised by −ln ${decimal(shares[right]!, 3)} = ${decimal(surprise, 3)} nats.`,
      outputs: {
        plane: trace.value({
          kind: 'plane',
          x: x!,
          y: y!,
          equal: true,
          heights: overPlane(x!, y!, (first, second) => lossOf([first, second, late], right), {
            label: 'surprise',
            levels: [0.1, 0.5, 1, 2, 3, 4, 6, 8, 10, 12],
            range: [0, 12],
          }),
          points: [{ x: out, y: high, label: 'the scores', role: 'chosen', move: { x: 'out', y: 'high' } }],
        }),
        shares: trace.value(sharesTable(scores, powers, shares, right)),
      },
    });
    yield;

    trace.frame({
      op: 'exp',
      label: 'Make them positive',
      note: `e to the power of each score; together ${decimal(total)}.`,
      formula: 'e^score',
      source: places.softmax,
      outputs: {
        powers: trace.value(
          tableValue(
            [word, number('score', 'score'), number('power', 'e^score')],
            WORDS.map((name, i) => [name, scores[i]!, powers[i]!]),
          ),
        ),
      },
    });
    yield;

    trace.frame({
      op: 'shares',
      label: 'Divide by the sum',
      note: `Each is divided by ${decimal(total)}, and now they share 1.`,
      formula: 'p = e^score / sum of e^score',
      source: places.softmax,
      outputs: { shares: trace.value(sharesTable(scores, powers, shares, right)) },
    });
    yield;

    trace.frame({
      op: 'surprise',
      label: 'How surprised at what came',
      note: `Only the share of “${answer}” counts: −ln ${decimal(shares[right]!, 3)} = ${decimal(surprise, 3)}.`,
      formula: 'loss = −ln p[answer]',
      source: places.crossEntropy,
      outputs: {
        each: trace.value(
          tableValue(
            [word, number('share', 'share'), number('surprise', 'surprise if it comes')],
            WORDS.map((name, i) => [name, shares[i]!, -Math.log(shares[i]!)]),
            [{ row: right, role: 'chosen' }],
          ),
        ),
      },
    });
    yield;

    trace.frame({
      op: 'plus',
      label: `Add ${plus} to every score`,
      note: plusNote(scores, plus),
      outputs: {
        plain: trace.value(sharesIn32(scores.map((value) => value + plus))),
        safe: trace.value(sharesIn32(scores.map((value) => value - Math.max(...scores)))),
      },
    });
    yield;

    const engine = await load();
    const logits = tape.describe(engine.tensor([scores.map((value) => value + plus)]), { name: 'scores' }); // (1, 3)
    engineStep(tape, engine, ENGINE_SOFTMAX, () => softmax(logits)); // (1, 3)
    yield;
    engineStep(tape, engine, ENGINE_LOSS, () => crossEntropy(logits, target(engine, right))); // ()
    yield;
  },
});

const ENGINE_SOFTMAX = {
  label: 'The same, by the engine',
  note: 'One row of three scores; the axis of the words is shared out.',
  result: { name: 'shares' },
};

const ENGINE_LOSS = {
  label: 'And the surprise',
  note: 'The engine goes from the scores to the surprise in one step, without the shares in between.',
  result: { name: 'loss' },
};

function target(engine: Engine, right: number) {
  return engine.fromData(Int32Array.of(right), [1]); // (1,)
}

/** -ln of the share that softmax gives the right one. */
function lossOf(scores: readonly number[], right: number): number {
  const most = Math.max(...scores);
  return most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0)) - scores[right]!;
}

function sharesTable(
  scores: readonly number[],
  powers: readonly number[],
  shares: readonly number[],
  right: number,
): TableValue {
  return tableValue(
    [word, number('score', 'score'), number('power', 'e^score'), number('share', 'share')],
    WORDS.map((name, i) => [name, scores[i]!, powers[i]!, shares[i]!]),
    [{ row: right, role: 'chosen' }],
  );
}

/** In 32 bits, as engines compute: e^89 is more than they can hold. */
const exp32 = (value: number) => Math.fround(Math.exp(value));

/** As they come out without any care. */
function sharesIn32(scores: readonly number[]): TableValue {
  const powers = scores.map(exp32);
  const total = Math.fround(powers.reduce((sum, power) => sum + power, 0));
  return tableValue(
    [
      word,
      number('score', 'score'),
      { id: 'power', label: 'e^score', type: 'text' },
      { id: 'share', label: 'share', type: 'text' },
    ],
    WORDS.map((name, i) => [
      name,
      scores[i]!,
      Number.isFinite(powers[i]!) ? String(Number(powers[i]!.toPrecision(4))) : 'too large',
      (powers[i]! / total).toFixed(3),
    ]),
  );
}

function plusNote(scores: readonly number[], plus: number): string {
  const most = Math.max(...scores) + plus;
  const over = !Number.isFinite(exp32(most));
  return over
    ? `e^${decimal(most)} is more than 32 bits can hold, and too large divided by too large is no number. Take the largest score off first, as in the second table, and the shares are what they were.`
    : 'The shares are what they were: what is added to all scores cancels. So the largest score can be taken off first, as in the second table.';
}
