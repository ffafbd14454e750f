// How much a token counts in a text's vector. Nearly every text has "the", "(" and "return": a mean in which they count
// as much as rare words says what all texts have in common.

/** Tokens are numbered by how common they are where a vocabulary was made, the most common first. */
export interface TokenCounts {
  /** By id: how often it stands in some text. */
  readonly counts: Float64Array;
  /** By id: its place among those that count, from 1; 0 for those that don't count. */
  readonly ranks: Float64Array;
}

/**
 * Smooth inverse frequency (Arora, Liang and Ma 2017): a / (a + p). What is rarer than `a` counts nearly whole, what is
 * more common by the share a / p.
 *
 * @param a a share, near that of a word that is neither common nor rare
 */
export function inverseFrequency(p: number, a: number): number {
  return a / (a + p);
}

/**
 * The share that Zipf's law (1949) gives to the token of a rank, of n: 1 / (rank * ln n). WordPiece's vocabularies stand
 * in that order, so it costs no counting.
 */
export function zipfShare(rank: number, n: number): number {
  return 1 / (rank * Math.log(n));
}

/** The share of one token in counted text, with 1 added to each count, so that no share is 0. */
export function countedShare(count: number, total: number, n: number): number {
  return (count + 1) / (total + n);
}

/**
 * A weight for each token: `inverseFrequency` of the geometric mean of both shares, as prose ("the") and code ("return")
 * have other common words, and a word must be common in both to count little. 0 for tokens without a rank.
 */
export function tokenWeights({ counts, ranks }: TokenCounts, a: number): Float64Array {
  const n = ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 : 0), 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return ranks.map((rank, id) =>
    rank === 0 ? 0 : inverseFrequency(Math.sqrt(zipfShare(rank, n) * countedShare(counts[id]!, total, n)), a),
  );
}
