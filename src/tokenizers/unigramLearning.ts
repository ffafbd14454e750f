// How Unigram's probabilities are learned, to be read (Kudo 2018): begin with many pieces, share the words out among all
// their cuts (expectation), count what each piece got (maximisation), drop the piece that is missed least, again.
// Everything is recounted each time: for a few words. What trains vocabularies to be used is in training/.

import { buildLattice, type ScoredPieces, unknownScore } from './lattice.ts';
import { backwardScores, forwardScores } from './latticePaths.ts';

/** A word of the text, and how often it occurs. */
export interface CountedWord {
  readonly word: string;
  readonly count: number;
}

/** Pieces with their probabilities. */
export type Probabilities = ReadonlyMap<string, number>;

/** A probability that is never passed below: its logarithm must be a number. */
const LEAST = 1e-9;

/** Each different word once, in the order of its first appearance. */
export function countEach(words: Iterable<string>): CountedWord[] {
  const counts = new Map<string, number>();
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => ({ word, count }));
}

/**
 * The pieces to begin with and how often each occurs: every character, and every stretch of up to `longest` characters
 * that occurs twice or more. The most promising first: count times length.
 *
 * @param most how many stretches beside the characters are kept
 */
export function seedPieces(words: readonly CountedWord[], longest: number, most: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { word, count } of words) {
    const characters = [...word];
    for (let from = 0; from < characters.length; from++) {
      for (let to = from + 1; to <= characters.length && to - from <= longest; to++) {
        const piece = characters.slice(from, to).join('');
        counts.set(piece, (counts.get(piece) ?? 0) + count);
      }
    }
  }
  const gain = ([piece, count]: readonly [string, number]) => count * [...piece].length;
  const long = [...counts].filter(([piece, count]) => !isCharacter(piece) && count >= 2);
  const kept = long.sort((a, b) => gain(b) - gain(a)).slice(0, most);
  return new Map([...kept, ...[...counts].filter(([piece]) => isCharacter(piece))]);
}

/** Characters always stay: without one of them some word could not be written. */
export function isCharacter(piece: string): boolean {
  return [...piece].length === 1;
}

/** The maximisation step: each piece's share of all counts. */
export function shares(counts: ReadonlyMap<string, number>): Map<string, number> {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return new Map([...counts].map(([piece, count]) => [piece, Math.max(count / total, LEAST)]));
}

/** What a lattice is built from; ids are the pieces' places. */
export function scored(probabilities: Probabilities): ScoredPieces {
  const pieces = [...probabilities].map(([piece, p], id) => [piece, { id, score: Math.log(p) }] as const);
  return {
    pieces: new Map(pieces),
    unknownId: pieces.length,
    unknownScore: pieces.length === 0 ? 0 : unknownScore(pieces.map(([, { score }]) => score)),
    longest: Math.max(1, ...pieces.map(([piece]) => [...piece].length)),
  };
}

/**
 * The expectation step: how often each piece is used, where a word counts for every one of its cuts, by the share that
 * the cut has in the word's probability.
 *
 * Example: if `ab` is cut as `ab` with probability 0.3 and as `a` + `b` with 0.1, the word counts 0.75 for `ab` and 0.25
 * each for `a` and `b`.
 */
export function expectedCounts(words: readonly CountedWord[], probabilities: Probabilities): Map<string, number> {
  const counts = new Map([...probabilities.keys()].map((piece) => [piece, 0]));
  const pieces = scored(probabilities);
  for (const { word, count } of words) {
    for (const [piece, share] of usesIn(word, pieces)) {
      counts.set(piece, (counts.get(piece) ?? 0) + count * share);
    }
  }
  return counts;
}

/** For each edge of a word's lattice its piece, and the share of the word's probability that goes over it. */
export function usesIn(word: string, pieces: ScoredPieces): [piece: string, share: number][] {
  const lattice = buildLattice(word, pieces);
  const [before, behind] = [forwardScores(lattice), backwardScores(lattice)];
  return lattice.edges.map(({ piece, from, to, score }) => [
    piece,
    Math.exp(before[from]! + score + behind[to]! - before.at(-1)!),
  ]);
}

/** The natural logarithm of the text's probability: of each word with all its cuts together. */
export function logLikelihood(words: readonly CountedWord[], pieces: ScoredPieces): number {
  return words.reduce(
    (sum, { word, count }) => sum + count * (forwardScores(buildLattice(word, pieces)).at(-1) as number),
    0,
  );
}

/**
 * What the text's logarithm of probability would lose without each piece, the least first; characters are not asked.
 */
export function costsOfRemoval(
  words: readonly CountedWord[],
  probabilities: Probabilities,
): { readonly piece: string; readonly cost: number }[] {
  const pieces = scored(probabilities);
  const costs = [...probabilities.keys()]
    .filter((piece) => !isCharacter(piece))
    .map((piece) => {
      const without = { ...pieces, pieces: new Map([...pieces.pieces].filter(([other]) => other !== piece)) };
      const touched = words.filter(({ word }) => word.includes(piece));
      return { piece, cost: logLikelihood(touched, pieces) - logLikelihood(touched, without) };
    });
  return costs.sort((a, b) => a.cost - b.cost);
}
