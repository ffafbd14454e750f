// More than the best path of a lattice: the few best ones, and what all of them weigh together. Written to be read.

import type { Lattice, LatticeEdge } from './lattice.ts';

/** A way through a lattice, and the sum of its scores. */
export interface ScoredPath {
  readonly path: readonly LatticeEdge[];
  readonly score: number;
}

/**
 * The `count` likeliest paths, best first: the best ways to a node are among the best ways to the nodes before it, each
 * gone on by one edge.
 */
export function bestPaths({ nodes, edges }: Lattice, count: number): ScoredPath[] {
  const ways: ScoredPath[][] = nodes.map((_, node) => (node === 0 ? [{ path: [], score: 0 }] : []));
  for (const edge of edges) {
    const before = ways[edge.from]!.map(({ path, score }) => ({ path: [...path, edge], score: score + edge.score }));
    ways[edge.to] = [...ways[edge.to]!, ...before].sort((a, b) => b.score - a.score).slice(0, count);
  }
  return ways.at(-1)!;
}

/**
 * For each node the natural logarithm of what all ways from the first node to it weigh together: the forward half of
 * the forward-backward algorithm (Baum 1972). The last entry is the logarithm of the text's probability, however cut.
 *
 * Example: `a` 0.5, `b` 0.2 and `ab` 0.3 make `ab` likely 0.5 x 0.2 + 0.3 = 0.4.
 */
export function forwardScores({ nodes, edges }: Lattice): number[] {
  const scores = nodes.map((_, node) => (node === 0 ? 0 : Number.NEGATIVE_INFINITY));
  for (const edge of edges) {
    scores[edge.to] = addLogs(scores[edge.to]!, scores[edge.from]! + edge.score);
  }
  return scores;
}

/** The same from each node to the last one: the backward half. */
export function backwardScores({ nodes, edges }: Lattice): number[] {
  const scores = nodes.map((_, node) => (node === nodes.length - 1 ? 0 : Number.NEGATIVE_INFINITY));
  for (const edge of edges.toReversed()) {
    scores[edge.from] = addLogs(scores[edge.from]!, edge.score + scores[edge.to]!);
  }
  return scores;
}

/** ln(e^a + e^b), without leaving the logarithms: e^a may be too small to be written. */
export function addLogs(a: number, b: number): number {
  const [less, more] = a < b ? [a, b] : [b, a];
  return less === Number.NEGATIVE_INFINITY ? more : more + Math.log1p(Math.exp(less - more));
}
