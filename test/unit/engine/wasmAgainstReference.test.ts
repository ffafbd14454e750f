// Every kernel of the WASM backend, in both modules, against the reference loops: random shapes and strides, sizes of 0
// and 1, numbers that aren't finite.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Binary, Kernels, Unary, View } from '../../../src/engine/kernels/kernels.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { wasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { sizeOf, stridesOf } from '../../../src/engine/shape.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { modules, variants } from './kernelModules.ts';

type Numbers = ArrayLike<number>;
type Make = (shape: readonly number[], numbers?: Numbers | 'i32', offset?: number) => View;

/** Runs the same calls on two backends and expects the same numbers in all views that it made. */
function agree(kernels: Kernels, call: (kernels: Kernels, make: Make) => void, tolerance = 2e-5): void {
  const results = [referenceKernels(), kernels].map((backend) => {
    const views: View[] = [];
    call(backend, (shape, numbers, offset = 0) => {
      const whole = numbers === 'i32' || numbers instanceof Int32Array;
      const storage = backend.allocate(sizeOf(shape) + offset, whole ? 'i32' : 'f32');
      storage.data.fill(7); // what an operation must overwrite, or add to
      if (numbers !== undefined && numbers !== 'i32') {
        storage.data.set(numbers, offset);
      }
      const view = { storage, offset, shape, strides: stridesOf(shape) };
      views.push(view);
      return view;
    });
    const numbers = views.map(({ storage }) => Array.from(storage.data));
    for (const { storage } of views) {
      backend.release(storage);
    }
    return numbers;
  });
  const [wanted, got] = results;
  wanted.forEach((numbers, v) => {
    numbers.forEach((number, i) => {
      if (!close(number, got[v][i], tolerance)) {
        throw new Error(`View ${v}, place ${i}: ${got[v][i]} should be ${number}.`);
      }
    });
  });
}

function close(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a));
}

function noise(count: number, seed: number, scale = 2): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: count }, () => (random() - 0.5) * scale);
}

/** A view with its last two axes exchanged. */
function transposed(view: View): View {
  const swap = (list: readonly number[]) => [...list.slice(0, -2), list[list.length - 1], list[list.length - 2]];
  return { ...view, shape: swap(view.shape), strides: swap(view.strides) };
}

function expanded(view: View, shape: readonly number[]): View {
  return { ...view, shape, strides: view.strides.map((stride, axis) => (view.shape[axis] === 1 ? 0 : stride)) };
}

const size = fc.integer({ min: 0, max: 13 });
const length = fc.integer({ min: 1, max: 40 });
const seed = fc.integer({ min: 0, max: 1e9 });

