// The perceptron, the network with a hidden layer, and the demonstrations that stand on them, against scikit-learn and
// PyTorch (test/fixtures/model/make_neurons.py) and against what holds of every line.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { type Activation, MlpClassifier } from '../../../src/model/mlp.ts';
import { adam } from '../../../src/model/optimisers/adam.ts';
import { decide, type Example, learn, type Perceptron, round, weightedSum } from '../../../src/model/perceptron.ts';
import { trainingStep } from '../../../src/model/training.ts';
import { decimal } from '../../../src/programs/decimal.ts';
import { cloudOf } from '../../../src/programs/pointClouds.ts';
import { findProgram } from '../../../src/programs/registry.ts';
import { SessionRun } from '../../../src/programs/run.ts';
import { type Place2, widestGap } from '../../../src/programs/segments.ts';
import { MORNINGS } from '../../../src/programs/walks.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { PlaneValue } from '../../../src/shared/planeValue.ts';
import { framesOf, loadTestKernels, output, run, table, testEnvironment } from './run.ts';

interface Rounds {
  readonly start: readonly number[];
  readonly rate: number;
  readonly rounds: readonly (readonly number[])[];
}
interface Network {
  readonly x: number[][];
  readonly targets: number[];
  readonly weights: Readonly<Record<string, number[] | number[][]>>;
  readonly logits: number[][];
  readonly losses: number[];
}
const theirs = JSON.parse(readFileSync(new URL('../../fixtures/model/neurons.json', import.meta.url), 'utf8')) as {
  readonly mornings: Rounds;
  readonly xor: Rounds;
  readonly softmax: number[];
  readonly loss: number;
  readonly slopes: number[];
  readonly networks: Readonly<Record<Activation, Network>>;
};

const mornings = MORNINGS.map(([rain, way, target]): Example => ({ inputs: [rain, way], target }));
const xor = [0, 1, 1, 0].map((target, i): Example => ({ inputs: [i >> 1, i & 1], target: target as 0 | 1 }));

describe('the perceptron', () => {
  it.each([
    ['mornings', mornings],
    ['xor', xor],
  ] as const)('learns %s as scikit-learn does, round by round', (name, examples) => {
    const { start, rate, rounds } = theirs[name];
    let perceptron: Perceptron = { weights: start.slice(0, 2), bias: start[2]! };
    for (const [w1, w2, bias] of rounds) {
      ({ perceptron } = round(perceptron, examples, rate));
      expect([...perceptron.weights, perceptron.bias]).toEqual(
        [w1, w2, bias].map((value) => expect.closeTo(value!, 9)),
      );
    }
  });

  it('moves the score of a wrong point by the squared length of its inputs and 1, towards the right answer', () => {
    const number = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 5 }), fc.infiniteStream(number), number, (x, more, b) => {
        const perceptron = { weights: x.map(() => more.next().value as number), bias: b };
        const target = decide(perceptron, x) === 1 ? 0 : 1;
        const moved = weightedSum(learn(perceptron, { inputs: x, target }), x) - weightedSum(perceptron, x);
        const square = x.reduce((sum, value) => sum + value * value, 1);
        expect(moved).toBe(target === 1 ? square : -square);
        expect(learn(perceptron, { inputs: x, target: target === 1 ? 0 : 1 })).toEqual(perceptron);
      }),
    );
  });

  it('settles on points that a line parts, within the bound of Novikoff’s theorem', () => {
    const random = seededRandom(3);
    for (let trial = 0; trial < 20; trial++) {
      const u = [random() - 0.5, random() - 0.5, random() - 0.5];
      const scoreOf = (inputs: readonly number[]) => u[0]! * inputs[0]! + u[1]! * inputs[1]! + u[2]!;
      const examples = Array.from({ length: 40 }, () => [6 * random() - 3, 6 * random() - 3])
        .filter((inputs) => Math.abs(scoreOf(inputs)) > 0.1)
        .map((inputs): Example => ({ inputs, target: scoreOf(inputs) > 0 ? 1 : 0 }));
      const margin = Math.min(...examples.map(({ inputs }) => Math.abs(scoreOf(inputs))));
      const longest = Math.max(...examples.map(({ inputs: [a = 0, b = 0] }) => a * a + b * b + 1));
      const bound = (longest * u.reduce((sum, value) => sum + value * value, 0)) / margin ** 2;
      let [perceptron, total]: [Perceptron, number] = [{ weights: [0, 0], bias: 0 }, 0];
      for (let mistakes = 1; mistakes > 0; total += mistakes) {
        ({ perceptron, mistakes } = round(perceptron, examples));
        expect(total).toBeLessThanOrEqual(bound);
      }
    }
  });
});

