export function topK(rows: readonly (readonly number[])[], query: readonly number[], k: number): number[] {
  const dots = rows.map((row) => row.reduce((sum, value, i) => sum + value * query[i], 0)); // (N)
  const numbers = rows.map((_, i) => i);
  return numbers.sort((one, other) => dots[other] - dots[one]).slice(0, k);
}
