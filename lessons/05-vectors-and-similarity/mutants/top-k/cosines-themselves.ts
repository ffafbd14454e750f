import { watch } from 'inside-llms';
import { cosine } from 'mine/cosine';

export function topK(rows: readonly (readonly number[])[], query: readonly number[], k: number): number[] {
  const cosines = watch(
    'cosines',
    rows.map((row) => cosine(row, query)),
  ); // (N)
  const numbers = rows.map((_, i) => i);
  return numbers
    .sort((one, other) => cosines[other] - cosines[one])
    .slice(0, k)
    .map((i) => cosines[i]);
}
