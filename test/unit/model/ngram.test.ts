// N-grams: counts and probabilities by hand and by a second way of counting, the loss, and where samples come from.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copiedLengths } from '../../../src/model/ngram/copied.ts';
import { countNgrams, type NgramCounts, Reading } from '../../../src/model/ngram/counts.ts';
import { EMPTY, UNMET } from '../../../src/model/ngram/grams.ts';
import { bitsPerByte, holdOutEnd, lossOf, perplexity } from '../../../src/model/ngram/perplexity.ts';
import { Places } from '../../../src/model/ngram/places.ts';
import { draw } from '../../../src/model/ngram/sampling.ts';
import { type NgramModel, probability, type Smoothing } from '../../../src/model/ngram/smoothing.ts';
import { cutSymbols, numbersOf, withoutRare } from '../../../src/model/ngram/symbols.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { faultOf } from '../engine/faultOf.ts';

const SMOOTHINGS: readonly Smoothing[] = [{ kind: 'counts' }, { kind: 'add-k', k: 0.1 }, { kind: 'interpolated' }];
const { ids: banana, alphabet } = cutSymbols('banana bandana', 'characters');
const id = (character: string) => alphabet.indexOf(character);

const gramOf = (counts: NgramCounts, symbols: readonly number[]) =>
  symbols.reduce((gram, symbol) => counts.find(gram, symbol), EMPTY);
const readingOf = (counts: NgramCounts, n: number, symbols: Iterable<number>) => {
  const reading = new Reading(counts, n);
  for (const symbol of symbols) {
    reading.read(symbol);
  }
  return reading;
};
const modelOf = (ids: Int32Array, n: number, size: number, smoothing: Smoothing): NgramModel => ({
  counts: countNgrams(ids, n),
  n,
  alphabet: size,
  smoothing,
});

/** Rows of up to 300 symbols of a small alphabet, so that grams repeat. */
const rows = fc
  .integer({ min: 1, max: 5 })
  .chain((size) =>
    fc.array(fc.integer({ min: 0, max: size - 1 }), { minLength: 1, maxLength: 300 }).map((row) => ({ row, size })),
  );

/** Every follower of `context` in `row`, by looking at each place. */
function followersBySlicing(row: readonly number[], context: readonly number[]): Map<number, number> {
  const found = new Map<number, number>();
  for (let at = context.length; at < row.length; at++) {
    if (row.slice(at - context.length, at).join() === context.join()) {
      found.set(row[at]!, (found.get(row[at]!) ?? 0) + 1);
    }
  }
  return found;
}

describe('cutting', () => {
  it('into characters gives code points, into words the words with the space before them', () => {
    expect(cutSymbols('a🌊b', 'characters')).toEqual({
      alphabet: ['a', 'b', '🌊'],
      ids: Int32Array.of(0, 2, 1),
      starts: Int32Array.of(0, 1, 3, 4),
    });
    const words = cutSymbols('To be,\nor not to be. ', 'words');
    expect(Array.from(words.ids, (word) => words.alphabet[word])).toEqual([
      ...['To', ' be', ',', '\nor', ' not', ' to', ' be', '.', ' '],
    ]);
  });

  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('characters', 'words'), (text, unit) => {
        const { alphabet: pieces, ids, starts } = cutSymbols(text, unit as 'words');
        expect(Array.from(ids, (symbol) => pieces[symbol]).join('')).toBe(text);
        expect(starts.at(-1)).toBe(text.length);
        expect(
          Array.from(ids, (symbol, at) => text.slice(starts[at], starts[at + 1]) === pieces[symbol]),
        ).not.toContain(false);
        expect(numbersOf(text, unit as 'words', pieces)).toEqual(ids);
      }),
    );
  });

  it('numbers symbols of other texts too, and can turn rare ones into one', () => {
    expect(cutSymbols('ab', 'characters', 'cb').alphabet).toEqual(['a', 'b', 'c']);
    expect(withoutRare('aaabbc', 3)).toBe('aaabbc');
    expect(withoutRare('aaabbcd', 3)).toBe('aaabb\u{FFFD}\u{FFFD}');
  });
});