describe('the network', () => {
  it.each(['relu', 'tanh', 'none'] as const)('with %s scores and learns as PyTorch’s does', async (activation) => {
    const { x, targets, weights, logits, losses } = theirs.networks[activation];
    const engine = new Engine(await loadTestKernels());
    const model = new MlpClassifier(engine, { inputs: 2, hidden: 5, classes: 3 }, activation, seededRandom(1));
    for (const [name, values] of Object.entries(weights)) {
      const tensor = model.parameters.get(name);
      tensor.storage.data.set(values.flat(), tensor.offset);
    }
    const points = engine.tensor(x).keep(); // (B, 2)
    const right = engine.fromData(Int32Array.from(targets), [targets.length]).keep(); // (B,)
    expect(Array.from(model.logits(points).toFlat())).toEqual(logits.flat().map((value) => expect.closeTo(value, 5)));
    const optimiser = adam([{ parameters: model.parameters.tensors }]);
    const ours = losses.map(() => trainingStep(model, optimiser, points, right, { learningRate: 0.03 }));
    expect(ours).toEqual(losses.map((loss) => expect.closeTo(loss, 5)));
  });
});

const planeOf = (trace: Parameters<typeof output>[0], frame: Parameters<typeof output>[1], name = 'plane') =>
  output(trace, frame, name) as PlaneValue;
const wrongIn = (plane: PlaneValue) => plane.points!.filter(({ wrong }) => wrong).length;

describe('perceptron-by-hand', () => {
  it('rings what is wrong, and says how the sum came about', async () => {
    const trace = await run('perceptron-by-hand');
    expect(trace.frames[0]!.label).toBe('2 of 12 are wrong');
    expect(trace.frames[0]!.note).toBe('Today scores −1 × 1 + 0 × 5 + 2 = 1, so walk.');
    expect(wrongIn(planeOf(trace, trace.frames[0]))).toBe(2);
    const parted = await run('perceptron-by-hand', { first: -1, second: -1, bias: 5 });
    expect(wrongIn(planeOf(parted, parted.frames[0]))).toBe(0);
    expect(table(parted, parted.frames[0], 'sum').rows.at(-1)).toEqual(['score', null, null, -1]);
  });

  it('makes the gates with the weights that the lesson names, and XOR with none of a whole grid', async () => {
    const gates = { and: [1, 1, -1.5], or: [1, 1, -0.5], nand: [-1, -1, 1.5] } as const;
    for (const [points, [first, second, bias]] of Object.entries(gates)) {
      const trace = await run('perceptron-by-hand', { points, first, second, bias });
      expect(wrongIn(planeOf(trace, trace.frames[0])), points).toBe(0);
    }
    const steps = Array.from({ length: 17 }, (_, i) => (i - 8) / 2);
    for (const weights of steps.flatMap((a) => steps.map((b) => [a, b]))) {
      for (const bias of steps) {
        const right = xor.filter(({ inputs, target }) => decide({ weights, bias }, inputs) === target);
        expect(right.length).toBeLessThan(4);
      }
    }
  });
});

