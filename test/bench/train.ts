// What training costs: one step of a small GPT (4 layers, 4 heads, batch 8: forward, backward, AdamW) beside the same
// step on TensorFlow.js and in plain C, which are held to the same losses first; and the memory that many steps take. Our
// own rows are those of the kernels chosen at start, with the threads that this machine has; in brackets, other ways.

import { compiledKernels } from '../../src/build/kernels.ts';
import { lessIsBetter, type Measure, median } from '../../src/build/measurement.ts';
import { Engine } from '../../src/engine/engine.ts';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { bestKernels, loadKernels, wasmKernels } from '../../src/engine/kernels/wasm.ts';
import { matmul } from '../../src/engine/ops/matmul.ts';
import { kernelThreads } from '../../src/services/kernelThreads.ts';
import { seededRandom } from '../../src/shared/environment.ts';
import { findCompiler, plainCWay } from '../reference/training/plainC.ts';
import { makeTask, ourWay, type Size, type Way } from '../reference/training/task.ts';
import { startTensorFlow, tensorFlowWay } from '../reference/training/tensorFlow.ts';

const SMALL: Size = { layers: 4, heads: 4, C: 64, T: 64, B: 8, vocabulary: 65 };
const LARGE: Size = { ...SMALL, C: 128, T: 128 };
/** How often each takes its turn, and for how long in milliseconds, or for one step where that is longer. */
const ROUNDS = 7;
const TURN = 150;
const MB = 1024 * 1024;

const threads = kernelThreads(new URL('../../src/services/kernelThread.ts', import.meta.url));

export const measure: Measure = async (report, log) => {
  const chosen = await chooseKernels();
  const simd = await loadKernels(compiledKernels, 'simd');
  const variants = [
    chosen,
    await bestKernels(compiledKernels),
    wasmKernels(simd, undefined, threads),
    wasmKernels(simd),
  ].filter(({ name }, i, all) => all.findIndex((other) => other.name === name) === i);
  log(`The kernels chosen at start are ${chosen.name}.`);
  await startTensorFlow();
  const compiler = await findCompiler();
  if (compiler === undefined) {
    log('There is no C compiler here (set CC to name one): plain C is left out.');
  }
  for (const size of [SMALL, LARGE]) {
    const task = makeTask(size, new Engine(chosen));
    const own = variants.map((kernels) => ourWay(task, new Engine(kernels)));
    const peers = [tensorFlowWay(task), ...(compiler === undefined ? [] : [await plainCWay(task, compiler)])];
    await checkAgreement([...own, ...peers]);
    const times = await compare([...own, ...peers]);
    own.forEach((way, i) => {
      const name = `training step C=${size.C} T=${size.T}${i === 0 ? '' : ` (${way.name})`}`;
      for (const peer of peers) {
        report(lessIsBetter(name, times.get(way)!, 'ms', peer.name, times.get(peer)!));
      }
    });
    const least = productsIn(size) / productSpeed(chosen);
    report({ name: '  least for its products, at the speed of 512x512x512', value: least, unit: 'ms' });
    await Promise.all([...own, ...peers].map((way) => way.end()));
  }
  for (const kernels of variants) {
    kernels.close();
  }
  const [early, late] = await memoryOf(SMALL, [100, 1000]);
  report(lessIsBetter('tensors after 1,000 steps', late.inUse / MB, 'MB', 'after 100 steps', early.inUse / MB));
  report(lessIsBetter('WASM memory after 1,000 steps', late.whole / MB, 'MB', 'after 100 steps', early.whole / MB));
};

/** As the product chooses them at start, with a memory of their own. */
function chooseKernels(): Promise<Kernels> {
  return bestKernels(compiledKernels, undefined, threads);
}

/** @throws Error unless all say the same loss at each of three steps. */
async function checkAgreement(ways: readonly Way[]): Promise<void> {
  for (let step = 1; step <= 3; step++) {
    const [first, ...others] = ways;
    const { loss: expected } = await first.step();
    for (const other of others) {
      const { loss } = await other.step();
      if (!(Math.abs(loss - expected) <= 1e-4)) {
        throw new Error(`Step ${step}: the loss is ${expected} by ${first.name}, and ${loss} by ${other.name}.`);
      }
    }
  }
}

/** The median milliseconds of a step, taken in turns, so that what slows the machine for a while slows all of them. */
async function compare(ways: readonly Way[]): Promise<ReadonlyMap<Way, number>> {
  const times = new Map<Way, number[]>(ways.map((way) => [way, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [way, list] of times) {
      await way.step(); // has its data in the caches again, and its threads awake
      const begun = performance.now();
      do {
        list.push((await way.step()).ms);
      } while (performance.now() - begun < TURN);
    }
  }
  return new Map(ways.map((way) => [way, median(times.get(way)!)]));
}

/** How many sums and products a step's matrix products are: each goes forward once, and backward twice. */
function productsIn({ layers, C, T, B, vocabulary }: Size): number {
  const rows = B * T;
  const linear = rows * (layers * 12 * C * C + vocabulary * C);
  const attention = layers * rows * ((T + 1) / 2) * 2 * C; // half of it: what comes later isn't looked at
  return 3 * 2 * (linear + attention);
}

/** Sums and products a millisecond in a product of large matrices, when nothing else runs. */
function productSpeed(kernels: Kernels): number {
  const engine = new Engine(kernels);
  const times: number[] = [];
  engine.scope(() => {
    const [a, b] = [1, 2].map((seed) => engine.randn([512, 512], seededRandom(seed)));
    for (let i = 0; i < 41; i++) {
      const begun = performance.now();
      engine.scope(() => matmul(a, b).release());
      times.push(performance.now() - begun);
    }
  });
  return (2 * 512 ** 3) / Math.min(...times);
}

/** Bytes of tensors, and of the whole memory that they stand in, after so many steps. */
async function memoryOf(size: Size, steps: readonly number[]): Promise<{ inUse: number; whole: number }[]> {
  const engine = new Engine(await chooseKernels());
  const way = ourWay(makeTask(size, engine), engine);
  const found: { inUse: number; whole: number }[] = [];
  for (let step = 1; step <= Math.max(...steps); step++) {
    await way.step();
    if (steps.includes(step)) {
      const { inUse } = engine.memory;
      found.push({ inUse, whole: engine.scope(() => engine.zeros([1]).storage.data.buffer.byteLength) });
    }
  }
  await way.end();
  engine.kernels.close();
  return found;
}
