// The scanners find the borders that the published patterns have, on random texts, on every character, in linear time.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/tokenizers/bytes.ts';
import { compilePattern, PATTERNS, type PatternName } from '../../../src/tokenizers/patterns.ts';
import { preTokenize } from '../../../src/tokenizers/preTokenizer.ts';
import { SCANNERS, scannerOf } from '../../../src/tokenizers/scanners/scanners.ts';
import { brokenTexts, texts, wellFormed } from './texts.ts';

const names = Object.keys(PATTERNS) as PatternName[];

function scanned(text: string, name: PatternName): string[] {
  const bytes = utf8(text);
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = SCANNERS[name](bytes, start, bytes.length);
    if (end <= start) {
      throw new Error(`No way on at byte ${start}.`);
    }
    pieces.push(Buffer.from(bytes.subarray(start, end)).toString('utf8'));
    start = end;
  }
  return pieces;
}

/** One of each kind that a pattern tells apart, the letters of the endings, and those that look like them. */
const telling = [..." \t\n\r/\u0085\u00a0\u3000\ufeff'’sStdmMrRvVeElLaAéßǅʰ漢ªا\u0301\u093e\u200d1²٣Ⅷ_-.😀ſ\u{10400}"];
const tellingTexts = fc
  .array(fc.constantFrom(...telling), { maxLength: 24, size: 'max' })
  .map((signs) => signs.join(''));
const anyTexts = fc.oneof(tellingTexts, texts.map(wellFormed), brokenTexts.map(wellFormed));

describe.each(names)('%s', (name) => {
  it('finds the borders that the published pattern has', () => {
    fc.assert(
      fc.property(anyTexts, (text) => {
        expect(scanned(text, name)).toEqual(preTokenize(text, name));
      }),
      { numRuns: 6000 },
    );
  });

  it('does so for every two of the telling characters, between others', () => {
    for (const one of telling) {
      for (const two of telling) {
        for (const text of [
          one + two,
          `a${one}${two}a`,
          `A ${one}${two} A`,
          `${one}${two}${one}`,
          `.${two}${one}A'S`,
        ]) {
          if (scanned(text, name).join('|') !== preTokenize(text, name).join('|')) {
            expect([text, scanned(text, name)]).toEqual([text, preTokenize(text, name)]);
          }
        }
      }
    }
  });

  it('does so for each character there is, after a space and between letters', () => {
    const pattern = compilePattern(PATTERNS[name]);
    const all = Array.from({ length: 0x30000 }, (_, point) => point).filter(
      (point) => point < 0xd800 || point > 0xdfff,
    );
    for (const point of all) {
      const sign = String.fromCodePoint(point);
      const text = `A ${sign}${sign}b`;
      const found = scanned(text, name);
      if (found.join('|') !== text.match(pattern)!.join('|')) {
        expect([point, found]).toEqual([point, text.match(pattern)]);
      }
    }
  });

  it.each([' ', '\n', "'", 'a', 'A', 'é', '漢', '\u0301', '1', '.', '/', ' a', '漢A', "'s", ' \n', '\u0301A', 'Aa'])(
    'looks at each byte a bounded number of times: 200,000 times %j',
    (part) => {
      const text = utf8(`${part.repeat(200_000)}x`);
      let looks = 0;
      const counted = new Proxy(text, {
        get(target, key) {
          looks++;
          return Reflect.get(target, key) as number;
        },
      });
      for (let start = 0; start < text.length; ) {
        start = SCANNERS[name](counted, start, text.length);
      }
      expect(looks).toBeLessThan(text.length * 16);
    },
  );
});

describe('which scanner', () => {
  it.each([
    ['gpt2', String.raw`'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s`],
    ['qwen2', PATTERNS.qwen2],
    ['o200k', PATTERNS.o200k],
  ] as const)('is %s’s for its pattern as packages spell it', (name, pattern) => {
    expect(scannerOf(pattern)).toBe(SCANNERS[name]);
  });

  it('is none for any other', () => {
    expect(scannerOf(String.raw`\S+`)).toBeUndefined();
  });
});
