// When merging by pairs and by rank is the same: held to both ways of merging, on all short texts.

import { expect, it } from 'vitest';
import { encodeBpe } from '../../../src/tokenizers/bpe.ts';
import { mergesAreRanks } from '../../../src/tokenizers/byteLevel/rankedMerges.ts';
import { rulesOfVocabulary } from '../../../src/tokenizers/vocabularyRules.ts';

const [a, b, c] = [97, 98, 99];

/** A vocabulary of the bytes and of what `merges` make. */
function tokensOf(merges: readonly (readonly [number, number])[]): Uint8Array[] {
  const tokens = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  for (const [left, right] of merges) {
    tokens.push(Uint8Array.of(...tokens[left]!, ...tokens[right]!));
  }
  return tokens;
}

/** Every text of `abc` with at most six letters, by pairs and by rank. */
function sameOnShortTexts(merges: readonly (readonly [number, number])[]): boolean {
  const tokens = tokensOf(merges);
  const byRank = rulesOfVocabulary({ name: '', pattern: '', tokens, specialTokens: {} });
  const rankOf = (left: number, right: number) => {
    const i = merges.findIndex((merge) => merge[0] === left && merge[1] === right);
    return i === -1 ? undefined : 256 + i;
  };
  const byPair = { tokens, idOfByte: (byte: number) => byte, rankOf };
  let texts = [''];
  for (let length = 0; length < 6; length++) {
    texts = texts.flatMap((text) => ['a', 'b', 'c'].map((letter) => text + letter));
    if (
      !texts.every((text) => `${encodeBpe(Buffer.from(text), byRank)}` === `${encodeBpe(Buffer.from(text), byPair)}`)
    ) {
      return false;
    }
  }
  return true;
}

it.each([
  [
    [
      [a, b],
      [256, c],
      [256, 256],
    ],
    true,
  ],
  [
    [
      [a, a],
      [256, 256],
      [257, a],
    ],
    true,
  ],
  // `abc` is listed as a + bc, but a + b is merged before: no text gets it by pairs, and by rank every `abc` does.
  [
    [
      [a, b],
      [b, c],
      [a, 257],
    ],
    false,
  ],
  // `aaa` as a + aa: its bytes become aa + a.
  [
    [
      [a, a],
      [a, 256],
    ],
    false,
  ],
] as [[number, number][], boolean][])('of %j: %j', (merges, expected) => {
  expect(mergesAreRanks(tokensOf(merges), merges)).toBe(expected);
  expect(sameOnShortTexts(merges)).toBe(expected);
});

it('is not so where a merge does not make the token at its place, or one is missing', () => {
  const merges = [
    [a, b],
    [b, c],
  ] as const;
  const tokens = tokensOf(merges);
  expect(mergesAreRanks(tokens, [merges[1], merges[0]])).toBe(false);
  expect(mergesAreRanks(tokens, [merges[0]])).toBe(false);
  expect(mergesAreRanks(tokens, [merges[0], [b, 999]])).toBe(false);
});