describe.each(variants)('the module "%s" against the reference', (variant) => {
  const kernels = wasmKernels(modules[variant], 64 * 1024 * 1024);

  test('matrix products of any size, transposed or not, batched, shared and added', () => {
    const flags = fc.record({ a: fc.boolean(), b: fc.boolean(), add: fc.boolean(), shared: fc.constantFrom(0, 1, 2) });
    const dims = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat(30), fc.nat(30), fc.nat(30));
    fc.assert(
      fc.property(dims, flags, seed, ([batch, M, K, N], { a, b, add, shared }, s) => {
        agree(kernels, (k, make) => {
          const ofA = shared === 1 ? 1 : batch;
          const ofB = shared === 2 ? 1 : batch;
          const left = make(a ? [ofA, K, M] : [ofA, M, K], noise(ofA * M * K, s), 3);
          const right = make(b ? [ofB, N, K] : [ofB, K, N], noise(ofB * K * N, s + 1), 1);
          const out = make([batch, M, N], noise(batch * M * N, s + 2));
          k.matmul(
            expanded(a ? transposed(left) : left, [batch, M, K]),
            expanded(b ? transposed(right) : right, [batch, K, N]),
            out,
            add,
          );
        });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [1, 700, 33],
    [2, 65, 1100],
    [97, 257, 70],
    [200, 300, 9],
    [7, 2, 1031],
  ])('a product that passes the blocks: %i x %i x %i', (M, K, N) => {
    for (const forms of [0, 1, 2, 3]) {
      agree(
        kernels,
        (k, make) => {
          const a = forms & 1 ? transposed(make([K, M], noise(M * K, 1))) : make([M, K], noise(M * K, 1));
          const b = forms & 2 ? transposed(make([N, K], noise(K * N, 2))) : make([K, N], noise(K * N, 2));
          k.matmul(a, b, make([M, N]), false);
        },
        1e-4,
      );
    }
  });

  test('a product skips no zero: 0 times infinity is NaN', () => {
    agree(kernels, (k, make) => {
      const a = make([7, 3], [0, 1, 2, ...noise(18, 3)]);
      const b = make([3, 9], [Number.POSITIVE_INFINITY, Number.NaN, ...noise(25, 4)]);
      k.matmul(a, b, make([7, 9]), false);
    });
  });

  test('functions of one number, and their slopes', () => {
    const kinds: Unary[] = ['exp', 'log', 'sqrt', 'tanh', 'sigmoid', 'relu', 'gelu', 'geluTanh', 'silu'];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.nat(21), seed, (kind, n, s) => {
        agree(kernels, (k, make) => {
          const x = make([n], kind === 'log' || kind === 'sqrt' ? noise(n, s).map(Math.abs) : noise(n, s, 16), 1);
          const y = make([n]);
          k.unary(kind, x, y);
          const saved = ['exp', 'sqrt', 'tanh', 'sigmoid', 'relu'].includes(kind) ? y : x;
          k.unaryBackward(kind, saved, make([n], noise(n, s + 1)), make([n]));
        });
      }),
      { numRuns: 300 },
    );
  });

  test('NaN and infinity go through as in the reference', () => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e30, -1e30];
    for (const kind of ['exp', 'log', 'sqrt', 'tanh', 'sigmoid', 'relu', 'gelu', 'geluTanh', 'silu'] as const) {
      agree(kernels, (k, make) => k.unary(kind, make([7], odd), make([7])));
    }
    for (const kind of ['add', 'sub', 'mul', 'div', 'pow'] as const) {
      agree(kernels, (k, make) => {
        const a = expanded(make([7, 1], odd), [7, 7]);
        k.binary(kind, a, expanded(make([1, 7], odd), [7, 7]), make([7, 7]));
      });
    }
    for (const at of [0, 2, 4]) {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        agree(kernels, (k, make) => {
          const row = noise(5, 9);
          row[at] = value;
          k.softmax(make([1, 5], row), make([1, 5]), false);
          k.softmax(make([1, 5], row), make([1, 5]), true);
        });
      }
    }
  });

  test('two operands, broadcast either way, transposed, in place', () => {
    const kinds: Binary[] = ['add', 'sub', 'mul', 'div', 'pow'];
    const shapes = fc.tuple(size, size, size);
    const broadcast = fc.tuple(...Array.from({ length: 6 }, () => fc.boolean()));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), shapes, broadcast, fc.boolean(), seed, (kind, shape, once, turn, s) => {
        agree(kernels, (k, make) => {
          const operand = (from: number, offset: number) => {
            const own = shape.map((n, axis) => (once[from + axis] ? 1 : n));
            const numbers = noise(sizeOf(own), s + from).map((x) => Math.abs(x) + 0.1);
            const made = turn
              ? transposed(make([own[0], own[2], own[1]], numbers, offset))
              : make(own, numbers, offset);
            return expanded(made, shape);
          };
          k.binary(kind, operand(0, 1), operand(3, 0), make(shape));
          const target = make(shape, noise(sizeOf(shape), s));
          k.binary('mul', target, operand(0, 2), target);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('copies, fills, sums into and choices, with any strides', () => {
    fc.assert(
      fc.property(size, size, size, fc.boolean(), fc.boolean(), seed, (a, b, c, turnFrom, turnTo, s) => {
        agree(kernels, (k, make) => {
          const shape = [a, b, c];
          const view = (turn: boolean, numbers?: Numbers) =>
            turn ? transposed(make([a, c, b], numbers, 2)) : make(shape, numbers, 1);
          const source = view(turnFrom, noise(a * b * c, s));
          k.copy(source, view(turnTo));
          k.addTo(source, view(turnTo, noise(a * b * c, s + 1)));
          k.fill(view(turnTo), -1.5);
          k.fill(make([a, b], 'i32'), 7);
          const flags = Int32Array.from(noise(a * b * c, s + 2), (x) => (x > 0 ? 3 : 0));
          k.where(view(turnFrom, flags), source, expanded(make([1, 1, 1], [5]), shape), make(shape));
          k.where(view(turnTo, noise(a * b * c, s).map(Math.round)), source, source, make(shape));
          k.affine(make(shape, noise(a * b * c, s)), 2, -0.5, make(shape));
        });
      }),
      { numRuns: 200 },
    );
  });

  test('dropout keeps the same places', () => {
    for (const keep of [1, 0.9, 0.5, 0.001]) {
      agree(kernels, (k, make) => k.dropoutMask(123456789, keep, make([1003])), 1e-7);
    }
  });

  test('sums and extremes along each axis', () => {
    fc.assert(
      fc.property(size, length, size, fc.constantFrom(0, 1, 2), seed, (a, b, c, axis, s) => {
        agree(kernels, (k, make) => {
          const shape = [a, b, c];
          const left = shape.filter((_, i) => i !== axis);
          const x = make(shape, noise(a * b * c, s), 1);
          k.sum(x, axis, make(left));
          if (shape[axis] > 0) {
            k.extreme('max', x, axis, make(left), make(left, 'i32'));
          }
          k.fill(make([1]), k.sumOfSquares(x));
        });
      }),
      { numRuns: 200 },
    );
  });

  test('softmax and cross entropy, forward and backward', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 600 }), seed, (rows, columns, s) => {
        agree(
          kernels,
          (k, make) => {
            const numbers = noise(rows * columns, s, 20);
            const x = make([rows, columns], numbers);
            const gradient = make([rows, columns], noise(rows * columns, s + 1));
            for (const log of [false, true]) {
              const y = make([rows, columns]);
              k.softmax(x, y, log);
              k.softmaxBackward(y, gradient, make([rows, columns]), log);
            }
            const random = seededRandom(s);
            const targets = make(
              [rows],
              Int32Array.from({ length: rows }, () => Math.floor(random() * (columns + 1)) - 1),
            );
            const [maxima, sums] = [make([rows]), make([rows])];
            k.crossEntropy(x, targets, make([rows]), maxima, sums);
            const above = make([rows], noise(rows, s + 2));
            k.crossEntropyBackward(x, targets, maxima, sums, above, make([rows, columns]));
          },
          1e-4,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('norms, with and without weight and bias, forward and backward', () => {
    const given = fc.record({ weight: fc.boolean(), bias: fc.boolean(), dx: fc.boolean(), parameters: fc.boolean() });
    fc.assert(
      fc.property(size, length, given, seed, (rows, columns, has, s) => {
        agree(
          kernels,
          (k, make) => {
            const x = make([rows, columns], noise(rows * columns, s));
            const weight = has.weight ? make([columns], noise(columns, s + 1)) : undefined;
            const bias = has.bias ? make([columns], noise(columns, s + 2)) : undefined;
            const gradient = make([rows, columns], noise(rows * columns, s + 3));
            const dx = has.dx ? make([rows, columns]) : undefined;
            const dWeight = has.parameters ? make([columns], noise(columns, s + 4)) : undefined;
            const [means, inverses, out] = [make([rows]), make([rows]), make([rows, columns])];
            k.layerNorm(x, weight, bias, 1e-3, out, means, inverses);
            k.layerNormBackward(
              x,
              weight,
              means,
              inverses,
              gradient,
              dx,
              dWeight,
              has.bias ? make([columns]) : undefined,
            );
            k.rmsNorm(x, weight, 1e-3, make([rows, columns]), inverses);
            k.rmsNormBackward(x, weight, inverses, gradient, has.dx ? make([rows, columns]) : undefined, dWeight);
          },
          5e-4,
        );
      }),
      { numRuns: 200 },
    );
  });

  test('rows by index, rotary positions, the largest of a row', () => {
    fc.assert(
      fc.property(length, length, fc.nat(9), seed, (V, C, n, s) => {
        agree(kernels, (k, make) => {
          const random = seededRandom(s);
          const ids = make(
            [n],
            Int32Array.from({ length: n }, () => Math.floor(random() * V)),
          );
          const table = make([V, C], noise(V * C, s), 1);
          k.gatherRows(table, ids, make([n, C]));
          k.scatterAddRows(make([n, C], noise(n * C, s)), ids, table);
          k.topK(table, Math.min(3, C), make([V, Math.min(3, C)]), make([V, Math.min(3, C)], 'i32'));
          const x = make([n, V, 2 * C], noise(n * V * 2 * C, s));
          const [cos, sin] = [make([V, C], noise(V * C, s)), make([V, C], noise(V * C, s + 1))];
          k.rope(x, cos, sin, 'halves', false, make([n, V, 2 * C]));
        });
      }),
      { numRuns: 50 },
    );
  });

  test('attention, causal or not, heads side by side, forward and backward', () => {
    const dims = fc.tuple(
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 110 }),
    );
    const more = fc.record({
      keys: fc.nat(20),
      D: fc.integer({ min: 1, max: 18 }),
      E: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(dims, more, fc.boolean(), seed, ([B, H, T], { keys, D, E }, causal, s) => {
        const S = T + keys;
        agree(
          kernels,
          (k, make) => {
            // Written as (B, T, H, D), read as (B, H, T, D).
            const heads = (positions: number, width: number, numbers?: Float32Array): View => {
              const { storage, offset } = make([B, positions, H, width], numbers, 1);
              const strides = [positions * H * width, width, H * width, 1];
              return { storage, offset, shape: [B, H, positions, width], strides };
            };
            const random = (positions: number, width: number, more: number) =>
              heads(positions, width, noise(B * H * positions * width, s + more));
            const [q, key, value] = [random(T, D, 0), random(S, D, 1), random(S, E, 2)];
            const [out, logSums] = [heads(T, E), make([B, H, T])];
            const options = { scale: 1 / Math.sqrt(D), causal };
            k.attention(q, key, value, out, logSums, options);
            const gradient = random(T, E, 3);
            const [dq, dk, dv] = [random(T, D, 4), random(S, D, 5), random(S, E, 6)];
            k.attentionBackward(q, key, value, out, logSums, gradient, dq, dk, dv, options);
          },
          1e-4,
        );
      }),
      { numRuns: 40 },
    );
  });

  test('AdamW over three steps', () => {
    fc.assert(
      fc.property(fc.nat(30), seed, (n, s) => {
        agree(kernels, (k, make) => {
          const [parameter, m, v] = [make([n], noise(n, s)), make([n]), make([n])];
          for (const step of [1, 2, 3]) {
            const gradient = make([n], noise(n, s + step));
            const rates = { learningRate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1 };
            k.adamW(parameter, gradient, m, v, { ...rates, step });
          }
        });
      }),
      { numRuns: 50 },
    );
  });

  test('nothing is left in use', () => {
    expect(kernels.memory.inUse).toBe(0);
    expect(kernels.memory.peak).toBeGreaterThan(0);
  });
});
