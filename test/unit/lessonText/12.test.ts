// Lesson 12: each number and each outcome that its prose speaks of, computed.

import { describe, expect, it } from 'vitest';
import type { PlaneValue } from '../../../src/shared/planeValue.ts';
import type { ParamValues } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table } from '../programs/run.ts';
import { blockOf, Claims, readLesson } from './lessonProse.ts';

const lesson = readLesson('12-optimisation');
const minus = (value: number, digits = 3) => String(Number(value.toFixed(digits))).replace('-', '−');

function runBlock(block: string, changed: ParamValues = {}) {
  const { body } = blockOf(lesson, block);
  const { program } = body as unknown as { program: string };
  return run(program, { ...(body.params as unknown as ParamValues), ...changed });
}

/** The weekend's loss, as one would write it down; its bends are the eigenvalues of [[20, 8], [8, 4]]. */
const weekend = ([w, b]: readonly number[]) => (3 * w! + b! - 5) ** 2 + (w! + b! - 4) ** 2;
const [STEEP, FLAT] = [12 + Math.sqrt(12 ** 2 - 16), 12 - Math.sqrt(12 ** 2 - 16)];

describe('lesson 12, optimisation', () => {
  it('says only numbers that are computed here', async () => {
    const claims = new Claims(lesson);
    pilot(claims);
    await valley(claims);
    bends(claims);
    rules(claims);
    byHand(claims);
    await sweep(claims);
    await ditches(claims);
    await start(claims);
    quizzes(claims);
    expect(claims.numbers).toBeGreaterThan(40);
    expect(claims.unclaimed()).toEqual([]);
  });
});

/** What the needle shows, minute by minute. */
function needle(share: number): string[] {
  return [0, 1, 2, 3].map((minutes) => minus(8 * (1 - share) ** minutes));
}

function pilot(claims: Claims): void {
  claims.says(`With a share of one half the needle goes ${needle(0.5).join(', ')}.`);
  claims.says(`With a share of one and a half it goes ${needle(1.5).join(', ')}`);
  claims.says(`With a share of two it's ${needle(2).join(', ')}, for ever.`);
  claims.says(`${needle(2.5).slice(1).join(', ')}. The pilot corrects`);
}

async function valley(claims: Claims): Promise<void> {
  const trace = await runBlock('fog');
  const [frame] = framesOf(trace, 'take-step');
  const { rows, marks } = table(trace, frame, 'landed');
  const landed = rows as [string, number, number][];
  const long = (output(trace, frame, 'landscape') as PlaneValue).points!.at(-1)!;
  claims.says('The gradient was (10, 2), so the longest step moved `w` by 1 and `b` by 0.2.');
  expect([2 - long.x, 1 - long.y].map((part) => Number(part.toFixed(6)))).toEqual([1, 0.2]);
  claims.says(`landed higher than it began: at ${weekend([1, 0.8]).toFixed(2)}, from ${weekend([2, 1])}.`);
  claims.says(`The best of the four, 0.05, landed at ${minus(weekend([1.5, 0.9]), 2)}.`);
  expect(landed[marks![0]!.row]![0]).toBe('0.05 × gradient');
  // What the slope foretells: 5 less the rate times 10² + 2².
  const foretold = [0.005, 0.02, 0.05, 0.1].map((rate) => 5 - rate * (10 ** 2 + 2 ** 2));
  expect(landed.map(([, promised]) => promised)).toEqual(foretold.map((loss) => Number(loss.toPrecision(4))));
  expect(landed[0]![2]).toBe(4.509);
  claims.says(`For the shortest step the slope foretold ${minus(foretold[0]!)}, and it came to ${landed[0]![2]}.`);
  claims.says(`For the longest it foretold ${minus(foretold[3]!)}, and no sum of squares is below 0.`);
  const off = (10 * (2 - 0.5) + 2 * (1 - 3.5)) / (Math.hypot(10, 2) * Math.hypot(2 - 0.5, 1 - 3.5));
  claims.says(`"Straight downhill" was ${Math.round((Math.acos(off) * 180) / Math.PI)} degrees off!`);
  expect(weekend([0.5, 3.5])).toBe(0);
  claims.says('at `w` = 0.5 and `b` = 3.5');

  const balls = async (changed: ParamValues = {}) => {
    const run = await runBlock('balls', changed);
    return (steps: number, name: string) => {
      const frame = run.frames.find(({ label }) => label === `After ${steps} ${steps === 1 ? 'step' : 'steps'}`);
      const row = table(run, frame, 'balls').rows.find(([ball]) => ball === name) as [string, number, number, number];
      return { place: [row[1], row[2]], loss: row[3] };
    };
  };
  const usual = await balls();
  claims.says(`At a rate of 0.02 SGD is slow: after 100 steps its loss is still ${minus(usual(100, 'SGD').loss, 2)}`);
  expect(Math.max(usual(100, 'Momentum').loss, usual(100, 'Adam').loss)).toBeLessThan(0.001);
  const [zigzag, wild, gone] = [await balls({ rate: 0.08 }), await balls({ rate: 0.085 }), await balls({ rate: 0.09 })];
  claims.says('At 0.08 it zigzags across the valley and is *better* for it: less than 0.0001 is left.');
  expect(zigzag(100, 'SGD').loss).toBeLessThan(0.0001);
  claims.says(`At 0.085 it swings so wildly that ${minus(wild(100, 'SGD').loss)} is left. At 0.09 it's gone.`);
  expect(gone(100, 'SGD').loss).toBeNull();
  expect(0.09 / 0.02).toBeCloseTo(4.5);
  expect(usual(1, 'Adam').place).toEqual([1.9, 0.9]);
  claims.says('from (2, 1) to (1.9, 0.9). The slopes were 10 and 2, and both numbers moved by 0.1, which is its rate.');
  // RMSProp: the first step, and that it never settles.
  const far = 2 - usual(1, 'RMSProp').place[0]!;
  claims.says(`it moved both numbers by ${minus(far)}, and its rate is 0.1.`);
  claims.says(
    `Its root is ${minus(Math.sqrt(0.1))} of $g$, and dividing by that makes ${minus(1 / Math.sqrt(0.1), 2)} of every 1.`,
  );
  expect(1 / Math.sqrt(1 - 0.99)).toBeCloseTo(10, 6);
  claims.says("PyTorch's default for $\\beta$ is 0.99, and there the first step is ten times too long.");
  claims.says('as $\\beta$ is 0.9 there');
  const late = [80, 100].map((steps) => minus(usual(steps, 'RMSProp').loss));
  claims.says(`it's at ${late[0]} after 80 steps and at ${late[1]} after 100`);
  claims.says('times the sign of $g$: 0.1, as you saw');
}