describe('perceptron-rule and perceptron-rounds', () => {
  it('take the same way: forty corrections in eight rounds, then none', async () => {
    const trace = await run('perceptron-rule');
    const updates = [...framesOf(trace, 'update'), ...framesOf(trace, 'again')];
    expect([framesOf(trace, 'update').length, updates.length]).toEqual([6, 40]);
    expect(trace.frames.at(-1)!.note).toContain('rain −3, way −3; bias 14');
    for (const update of updates) {
      const guesses = table(trace, update, 'guesses');
      const [rain, way, walked] = MORNINGS[Number(/day (\d+)/.exec(update.label)![1]) - 1]!;
      const score = (column: number) => {
        const [a, b, bias] = table(trace, update, 'weights').rows.map((row) => Number(row[column]));
        return a! * rain + b! * way + bias!;
      };
      expect(Math.abs(score(3) - score(1))).toBe(rain ** 2 + way ** 2 + 1);
      expect(guesses.marks).toEqual([{ row: score(3) > 0 === (walked === 1) ? 0 : 1, role: 'chosen' }]);
      expect(update.label).toContain(`score ${decimal(score(1))}:`);
    }
    const session = await run('perceptron-rounds');
    const curve = framesOf(session, 'look').flatMap((frame) =>
      frame.outputs.some(({ name }) => name === 'curve') ? table(session, frame, 'curve').rows : [],
    );
    expect(curve.map(([, mistakes]) => mistakes)).toEqual([6, 8, 5, 3, 6, 3, 3, 6, 0]);
    expect(wrongIn(planeOf(session, session.frames.at(-1)))).toBe(0);
  });

  it('never settle with the corners added, and start over when they are', async () => {
    const run = SessionRun.start(findProgram('perceptron-rounds'), {}, testEnvironment());
    await run.next(20, 1e9);
    run.update({ corners: true });
    const part = await run.next(5, 1e9);
    expect(part.frames.map(({ op }) => op)).toContain('restart');
    let last = part;
    const mistakes: number[] = [];
    while (!last.done) {
      last = await run.next(400, 1e9);
      for (const value of last.values) {
        if (value.kind === 'table') {
          mistakes.push(value.rows[0]![1] as number);
        }
      }
    }
    expect(mistakes.length).toBeGreaterThan(55);
    expect(Math.min(...mistakes)).toBeGreaterThan(0);
  });
});

it('misleading-weights: both orders are right of all twelve, with signs the other way round', async () => {
  const trace = await run('misleading-weights');
  const { rows } = table(trace, framesOf(trace, 'orders')[0], 'weights');
  expect(rows.map((row) => row[1])).toEqual([-10, -5, 2, 28, 12]);
  expect(rows.map((row) => row[2])).toEqual([2, -6, -5, 41, 12]);
  const units = table(trace, framesOf(trace, 'units')[0], 'weights').rows;
  expect(units.at(-1)).toEqual(['the score of day 6', -7, -7]);
  expect(framesOf(trace, 'units')[0]!.note).toMatch(/^All twelve scores are the same\./);
  expect(framesOf(trace, 'thirteenth')[0]!.note).toMatch(/one says bus, the other walk\./);
});

describe('xor-by-hand', () => {
  it('finds a line after the fold of the lesson, with ReLU and with the step, and draws it back among the corners', async () => {
    const folded = { pa: 1, pb: -1, qa: -1, qb: 1 };
    for (const bend of ['relu', 'step']) {
      const trace = await run('xor-by-hand', { ...folded, bend });
      expect(trace.frames[0]!.label).toBe('One line is enough');
      const { heights, x } = planeOf(trace, trace.frames[0], 'corners');
      const sides = new Float32Array(heights!.bytes);
      const at = (value: number) => Math.round(((value - x.from) / (x.to - x.from)) * (heights!.columns - 1));
      const side = (a: number, b: number) => sides[at(b) * heights!.columns + at(a)]!;
      expect([side(0, 0), side(1, 1), side(0, 1), side(1, 0)]).toEqual([-1, -1, 1, 1]);
    }
    expect((await run('xor-by-hand')).frames[0]!.label).toBe('No line parts them yet');
  });

  it('finds none without a bend, wherever the arrows point', () => {
    const number = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(number, number, number, number), ([pa, pb, qa, qb]) => {
        const at = (a: number, b: number): Place2 => [pa * a + pb * b, qa * a + qb * b];
        const gap = widestGap([at(0, 0), at(1, 1)], [at(0, 1), at(1, 0)]);
        expect(gap?.width ?? 0).toBeLessThan(1e-6);
      }),
    );
  });

  it('the widest gap has both pairs beyond it, and the perceptron rule finds a line just where it is', () => {
    const place = fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }));
    fc.assert(
      fc.property(fc.tuple(place, place, place, place), ([a, b, c, d]) => {
        const gap = widestGap([a, b], [c, d]);
        const score = ([x, y]: readonly [number, number]) => gap!.weights[0] * x + gap!.weights[1] * y + gap!.bias;
        if (gap !== undefined) {
          expect(Math.max(score(a), score(b))).toBeCloseTo(-gap.width / 2, 9);
          expect(Math.min(score(c), score(d))).toBeCloseTo(gap.width / 2, 9);
        } else {
          const examples = [a, b, c, d].map((inputs, i): Example => ({ inputs, target: i < 2 ? 0 : 1 }));
          let perceptron: Perceptron = { weights: [0, 0], bias: 0 };
          for (let n = 0; n < 60; n++) {
            let mistakes: number;
            ({ perceptron, mistakes } = round(perceptron, examples));
            expect(mistakes).toBeGreaterThan(0);
          }
        }
      }),
    );
  });
});

