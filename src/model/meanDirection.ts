// The plainest classifier of vectors: the direction from the mean of one class to the mean of the other, and the threshold
// half way between them (Rocchio 1971 did so for texts).

export interface MeanDirection {
  readonly direction: Float64Array;
  readonly threshold: number;
}

/** @param vectors all of one length, with at least one of each class */
export function meanDirection(vectors: readonly Float32Array[], positive: readonly boolean[]): MeanDirection {
  const mean = (of: boolean) => {
    const chosen = vectors.filter((_, i) => positive[i] === of);
    return Float64Array.from(vectors[0]!, (_, c) => chosen.reduce((sum, v) => sum + v[c]!, 0) / chosen.length);
  };
  const [yes, no] = [mean(true), mean(false)];
  const direction = yes.map((value, c) => value - no[c]!);
  const middle = yes.map((value, c) => (value + no[c]!) / 2);
  return { direction, threshold: product(direction, middle) };
}

/** How far along the direction a vector lies, past the threshold. */
export function meanDirectionScore({ direction, threshold }: MeanDirection, vector: Float32Array): number {
  return product(direction, vector) - threshold;
}

function product(a: Float64Array, b: ArrayLike<number>): number {
  return a.reduce((sum, value, c) => sum + value * b[c]!, 0);
}
