import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestPath,
  buildLattice,
  type LatticeEdge,
  type ScoredPieces,
  unknownScore,
} from '../../../src/tokenizers/lattice.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';

type Scored = readonly (readonly [piece: string, score: number])[];

function scoredPieces(list: Scored): ScoredPieces {
  return {
    pieces: new Map(list.slice(1).map(([piece, score], i) => [piece, { id: i + 1, score }])),
    unknownId: 0,
    unknownScore: unknownScore(list.map(([, score]) => score)),
    longest: Math.max(...list.map(([piece]) => [...piece].length)),
  };
}

function model(pieces: Scored) {
  return tokenizerOf({
    name: 'x',
    normalizers: [],
    preTokenizers: [],
    model: { type: 'unigram', pieces, unknownId: 0, byteFallback: false },
    decoders: [],
    addedTokens: [],
  });
}

// The example in the documentation of Hugging Face's Unigram model.
const published: Scored = [
  ['<unk>', 0],
  ['a', 0],
  ['b', 0],
  ['c', 0],
  ['d', 0],
  ['cd', 1],
  ['ab', 2],
  ['abc', 5],
  ['abcd', 10],
];

describe('the lattice', () => {
  it('has every piece where it is, and an unknown one where there is none', () => {
    const { nodes, edges } = buildLattice('ab👍', scoredPieces(published));
    expect(nodes).toEqual([0, 1, 2, 4]);
    expect(edges).toEqual([
      { from: 0, to: 1, piece: 'a', id: 1, score: 0 },
      { from: 0, to: 2, piece: 'ab', id: 6, score: 2 },
      { from: 1, to: 2, piece: 'b', id: 2, score: 0 },
      { from: 2, to: 3, piece: '👍', id: 0, score: -10 },
    ]);
  });

  it('has the best path that the library documents', () => {
    const { path, best } = bestPath(buildLattice('abcdacdxx', scoredPieces(published)));
    expect(path.map(({ piece }) => piece)).toEqual(['abcd', 'a', 'cd', 'x', 'x']);
    expect(best.map(({ score }) => score)).toEqual([0, 0, 2, 5, 10, 10, 10, 11, 1, -9]);
    expect(best[0]!.by).toBeUndefined();
    expect(best[7]!.by?.piece).toBe('cd');
    // Two unknown characters side by side are one token.
    const { ids, starts, ends } = model(published).encode('abcdacdxx');
    expect([[...ids], [...starts], [...ends]]).toEqual([
      [8, 1, 5, 0],
      [0, 4, 5, 7],
      [4, 5, 7, 9],
    ]);
  });

  it('of an empty text has nothing', () => {
    expect(bestPath(buildLattice('', scoredPieces(published)))).toEqual({
      path: [],
      best: [{ score: 0, by: undefined }],
    });
  });
});

const letters = (maxLength: number) =>
  fc.array(fc.constantFrom('a', 'b', 'c', '👍'), { minLength: 1, maxLength }).map((some) => some.join(''));
const vocabularies: fc.Arbitrary<Scored> = fc
  .uniqueArray(fc.tuple(letters(4), fc.integer({ min: -9, max: -1 })), { maxLength: 15, selector: ([piece]) => piece })
  .map((pieces) => [['<unk>', 0] as const, ...pieces]);

/** Every path there is. */
function allPaths(edges: readonly LatticeEdge[], from: number, to: number): number[] {
  if (from === to) {
    return [0];
  }
  return edges
    .filter((edge) => edge.from === from)
    .flatMap((edge) => allPaths(edges, edge.to, to).map((score) => score + edge.score));
}

describe('the best path', () => {
  it('is as good as the best of all', () => {
    fc.assert(
      fc.property(vocabularies, letters(8), (pieces, text) => {
        const lattice = buildLattice(text, scoredPieces(pieces));
        const { path, best } = bestPath(lattice);
        expect(path.map(({ piece }) => piece).join('')).toBe(text);
        const score = path.reduce((sum, edge) => sum + edge.score, 0);
        expect(score).toBe(best.at(-1)!.score);
        expect(score).toBe(Math.max(...allPaths(lattice.edges, 0, lattice.nodes.length - 1)));
      }),
    );
  });

  it('is what the model for texts of any size takes, of equal ones too', () => {
    fc.assert(
      fc.property(vocabularies, letters(30), (pieces, text) => {
        const { path } = bestPath(buildLattice(text, scoredPieces(pieces)));
        const ids = path.map(({ id }) => id).filter((id, i, all) => id !== 0 || all[i - 1] !== 0);
        expect([...model(pieces).encode(text).ids]).toEqual(ids);
      }),
      { numRuns: 1000 },
    );
  });
});
