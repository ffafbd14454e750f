// Lesson 09: each number and each outcome that its prose speaks of, computed here by a perceptron of the test's own, and
// what its live blocks come to.

import { describe, expect, it } from 'vitest';
import { MORNINGS, UMBRELLAS } from '../../../src/programs/walks.ts';
import type { ParamValues } from '../../../src/shared/trace.ts';
import { framesOf, run, table } from '../programs/run.ts';
import { blockOf, Claims, grouped, readLesson } from './lessonProse.ts';

const lesson = readLesson('09-perceptron');
const runBlock = (block: string, more: ParamValues = {}) => {
  const { program, params } = blockOf(lesson, block).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...more });
};

type Weights = readonly number[];
interface Point {
  readonly x: Weights;
  readonly yes: boolean;
}
/** With the bias as the last weight, and 1 as the last input. */
const points = MORNINGS.map(([rain, way, walked]): Point => ({ x: [rain, way, 1], yes: walked === 1 }));
const dot = (a: Weights, b: Weights) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const right = (v: Weights, { x, yes }: Point) => dot(v, x) > 0 === yes;
const allRight = (v: Weights, of: readonly Point[] = points) => of.every((point) => right(v, point));
/** As the lesson writes a number: a true minus sign. */
const shown = (value: number) => String(value).replace('-', '−');

/** Every correction in order: the score before and after, and by then how many in each round. */
function learned(of: readonly Point[], rounds: number) {
  let v: Weights = of[0]!.x.map(() => 0);
  const mistakes: number[] = [];
  const ends: Weights[] = [];
  const changes: { round: number; point: number; before: number; after: number }[] = [];
  for (let round = 1; round <= rounds && mistakes.at(-1) !== 0; round++) {
    mistakes.push(0);
    for (const [point, { x, yes }] of of.entries()) {
      if (!right(v, of[point]!)) {
        const before = dot(v, x);
        v = v.map((value, i) => value + (yes ? x[i]! : -x[i]!));
        changes.push({ round, point, before, after: dot(v, x) });
        mistakes[round - 1]! += 1;
      }
    }
    ends.push(v);
  }
  return { v, mistakes, changes, ends };
}

describe('lesson 09, the perceptron', () => {
  it('says only numbers that are computed here', () => {
    const claims = new Claims(lesson);
    weighing(claims);
    learning(claims);
    misleading(claims);
    deeper(claims);
    gates(claims);
    quizzes(claims);
    expect(claims.unclaimed()).toEqual([]);
  });
});

function weighing(claims: Claims): void {
  for (const [i, [rain, way, walked]] of MORNINGS.slice(0, 4).entries()) {
    claims.says(`| ${i + 1} | ${rain} | ${way} | ${walked === 1 ? 'a walk' : 'the bus'} |`);
  }
  const today = [1, 5, 1];
  expect(MORNINGS.some(([rain, way]) => rain === today[0] && way === today[1])).toBe(false);
  claims.says("Today there's 1 mm of rain, and she has 5 km to go.");
  claims.says('Take the weight −1 for rain, 0 for the way, and a bias of 2.');
  claims.says(`For today that makes −1 × 1 + 0 × 5 + 2 = ${dot([-1, 0, 2], today)}, so she walks.`);
  expect(points.filter((point) => !right([-1, 0, 2], point))).toHaveLength(2);
  claims.says('With −1, −1 and 5 every morning is right, and today she takes the bus.');
  claims.says('With −2, −1 and 7.5 every morning is right too, and today she walks!');
  expect([allRight([-1, -1, 5]), allRight([-2, -1, 7.5]), allRight([-2, -2, 10])]).toEqual([true, true, true]);
  expect([dot([-1, -1, 5], today) > 0, dot([-2, -1, 7.5], today) > 0]).toEqual([false, true]);
}

function learning(claims: Claims): void {
  const { v, mistakes, changes } = learned(points, 30);
  const first = changes.filter(({ round }) => round === 1);
  const enough = first.filter(({ point, after }) => after > 0 === points[point]!.yes);
  expect([first.length, enough.length]).toEqual([6, 3]);
  claims.says("Three of the six changes were enough, and three weren't.");
  expect(changes.every(({ point, before, after }) => after > before === points[point]!.yes)).toBe(true);
  expect(mistakes.slice(0, 2)).toEqual([6, 8]);
  claims.says('The first round had six mistakes, and the second has eight.');
  expect([mistakes.length, mistakes.at(-1)]).toEqual([9, 0]);
  claims.says(
    `It took ${changes.length} corrections, and they end at the weights ${shown(v[0]!)} and ${shown(v[1]!)} with a bias of ${v[2]}.`,
  );
  // The rate: a tenth of everything, and the same mistakes.
  expect(
    learned(
      points.map(({ x, yes }) => ({ x, yes })),
      30,
    ).mistakes,
  ).toEqual(mistakes);
}

