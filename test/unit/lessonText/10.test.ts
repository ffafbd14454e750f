// Lesson 10: each number and each outcome that its prose speaks of, computed here in 64 bits or run as the lesson's blocks
// do; what those stand on is compared with PyTorch in test/unit/programs/neurons.test.ts.

import { encode } from 'gpt-tokenizer/encoding/r50k_base';
import { describe, expect, it } from 'vitest';
import type { PlaneValue } from '../../../src/shared/planeValue.ts';
import type { ParamValues } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table } from '../programs/run.ts';
import { blockOf, Claims, grouped, percent, readLesson } from './lessonProse.ts';

const lesson = readLesson('10-neural-networks');
const runBlock = (block: string, more: ParamValues = {}) => {
  const { program, params } = blockOf(lesson, block).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...more });
};
/** The quarter of the plane that a point lies in. */
const crowdOf = ({ x, y }: { readonly x: number; readonly y: number }) => `${Math.sign(x)} ${Math.sign(y)}`;
/** As the lesson writes a number: a true minus sign. */
const shown = (value: number, digits: number) => value.toFixed(digits).replace('-', '−');

const scores = [2, 1, 0];
const powers = scores.map(Math.exp);
const total = powers.reduce((sum, power) => sum + power, 0);
const shares = powers.map((power) => power / total);

describe('lesson 10, neural networks', () => {
  it('says only numbers that are computed here', () => {
    const claims = new Claims(lesson);
    folding(claims);
    training(claims);
    softmax(claims);
    layers(claims);
    entropy(claims);
    quizzes(claims);
    expect(claims.unclaimed()).toEqual([]);
  });
});

function folding(claims: Claims): void {
  const relu = (sum: number) => Math.max(0, sum);
  const corners = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ] as const;
  const bent = corners.map(([a, b]) => [relu(a - b), relu(b - a)] as const);
  expect(bent).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [0, 0],
  ]);
  // From (0, 0) to the line through (1, 0) and (0, 1).
  claims.says(`with a gap of ${Math.SQRT1_2.toFixed(2)} to spare`);
  expect(bent.map(([p, q]) => p + q - 0.5 > 0)).toEqual([false, true, true, false]);
  claims.says('take off 0.5, and the sign is the answer');
}

function training(claims: Claims): void {
  claims.says('Below, 60 points of two kinds lie in four crowds, as the corners of XOR do.');
  claims.says('and 15 of the 60 points are left on the wrong side');
  claims.says('From the first start it gets stuck, with 30 points wrong.');
  claims.says(
    'With 8 of them the loss stays at 0.692: about 50:50 for every point, and half of them on the wrong side.',
  );
  claims.says('and *Hidden neurons* to 2');
  claims.says(`Their final loss is ${(Math.LN2 / 2).toFixed(3)}, which is half of ln 2.`);
  claims.says('In 600 small steps they found no way out.');
}

function softmax(claims: Claims): void {
  claims.says(
    `The number e is about ${Math.E.toFixed(3)}. Its powers are always above 0: $e^0 = 1$, $e^1 = ${Math.E.toFixed(2)}$, $e^2 = ${Math.exp(2).toFixed(2)}$, and $e^{-1} = ${Math.exp(-1).toFixed(2)}$.`,
  );
  claims.says('$\\ln 7.39 = 2$');
  expect(Math.log(7.39)).toBeCloseTo(2, 3);
  claims.says(
    `Raise e to the power of each score: ${powers[0]!.toFixed(2)}, ${powers[1]!.toFixed(2)} and 1. Now all are above 0, and together they are ${total.toFixed(2)}.`,
  );
  const [out, high, late] = shares.map((share) => percent(share));
  claims.says(`So \`out\` gets ${out}, \`high\` gets ${high} and \`late\` ${late}.`);
  claims.says('Set *Added to every score* to 50, and open the fifth step.');
  claims.says(`to which the model gave ${shares[0]!.toFixed(3)}`);
  claims.says(`= -\\ln ${shares[0]!.toFixed(3)} = ${(-Math.log(shares[0]!)).toFixed(3)}`);
  claims.says(`with its ${late}, the surprise would be ${(-Math.log(shares[2]!)).toFixed(3)}`);
  claims.says('One gave the right answer 51% and the other 99%.');
  claims.says('gave it its name in 1990');
  claims.says('Softmax, and a trap in 32 bits');
  claims.says('A number of 32 bits holds');
  claims.says('where a share is too small for 32 bits');
  const most = 3.4028234663852886e38; // IEEE 754: (2 - 2^-23) * 2^127
  expect([Math.fround(most), Math.fround(Math.exp(89))]).toEqual([most, Number.POSITIVE_INFINITY]);
  claims.says(
    `no more than about $3.4 \\cdot 10^{38}$, which is $e^{${Math.log(most).toFixed(1)}}$. A score of 89 is already too much: $e^{89}$`,
  );
  claims.says('set *Added to every score* to 100');
  claims.says('and a row that lies 1000 lower has nothing but zeros');
  expect(Math.fround(Math.exp(-1000))).toBe(0);
}

function layers(claims: Claims): void {
  claims.says('That makes 2 × 4 + 4 in the hidden layer and 4 × 2 + 2 in the last, 22 numbers in all.');
  expect(2 * 4 + 4 + 4 * 2 + 2).toBe(22);
  claims.says('The network above has 22');
  claims.says('For 22 weights you could wait');
  const pieces = (lines: number) => 1 + lines + (lines * (lines - 1)) / 2;
  claims.says(`that's ${pieces(2)} pieces for 2 lines, ${pieces(4)} for 4 lines and ${pieces(16)} for 16`);
  claims.says('proved it for sigmoids in 1989');
  claims.says("GPT-2's smallest version has 124 million"); // Radford et al. 2019: 124,439,808
  claims.says('and for 124 million you couldn');
}

