// Line ends beside the regular expression that says the same of a whole text.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLineStart, lineEnds, linesOf, nextLine } from '../../../src/shared/lines.ts';

const text = fc.array(fc.constantFrom('\r\n', '\r', '\n', 'a', ' ', '\u2028', '\x0b')).map((parts) => parts.join(''));

test('are found one by one where they are found at once', () => {
  fc.assert(
    fc.property(text, (all) => {
      const lines = all.split(/\r\n|\r|\n/);
      expect(linesOf(all)).toEqual(lines);
      expect(lineEnds(all)).toBe(lines.length - 1);
      const starts = [0, ...[...all.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length)];
      const found = [0];
      for (let at = nextLine(all, 0); at >= 0; at = nextLine(all, at)) {
        found.push(at);
      }
      expect(found).toEqual(starts);
      const begins = Array.from({ length: all.length + 1 }, (_, at) => at).filter((at) => isLineStart(all, at));
      expect(begins).toEqual(starts);
    }),
  );
});

test('are looked for no further than asked', () => {
  expect([nextLine('ab\ncd', 0, 2), nextLine('ab\ncd', 0, 3), nextLine('ab\rcd', 3)]).toEqual([-1, 3, -1]);
});
