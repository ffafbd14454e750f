// What the engine's kernels cost beside other ways to have them: TensorFlow.js on WASM in the same process, and OpenBLAS on
// one thread where a Python with NumPy on it can be found (`python3`, or what PYTHON names). Our own rows are those of the
// kernels chosen at start, with the threads that this machine has; in brackets, other ways to run them. Medians;
// milliseconds.

import * as tf from '@tensorflow/tfjs-core';
import { compiledKernels } from '../../src/build/kernels.ts';
import { lessIsBetter, type Measure, median } from '../../src/build/measurement.ts';
import { collect } from '../../src/build/processes.ts';
import type { Kernels, View } from '../../src/engine/kernels/kernels.ts';
import { bestKernels, loadKernels, wasmKernels } from '../../src/engine/kernels/wasm.ts';
import { sizeOf, stridesOf } from '../../src/engine/shape.ts';
import { kernelThreads } from '../../src/services/kernelThreads.ts';
import { seededRandom } from '../../src/shared/environment.ts';
import { startTensorFlow } from '../reference/training/tensorFlow.ts';

type Product = readonly [M: number, K: number, N: number];

/** Squares, and the products in one layer of a small GPT: batch 8 with C = 64, T = 64 and with C = 128, T = 128. */
const products: readonly Product[] = [
  [128, 128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [1024, 1024, 1024],
  [512, 64, 192],
  [512, 64, 256],
  [512, 256, 64],
  [512, 64, 65],
  [1024, 128, 384],
  [1024, 512, 128],
];
/** Many short timings: most of them then lie between two turns of other programs. */
const ROUNDS = 41;
/** Each covers so many milliseconds, or one run where that is longer. */
const SPAN = 2;
/** Each runs for so many milliseconds before it is timed: engines compile better code for what has run for a while. */
const WARMING = 200;

export const measure: Measure = async (report, log) => {
  const threads = kernelThreads(new URL('../../src/services/kernelThread.ts', import.meta.url));
  const chosen = await bestKernels(compiledKernels, undefined, threads);
  const others = [
    await bestKernels(compiledKernels),
    wasmKernels(await loadKernels(compiledKernels, 'simd'), undefined, threads),
    wasmKernels(await loadKernels(compiledKernels, 'simd')),
  ].filter(({ name }, i, list) => name !== chosen.name && list.findIndex((one) => one.name === name) === i);
  log(`The kernels chosen at start are ${chosen.name}.`);
  await startTensorFlow();
  const blas = await openBlas(products, log);
  for (const product of products) {
    const name = `matmul ${product.join('x')}`;
    const own = [chosen, ...others].map((kernels) => ownProduct(kernels, product));
    const ways = [peerProduct(product), ...own];
    const [peer, ...times] = compare(ways.map(({ run }) => run));
    const best = blas?.get(product);
    [chosen, ...others].forEach((kernels, i) => {
      const row = kernels === chosen ? name : `${name} (${kernels.name})`;
      report(lessIsBetter(row, times[i], 'ms', 'tfjs-wasm', peer));
      if (best !== undefined) {
        report(lessIsBetter(row, times[i], 'ms', 'OpenBLAS, one thread', best));
      }
    });
    for (const { end } of ways) {
      end();
    }
  }
  for (const kernels of [chosen, ...others]) {
    kernels.close();
  }
};

interface Way {
  run(): void;
  end(): void;
}

function ownProduct(kernels: Kernels, [M, K, N]: Product): Way {
  const make = (shape: readonly number[]): View => {
    const storage = kernels.allocate(sizeOf(shape), 'f32');
    storage.data.set(noise(sizeOf(shape)));
    return { storage, offset: 0, shape, strides: stridesOf(shape) };
  };
  const [a, b, out] = [make([M, K]), make([K, N]), make([M, N])];
  return {
    run: () => kernels.matmul(a, b, out, false),
    end: () => {
      for (const { storage } of [a, b, out]) {
        kernels.release(storage);
      }
    },
  };
}

function peerProduct([M, K, N]: Product): Way {
  const a = tf.tensor2d(noise(M * K), [M, K]);
  const b = tf.tensor2d(noise(K * N), [K, N]);
  return {
    run: () => tf.matMul(a, b).dispose(),
    end: () => tf.dispose([a, b]),
  };
}

/** The median time of each, taken in turns, so that what slows the machine for a while slows all of them. */
function compare(runs: readonly (() => void)[]): number[] {
  const repeats = runs.map((run) => {
    for (const until = performance.now() + WARMING; performance.now() < until; ) {
      run();
    }
    return Math.max(1, Math.round(SPAN / timed(run, 3)));
  });
  const times: number[][] = runs.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    runs.forEach((run, i) => {
      run(); // has its data in the caches again, and its threads awake
      times[i].push(timed(run, repeats[i]));
    });
  }
  return times.map(median);
}

/** Milliseconds a run. */
function timed(run: () => void, repeats: number): number {
  const begun = performance.now();
  for (let i = 0; i < repeats; i++) {
    run();
  }
  return (performance.now() - begun) / repeats;
}

function noise(count: number): Float32Array {
  const random = seededRandom(count);
  return Float32Array.from({ length: count }, () => random() - 0.5);
}

/** The same products in NumPy, one JSON line of milliseconds; the first line names the library behind it. */
const PYTHON = `
import os, sys, json, time
os.environ['OPENBLAS_NUM_THREADS'] = '1'
import numpy as np
blas = np.show_config(mode='dicts')['Build Dependencies']['blas']
print(blas['name'])
times = []
for m, k, n in json.loads(sys.argv[1]):
    a, b = (np.random.rand(*s).astype(np.float32) - 0.5 for s in ((m, k), (k, n)))
    out = np.empty((m, n), np.float32)
    def timed(repeats):
        begun = time.perf_counter()
        for _ in range(repeats): np.matmul(a, b, out=out)
        return (time.perf_counter() - begun) * 1000 / repeats
    timed(3)
    repeats = max(1, round(${SPAN} / timed(3)))
    times.append(sorted(timed(repeats) for _ in range(${ROUNDS}))[${ROUNDS} // 2])
print(json.dumps(times))
`;

async function openBlas(
  list: readonly Product[],
  log: (line: string) => void,
): Promise<ReadonlyMap<Product, number> | undefined> {
  const python = process.env.PYTHON ?? 'python3';
  try {
    const { code, output } = await collect(python, ['-c', PYTHON, JSON.stringify(list)]);
    const [library, times] = output.trim().split('\n');
    if (code === 0 && library.includes('openblas')) {
      const milliseconds = JSON.parse(times) as number[];
      return new Map(list.map((product, i) => [product, milliseconds[i]]));
    }
    log(`${python} has no NumPy on OpenBLAS: that peer is left out.`);
  } catch (error) {
    log(`${(error as Error).message}: OpenBLAS is left out.`);
  }
  return undefined;
}
