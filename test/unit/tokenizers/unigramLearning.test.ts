// One round of Unigram's learning, against every cut written out.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  costsOfRemoval,
  countEach,
  expectedCounts,
  logLikelihood,
  scored,
  seedPieces,
  shares,
} from '../../../src/tokenizers/unigramLearning.ts';
import { everyCut, probabilityOf } from './everyCut.ts';

const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 6,
});
const start = (words: readonly string[]) => shares(seedPieces(countEach(words), 4, 20));

describe('learning a unigram model', () => {
  it('begins with every character, and with what occurs twice', () => {
    const seeds = seedPieces(countEach(['now', 'nowhere', 'here']), 4, 100);
    expect(seeds.get('here')).toBe(2);
    expect(seeds.get('now')).toBe(2);
    expect(seeds.get('wh')).toBeUndefined(); // once
    expect(seeds.get('w')).toBe(2);
    expect([...seeds].filter(([piece]) => piece.length > 4)).toEqual([]);
    expect(seeds.get('e')).toBe(4);
  });

  it('shares each word out among all its cuts', () => {
    fc.assert(
      fc.property(texts, (words) => {
        const of = start(words);
        const counts = new Map([...of.keys()].map((piece) => [piece, 0]));
        for (const word of words) {
          const cuts = everyCut(word).map((cut) => ({ cut, probability: probabilityOf(cut, of) }));
          const total = cuts.reduce((sum, { probability }) => sum + probability, 0);
          for (const { cut, probability } of cuts) {
            for (const piece of probability > 0 ? cut : []) {
              counts.set(piece, counts.get(piece)! + probability / total);
            }
          }
        }
        const found = expectedCounts(countEach(words), of);
        expect([...found.keys()]).toEqual([...counts.keys()]);
        for (const [piece, count] of counts) {
          expect(found.get(piece)).toBeCloseTo(count, 9);
        }
      }),
    );
  });

  it('never makes the text less likely (Dempster, Laird and Rubin 1977)', () => {
    fc.assert(
      fc.property(texts, (texts) => {
        const words = countEach(texts);
        let of = start(texts);
        let before = logLikelihood(words, scored(of));
        for (let i = 0; i < 5; i++) {
          of = shares(expectedCounts(words, of));
          const now = logLikelihood(words, scored(of));
          expect(now).toBeGreaterThanOrEqual(before - 1e-6);
          before = now;
        }
      }),
    );
  });

  it('says what the text would lose without a piece', () => {
    fc.assert(
      fc.property(texts, (words) => {
        const of = start(words);
        const likely = (without: string) =>
          words.reduce((sum, word) => {
            const cuts = everyCut(word).filter((cut) => !cut.includes(without));
            return sum + Math.log(cuts.reduce((total, cut) => total + probabilityOf(cut, of), 0));
          }, 0);
        const costs = costsOfRemoval(countEach(words), of);
        expect(costs.map(({ cost }) => cost)).toEqual([...costs.map(({ cost }) => cost)].sort((a, b) => a - b));
        for (const { piece, cost } of costs) {
          expect(piece.length).toBeGreaterThan(1);
          expect(cost).toBeCloseTo(likely('') - likely(piece), 9);
        }
      }),
    );
  });
});
