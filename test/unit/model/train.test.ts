// Training: it learns, the same for the same seed, in memory that stays as large as it is.

import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { sqrt } from '../../../src/engine/ops/sqrt.ts';
import { evaluate } from '../../../src/model/evaluate.ts';
import { Gpt } from '../../../src/model/gpt.ts';
import { ones } from '../../../src/model/initialise.ts';
import { adamW } from '../../../src/model/optimisers/adam.ts';
import { sgd } from '../../../src/model/optimisers/sgd.ts';
import { Parameters } from '../../../src/model/parameters.ts';
import { findRecipe, type Recipe, recipes } from '../../../src/model/recipes.ts';
import { prepareRun, type TrainingProgress, type TrainOptions, train } from '../../../src/model/train.ts';
import { type StepOptions, trainingStep } from '../../../src/model/training.ts';
import { neverCancelled, seededRandom } from '../../../src/shared/environment.ts';
import { backends, engineOn } from '../../gradients/backends.ts';
import { faultOf } from '../engine/faultOf.ts';

/** Sentences made of a few words: easy to learn, and not by counting characters. */
const text = (() => {
  const random = seededRandom(2);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)];
  const sentence = () =>
    `${pick(['the king', 'a queen', 'my lord'])} ${pick(['sees', 'loves', 'fears'])} ${pick(['the sea', 'a crown'])}.\n`;
  return Array.from({ length: 200 }, sentence).join('');
})();

const tiny: Recipe = {
  ...findRecipe('shakespeare-cpu'),
  model: { context: 16, layers: 1, heads: 2, channels: 24, bias: false, dropout: 0, tied: true },
  batch: 6,
  steps: 60,
  highestRate: 1e-2,
  lowestRate: 1e-3,
};

/** -sum of p ln p over the characters of the text: what counting them alone can reach. */
function unigramEntropy(): number {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts.values()]
    .map((count) => count / text.length)
    .reduce((sum, share) => sum - share * Math.log(share), 0);
}

async function all(engine: Engine, recipe: Recipe, seed: number, options: Partial<TrainOptions> = {}) {
  const run = prepareRun(engine, text, recipe, seed);
  let time = 0;
  const clock = { now: () => 0, elapsed: () => (time += 10) };
  const progress: TrainingProgress[] = [];
  for await (const step of train(run, { signal: neverCancelled, clock, ...options })) {
    progress.push(step);
  }
  return { run, progress };
}

describe.each(backends)('on $name', (backend) => {
  test('learns: from ln V to clearly below what counting characters reaches', async () => {
    const { run, progress } = await all(engineOn(backend), tiny, 1);
    expect(progress).toHaveLength(60);
    expect(progress[0].loss).toBeCloseTo(Math.log(run.vocabulary.size), 0);
    expect(progress.at(-1)!.loss).toBeLessThan(0.5 * unigramEntropy());
    expect(progress.at(-1)!.valLoss).toBeLessThan(0.5 * unigramEntropy());
    expect(progress.slice(0, -1).every(({ valLoss }) => valLoss === undefined)).toBe(true);
  });

  test('is the same for the same seed, and another for another', async () => {
    const recipe = { ...tiny, model: { ...tiny.model, dropout: 0.1 } };
    const losses = async (seed: number) =>
      (await all(engineOn(backend), recipe, seed, { steps: 3 })).progress.map(({ loss, valLoss }) => [loss, valLoss]);
    const first = await losses(1);
    expect(await losses(1)).toEqual(first);
    expect(await losses(2)).not.toEqual(first);
  });

  test('takes no more memory at the last step than at the second, and gives all back', async () => {
    const engine = engineOn(backend);
    const run = prepareRun(engine, text, tiny, 1);
    const before = engine.memory.inUse;
    const inUse: number[] = [];
    let peak = 0;
    const clock = { now: () => 0, elapsed: () => 0 };
    for await (const { step } of train(run, { signal: neverCancelled, clock, steps: 8 })) {
      inUse.push(engine.memory.inUse);
      if (step === 2) {
        peak = engine.memory.peak;
      }
    }
    expect(new Set(inUse.slice(1)).size).toBe(1);
    expect(engine.memory.peak).toBe(peak);
    expect(engine.memory.inUse).toBe(before);
    run.model.parameters.release();
    expect(engine.memory.inUse).toBe(0);
  });
});

