import { watch } from 'inside-llms';
import { cosine } from 'mine/cosine';

export function topK(rows: readonly (readonly number[])[], query: readonly number[], k: number): number[] {
  const cosines = watch(
    'cosines',
    rows.map((row) => cosine(row, query)),
  ); // (N)
  return Array.from({ length: k }, () => {
    const nearest = cosines.indexOf(Math.max(...cosines));
    cosines[nearest] = -1;
    return nearest;
  });
}
