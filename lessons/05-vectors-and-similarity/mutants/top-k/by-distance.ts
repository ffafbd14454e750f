export function topK(rows: readonly (readonly number[])[], query: readonly number[], k: number): number[] {
  const distances = rows.map((row) => Math.hypot(...row.map((value, i) => value - query[i]))); // (N)
  const numbers = rows.map((_, i) => i);
  return numbers.sort((one, other) => distances[one] - distances[other]).slice(0, k);
}