function misleading(claims: Claims): void {
  claims.says('Every distance becomes 1000 times larger. The weight that does the same work is −0.003 instead of −3.');
  const inMetres = points.map(({ x, yes }) => ({ x: [x[0]!, 1000 * x[1]!, 1], yes }));
  expect(allRight([-3, -0.003, 14], inMetres)).toBe(true);
  const three = points.map(({ x, yes }, i) => ({ x: [x[0]!, x[1]!, UMBRELLAS[i]!, 1], yes }));
  claims.says(`Only the order of the days differs: 1 to ${three.length}, or ${three.length} to 1.`);
  const [forth, back] = [learned(three, 200).v, learned(three.toReversed(), 200).v];
  expect([allRight(forth, three), allRight(back, three)]).toEqual([true, true]);
  expect([Math.sign(forth[2]!), Math.sign(back[0]!), Math.sign(forth[0]!), Math.sign(back[2]!)]).toEqual([
    1, 1, -1, -1,
  ]);
  claims.says(`The first says that umbrellas speak *for* walking, with a weight of ${forth[2]}.`);
  const rain = points.map(({ x }) => x[0]!);
  const about = UMBRELLAS.reduce((sum, count) => sum + count, 0) / rain.reduce((sum, mm) => sum + mm, 0);
  expect(about).toBeCloseTo(2, 0); // about two for each millimetre
  expect(right(forth, { x: [6, 2, 0, 1], yes: false })).toBe(true);
  expect(right(back, { x: [6, 2, 0, 1], yes: true })).toBe(true);
  claims.says('in which "age" has the weight 0.02 and "has a garden" the weight 1.5');
  // "Without umbrellas all twelve are still right."
  expect(learned(points, 30).mistakes.at(-1)).toBe(0);
}

function deeper(claims: Claims): void {
  claims.says('With three inputs the line becomes a plane, and with 50,000 it');
  claims.says('are the same answer');
  claims.says("That's why −1, −1, 5 and −2, −2, 10 are the same answer.");
  const [a, b] = [dot([2, 2, 0], [2, 2, 0]), dot([2, 2, 1], [2, 2, 1])];
  expect([a, b]).toEqual([8, 9]);
  const nine = learned(points, 1).changes.find(({ point }) => point === 8)!;
  claims.says(`In the first round day 9 had a score of ${shown(nine.before)}.`);
  claims.says(
    `Its inputs are 2 and 2, so it rose by 4 + 4 + 1 = ${nine.after - nine.before}, to ${shown(nine.after)}.`,
  );
  claims.says('Start from zero with a rate of 0.1');
  claims.says('This was proved around 1960'); // Block 1962, Novikoff 1962
  const u = [-1, -1, 5];
  expect(Math.min(...points.map(({ x }) => Math.abs(dot(u, x))))).toBe(1);
  const lengths = points.map(({ x }) => dot(x, x));
  const longest = Math.max(...lengths);
  expect(lengths.indexOf(longest) + 1).toBe(10);
  claims.says(`Its squared length is ${dot(u, u)}. The longest point is day 10, with 25 + 16 + 1 = ${longest}.`);
  claims.says(`So there can be at most ${longest} × ${dot(u, u)} = ${grouped(longest * dot(u, u))} mistakes.`);
  claims.says(`In truth there were ${learned(points, 30).changes.length}.`);
}

function gates(claims: Claims): void {
  const corners = [
    [0, 0, 1],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 1],
  ];
  const made = (v: Weights) => corners.map((x) => (dot(v, x) > 0 ? 1 : 0)).join('');
  expect([made([1, 1, -1.5]), made([1, 1, -0.5]), made([-1, -1, 1.5])]).toEqual(['0001', '0111', '1110']);
  claims.says(
    'AND with the weights 1, 1 and a bias of −1.5. OR with 1, 1 and −0.5. NAND, which is "not both", with −1, −1 and 1.5.',
  );
  claims.says('In 1943'); // McCulloch and Pitts
  claims.says('wrote a whole book in 1969');
  const xor = corners.map((x, i): Point => ({ x, yes: i === 1 || i === 2 }));
  const { mistakes, ends } = learned(xor, 20);
  expect(mistakes.slice(3).every((count) => count === 4)).toBe(true);
  expect(ends.slice(3)).toEqual(ends.slice(3).map(() => ends[2]));
}

function quizzes(claims: Claims): void {
  claims.says('weights 1 and 1, and a bias of −0.5');
  claims.says('Weights of −1 and −1 with a bias of 0.5 do it.');
  expect([dot([-1, -1, 0.5], [0, 0, 1]) > 0, dot([-1, -1, 0.5], [1, 0, 1]) > 0]).toEqual([true, false]);
}

describe('the live blocks of lesson 09', () => {
  it('begin with two rings, and lose them with the weights that the text names', async () => {
    expect((await runBlock('by-hand')).frames[0]!.label).toBe('2 of 12 are wrong');
    for (const [weights, says] of [
      [{ second: -1, bias: 5 }, 'bus'],
      [{ first: -2, second: -1, bias: 7.5 }, 'walk'],
    ] as const) {
      const frame = (await runBlock('by-hand', weights)).frames[0]!;
      expect(frame.label).toBe('All are right');
      expect(frame.note).toMatch(new RegExp(`^Today scores .*, so ${says}\\.$`));
    }
  });

  it('offer a bet before each correction of the first round', async () => {
    const trace = await runBlock('rule');
    const { op, table: name } = blockOf(lesson, 'rule').body.bet as unknown as { op: string; table: string };
    const updates = framesOf(trace, op);
    expect([updates.length, framesOf(trace, 'again').length]).toEqual([6, 34]);
    const won = updates.map((frame) => table(trace, frame, name).marks![0]!.row);
    expect(won).toEqual([0, 0, 1, 0, 1, 1]); // nobody wins by always saying the same
  });

  it('settle on the mornings in the ninth round, and never with the corners', async () => {
    expect((await runBlock('moves')).frames.at(-1)!.label).toBe('Settled in round 9');
    expect((await runBlock('moves', { corners: true })).frames.at(-1)!.label).toBe('Not settled');
  });

  it('have two sets of weights disagree on the thirteenth morning', async () => {
    expect((await runBlock('lies')).frames.at(-1)!.note).toMatch(/one says bus, the other walk/);
  });
});