function entropy(claims: Claims): void {
  const tokens = 256 + 50_000 + 1; // bytes, merges, and the end of a text
  expect(encode('a').length).toBe(1);
  claims.says(
    `${Math.LN2.toFixed(3)} for two, ${Math.log(3).toFixed(3)} for three, and ${Math.log(tokens).toFixed(2)} for the ${grouped(tokens)} tokens of GPT-2`,
  );
  claims.says(
    `A share of 90% costs ${(-Math.log(0.9)).toFixed(3)}, one of 10% costs ${(-Math.log(0.1)).toFixed(3)}, and one of a millionth ${(-Math.log(1e-6)).toFixed(3)}.`,
  );
  claims.says('a model which says 99% should be wrong once in a hundred times');
  // The slope of the loss, measured.
  const loss = (moved: readonly number[]) => Math.log(moved.reduce((sum, z) => sum + Math.exp(z), 0)) - moved[0]!;
  const slopes = scores.map((_, i) => {
    const to = (by: number) => loss(scores.map((score, j) => (i === j ? score + by : score)));
    return (to(1e-5) - to(-1e-5)) / 2e-5;
  });
  expect(slopes).toEqual(shares.map((share, i) => expect.closeTo(share - (i === 0 ? 1 : 0), 8)));
  const [right, second, third] = slopes.map((slope) => shown(slope, 3));
  claims.says(`For our three scores and the answer \`out\` that's ${right}, ${second} and ${third}.`);
}

function quizzes(claims: Claims): void {
  claims.says('model A gives the right answer a share of 0.4, and model B a share of 0.01');
  claims.says(`A pays ${(-Math.log(0.4)).toFixed(2)} nats, and B pays ${(-Math.log(0.01)).toFixed(2)}.`);
  claims.says('A pays 0.6, and B pays 0.99.');
}

describe('the live blocks of lesson 10', () => {
  it('bend as the text says, and only with a bend', async () => {
    const folded = { pa: 1, pb: -1, qa: -1, qb: 1 };
    expect((await runBlock('bend')).frames[0]!.label).toBe('No line parts them yet');
    const trace = await runBlock('bend', folded);
    expect(trace.frames[0]!.note).toContain('with a gap of 0.71');
    expect(table(trace, trace.frames[0], 'numbers').rows.map((row) => row.slice(1))).toEqual([
      [0, 0, 0, 0],
      [-1, 1, 0, 1],
      [1, -1, 1, 0],
      [0, 0, 0, 0],
    ]);
    expect((await runBlock('bend', { ...folded, bend: 'none' })).frames[0]!.label).toBe('No line parts them yet');
    // "Two corners come together, but they are the wrong two": p dragged to (1, −1), q as it is.
    const half = await runBlock('bend', { pb: -1 });
    const labels = (output(half, half.frames[0], 'bent') as PlaneValue).points!.map(({ label }) => label);
    expect(labels).toContain('0, 1 and 1, 1');
  });

  it('train as the text says', async () => {
    const trained = async (more: ParamValues) => {
      const trace = await runBlock('train', more);
      const last = trace.frames.at(-1)!;
      const wrong = (output(trace, last, 'plane') as PlaneValue).points!.filter((point) => point.wrong);
      const [step, loss] = table(trace, last, 'curve').rows[0] as [number, number];
      expect(step).toBe(600);
      return { wrong: wrong.length, loss: loss.toFixed(3), crowds: new Set(wrong.map(crowdOf)).size };
    };
    expect((await trained({})).wrong).toBe(0);
    // The strip: the squares' two crowds and the middle between them on one side, the others on the other.
    const learned = await runBlock('train');
    const { heights } = output(learned, learned.frames.at(-1), 'plane') as PlaneValue;
    const { columns, bytes } = heights!;
    const side = (x: number, y: number) => {
      const [i, j] = [x, y].map((at) => Math.round(((at + 1.5) / 3) * (columns - 1))) as [number, number];
      return Math.sign(new Float32Array(bytes)[j * columns + i]!);
    };
    expect([side(0.75, -0.75), side(-0.75, 0.75), side(0, 0)]).toEqual([1, 1, 1]);
    expect([side(0.75, 0.75), side(-0.75, -0.75)]).toEqual([-1, -1]);
    expect((await trained({ hidden: 1 })).wrong).toBe(15);
    expect(await trained({ hidden: 8, bend: 'none' })).toMatchObject({ wrong: 30, loss: '0.692' });
    expect(await trained({ hidden: 2 })).toEqual({ wrong: 30, loss: '0.347', crowds: 2 });
    expect((await trained({ hidden: 2, start: 2 })).wrong).toBe(0);
    expect((await trained({ points: 'island', hidden: 3 })).wrong).toBe(0);
  });

  it('share out and surprise as the text says', async () => {
    const trace = await runBlock('scores');
    expect(trace.frames[0]!.note).toContain('−ln 0.665 = 0.408');
    expect(trace.frames.findIndex(({ op }) => op === 'plus')).toBe(4); // the fifth step
    const lifted = await runBlock('scores', { plus: 50 });
    const [plain, safe] = ['plain', 'safe'].map((name) =>
      table(lifted, framesOf(lifted, 'plus')[0], name).rows.map((row) => row[3]),
    );
    expect([plain, safe]).toEqual([shares.map((share) => share.toFixed(3)), plain]);
    const curves = await runBlock('bends');
    const rows = table(curves, curves.frames[0], 'curves').rows;
    expect(rows.at(-1)).toEqual([5, 1, expect.closeTo(0.9933, 4), expect.closeTo(0.9999, 4), 5]);
  });
});
