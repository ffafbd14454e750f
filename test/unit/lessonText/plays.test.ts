// Counts the figures of plays.ts anew: with the project's code and with an independent tokenizer and plain expressions.

import { decode, encode } from 'gpt-tokenizer/encoding/r50k_base';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/shared/environment.ts';
import { splitWords } from '../../../src/tokenizers/words.ts';
import { sharedText } from './lessonProse.ts';
import { plays } from './plays.ts';

const text = sharedText('data/tinyshakespeare.txt');

describe.skipIf(text === undefined)('tiny Shakespeare (../shared/data/tinyshakespeare.txt)', () => {
  const tokens = splitWords(text ?? '', 'words');
  const counts = countOf(tokens);
  const byCount = [...counts].sort((a, b) => b[1] - a[1]);
  const cut = Math.floor(tokens.length * 0.9);

  it('is the text that the figures are of', () => {
    expect(text!.length).toBe(plays.characters);
    expect(Buffer.byteLength(text!)).toBe(plays.characters);
    expect(new Set(text).size).toBe(plays.differentCharacters);
  });

  it('has the tokens and types stated, by our cut and by a plain expression', () => {
    for (const cutting of [tokens, text!.match(/\w+|[^\w\s]/g)!]) {
      expect(cutting.length).toBe(plays.words.tokens);
      expect(new Set(cutting).size).toBe(plays.words.types);
    }
    for (const cutting of [splitWords(text!, 'spaces'), text!.trim().split(/\s+/)]) {
      expect(cutting.length).toBe(plays.spaces.tokens);
      expect(new Set(cutting).size).toBe(plays.spaces.types);
    }
    expect(new Set(splitWords(text!.toLowerCase(), 'words')).size).toBe(plays.words.lowercaseTypes);
    expect(onceIn(counts)).toBe(plays.words.once);
  });

  it('grows as stated', () => {
    for (const [read, types] of plays.growth) {
      expect(new Set(tokens.slice(0, read)).size).toBe(types);
    }
  });

  it('has the ranks stated', () => {
    for (const [rank, type, count] of plays.ranks) {
      expect(byCount[rank - 1]).toEqual([type, count]);
    }
    expect(byCount.slice(0, 100).reduce((sum, [, count]) => sum + count, 0)).toBe(plays.hundredMostFrequent);
  });

  it('has the strangers stated in its last tenth', () => {
    const seen = countOf(tokens.slice(0, cut));
    const strangers = tokens.slice(cut).filter((token) => !seen.has(token));
    const commonest = [...countOf(strangers)].sort((a, b) => b[1] - a[1]).slice(0, 3);
    expect({
      tokens: tokens.length - cut,
      strangers: strangers.length,
      once: onceIn(seen),
      seenTokens: cut,
      commonest,
    }).toEqual(plays.heldOut);
  });

  it('has as many strangers as Good and Turing say once it is shuffled', () => {
    const predicted = plays.heldOut.once / plays.heldOut.seenTokens;
    const shares = Array.from({ length: 10 }, (_, seed) => {
      const shuffled = shuffle(tokens, seed);
      const seen = new Set(shuffled.slice(0, cut));
      return shuffled.slice(cut).filter((token) => !seen.has(token)).length / (tokens.length - cut);
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeCloseTo(plays.shuffledStrangers, 3);
    expect(Math.abs(predicted - mean)).toBeLessThan(0.001);
  });

  it('has the GPT-2 tokens stated', () => {
    const ids = encode(text!);
    expect(ids.length).toBe(plays.gpt2.tokens);
    expect(new Set(ids).size).toBe(plays.gpt2.differentIds);
    const after = ids.filter((id, at) => at > 0 && ids[at - 1] === 220 && /^\p{L}/u.test(decode([id])));
    expect(after.length).toBe(plays.gpt2.letterAfterLoneSpace);
  });

  it('has the words stated that longest-first cuts otherwise', () => {
    const known = new Set(Array.from({ length: 50_256 }, (_, id) => decode([id])));
    const words = [...new Set(text!.match(/ ?\p{L}+/gu))];
    expect(words.length).toBe(plays.gpt2.words);
    const differs = words.filter((word) => {
      const pieces: string[] = [];
      for (let at = 0; at < word.length; at += pieces.at(-1)!.length) {
        let end = word.length;
        while (!known.has(word.slice(at, end))) {
          end--;
        }
        pieces.push(word.slice(at, end));
      }
      return (
        pieces.join('|') !==
        encode(word)
          .map((id) => decode([id]))
          .join('|')
      );
    });
    expect(differs.length).toBe(plays.gpt2.longestFirstDiffers);
  });
});

function countOf(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) {
    counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return counts;
}

function onceIn(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].filter((count) => count === 1).length;
}

function shuffle(tokens: readonly string[], seed: number): string[] {
  const random = seededRandom(seed);
  const shuffled = [...tokens];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
