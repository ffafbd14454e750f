// The best paths and the sums over all of them, against every cut written out.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLattice } from '../../../src/tokenizers/lattice.ts';
import { addLogs, backwardScores, bestPaths, forwardScores } from '../../../src/tokenizers/latticePaths.ts';
import { scored } from '../../../src/tokenizers/unigramLearning.ts';
import { everyCut, probabilityOf } from './everyCut.ts';

const words = fc.string({ unit: fc.constantFrom('a', 'b', '🌊'), minLength: 1, maxLength: 7 });
/** Every character is a piece, so that the unknown one never joins in. */
const vocabularies = fc
  .dictionary(
    fc.string({ unit: fc.constantFrom('a', 'b', '🌊'), minLength: 1, maxLength: 4 }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    { maxKeys: 12 },
  )
  .map((pieces) => new Map([...['a', 'b', '🌊'].map((piece) => [piece, 0.1] as const), ...Object.entries(pieces)]));

describe('paths through a lattice', () => {
  it('are the best of every cut, in their order', () => {
    fc.assert(
      fc.property(words, vocabularies, fc.integer({ min: 1, max: 6 }), (word, of, count) => {
        const expected = everyCut(word)
          .map((cut) => probabilityOf(cut, of))
          .filter((probability) => probability > 0)
          .sort((a, b) => b - a)
          .slice(0, count);
        const found = bestPaths(buildLattice(word, scored(of)), count);
        expect(
          found.map(({ path }) =>
            probabilityOf(
              path.map(({ piece }) => piece),
              of,
            ),
          ),
        ).toEqual(expected.map((probability) => expect.closeTo(probability, 12)));
        found.forEach(({ path, score }) => {
          expect(path.map(({ piece }) => piece).join('')).toBe(word);
          expect(Math.exp(score)).toBeCloseTo(
            probabilityOf(
              path.map(({ piece }) => piece),
              of,
            ),
            12,
          );
        });
      }),
    );
  });

  it('weigh together what all cuts weigh, from either end', () => {
    fc.assert(
      fc.property(words, vocabularies, (word, of) => {
        const sum = everyCut(word).reduce((total, cut) => total + probabilityOf(cut, of), 0);
        const lattice = buildLattice(word, scored(of));
        expect(forwardScores(lattice).at(-1)).toBeCloseTo(Math.log(sum), 9);
        expect(backwardScores(lattice)[0]).toBeCloseTo(Math.log(sum), 9);
      }),
    );
  });

  it('keep numbers that are too small to be written', () => {
    expect(addLogs(-2000, -2000)).toBeCloseTo(-2000 + Math.LN2, 9);
    expect(addLogs(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
    const lattice = buildLattice('a'.repeat(500), scored(new Map([['a', 1e-9]])));
    expect(forwardScores(lattice).at(-1)).toBeCloseTo(500 * Math.log(1e-9), 6);
  });
});
