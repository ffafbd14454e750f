// Rows brought to one scale: layer norm (Ba, Kiros and Hinton 2016) and RMS norm (Zhang and Sennrich 2019).

import type { View } from '../kernels.ts';
import { numbersOf, rowOf, rowsOf } from '../views.ts';

/** y = n * weight + bias, with n = (x - mean) / sqrt(variance + epsilon) in each row. x (rows, C), weight and bias (C,). */
export function layerNorm(
  x: View,
  weight: View | undefined,
  bias: View | undefined,
  epsilon: number,
  out: View,
  means: View,
  inverseDeviations: View,
): void {
  const { rows, columns } = rowsOf(x.shape);
  const gain = weight && numbersOf(weight); // (C,)
  const shift = bias && numbersOf(bias); // (C,)
  for (let r = 0; r < rows; r++) {
    const row = rowOf(x, r); // (C,)
    const y = rowOf(out, r); // (C,)
    const mean = meanOf(columns, (c) => row[c]);
    const variance = meanOf(columns, (c) => (row[c] - mean) ** 2);
    const inverse = 1 / Math.sqrt(variance + epsilon);
    for (let c = 0; c < columns; c++) {
      const n = (row[c] - mean) * inverse;
      y[c] = n * (gain?.[c] ?? 1) + (shift?.[c] ?? 0);
    }
    numbersOf(means)[r] = mean;
    numbersOf(inverseDeviations)[r] = inverse;
  }
}

/**
 * With n = (x - mean) / deviation and g = gradient * weight: dx = (g - mean(g) - n mean(g n)) / deviation. The two means
 * are what reaches x through the row's mean and through its deviation.
 */
export function layerNormBackward(
  x: View,
  weight: View | undefined,
  means: View,
  inverseDeviations: View,
  gradient: View,
  dx: View | undefined,
  dWeight: View | undefined,
  dBias: View | undefined,
): void {
  const { rows, columns } = rowsOf(x.shape);
  const gain = weight && numbersOf(weight);
  const [toWeight, toBias] = [dWeight, dBias].map((out) => out && numbersOf(out)); // (C,) each
  for (let r = 0; r < rows; r++) {
    const row = rowOf(x, r); // (C,)
    const dy = rowOf(gradient, r); // (C,)
    const toX = dx && rowOf(dx, r); // (C,)
    const mean = numbersOf(means)[r];
    const inverse = numbersOf(inverseDeviations)[r];
    const n = (c: number): number => (row[c] - mean) * inverse;
    const g = (c: number): number => dy[c] * (gain?.[c] ?? 1);
    const meanOfG = meanOf(columns, g);
    const meanOfGN = meanOf(columns, (c) => g(c) * n(c));
    for (let c = 0; c < columns; c++) {
      add(toWeight, c, dy[c] * n(c));
      add(toBias, c, dy[c]);
      if (toX !== undefined) {
        toX[c] = inverse * (g(c) - meanOfG - n(c) * meanOfGN);
      }
    }
  }
}

/** y = n * weight, with n = x / sqrt(mean of x^2 + epsilon) in each row. x (rows, C), weight (C,). */
export function rmsNorm(x: View, weight: View | undefined, epsilon: number, out: View, inverses: View): void {
  const { rows, columns } = rowsOf(x.shape);
  const gain = weight && numbersOf(weight);
  for (let r = 0; r < rows; r++) {
    const row = rowOf(x, r); // (C,)
    const y = rowOf(out, r); // (C,)
    const inverse = 1 / Math.sqrt(meanOf(columns, (c) => row[c] ** 2) + epsilon);
    for (let c = 0; c < columns; c++) {
      y[c] = row[c] * inverse * (gain?.[c] ?? 1);
    }
    numbersOf(inverses)[r] = inverse;
  }
}

/** As layer norm's, without the part that goes through the mean: dx = (g - n mean(g n)) / root. */
export function rmsNormBackward(
  x: View,
  weight: View | undefined,
  inverses: View,
  gradient: View,
  dx: View | undefined,
  dWeight: View | undefined,
): void {
  const { rows, columns } = rowsOf(x.shape);
  const gain = weight && numbersOf(weight);
  const toWeight = dWeight && numbersOf(dWeight); // (C,)
  for (let r = 0; r < rows; r++) {
    const row = rowOf(x, r); // (C,)
    const dy = rowOf(gradient, r); // (C,)
    const toX = dx && rowOf(dx, r); // (C,)
    const inverse = numbersOf(inverses)[r];
    const n = (c: number): number => row[c] * inverse;
    const g = (c: number): number => dy[c] * (gain?.[c] ?? 1);
    const meanOfGN = meanOf(columns, (c) => g(c) * n(c));
    for (let c = 0; c < columns; c++) {
      add(toWeight, c, dy[c] * n(c));
      if (toX !== undefined) {
        toX[c] = inverse * (g(c) - n(c) * meanOfGN);
      }
    }
  }
}

/** The mean of value(0) to value(count - 1). */
function meanOf(count: number, value: (index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += value(i);
  }
  return sum / count;
}

/** Adds to one element, where there is anything to add to. */
function add(out: Float32Array | Int32Array | undefined, index: number, value: number): void {
  if (out !== undefined) {
    out[index] += value;
  }
}