describe('scores-to-surprise', () => {
  it('shares and surprises as PyTorch does, by hand and by the engine', async () => {
    const trace = await run('scores-to-surprise');
    const shares = table(trace, trace.frames[0], 'shares').rows.map((row) => row[3]);
    expect(shares).toEqual(theirs.softmax.map((share) => expect.closeTo(share, 6)));
    expect(trace.frames[0]!.label).toBe(`“out” came: ${theirs.loss.toFixed(2)} nats`);
    const plane = planeOf(trace, trace.frames[0]);
    const heights = new Float32Array(plane.heights!.bytes);
    const at = (value: number) => Math.round(((value + 6) / 12) * (plane.heights!.columns - 1));
    const here = heights[at(1.2) * plane.heights!.columns + at(2.1)]!;
    expect(here).toBeCloseTo(Math.log(Math.exp(2.1) + Math.exp(1.2) + 1) - 2.1, 5);
    expect(shares.map((share, i) => Number(share) - (i === 0 ? 1 : 0))).toEqual(
      theirs.slopes.map((slope) => expect.closeTo(slope, 6)),
    );
  });

  it('shows where 32 bits overflow, and that taking the largest off mends it', async () => {
    for (const [plus, broken] of [
      [50, false],
      [100, true],
      [1000, true],
    ] as const) {
      const trace = await run('scores-to-surprise', { plus });
      const shares = (name: string) => table(trace, framesOf(trace, 'plus')[0], name).rows.map((row) => row[3]);
      expect(shares('plain')[0]).toBe(broken ? 'NaN' : '0.665');
      expect(shares('safe')).toEqual(['0.665', '0.245', '0.090']);
    }
  });
});

describe('mlp-training', () => {
  const wrongAtEnd = async (params: Record<string, string | number>) => {
    const trace = await run('mlp-training', params);
    const last = trace.frames.at(-1)!;
    return { wrong: wrongIn(planeOf(trace, last)), loss: table(trace, last, 'curve').rows[0]![1] as number };
  };

  it('learns with a hidden layer what it can’t without, or with one neuron, or without a bend', async () => {
    expect(await wrongAtEnd({})).toEqual({ wrong: 0, loss: expect.closeTo(0, 2) });
    expect((await wrongAtEnd({ hidden: 1 })).wrong).toBe(15);
    const flat = await wrongAtEnd({ hidden: 8, bend: 'none' });
    expect(flat.wrong).toBe(30);
    expect(flat.loss).toBeCloseTo(Math.LN2, 2);
  });

  it('may get stuck with as few neurons as would do, half sure and half tossing a coin', async () => {
    expect(await wrongAtEnd({ hidden: 2, start: 1 })).toEqual({ wrong: 30, loss: expect.closeTo(Math.LN2 / 2, 2) });
    expect((await wrongAtEnd({ hidden: 2, start: 2 })).wrong).toBe(0);
    expect((await wrongAtEnd({ points: 'island', hidden: 3 })).wrong).toBe(0);
  });

  it('has points that a line can’t part', () => {
    for (const name of ['corners', 'island', 'moons']) {
      const { places, kinds } = cloudOf(name);
      const examples = places.map((inputs, i): Example => ({ inputs, target: kinds[i] as 0 | 1 }));
      let [perceptron, mistakes]: [Perceptron, number] = [{ weights: [0, 0], bias: 0 }, 0];
      for (let n = 0; n < 500; n++) {
        ({ perceptron, mistakes } = round(perceptron, examples));
      }
      expect(mistakes, name).toBeGreaterThan(0);
    }
  });
});
