// The directions in which many long vectors differ most (principal components; Pearson 1901), by power iteration that
// never makes the covariance: at C = 384 it has more numbers than the vectors that a map's axes are taken from.
// src/model/pca.ts is the same on the tensor engine, step by step, for small tables.

import type { Random } from '../../shared/environment.ts';
import { dotOf, lengthOf } from './quantise.ts';

/** A direction that has turned by less than this has stopped turning. */
const TURNED = 1e-5;
const MOST_STEPS = 80;

/** Awaited now and then in long work: gives others their turn, and throws where the work is no longer wanted. */
export type Pause = () => Promise<void>;

export interface Axes {
  /** The middle of the vectors, (C,). */
  readonly center: Float64Array;
  /** Of length 1 and at right angles, the widest first, each (C,). Zeros where nothing varies any more. */
  readonly directions: readonly Float64Array[];
  /** The variance along each. */
  readonly variances: readonly number[];
  /** The variance along all C axes together. */
  readonly total: number;
}

/** The `count` widest directions of the rows, each (C,). */
export async function principalAxes(
  rows: readonly Float32Array[],
  count: number,
  random: Random,
  pause: Pause,
): Promise<Axes> {
  const center = middleOf(rows);
  const centred = rows.map((row) => row.map((x, c) => x - center[c]!)); // (N, C)
  const freedom = Math.max(1, rows.length - 1);
  const total = centred.reduce((sum, row) => sum + dotOf(row, row), 0) / freedom;
  const directions: Float64Array[] = [];
  const variances: number[] = [];
  while (directions.length < count) {
    let direction = Float64Array.from(center, () => random() - 0.5);
    let variance = 0;
    for (let step = 0; step < MOST_STEPS; step++) {
      await pause();
      const next = stretched(centred, direction);
      removeParts(next, directions);
      const length = lengthOf(next);
      variance = length / freedom;
      // What rounding leaves over is no direction.
      if (variance <= 1e-9 * total) {
        direction = new Float64Array(center.length);
        variance = 0;
        break;
      }
      const turned = next.map((x) => x / length);
      const change = lengthOf(turned.map((x, c) => x - direction[c]!));
      direction = turned;
      if (change < TURNED) {
        break;
      }
    }
    directions.push(upright(direction));
    variances.push(variance);
  }
  return { center, directions, variances, total };
}

/** Where a vector lies along the axes. */
export function along({ center, directions }: Axes, vector: ArrayLike<number>): number[] {
  return directions.map((direction) => {
    let sum = 0;
    for (let c = 0; c < direction.length; c++) {
      sum += (vector[c]! - center[c]!) * direction[c]!;
    }
    return sum;
  });
}

/** The rows' mean, (C,). */
function middleOf(rows: readonly Float32Array[]): Float64Array {
  const center = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) {
    for (let c = 0; c < center.length; c++) {
      center[c]! += row[c]! / rows.length;
    }
  }
  return center;
}

/** The rows' covariance, times their number, times a direction: every row, as often as it lies along the direction. */
function stretched(rows: readonly Float32Array[], direction: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(direction.length);
  for (const row of rows) {
    const part = dotOf(row, direction);
    for (let c = 0; c < out.length; c++) {
      out[c]! += part * row[c]!;
    }
  }
  return out;
}

/** Takes out of a vector what lies along directions of length 1. */
function removeParts(vector: Float64Array, directions: readonly Float64Array[]): void {
  for (const direction of directions) {
    const part = dotOf(vector, direction);
    for (let c = 0; c < vector.length; c++) {
      vector[c]! -= part * direction[c]!;
    }
  }
}

/** A direction, or its opposite: the one whose largest number is positive. So that a map is the same each time. */
function upright(direction: Float64Array): Float64Array {
  const largest = direction.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  return largest < 0 ? direction.map((x) => -x) : direction;
}
