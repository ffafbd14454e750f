// Words as rows of characters.

import type { SymbolWords } from './pairIndex.ts';
import type { CountedWords } from './wordTable.ts';

/** The words' UTF-8 as code points. */
export function charactersOf({ bytes, ends, counts }: CountedWords): SymbolWords {
  const symbols = new Int32Array(bytes.length);
  const symbolEnds = new Int32Array(ends.length);
  let length = 0;
  for (let word = 0; word < counts.length; word++) {
    for (let at = ends[word]!; at < ends[word + 1]!; ) {
      const lead = bytes[at++]!;
      let codePoint = lead < 0x80 ? lead : lead < 0xe0 ? lead & 0x1f : lead < 0xf0 ? lead & 0x0f : lead & 0x07;
      while (at < ends[word + 1]! && (bytes[at]! & 0xc0) === 0x80) {
        codePoint = (codePoint << 6) | (bytes[at++]! & 0x3f);
      }
      symbols[length++] = codePoint;
    }
    symbolEnds[word + 1] = length;
  }
  return { symbols: symbols.slice(0, length), ends: symbolEnds, counts };
}
