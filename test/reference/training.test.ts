// A GPT's training steps on each backend against the same steps written independently: on TensorFlow.js, with its own
// gradients, and in plain C, with gradients worked out by hand.

import { beforeAll, describe, expect, test } from 'vitest';
import { backends, engineOn } from '../gradients/backends.ts';
import { findCompiler, plainCWay } from './training/plainC.ts';
import { makeTask, ourWay, type Way } from './training/task.ts';
import { startTensorFlow, tensorFlowWay } from './training/tensorFlow.ts';

const STEPS = 5;
const task = makeTask({ layers: 2, heads: 2, C: 20, T: 9, B: 4, vocabulary: 11 }, engineOn(backends[0]));
const compiler = await findCompiler();

beforeAll(startTensorFlow);

describe.each(backends)('training on $name', (backend) => {
  test('loses what TensorFlow.js loses', async () => {
    expectAgreement(await lossesOf(ourWay(task, engineOn(backend))), await lossesOf(tensorFlowWay(task)));
  });

  test.skipIf(compiler === undefined)('loses what plain C loses, where there is a C compiler', async () => {
    expectAgreement(await lossesOf(ourWay(task, engineOn(backend))), await lossesOf(await plainCWay(task, compiler!)));
  });
});

async function lossesOf(way: Way): Promise<number[]> {
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    losses.push((await way.step()).loss);
  }
  await way.end();
  return losses;
}

/** Near ln 11 at first and falling, as both say, to five digits. */
function expectAgreement(ours: readonly number[], others: readonly number[]): void {
  expect(ours[0]).toBeCloseTo(Math.log(11), 1);
  expect(ours.at(-1)).toBeLessThan(ours[0] - 0.1);
  ours.forEach((loss, step) => {
    expect(loss).toBeCloseTo(others[step], 5);
  });
}
