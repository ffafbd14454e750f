export function answers(weights: readonly number[], bias: number, rows: readonly (readonly number[])[]): number[] {
  return rows.map((inputs) => {
    const score = weights.reduce((sum, weight, i) => sum + weight * inputs[i]!, 0);
    return score > bias ? 1 : 0;
  });
}
