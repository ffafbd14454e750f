// Several rankings made into one, by ranks alone: a BM25 score and a cosine can't be added, their ranks can.

/** One ranking: ids, best first, each once. */
export type Ranking = readonly number[];

export interface FuseOptions {
  /** How little the first ranks stand out: see {@link fuse}. */
  readonly k?: number;
}

export interface Fused {
  readonly id: number;
  /** The sum of its parts. */
  readonly score: number;
  /** For each ranking: its place there, from 1, or undefined where it is not in it; and what that adds. */
  readonly parts: readonly { readonly rank: number | undefined; readonly adds: number }[];
}

/**
 * Small, so that the first ranks stand out: here two rankings are fused whose first hits are often right. This and the
 * weights are the best of a grid over the three code bases that search is measured on, and with them fusion is above
 * words alone and vectors alone on each. Chosen on two and measured on the third it is so too, but where the static model
 * meets the code base on which words are best by far (`npm run bench -- searchQuality`).
 */
export const RRF_K = 5;

/**
 * What a ranking counts, where one by words is fused with one by vectors: of the static model, or of a sentence encoder
 * such as MiniLM once it has read the whole index, whose vectors deserve more than the words.
 */
export const FUSION_WEIGHTS = { lexical: 1, vector: 0.7, sentence: 1.4 } as const;

/**
 * Reciprocal rank fusion (Cormack, Clarke and Buettcher 2009), weighted: an id gets weight / (k + rank) from each ranking
 * that it is in, rank from 1. Best first; equal scores in the order of their ids.
 *
 * Example: `fuse([[7, 9], [9]], [1, 1])` puts 9 first, with 1/7 + 1/6, before 7 with 1/6.
 *
 * @param weights one a ranking, 0 or more
 */
export function fuse(lists: readonly Ranking[], weights: readonly number[], { k = RRF_K }: FuseOptions = {}): Fused[] {
  const ranks = new Map<number, (number | undefined)[]>();
  lists.forEach((list, which) => {
    list.forEach((id, place) => {
      const known = ranks.get(id) ?? new Array<number | undefined>(lists.length).fill(undefined);
      known[which] ??= place + 1;
      ranks.set(id, known);
    });
  });
  const fused = Array.from(ranks, ([id, places]) => {
    const parts = places.map((rank, which) => ({
      rank,
      adds: rank === undefined ? 0 : (weights[which] ?? 0) / (k + rank),
    }));
    return { id, score: parts.reduce((sum, { adds }) => sum + adds, 0), parts };
  });
  return fused.sort((a, b) => b.score - a.score || a.id - b.id);
}
