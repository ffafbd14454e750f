// Where both mean the same, our matches are those of JavaScript's own regular expressions.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRegex } from '../../../../src/tokenizers/pattern/compileRegex.ts';
import { casesOf } from '../../../../src/tokenizers/pattern/letterCase.ts';
import { texts, wellFormed } from '../texts.ts';
import { eagerPattern } from './eagerPattern.ts';

/** As published with the models that have them. */
const published = {
  gpt2: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
  cl100k: String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
  o200k: String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
  qwen2: String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
  deepseek: String.raw`[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_\x60{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
  deepseekHan: '[一-龥぀-ゟ゠-ヿ]+',
};

/** In JavaScript `\s` holds U+FEFF and lacks U+0085; where these patterns come from it is Unicode's White_Space. */
function inJavaScript(pattern: string, flags = 'gu'): RegExp {
  const white = pattern.replaceAll(String.raw`\s`, String.raw`\p{White_Space}`);
  return new RegExp(white.replaceAll(String.raw`\S`, String.raw`\P{White_Space}`), flags);
}

function matchesOf(pattern: string, text: string): (readonly [number, number])[] {
  return [...compileRegex(pattern).matches(text)].map(({ start, end }) => [start, end]);
}

function theirs(pattern: RegExp, text: string): (readonly [number, number])[] {
  return [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
}

describe('published patterns on texts of all kinds', () => {
  test.each(Object.entries(published))('%s', (_, pattern) => {
    const compiled = compileRegex(pattern);
    const theirPattern = inJavaScript(pattern);
    fc.assert(
      fc.property(texts, (raw) => {
        const text = wellFormed(raw);
        const ours = [...compiled.matches(text)].map(({ start, end }) => [start, end]);
        expect(ours).toEqual(theirs(theirPattern, text));
      }),
      { numRuns: 1000 },
    );
  });
});

/** A piece that takes at least one character, so that loops may stand around it: around nothing, both go other ways. No
 * surrogate pairs: V8 looks into the middle of them when a search goes on behind one. */
const atom = fc.constantFrom(
  'a',
  'b',
  'é',
  '漢',
  '[ab]',
  '[^a]',
  '[a-cé]',
  '\\p{L}',
  '\\P{L}',
  '\\s',
  '\\S',
  '[^\\s\\p{N}]',
);
const quantifier = fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?', '{2,}');
const look = fc.constantFrom('', '', '', '(?=a)', '(?!b)', '(?<=a)', '(?<!é)', '(?=[ab]*é)', '(?<=ab|é)');
const { pattern: patterns } = fc.letrec<{ piece: string; row: string; pattern: string }>((tie) => ({
  piece: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    atom,
    tie('pattern').map((inside) => `(?:(?:${inside})a|b)`),
  ),
  row: fc
    .array(fc.tuple(look, tie('piece'), quantifier), { minLength: 1, maxLength: 4 })
    .map((pieces) => pieces.map((parts) => parts.join('')).join('')),
  pattern: fc.array(tie('row'), { minLength: 1, maxLength: 3 }).map((rows) => rows.join('|')),
}));
const shortTexts = fc
  .array(fc.constantFrom('a', 'b', 'c', 'é', 'A', '漢', ' ', '1', 'ab', 'aé'), { maxLength: 14 })
  .map((parts) => parts.join(''));

test('random patterns on random texts', () => {
  fc.assert(
    fc.property(
      patterns.filter((pattern) => pattern.length < 90),
      fc.array(shortTexts, { minLength: 1, maxLength: 4 }),
      (pattern, all) => {
        for (const text of all) {
          const [ours, theirPattern] = [eagerPattern(pattern), inJavaScript(pattern)];
          for (let from = 0; from <= text.length; from += (text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1) {
            theirPattern.lastIndex = from;
            const match = theirPattern.exec(text);
            const expected = match === null ? undefined : { start: match.index, end: match.index + match[0].length };
            expect({ from, match: ours.matchAt(text, from) }).toEqual({ from, match: expected });
          }
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('a search keeps what it knows when it goes on, and forgets it for another text', () => {
  const pattern = '(?:a|b)*c|a|(?=(?:a|b)*d)b';
  const compiled = compileRegex(pattern);
  for (const text of [`${'ab'.repeat(3000)}`, `${'ab'.repeat(3000)}d`, `${'ab'.repeat(3000)}c`, 'aabab']) {
    const ours = [...compiled.matches(text)].map(({ start, end }) => [start, end]);
    expect(ours).toEqual(theirs(inJavaScript(pattern), text));
  }
});

test('letters of other cases are those of simple case folding', () => {
  const cased: number[] = [];
  for (let codePoint = 0; codePoint < 0x1f000; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    if (/\p{Changes_When_Casemapped}/u.test(character)) {
      cased.push(codePoint);
    }
  }
  expect(cased.length).toBeGreaterThan(2500);
  const all = cased.map((codePoint) => String.fromCodePoint(codePoint)).join('');
  // These pairs are told apart by what they are in capitals, of three and two letters, and by no single letter.
  const apart = new Set([0x390, 0x1fd3, 0x3b0, 0x1fe3, 0xfb05, 0xfb06]);
  for (const codePoint of cased.filter((one) => !apart.has(one))) {
    const found = all.match(new RegExp(`\\u{${codePoint.toString(16)}}`, 'giu')) ?? [];
    expect(found.map((one) => one.codePointAt(0))).toEqual([...casesOf(codePoint)].sort((a, b) => a - b));
  }
});

test('half of a surrogate pair counts as U+FFFD, as in the bytes of a text', () => {
  expect(matchesOf('\\p{L}+|[^\\p{L}]', 'a\ud800b\udc00')).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
  expect(matchesOf('\\x{FFFD}', '\udfff')).toEqual([[0, 1]]);
});
