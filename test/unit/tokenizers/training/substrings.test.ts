// The parts under Unigram's training, beside slow ways that can't be wrong.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digamma } from '../../../../src/tokenizers/training/digamma.ts';
import { frequentSubstrings } from '../../../../src/tokenizers/training/frequentSubstrings.ts';
import { slicedSort } from '../../../../src/tokenizers/training/slicedSort.ts';
import { suffixOrder } from '../../../../src/tokenizers/training/suffixOrder.ts';

function finish<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const { value, done } = work.next();
    if (done) {
      return value as T;
    }
  }
}

const letters = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 60 });

it('puts suffixes in the order of their first characters', () => {
  fc.assert(
    fc.property(letters, fc.constantFrom(1, 2, 5, 17), (text, depth) => {
      const order = finish(suffixOrder(Int32Array.from(text), depth, 1e9));
      const beginnings = Array.from(order, (at) => String.fromCharCode(...text.slice(at, at + depth)));
      expect(beginnings).toEqual(beginnings.toSorted());
      expect(Array.from(order).sort((a, b) => a - b)).toEqual(text.map((_, at) => at));
    }),
  );
});

it('finds each substring that occurs twice and goes on in different ways, the best score first', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 2, max: 5 }),
      (words, longest) => {
        const all = words.join('');
        const ends = [0];
        for (const { length } of words) {
          ends.push(ends.at(-1)! + length);
        }
        const symbols = Int32Array.from(all, (character) => character.charCodeAt(0));
        const corpus = { symbols, ends: Int32Array.from(ends), counts: Float64Array.from(words, () => 1) };
        const found = finish(frequentSubstrings(corpus, longest, 1000, 1e9));
        const spelled = Array.from(found.starts, (start, i): [string, number] => [
          String.fromCharCode(...found.text.subarray(start, start + found.lengths[i]!)),
          found.scores[i]!,
        ]);
        expect(spelled).toEqual(slowly(words, longest));
      },
    ),
  );
});

function slowly(words: readonly string[], longest: number): [string, number][] {
  const joined = `${words.join('\0')}\0`;
  const followers = new Map<string, string[]>();
  for (let at = 0; at < joined.length; at++) {
    for (let length = 2; length <= longest && at + length < joined.length; length++) {
      const piece = joined.slice(at, at + length);
      if (!piece.includes('\0')) {
        followers.set(piece, [...(followers.get(piece) ?? []), joined[at + length]!]);
      }
    }
  }
  return [...followers]
    .filter(([, next]) => new Set(next).size > 1)
    .map(([piece, next]): [string, number] => [piece, next.length * piece.length])
    .sort(([a, scoreOfA], [b, scoreOfB]) => scoreOfB - scoreOfA || (a < b ? 1 : -1));
}

it('keeps no more than asked', () => {
  const symbols = Int32Array.from('abcabdabe', (character) => character.charCodeAt(0));
  const corpus = { symbols, ends: Int32Array.of(0, 3, 6, 9), counts: Float64Array.of(1, 1, 1) };
  const { starts, lengths } = finish(frequentSubstrings(corpus, 16, 1, 1e9));
  expect([...lengths]).toEqual([2]);
  expect(starts.length).toBe(1);
});

it('sorts stably, in slices', () => {
  const items = Int32Array.from({ length: 20_000 }, (_, i) => i);
  const key = (item: number) => (item * 7919) % 13;
  finish(slicedSort(items, (a, b) => key(a) - key(b)));
  const expected = Array.from({ length: 20_000 }, (_, i) => i).sort((a, b) => key(a) - key(b) || a - b);
  expect([...items]).toEqual(expected);
});

it('knows the digamma function to ten digits', () => {
  // Abramowitz & Stegun, table 6.1 and formula 6.3.3: ψ(1) = −γ, ψ(1/2) = −γ − 2 ln 2, ψ(n + 1) = ψ(n) + 1/n.
  const gamma = 0.5772156649015329;
  expect(digamma(1)).toBeCloseTo(-gamma, 9);
  expect(digamma(0.5)).toBeCloseTo(-gamma - 2 * Math.LN2, 9);
  expect(digamma(10)).toBeCloseTo(2.2517525890667214, 9);
  expect(digamma(1234.5)).toBeCloseTo(digamma(1233.5) + 1 / 1233.5, 12);
});
