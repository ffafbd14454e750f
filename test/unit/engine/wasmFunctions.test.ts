// The vectorised functions against Math, which computes in 64 bits: the bounds that kernels/wasm/functions.ts states,
// over all sizes of f32, and the tails of GELU against erfc's continued fraction.

import { describe, expect, test } from 'vitest';
import type { Unary } from '../../../src/engine/kernels/kernels.ts';
import { wasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { modules, variants } from './kernelModules.ts';

/** How far apart two f32 neighbours are at x. */
function unitAt(x: number): number {
  const size = Math.max(Math.abs(x), 2 ** -126);
  return 2 ** (Math.floor(Math.log2(size)) - 23);
}

/** Every 997th f32 of both signs, but NaN and infinities. */
function manyNumbers(): Float32Array {
  const bits: number[] = [];
  for (let pattern = 0; pattern < 0x7f800000; pattern += 9973) {
    bits.push(pattern, pattern | 0x80000000);
  }
  return new Float32Array(Int32Array.from(bits).buffer);
}

/** The normal distribution's share below x: a series near 0, a continued fraction in the tails (Abramowitz and Stegun 7.1.6 and 7.1.14). */
function normalShare(x: number): number {
  const u = Math.abs(x) / Math.SQRT2;
  let tail: number;
  if (u < 2.5) {
    let term = u;
    let sum = u;
    for (let n = 1; n < 200; n++) {
      term *= (2 * u * u) / (2 * n + 1);
      sum += term;
    }
    tail = 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-u * u) * sum;
  } else {
    let fraction = 0;
    for (let n = 200; n > 0; n--) {
      fraction = n / 2 / (u + fraction);
    }
    tail = Math.exp(-u * u) / Math.sqrt(Math.PI) / (u + fraction);
  }
  return x < 0 ? tail / 2 : 1 - tail / 2;
}

describe.each(variants)('vectorised functions of the module "%s"', (variant) => {
  const kernels = wasmKernels(modules[variant]);

  const numbers = manyNumbers();
  /** The worst of `error(x, y)` over the numbers. */
  function worst(
    kind: Unary,
    error: (x: number, y: number) => number,
    backward = false,
  ): { error: number; at: number } {
    const view = () => {
      const storage = kernels.allocate(numbers.length, 'f32');
      return { storage, offset: 0, shape: [numbers.length], strides: [1] };
    };
    const [x, y, one] = [view(), view(), view()];
    x.storage.data.set(numbers);
    kernels.fill(one, 1);
    if (backward) {
      kernels.unaryBackward(kind, x, one, y);
    } else {
      kernels.unary(kind, x, y);
    }
    const found = { error: 0, at: 0 };
    numbers.forEach((number, i) => {
      const off = error(number, y.storage.data[i]);
      if (!(off <= found.error)) {
        found.error = off;
        found.at = number;
      }
    });
    for (const { storage } of [x, y, one]) {
      kernels.release(storage);
    }
    return found;
  }

  const apart = (wanted: number, got: number): number =>
    wanted === got ? 0 : Math.abs(wanted) >= 3.5e38 ? Number.POSITIVE_INFINITY : Math.abs(wanted - got);

  test('exp is within 2 units in the last place, subnormal results included', () => {
    const found = worst('exp', (x, y) => {
      const wanted = Math.exp(x);
      return Math.fround(wanted) === y ? 0 : apart(wanted, y) / unitAt(wanted);
    });
    expect(found.error, `at ${found.at}`).toBeLessThanOrEqual(2);
    expect(found.error).toBeGreaterThan(0.5); // a bound on nothing would hold as well
  });

  test('tanh is within 3 units', () => {
    const found = worst('tanh', (x, y) => apart(Math.tanh(x), y) / unitAt(Math.tanh(x)));
    expect(found.error, `at ${found.at}`).toBeLessThanOrEqual(3);
  });

  test('sigmoid is within 4 units where it is a normal number', () => {
    const found = worst('sigmoid', (x, y) => {
      const wanted = 1 / (1 + Math.exp(-x));
      return wanted < 2 ** -126 ? apart(wanted, y) * 2 ** 100 : apart(wanted, y) / unitAt(wanted);
    });
    expect(found.error, `at ${found.at}`).toBeLessThanOrEqual(4);
  });

  test('gelu and its slope are within 4e-7, relative to x where it is large', () => {
    const size = (x: number) => Math.max(1, Math.abs(x));
    const gelu = worst('gelu', (x, y) => apart(x * normalShare(x), y) / size(x));
    expect(gelu.error, `at ${gelu.at}`).toBeLessThanOrEqual(4e-7);
    const slope = worst(
      'gelu',
      (x, y) => {
        const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
        return apart(normalShare(x) + x * density, y) / size(x);
      },
      true,
    );
    expect(slope.error, `at ${slope.at}`).toBeLessThanOrEqual(4e-7);
  });

  test('the tanh form of gelu is within 4e-7, relative to x where it is large', () => {
    const found = worst('geluTanh', (x, y) => {
      const wanted = (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
      return apart(wanted, y) / Math.max(1, Math.abs(x));
    });
    expect(found.error, `at ${found.at}`).toBeLessThanOrEqual(4e-7);
  });
});