describe('counts', () => {
  it('are those of a finger on the page', () => {
    const counts = countNgrams(banana, 3);
    expect(counts.followers(gramOf(counts, [id('n')]))).toEqual([
      { symbol: id('a'), count: 3 },
      { symbol: id('d'), count: 1 },
    ]);
    expect(counts.total(gramOf(counts, [id('a')]))).toBe(5); // of six, the last one has no follower
    expect(counts.kinds(gramOf(counts, [id('a')]))).toBe(2);
    expect(counts.count(gramOf(counts, [id('a'), id('n')]), id('a'))).toBe(3);
    expect(counts.total(EMPTY)).toBe(14);
    expect(gramOf(counts, [id('d'), id('b')])).toBe(UNMET);
    expect([counts.total(UNMET), counts.kinds(UNMET), counts.count(UNMET, 0)]).toEqual([0, 0, 0]);
    expect(counts.followers(UNMET)).toEqual([]);
  });

  it('are those of slicing, for all contexts of any row', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 7 }), ({ row }, n) => {
        const counts = countNgrams(Int32Array.from(row), n);
        for (let at = 0; at < row.length; at++) {
          const context = row.slice(Math.max(0, at - n + 1), at);
          const gram = gramOf(counts, context);
          const expected = followersBySlicing(row, context);
          expect(new Map(counts.followers(gram).map(({ symbol, count }) => [symbol, count]))).toEqual(expected);
          expect(counts.total(gram)).toBe([...expected.values()].reduce((sum, count) => sum + count, 0));
          expect(counts.kinds(gram)).toBe(expected.size);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keep their grams apart when there are many', () => {
    const random = seededRandom(3);
    const row = Int32Array.from({ length: 20_000 }, () => Math.floor(random() * 3000));
    const counts = countNgrams(row, 2);
    const pairs = new Set(Array.from(row.subarray(1), (symbol, at) => `${row[at]} ${symbol}`));
    expect(counts.size).toBe(new Set(row).size + pairs.size);
  });
});

describe('probabilities', () => {
  it('are those of the formulas, by hand', () => {
    const p = (smoothing: Smoothing, next: string) => {
      const model = modelOf(banana, 2, 5, smoothing);
      return probability(model, readingOf(model.counts, 2, [id('n')]), id(next));
    };
    expect(p({ kind: 'counts' }, 'a')).toBe(3 / 4);
    expect(p({ kind: 'counts' }, 'b')).toBe(0);
    expect(p({ kind: 'add-k', k: 1 }, 'a')).toBe(4 / 9);
    expect(p({ kind: 'add-k', k: 1 }, 'b')).toBe(1 / 9);
    // "a" is 6 of the 14 characters, of 5 kinds; after "n" came 2 kinds in 4 places.
    const shorter = (6 + 5 / 5) / (14 + 5);
    expect(p({ kind: 'interpolated' }, 'a')).toBeCloseTo((3 + 2 * shorter) / (4 + 2), 12);
  });

  it('add up to 1 after every context, met or not', () => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 8 }),
        ({ row, size }, n, read) => {
          for (const smoothing of SMOOTHINGS) {
            const model = modelOf(Int32Array.from(row), n, size, smoothing);
            const reading = readingOf(model.counts, n, read);
            let sum = 0;
            for (let next = 0; next < size; next++) {
              sum += probability(model, reading, next);
            }
            const nothing = smoothing.kind === 'counts' && model.counts.total(reading.context(reading.length)) === 0;
            expect(sum).toBeCloseTo(nothing ? 0 : 1, 10);
          }
        },
      ),
    );
  });
});

describe('the loss', () => {
  it('of a model that knows nothing is ln V, and its perplexity V', () => {
    const model = modelOf(new Int32Array(0), 3, 65, { kind: 'interpolated' });
    const loss = lossOf(model, Int32Array.of(1, 2, 3));
    expect(loss).toBeCloseTo(Math.log(65), 12);
    expect(perplexity(loss)).toBeCloseTo(65, 9);
    expect(bitsPerByte(Math.LN2 * 8, 10, 10)).toBeCloseTo(8, 12);
  });

  it('is the entropy of the counts where a unigram reads what it counted', () => {
    const shares = [6, 4, 2, 1, 1].map((count) => count / 14); // a, n, b, d and the space
    const entropy = shares.reduce((sum, share) => sum - share * Math.log(share), 0);
    expect(lossOf(modelOf(banana, 1, 5, { kind: 'counts' }), banana)).toBeCloseTo(entropy, 12);
  });

  it('is infinite where one symbol is impossible, goes on from what stands before, and can be stopped', () => {
    const model = modelOf(banana, 2, 5, { kind: 'counts' });
    expect(lossOf(model, Int32Array.of(id('n'), id('b')))).toBe(Number.POSITIVE_INFINITY);
    expect(lossOf(model, Int32Array.of(id('a')), { before: Int32Array.of(id('b')) })).toBe(0);
    expect(() => lossOf(model, banana, { signal: { cancelled: true } })).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });

  it('is measured on an end that is held out', () => {
    const { training, heldOut } = holdOutEnd(
      Int32Array.from({ length: 20 }, (_, i) => i),
      0.1,
    );
    expect([training.length, Array.from(heldOut)]).toEqual([18, [18, 19]]);
  });
});

