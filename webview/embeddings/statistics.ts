// A few numbers as a tensor for the tensor view: their figures, and their bytes in one buffer. Pure.

import type { TensorStatistics, TensorValue } from '../../src/shared/trace.ts';

const BINS = 32;

/** The figures of numbers that are all finite. */
export function figuresOf(numbers: Float32Array): TensorStatistics {
  const none = { nan: 0, inf: 0 };
  if (numbers.length === 0) {
    return { min: null, max: null, mean: null, std: null, ...none, histogram: { from: 0, to: 0, counts: [] } };
  }
  const min = numbers.reduce((a, b) => Math.min(a, b), Infinity);
  const max = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const counts = new Array<number>(BINS).fill(0);
  for (const value of numbers) {
    const bin = Math.min(BINS - 1, Math.floor(((value - min) / (max - min || 1)) * BINS));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return {
    min,
    max,
    mean,
    std: Math.sqrt(squares / numbers.length),
    ...none,
    histogram: { from: min, to: max, counts },
  };
}

export interface ShownNumbers {
  readonly value: TensorValue;
  readonly buffer: ArrayBuffer;
}

/** A tensor of these numbers, row-major. */
export function tensorOf(
  numbers: Float32Array,
  shape: readonly number[],
  more: Pick<TensorValue, 'axes' | 'labels'> = {},
): ShownNumbers {
  const held = numbers.slice();
  return {
    value: {
      kind: 'tensor',
      dtype: 'f32',
      shape,
      statistics: figuresOf(held),
      bytes: { offset: 0, length: held.byteLength },
      ...more,
    },
    buffer: held.buffer,
  };
}
