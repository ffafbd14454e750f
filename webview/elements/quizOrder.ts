// The order in which a question shows its options: shuffled, and the same each time the question is shown.

import { seededRandom } from '../../src/shared/environment.ts';

/** The numbers 0 to `count` - 1 as the question with this id shows its options. What is kept stays the file's number. */
export function shownOrder(id: string, count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  const random = seededRandom(hash(id));
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return order;
}

/** 32-bit FNV-1a over UTF-16 code units (Fowler, Noll and Vo; public domain). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  return h >>> 0;
}