describe('what of a sample is copied', () => {
  it('is found for each place, as by looking for every stretch', () => {
    expect(Array.from(copiedLengths([1, 2, 3], [9, 1, 2, 8, 3]))).toEqual([1, 2, 1]);
    fc.assert(
      fc.property(rows, rows, ({ row: sample }, { row: text }) => {
        const whole = ` ${text.join(' ')} `;
        const expected = sample.map((_, at) => {
          let length = 0;
          while (length <= at && whole.includes(` ${sample.slice(at - length, at + 1).join(' ')} `)) {
            length++;
          }
          return length;
        });
        expect(Array.from(copiedLengths(sample, text))).toEqual(expected);
      }),
    );
  });
});

describe('a sample', () => {
  it('is drawn by the probabilities', () => {
    for (const smoothing of SMOOTHINGS) {
      const model = modelOf(banana, 3, 5, smoothing);
      const previous = [id('a'), id('n')];
      const reading = readingOf(model.counts, 3, previous);
      const random = seededRandom(7);
      const draws = 20_000;
      const found = new Float64Array(5);
      for (let i = 0; i < draws; i++) {
        const drawn = draw(model, { ids: banana, places: new Places(banana, 5, 2) }, reading, previous, random)!;
        found[drawn.symbol] = found[drawn.symbol]! + 1;
      }
      for (let symbol = 0; symbol < 5; symbol++) {
        const p = probability(model, reading, symbol);
        // Five standard deviations of a share of so many draws.
        expect(Math.abs(found[symbol]! / draws - p)).toBeLessThanOrEqual(5 * Math.sqrt((p * (1 - p)) / draws));
      }
    }
  });

  it('is copied from where it says: the context stands there, and the symbol after it', () => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(...SMOOTHINGS),
        fc.integer(),
        ({ row, size }, n, smoothing, seed) => {
          const text = Int32Array.from(row);
          const model = modelOf(text, n, size, smoothing);
          const places = new Places(text, size, n - 1);
          const reading = new Reading(model.counts, n);
          const previous: number[] = [];
          const random = seededRandom(seed);
          for (let i = 0; i < 30; i++) {
            const drawn = draw(model, { ids: text, places }, reading, previous, random);
            if (drawn === undefined) {
              expect(smoothing.kind).toBe('counts');
              expect(model.counts.total(reading.context(reading.length))).toBe(0);
              break;
            }
            if (drawn.copied !== undefined) {
              const { place, length, among } = drawn.copied;
              expect(text[place]).toBe(drawn.symbol);
              expect(Array.from(text.subarray(place - length, place))).toEqual(
                previous.slice(previous.length - length),
              );
              expect(among).toBe(
                [...followersBySlicing(row, previous.slice(previous.length - length)).values()].reduce(
                  (a, b) => a + b,
                  0,
                ),
              );
            } else {
              expect(smoothing.kind).not.toBe('counts');
            }
            previous.push(drawn.symbol);
            reading.read(drawn.symbol);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds each place, and says when there is none', () => {
    const places = new Places(banana, 5, 2);
    const context = [id('a'), id('n')];
    const found = [0, 1, 2, 3].map((which) => places.after(context, which));
    expect(found.toSorted((a, b) => a - b)).toEqual([3, 5, 10, 13]);
    expect(faultOf(() => places.after(context, 4)).code).toBe('internal');
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 5 }), ({ row, size }, depth) => {
        const ordered = new Places(Int32Array.from(row), size, depth);
        for (let length = 0; length <= depth; length++) {
          const ends = row.slice(0, length);
          const expected = row.flatMap((_, at) =>
            at >= length && row.slice(at - length, at).join() === ends.join() ? [at] : [],
          );
          expect(expected.map((_, which) => ordered.after(ends, which)).toSorted((a, b) => a - b)).toEqual(expected);
        }
      }),
    );
  });
});