test('says how fast it is by the clock it was given', async () => {
  const { progress } = await all(engineOn(backends[1]), tiny, 1, { steps: 3 });
  // 6 windows of 16 tokens a step; the clock goes on by 10 ms whenever it is looked at.
  expect(progress[0].tokensPerSecond).toBeCloseTo((6 * 16) / 0.01);
  expect(progress[0].steps).toBe(3);
});

test('the schedule is stretched to the steps', async () => {
  const { progress } = await all(engineOn(backends[1]), tiny, 1, { steps: 20 });
  const rates = progress.map(({ learningRate }) => learningRate);
  expect(Math.max(...rates)).toBe(rates[1]);
  expect(rates[1]).toBeCloseTo(1e-2, 10);
  expect(rates.at(-1)).toBeLessThan(1.2e-3);
});

test('ends when it is cancelled, with the model as the last step left it', async () => {
  const engine = engineOn(backends[1]);
  const signal = { cancelled: false };
  const run = prepareRun(engine, text, tiny, 1);
  const held = engine.memory.inUse;
  const steps: number[] = [];
  for await (const { step, valLoss } of train(run, { signal, clock: { now: () => 0, elapsed: () => 0 } })) {
    steps.push(step);
    expect(valLoss).toBeUndefined();
    signal.cancelled = step === 3;
  }
  expect(steps).toEqual([1, 2, 3]);
  expect(engine.memory.inUse).toBe(held);
});

test('lets others have their turn', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const engine = engineOn(backends[1]);
  let time = 0;
  const clock = { now: () => 0, elapsed: () => (time += 60) };
  const run = prepareRun(engine, text, { ...tiny, steps: 6 }, 1);
  for await (const { step } of train(run, { signal: neverCancelled, clock })) {
    expect(step).toBeLessThanOrEqual(6);
  }
  clearInterval(timer);
  expect(turns).toBeGreaterThan(0);
});

test('a loss that is no number ends it, and says so', async () => {
  const engine = engineOn(backends[1]);
  const run = prepareRun(engine, text, { ...tiny, highestRate: 1e30 }, 1);
  const steps = train(run, { signal: neverCancelled, clock: { now: () => 0, elapsed: () => 0 } });
  await expect(async () => {
    for await (const _ of steps) {
      // to the end
    }
  }).rejects.toThrow(/the model has lost its way/);
  expect(run.model.parameters.tensors.every((tensor) => tensor.toFlat().every(Number.isFinite))).toBe(true);
});

/** Trains p on the loss sqrt(factor * p), which is NaN below 0 and has an infinite slope at 0. */
function rootOf(factor: number, start: number) {
  const engine = engineOn(backends[1]);
  const parameters = new Parameters(engine, seededRandom(1));
  const p = parameters.make('p', [], (e) => e.tensor(start));
  const model = { engine, parameters, mode: { training: false }, loss: () => sqrt(mul(p, factor)) };
  const none = engine.zeros([1, 1], { dtype: 'i32' });
  const optimiser = adamW([{ parameters: [p], weightDecay: 0.1 }]);
  const train = (options: Partial<StepOptions>) =>
    trainingStep(model, optimiser, none, none, { learningRate: 0.1, ...options });
  return { p, mode: model.mode, train };
}

