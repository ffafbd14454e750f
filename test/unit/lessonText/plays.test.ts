// Counts the figures of plays.ts anew: with the project's code and with an independent tokenizer and plain expressions.

import { encode as cl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { encode as o200k } from 'gpt-tokenizer/encoding/o200k_base';
import { decode, encode } from 'gpt-tokenizer/encoding/r50k_base';
import { describe, expect, it } from 'vitest';
import { countNgrams } from '../../../src/model/ngram/counts.ts';
import { holdOutEnd, lossOf } from '../../../src/model/ngram/perplexity.ts';
import type { Smoothing } from '../../../src/model/ngram/smoothing.ts';
import { cutSymbols } from '../../../src/model/ngram/symbols.ts';
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

  it('has the held-out losses stated, by our n-grams and by counting slices', () => {
    const { ids, alphabet } = cutSymbols(text!, 'characters');
    const { training, heldOut } = holdOutEnd(ids, 0.1);
    const counted = countNgrams(training, 7);
    const loss = (n: number, smoothing: Smoothing) =>
      lossOf({ counts: counted, n, alphabet: alphabet.length, smoothing }, heldOut, { before: training });
    for (let n = 1; n <= 7; n++) {
      expect(loss(n, { kind: 'add-k', k: 0.1 })).toBeCloseTo(plays.nats.addTenth[n - 1]!, 3);
      expect(loss(n, { kind: 'interpolated' })).toBeCloseTo(plays.nats.interpolated[n - 1]!, 3);
    }
    expect(plays.nats.interpolated[4]).toBe(plays.nats.interpolatedFiveGram);
    // The trigram once more, with nothing but maps of strings.
    const pairs = new Map<string, number>();
    const trigrams = new Map<string, number>();
    const cutAt = Math.floor(text!.length * 0.9);
    for (let at = 2; at < cutAt; at++) {
      const context = text!.slice(at - 2, at);
      pairs.set(context, (pairs.get(context) ?? 0) + 1);
      trigrams.set(context + text![at], (trigrams.get(context + text![at]) ?? 0) + 1);
    }
    let sum = 0;
    for (let at = cutAt; at < text!.length; at++) {
      const context = text!.slice(at - 2, at);
      const count = trigrams.get(context + text![at]) ?? 0;
      sum -= Math.log((count + 0.1) / ((pairs.get(context) ?? 0) + 0.1 * plays.differentCharacters));
    }
    expect(sum / (text!.length - cutAt)).toBeCloseTo(plays.nats.addTenth[2], 3);
  });

  it('has the GPT-2 tokens stated', () => {
    const ids = encode(text!);
    expect(ids.length).toBe(plays.gpt2.tokens);
    expect(new Set(ids).size).toBe(plays.gpt2.differentIds);
    const after = ids.filter((id, at) => at > 0 && ids[at - 1] === 220 && /^\p{L}/u.test(decode([id])));
    expect(after.length).toBe(plays.gpt2.letterAfterLoneSpace);
  });

  it('has the tokens of later encodings stated', () => {
    for (const [encoding, figures] of [
      [cl100k, plays.cl100k],
      [o200k, plays.o200k],
    ] as const) {
      const ids = encoding(text!);
      expect({ tokens: ids.length, differentIds: new Set(ids).size }).toEqual(figures);
    }
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
