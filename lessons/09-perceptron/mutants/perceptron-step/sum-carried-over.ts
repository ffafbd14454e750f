export function answers(weights: readonly number[], bias: number, rows: readonly (readonly number[])[]): number[] {
  let score = bias;
  return rows.map((inputs) => {
    weights.forEach((weight, i) => {
      score += weight * inputs[i]!;
    });
    return score > 0 ? 1 : 0;
  });
}