test.each([
  ['a loss that is NaN', -1, 4, /^The loss of step 7 is NaN/],
  ['a loss that is infinite', Number.POSITIVE_INFINITY, 4, /^The loss of step 7 is Infinity/],
  ['an infinite gradient', 1, 0, /^The gradients' norm of step 7 is Infinity/],
])('%s changes no parameter, whether clipped or not, and the fault says what to do', (_, factor, start, message) => {
  for (const clip of [undefined, 1]) {
    const { p, mode, train } = rootOf(factor, start);
    const fault = faultOf(() => train({ step: 7, ...(clip !== undefined && { clip }) }));
    expect(fault.message).toMatch(message);
    expect(fault.remedy).toContain('lower learning rate');
    expect(p.item()).toBe(start);
    expect(mode.training).toBe(false);
    expect(faultOf(() => train({})).message).toContain('of this step');
  }
});

test('a step is forward, backward, clip and change, and leaves the gradients', () => {
  // loss = 3 p^2: at p = 1 it is 3, its slope 6; clipped to 2, a rate of 0.1 makes p 0.8.
  const engine = engineOn(backends[1]);
  const parameters = new Parameters(engine, seededRandom(1));
  const p = parameters.make('p', [], ones);
  const mode = { training: false };
  const seen: boolean[] = [];
  const model = {
    engine,
    parameters,
    mode,
    loss: () => {
      seen.push(mode.training);
      return mul(mul(p, p), 3);
    },
  };
  const optimiser = sgd([{ parameters: [p] }]);
  const none = engine.zeros([1, 1], { dtype: 'i32' });
  expect(trainingStep(model, optimiser, none, none, { learningRate: 0.1, clip: 2 })).toBe(3);
  expect(p.item()).toBeCloseTo(0.8, 5);
  expect(p.grad!.item()).toBeCloseTo(2, 5);
  expect(trainingStep(model, optimiser, none, none, { learningRate: 0.1 })).toBeCloseTo(3 * 0.64, 5);
  expect(p.item()).toBeCloseTo(0.8 - 0.1 * 6 * 0.8, 5);
  expect([...seen, mode.training]).toEqual([true, true, false]);
});

test('the evaluation is the mean over all windows, whatever the size of its batches', () => {
  const engine = engineOn(backends[1]);
  const { model, data } = prepareRun(engine, text, tiny, 3);
  const alone = Array.from({ length: Math.floor((data.heldOut.length - 1) / 16) }, (_, i) =>
    evaluate(model, data.heldOut.subarray(i * 16, i * 16 + 17), { context: 16, batch: 1 }),
  );
  const mean = alone.reduce((sum, loss) => sum + loss, 0) / alone.length;
  for (const batch of [1, 7, 1000]) {
    expect(evaluate(model, data.heldOut, { context: 16, batch })).toBeCloseTo(mean, 5);
  }
  const cancelled = { context: 16, batch: 2, signal: { cancelled: true } };
  expect(faultOf(() => evaluate(model, data.heldOut, cancelled)).code).toBe('cancelled');
  expect(faultOf(() => evaluate(model, new Int32Array(16), { context: 16, batch: 2 })).message).toContain('16');
  // The signal ends those that go round for ever.
  for (const batch of [0, -1, 0.5, Number.NaN]) {
    let looks = 0;
    const signal = {
      get cancelled() {
        return ++looks > 100;
      },
    };
    const fault = faultOf(() => evaluate(model, data.heldOut, { context: 16, batch, signal }));
    expect([fault.code, fault.message]).toEqual(['bad-input', `evaluate: batch is ${batch}.`]);
  }
});

test('dropout is off while evaluating', () => {
  const engine = engineOn(backends[1]);
  const { model, data } = prepareRun(engine, text, { ...tiny, model: { ...tiny.model, dropout: 0.5 } }, 3);
  const once = () => evaluate(model, data.heldOut, { context: 16, batch: 4 });
  expect(once()).toBe(once());
});

test('an unknown recipe is told which there are', () => {
  expect(faultOf(() => findRecipe('cake')).full).toBe('There is no recipe "cake". There are: shakespeare-cpu.');
  expect(faultOf(() => findRecipe('shakespear-cpu')).remedy).toBe('Did you mean shakespeare-cpu?');
});

test("shakespeare-cpu is nanoGPT's recipe", () => {
  const [recipe] = recipes;
  expect(recipe).toMatchObject({
    model: { layers: 4, heads: 4, channels: 128, context: 64, dropout: 0, bias: false },
    batch: 12,
    steps: 2000,
    highestRate: 1e-3,
    lowestRate: 1e-4,
    betas: [0.9, 0.99],
    weightDecay: 0.1,
    clip: 1,
  });
  expect(recipe.warmup * recipe.steps).toBe(100);
  // nanoGPT prints "number of parameters: 0.80M" without those of the positions.
  const gpt = new Gpt(engineOn(backends[1]), { ...recipe.model, vocabulary: 65 }, seededRandom(1));
  expect(((gpt.parameters.count - 64 * 128) / 1e6).toFixed(2)).toBe('0.80');
});
