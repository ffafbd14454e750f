import { watch } from 'inside-llms';
import { cosine } from 'mine/cosine';

export function topK(rows: readonly (readonly number[])[], query: readonly number[], k: number): number[] {
  const cosines = watch(
    'cosines',
    rows.map((row) => cosine(row, query)),
  ); // (N)
  const numbers = rows.map((_, i) => i);
  const texts = cosines.map(String);
  return numbers
    .sort((one, other) => (texts[one] < texts[other] ? 1 : Number(texts[one] > texts[other]) * -1))
    .slice(0, k);
}
