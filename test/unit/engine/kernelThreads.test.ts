// Kernels on several threads: the same bits as on one, for every kernel that is shared.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JobBoard } from '../../../src/engine/kernels/jobBoard.ts';
import type { Kernels, View } from '../../../src/engine/kernels/kernels.ts';
import type { KernelThreads } from '../../../src/engine/kernels/threads.ts';
import { wasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { sizeOf, stridesOf } from '../../../src/engine/shape.ts';
import { seededRandom, systemClock } from '../../../src/shared/environment.ts';
import { eagerThreads } from '../../gradients/backends.ts';
import { modules, variants } from './kernelModules.ts';

const MB = 1024 * 1024;

interface Maker {
  readonly kernels: Kernels;
  /** A dense view of noise, or of what is given. */
  make(shape: readonly number[], numbers?: ArrayLike<number>, dtype?: 'f32' | 'i32'): View;
}

function maker(kernels: Kernels, seed: number): Maker & { readonly views: readonly View[] } {
  const random = seededRandom(seed);
  const views: View[] = [];
  return {
    kernels,
    views,
    make(shape, numbers, dtype = 'f32') {
      const storage = kernels.allocate(sizeOf(shape), dtype);
      const list = numbers ?? Float32Array.from({ length: sizeOf(shape) }, () => random() * 4 - 2);
      storage.data.set(list);
      const view = { storage, offset: 0, shape, strides: stridesOf(shape) };
      views.push(view);
      return view;
    },
  };
}

/** The bits of every view that a computation made. */
function bitsAfter(kernels: Kernels, seed: number, compute: (maker: Maker) => void): Int32Array[] {
  const made = maker(kernels, seed);
  compute(made);
  const bits = made.views.map(({ storage: { data, length } }) => new Int32Array(data.slice().buffer, 0, length));
  for (const { storage } of made.views) {
    kernels.release(storage);
  }
  return bits;
}

/** The first place where two lists differ; -1 where they don't. */
function difference(got: Int32Array, wanted: Int32Array): number {
  for (let i = 0; i < wanted.length; i++) {
    if (got[i] !== wanted[i]) {
      return i;
    }
  }
  return -1;
}

const turned = (view: View): View => ({
  ...view,
  shape: [...view.shape.slice(0, -2), ...view.shape.slice(-2).reverse()],
  strides: [...view.strides.slice(0, -2), ...view.strides.slice(-2).reverse()],
});
const spread = (view: View, shape: readonly number[]): View => ({
  ...view,
  shape,
  strides: view.strides.map((stride, axis) => (view.shape[axis] === 1 ? 0 : stride)),
});

/** A clock that stands still but for leaps now and then, by which a wait then took long and sharing doesn't pay. */
function leapingClock(): KernelThreads['clock'] {
  const random = seededRandom(3);
  let time = 0;
  return { elapsed: () => (time += random() < 0.2 ? 700 : 0) };
}

describe.each(variants)(
  'the kernels of the module "%s" on 2, 3 and 4 threads, and on 2 now and then, make the bits of one thread',
  (variant) => {
    const module = modules[variant];
    const one = wasmKernels(module);
    const boards: JobBoard[] = [];
    const teams = [eagerThreads(2), eagerThreads(3), eagerThreads(4), eagerThreads(2, { clock: leapingClock() })];
    const others = teams.map((threads, i) => {
      const start: KernelThreads['start'] = (work, ended) => {
        boards[i] = new JobBoard(work.board);
        return threads.start(work, ended);
      };
      return wasmKernels(module, undefined, { ...threads, start });
    });
    // They begin to help when they have started: the tests are to be of computations that they had a part in. The team that
    // shares now and then is left to chance.
    beforeAll(() => {
      others.slice(0, -1).forEach((kernels, i) => {
        const { make } = maker(kernels, 0);
        const x = make([100_000]);
        const until = systemClock.elapsed() + 60_000;
        while (!boards[i].helped) {
          kernels.unary('gelu', x, x);
          expect(systemClock.elapsed(), 'no helper has taken a part').toBeLessThan(until);
        }
      });
    });
    afterAll(() => {
      for (const kernels of others) {
        kernels.close();
      }
    });

    const same = (seed: number, compute: (maker: Maker) => void): void => {
      const wanted = bitsAfter(one, seed, compute);
      for (const kernels of others) {
        const got = bitsAfter(kernels, seed, compute);
        expect(got.map((bits, i) => difference(bits, wanted[i]))).toEqual(wanted.map(() => -1));
      }
    };
    const seed = fc.integer();
    const long = fc.integer({ min: 1, max: 300 });
    const rows = fc.integer({ min: 0, max: 70 });

    test('products of any form', () => {
      const turns = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean());
      const sizes = fc.tuple(fc.oneof(fc.nat(9), long), fc.nat(300), long);
      fc.assert(
        fc.property(sizes, turns, seed, ([M, K, N], [turnA, turnB, add], s) => {
          same(s, ({ kernels, make }) => {
            const a = turnA ? turned(make([K, M])) : make([M, K]);
            const b = turnB ? turned(make([N, K])) : make([K, N]);
            kernels.matmul(a, b, make([M, N]), add);
          });
        }),
        { numRuns: 30 },
      );
    });

    test('a product of more than one block of depth and columns', () => {
      same(1, ({ kernels, make }) => kernels.matmul(make([100, 600]), make([600, 1100]), make([100, 1100]), true));
    });

    test('a product of which one row is left over', () => {
      // Four threads take 24 rows each, of 73. A single row is otherwise computed in another order.
      same(1, ({ kernels, make }) => kernels.matmul(make([73, 100]), make([100, 70]), make([73, 70]), false));
    });

    test('batches of products, with one operand for all or not', () => {
      const sizes = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(20), fc.nat(20), fc.nat(20));
      fc.assert(
        fc.property(sizes, fc.tuple(fc.boolean(), fc.boolean()), seed, ([B, H, M, K, N], [onceB, onceH], s) => {
          same(s, ({ kernels, make }) => {
            const b = spread(make([onceB ? 1 : B, onceH ? 1 : H, K, N]), [B, H, K, N]);
            kernels.matmul(make([B, H, M, K]), b, make([B, H, M, N]), false);
          });
        }),
        { numRuns: 30 },
      );
    });

    test('functions, sums and products of each number', () => {
      fc.assert(
        fc.property(fc.nat(3000), fc.tuple(rows, long), seed, (n, [r, c], s) => {
          same(s, ({ kernels, make }) => {
            const [x, gradient] = [make([n]), make([n])];
            for (const kind of ['exp', 'tanh', 'relu', 'gelu', 'geluTanh', 'silu'] as const) {
              kernels.unary(kind, x, make([n]));
              kernels.unaryBackward(kind, x, gradient, make([n]));
            }
            kernels.affine(x, 2, 1, make([n]));
            kernels.dropoutMask(s, 0.7, make([n]));
            const [wide, row, column] = [make([r, c]), make([1, c]), make([r, 1])];
            kernels.binary('add', wide, spread(row, [r, c]), make([r, c]));
            kernels.binary('div', spread(column, [r, c]), wide, make([r, c]));
            kernels.where(spread(row, [r, c]), wide, wide, make([r, c]));
            kernels.copy(turned(wide), make([c, r]));
            kernels.addTo(wide, make([r, c]));
            kernels.addTo(turned(make([c, r])), make([r, c]));
          });
        }),
        { numRuns: 25 },
      );
    });

    test('rows: softmax, cross entropy, norms, sums, embeddings', () => {
      fc.assert(
        fc.property(rows, long, seed, (r, c, s) => {
          same(s, ({ kernels, make }) => {
            const [x, gradient] = [make([r, c]), make([r, c])];
            for (const log of [false, true]) {
              const y = make([r, c]);
              kernels.softmax(x, y, log);
              kernels.softmaxBackward(y, gradient, make([r, c]), log);
            }
            const random = seededRandom(s);
            const ids = Int32Array.from({ length: r }, () => Math.floor(random() * c));
            const [targets, maxima, sums] = [make([r], ids, 'i32'), make([r]), make([r])];
            kernels.crossEntropy(x, targets, make([r]), maxima, sums);
            kernels.crossEntropyBackward(x, targets, maxima, sums, make([r]), make([r, c]));
            const [weight, means, inverses] = [make([c]), make([r]), make([r])];
            kernels.layerNorm(x, weight, make([c]), 1e-5, make([r, c]), means, inverses);
            kernels.layerNormBackward(x, weight, means, inverses, gradient, make([r, c]), make([c]), make([c]));
            kernels.rmsNorm(x, weight, 1e-5, make([r, c]), inverses);
            kernels.rmsNormBackward(x, undefined, inverses, gradient, make([r, c]), make([c]));
            kernels.sum(x, 0, make([c]));
            kernels.sum(x, 1, make([r]));
            kernels.sum(make([5, r, 3]), 1, make([5, 3]));
            const table = make([c, r]);
            kernels.gatherRows(table, targets, make([r, r]));
            kernels.scatterAddRows(make([r, r]), targets, table);
          });
        }),
        { numRuns: 25 },
      );
    });

    test('attention, forward and backward', () => {
      const sizes = fc.tuple(
        fc.nat(3),
        fc.nat(4),
        fc.nat(100),
        fc.nat(20),
        long.map((n) => 1 + (n % 20)),
      );
      fc.assert(
        fc.property(sizes, fc.boolean(), seed, ([B, H, T, more, D], causal, s) => {
          same(s, ({ kernels, make }) => {
            const S = T + more;
            const options = { scale: 0.3, causal };
            const [q, k, v] = [make([B, H, T, D]), make([B, H, S, D]), make([B, H, S, D])];
            const [out, logSums, gradient] = [make([B, H, T, D]), make([B, H, T]), make([B, H, T, D])];
            kernels.attention(q, k, v, out, logSums, options);
            const [dq, dk, dv] = [make([B, H, T, D]), make([B, H, S, D]), make([B, H, S, D])];
            kernels.attentionBackward(q, k, v, out, logSums, gradient, dq, dk, dv, options);
          });
        }),
        { numRuns: 25 },
      );
    });

    test('AdamW', () => {
      fc.assert(
        fc.property(fc.nat(3000), seed, (n, s) => {
          same(s, ({ kernels, make }) => {
            const rates = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, step: 3 };
            kernels.adamW(make([n]), make([n]), make([n]), make([n], new Float32Array(n).fill(0.1)), rates);
          });
        }),
        { numRuns: 20 },
      );
    });

    test('in memory that grew after the threads had begun', () => {
      same(2, ({ kernels, make }) => {
        const large = make([MB]); // more than there is at first
        kernels.unary('gelu', large, make([MB]));
      });
    });
  },
);
