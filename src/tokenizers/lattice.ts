// Unigram, written to be read: all the ways to cut a text into pieces, and the likeliest of them (Kudo 2018, "Subword
// Regularization"). A piece's score is the natural logarithm of its probability, so a path's score is their sum.
// `unigramModel.ts` finds the same path for texts of any size. Not handled: sampling other paths, training.

/** A vocabulary to cut by. */
export interface ScoredPieces {
  readonly pieces: ReadonlyMap<string, { readonly id: number; readonly score: number }>;
  readonly unknownId: number;
  /** What a character without a piece of its own costs: see {@link unknownScore}. */
  readonly unknownScore: number;
  /** Of the longest piece, in characters. */
  readonly longest: number;
}

/** A piece of the text from one border to another. */
export interface LatticeEdge {
  /** Places in `nodes`. */
  readonly from: number;
  readonly to: number;
  readonly piece: string;
  readonly id: number;
  readonly score: number;
}

/** Every way to cut a text: the borders between its characters, and the pieces that reach from one to another. */
export interface Lattice {
  /** UTF-16 offsets: 0, and where each character ends. */
  readonly nodes: readonly number[];
  /** By where they begin, the shorter first. */
  readonly edges: readonly LatticeEdge[];
}

export interface BestPath {
  /** Edges from the text's beginning to its end. */
  readonly path: readonly LatticeEdge[];
  /**
   * For each node the score of the likeliest way to it, and the edge that this way ends with: undefined at the first
   * node, and at one that no path reaches, whose score is -Infinity.
   */
  readonly best: readonly { readonly score: number; readonly by: LatticeEdge | undefined }[];
}

/** How much less likely than the rarest piece an unknown character is, in natural logarithms: SentencePiece's choice. */
export const UNKNOWN_PENALTY = 10;

/** The score of a character that has no piece. */
export function unknownScore(scores: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const score of scores) {
    least = Math.min(least, score);
  }
  return least - UNKNOWN_PENALTY;
}

/**
 * All pieces that are in `text`, each where it is. A character that is no piece by itself gets an edge as unknown, so
 * that every text has a path.
 *
 * Example: with `a`, `b` and `ab` for pieces, `ab` has three nodes and the edges `a` 0 to 1, `ab` 0 to 2, `b` 1 to 2.
 */
export function buildLattice(text: string, { pieces, unknownId, unknownScore: score, longest }: ScoredPieces): Lattice {
  const nodes = [0];
  for (const character of text) {
    nodes.push(nodes.at(-1)! + character.length);
  }
  const edges: LatticeEdge[] = [];
  for (let from = 0; from < nodes.length - 1; from++) {
    for (let to = from + 1; to < nodes.length && to - from <= longest; to++) {
      const piece = text.slice(nodes[from], nodes[to]);
      const found = pieces.get(piece);
      if (found) {
        edges.push({ from, to, piece, ...found });
      } else if (to === from + 1) {
        edges.push({ from, to, piece, id: unknownId, score });
      }
    }
  }
  return { nodes, edges };
}

/**
 * The likeliest path (Viterbi 1967): the best way to a node is the best way to the node before, over all edges that end
 * in it. Edges are taken from left to right, so the way to an edge's beginning is known when the edge is weighed; of
 * two equal ways the first found stays, which is the one whose last piece is longer.
 *
 * Example: `a` -1, `b` -1 and `ab` -1.5 give `ab` the one edge 0 to 2, as -1.5 is more than -1 + -1.
 */
export function bestPath({ nodes, edges }: Lattice): BestPath {
  const best: { score: number; by: LatticeEdge | undefined }[] = nodes.map((_, node) => ({
    score: node === 0 ? 0 : Number.NEGATIVE_INFINITY,
    by: undefined,
  }));
  for (const edge of edges) {
    const score = best[edge.from]!.score + edge.score;
    if (score > best[edge.to]!.score) {
      best[edge.to] = { score, by: edge };
    }
  }
  const path: LatticeEdge[] = [];
  for (let edge = best.at(-1)!.by; edge; edge = best[edge.from]!.by) {
    path.push(edge);
  }
  return { path: path.reverse(), best };
}
