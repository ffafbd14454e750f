// Rows brought to one scale: layer norm (Ba, Kiros and Hinton 2016) and RMS norm (Zhang and Sennrich 2019).

import type { View } from '../kernels.ts';
import { numbersOf, rowsOf } from '../views.ts';

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
  const gain = weight && numbersOf(weight);
  const shift = bias && numbersOf(bias);
  const to = numbersOf(out);
  for (let r = 0; r < rows; r++) {
    const row = numbersOf(x).subarray(r * columns, (r + 1) * columns);
    const mean = meanOf(columns, (c) => row[c]);
    const inverse = 1 / Math.sqrt(meanOf(columns, (c) => (row[c] - mean) ** 2) + epsilon);
    for (let c = 0; c < columns; c++) {
      to[r * columns + c] = (row[c] - mean) * inverse * (gain?.[c] ?? 1) + (shift?.[c] ?? 0);
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
  const [toX, toWeight, toBias] = [dx, dWeight, dBias].map((out) => out && numbersOf(out));
  for (let r = 0; r < rows; r++) {
    const row = numbersOf(x).subarray(r * columns, (r + 1) * columns);
    const above = numbersOf(gradient).subarray(r * columns, (r + 1) * columns);
    const mean = numbersOf(means)[r];
    const inverse = numbersOf(inverseDeviations)[r];
    const n = (c: number): number => (row[c] - mean) * inverse;
    const g = (c: number): number => above[c] * (gain?.[c] ?? 1);
    const meanOfG = meanOf(columns, g);
    const meanOfGN = meanOf(columns, (c) => g(c) * n(c));
    for (let c = 0; c < columns; c++) {
      add(toWeight, c, above[c] * n(c));
      add(toBias, c, above[c]);
      if (toX !== undefined) {
        toX[r * columns + c] = inverse * (g(c) - meanOfG - n(c) * meanOfGN);
      }
    }
  }
}

export function rmsNorm(x: View, weight: View | undefined, epsilon: number, out: View, inverses: View): void {
  const { rows, columns } = rowsOf(x.shape);
  const gain = weight && numbersOf(weight);
  const to = numbersOf(out);
  for (let r = 0; r < rows; r++) {
    const row = numbersOf(x).subarray(r * columns, (r + 1) * columns);
    const inverse = 1 / Math.sqrt(meanOf(columns, (c) => row[c] ** 2) + epsilon);
    for (let c = 0; c < columns; c++) {
      to[r * columns + c] = row[c] * inverse * (gain?.[c] ?? 1);
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
  const [toX, toWeight] = [dx, dWeight].map((out) => out && numbersOf(out));
  for (let r = 0; r < rows; r++) {
    const row = numbersOf(x).subarray(r * columns, (r + 1) * columns);
    const above = numbersOf(gradient).subarray(r * columns, (r + 1) * columns);
    const inverse = numbersOf(inverses)[r];
    const g = (c: number): number => above[c] * (gain?.[c] ?? 1);
    const meanOfGN = meanOf(columns, (c) => g(c) * row[c] * inverse);
    for (let c = 0; c < columns; c++) {
      add(toWeight, c, above[c] * row[c] * inverse);
      if (toX !== undefined) {
        toX[r * columns + c] = inverse * (g(c) - row[c] * inverse * meanOfGN);
      }
    }
  }
}

function meanOf(count: number, value: (index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += value(i);
  }
  return sum / count;
}

function add(out: Float32Array | Int32Array | undefined, index: number, value: number): void {
  if (out !== undefined) {
    out[index] += value;
  }
}
