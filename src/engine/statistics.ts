// What a tensor holds, in a few figures: the same for a preview as for the whole.

import type { TensorStatistics } from '../shared/trace.ts';

const BINS = 32;

/**
 * The figures of all finite elements, how many are not finite, and a histogram.
 *
 * Example: of 1, 2, 3 and NaN the mean is 2, the deviation 0.816, and `nan` is 1.
 */
export function statisticsOf(numbers: Float32Array | Int32Array): TensorStatistics {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [nan, inf, sum] = [0, 0, 0];
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i];
    if (x - x === 0) {
      sum += x;
      min = x < min ? x : min;
      max = x > max ? x : max;
    } else if (Number.isNaN(x)) {
      nan++;
    } else {
      inf++;
    }
  }
  const counts = new Array<number>(BINS).fill(0);
  const count = numbers.length - nan - inf;
  if (count === 0) {
    return { min: null, max: null, mean: null, std: null, nan, inf, histogram: { from: 0, to: 0, counts } };
  }
  const mean = sum / count;
  const range = max - min || 1;
  let squares = 0;
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i];
    if (x - x === 0) {
      squares += (x - mean) ** 2;
      counts[Math.min(BINS - 1, Math.floor(((x - min) / range) * BINS))]++;
    }
  }
  return { min, max, mean, std: Math.sqrt(squares / count), nan, inf, histogram: { from: min, to: max, counts } };
}