function bends(claims: Claims): void {
  claims.says('SGD bounced out between 0.085 and 0.09.');
  claims.says('H = \\begin{pmatrix} 20 & 8 \\\\ 8 & 4 \\end{pmatrix}');
  // Measured: how the slope along w changes with w and with b, and that along b with b.
  const second = (i: number, j: number) => {
    const at = (a: number, b: number) => {
      const place = [0.3, 0.7];
      place[i]! += a;
      place[j]! += b;
      return weekend(place);
    };
    return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / 4;
  };
  expect([second(0, 0), second(0, 1), second(1, 1)].map((bend) => Number(bend.toFixed(6)))).toEqual([20, 8, 4]);
  claims.says('that grows by $18 + 2 = 20$ with $w$');
  claims.says(`are ${STEEP.toFixed(2)} and ${FLAT.toFixed(2)}`);
  const most = 2 / STEEP;
  claims.says(`So the largest rate is 2 / ${STEEP.toFixed(2)} = ${most.toFixed(4)}`);
  claims.says('why 0.085 still comes in and 0.09 doesn');
  const factor = 1 - most * FLAT;
  claims.says(`The factor is 1 − ${most.toFixed(4)} × ${FLAT.toFixed(2)}, so ${factor.toFixed(3)}.`);
  claims.says(`It takes about ${Math.round(-Math.log(10) / Math.log(factor))} steps to come ten times nearer.`);
  claims.says(`The ratio of the two bends, ${Math.round(STEEP / FLAT)} here`);
}

function rules(claims: Claims): void {
  claims.says('added a memory in 1964');
  expect(1 / (1 - 0.9)).toBeCloseTo(10, 9);
  claims.says("With $\\mu = 0.9$ that's ten times $g$.");
  expect(1 / (1 + 0.9)).toBeCloseTo(0.53, 2);
  claims.says('one with slopes near 10, one with slopes near 1, and a pull of 0.1.');
  // The pull is in the ruler as well, so it counts a little less than pull / slope.
  const counts = [10, 1].map((slope) => 0.1 / Math.hypot(slope, 0.1));
  expect(counts[0]).toBeCloseTo(0.01, 4);
  expect(counts[1]).toBeCloseTo(0.1, 2);
  claims.says('So it counts about 0.01 for the first weight and about 0.1 for the second.');
}

/** The loop of the code to run. */
function byHand(claims: Claims): void {
  const losses = (rate: number) => {
    let [w, b] = [2, 1];
    return Array.from({ length: 101 }, () => {
      const loss = weekend([w, b]);
      const [saturday, sunday] = [3 * w + b - 5, w + b - 4];
      w -= rate * 2 * (3 * saturday + sunday);
      b -= rate * 2 * (saturday + sunday);
      return loss;
    });
  };
  const tooFar = losses(0.086);
  claims.says('Set the rate to 0.085, then to 0.086');
  expect(losses(0.085)[100]).toBeLessThan(losses(0.085)[90]!);
  claims.says("The valley's bend put the edge at 0.0858.");
  const [twenty, last] = [tooFar[20]!, tooFar[100]!];
  expect(Math.min(...tooFar.filter((_, step) => step % 10 === 0))).toBe(twenty);
  claims.says(
    `At 0.086 the loss falls to ${minus(twenty)} by step 20, and then rises: after 100 steps it's ${minus(last)}`,
  );
}

