import { watch } from 'inside-llms';
import { cosine } from 'mine/cosine';

export function topK(rows: readonly (readonly number[])[], query: readonly number[], k: number): number[] {
  const cosines = watch(
    'cosines',
    rows.map((row) => cosine(row, query)),
  ); // (N)
  const sorted = cosines.sort((one, other) => other - one);
  return sorted.slice(0, k).map((value) => cosines.indexOf(value));
}