async function sweep(claims: Claims): Promise<void> {
  const trace = await runBlock('sweep');
  const rows = table(trace, trace.frames.at(-1), 'losses').rows as number[][];
  const below = (column: number) => rows.filter((row) => row[column]! < -1).length;
  const [sgd, momentum, rmsprop, adam] = [1, 2, 3, 4].map(below);
  claims.says(`Each rule was let go 50 steps at ${rows.length} rates, from a thousandth to 1.`);
  claims.says(
    `Momentum manages at ${momentum} of the ${rows.length} rates, Adam at ${adam}, SGD and RMSProp at ${sgd} each.`,
  );
  expect([sgd, rmsprop]).toEqual([2, 2]);
  claims.says(`It comes below a loss of 0.1 at the most of the ${rows.length} rates.`);
  claims.says(`Right, at ${momentum} of them.`);
  claims.says(`At ${sgd} of the ${rows.length}: a narrow strip right before it bounces out.`);
  const good = rows.map((row) => row[1]! < -1);
  expect(rows[good.lastIndexOf(true) + 1]![1]).toBe(4);
  claims.says(`At ${rmsprop} of the ${rows.length}. Its steps`);
  claims.says(`At ${adam} of the ${rows.length}, and all are large ones.`);
  expect(rows.filter((row) => row[4]! < -1).every(([power]) => power! >= -1)).toBe(true);
  claims.says("short ones don't get there in 50 steps");
  claims.says('What is left of the loss after 50 steps: −1 stands for 0.1, and −2 for 0.01.');
  // "Adam's best rate here throws SGD out."
  const best = rows.reduce((a, b) => (b[4]! < a[4]! ? b : a));
  expect(best[1]).toBe(4);
}

async function ditches(claims: Claims): Promise<void> {
  const trace = await runBlock('ditches');
  const rows = table(trace, trace.frames.at(-1), 'balls').rows as [string, number, number, number][];
  const shallow = rows.filter(([, x]) => x > 0);
  expect(shallow.map(([ball]) => ball)).toEqual(['SGD', 'RMSProp', 'Adam']);
  for (const [, , , loss] of shallow) {
    expect(loss.toFixed(1)).toBe('1.3');
  }
  claims.says('at a loss near 1.3');
  claims.says(`rolls over the hump, to ${minus(rows[1]![3])}.`);
}

async function start(claims: Claims): Promise<void> {
  const last = async (spread: number, start = 1) => {
    const trace = await runBlock('start', { spread, start });
    return (table(trace, trace.frames.at(-1), 'curve').rows as number[][]).at(-1)!;
  };
  const [equal, little, much] = [await last(0), await last(0.1), await last(2)];
  expect(equal[2]).toBe(0);
  claims.says('say 0.3?');
  claims.says(`the loss stops at ${minus(equal[1]!)}.`);
  expect(little[1]).toBeLessThan(0.0005);
  claims.says('Now set the spread to 0.1.');
  claims.says(`Set it to 2, and the loss hangs at ${minus(much[1]!)}.`);
  const starts = Array.from({ length: 20 }, (_, i) => i + 1);
  const come = async (spread: number) =>
    (await Promise.all(starts.map((start) => last(spread, start)))).filter(([, loss]) => loss! < 0.1).length;
  expect(await come(0.1)).toBe(starts.length);
  claims.says(`With a spread of 0.1 all ${starts.length} come below 0.1, and with 2 only ${await come(2)} of them do.`);
  claims.says(`What do ${equal[0]} steps make of them?`);
  claims.says(`With 100 inputs and $s = 1$ it's ${Math.sqrt(100)}`);
}

function quizzes(claims: Claims): void {
  const answer = (id: string) => blockOf(lesson, id).body.options!.find(({ right }) => right)!.text;
  expect(answer('adam-first')).toBe('Both by about 0.001.');
  claims.says('at a rate of 0.001. One weight has the gradient 500, another 0.002.');
  claims.says('Both by about 0.001.');
  claims.says(`The first by ${0.001 * 500}, the other by ${(0.001 * 0.002).toFixed(6)}.`);
  expect(answer('largest-rate')).toBe(`Anything below ${2 / 10}.`);
  claims.says('so its slope is $10u$');
  for (const said of ['Anything below 0.2.', 'Anything below 0.1.', 'At 0.1 it lands', 'up to 0.2', 'Beyond 0.2']) {
    claims.says(said);
  }
  claims.says('1 − 10 × rate');
  claims.says('rates below 2 / 10');
  claims.says(`At a rate of 0.5, u is multiplied by ${minus(1 - 10 * 0.5)}`);
  claims.says('with a momentum of 0.9');
}

describe('the live blocks of lesson 12', () => {
  it('offer four steps in the fog, and hide the heights until one is chosen', async () => {
    const trace = await runBlock('fog');
    const [frame] = framesOf(trace, 'take-step');
    expect(table(trace, frame, 'choices').rows).toHaveLength(4);
    expect((output(trace, trace.frames[0], 'fog') as PlaneValue).heights).toBeUndefined();
    expect((output(trace, frame, 'landscape') as PlaneValue).heights).toBeDefined();
  });
});
