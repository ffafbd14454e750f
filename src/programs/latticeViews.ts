// A lattice as a graph: the borders between characters as nodes, the pieces between them as edges, the best path chosen.

import type { GraphValue, Role, TokensValue } from '../shared/trace.ts';
import type { BestPath, Lattice, LatticeEdge } from '../tokenizers/lattice.ts';
import { decimal } from './decimal.ts';
import { tokensValue } from './views.ts';

/** How scores are written: as probabilities, or as the natural logarithms that they are kept as. */
export type Scale = 'probability' | 'logarithm';

/** A score for people: `−2.3`, or as a probability `0.1`, and `3.5e−7` where it has too many zeros. */
export function scoreText(score: number, scale: Scale): string {
  if (scale === 'logarithm') {
    return decimal(score);
  }
  const probability = Math.exp(score);
  return probability >= 0.00001
    ? decimal(Number(probability.toPrecision(2)), 6)
    : probability.toExponential(1).replace('e-', 'e−');
}

/** What of a lattice is drawn, beside its edges. */
export interface LatticeLook {
  readonly scale: Scale;
  /** Shown up to this node: the best way to each of them. All, or none where it is absent. */
  readonly best?: BestPath['best'];
  readonly upTo?: number;
  readonly path?: readonly LatticeEdge[];
  /** Edges of this node's choice stand out: those that end in it. */
  readonly at?: number;
  readonly unknownId?: number;
  /** What is noted at an edge; its score if absent. */
  readonly noteOf?: (edge: LatticeEdge) => string;
  /** The parameters behind pieces' probabilities, by piece. */
  readonly adjust?: ReadonlyMap<string, { readonly param: string; readonly value: number }>;
}

export function latticeValue(text: string, { nodes, edges }: Lattice, look: LatticeLook): GraphValue {
  const { scale, best, upTo = nodes.length - 1, path = [], at, unknownId, adjust } = look;
  const noteOf = look.noteOf ?? ((edge: LatticeEdge) => scoreText(edge.score, scale));
  const chosen = new Set(path);
  const onPath = new Set(path.flatMap(({ from, to }) => [from, to]));
  const roleOf = (edge: LatticeEdge): Role | undefined => {
    if (chosen.has(edge)) {
      return 'chosen';
    }
    if (at !== undefined) {
      return edge.to === at ? (best?.[at]?.by === edge ? 'chosen' : 'match') : 'dim';
    }
    return edge.id === unknownId ? 'warn' : path.length > 0 ? 'dim' : undefined;
  };
  return {
    kind: 'graph',
    look: 'row',
    nodes: nodes.map((_, node) => {
      const score = node <= upTo ? best?.[node]?.score : undefined;
      const role = path.length > 0 ? (onPath.has(node) ? 'chosen' : undefined) : node === at ? 'new' : undefined;
      return {
        label: String(node),
        ...(score !== undefined && { note: scoreText(score, scale) }),
        ...(role !== undefined && { role }),
      };
    }),
    edges: edges.map((edge) => {
      const role = roleOf(edge);
      const set = adjust?.get(edge.piece);
      return {
        from: edge.from,
        to: edge.to,
        label: edge.piece,
        note: noteOf(edge),
        ...(role !== undefined && { role }),
        ...(set !== undefined && { adjust: set }),
      };
    }),
    between: nodes.slice(1).map((end, i) => text.slice(nodes[i], end)),
  };
}

/** A path's pieces. */
export function pathValue(path: readonly LatticeEdge[], unknownId?: number, withIds = false): TokensValue {
  return tokensValue(
    path.map(({ piece, id }) => ({
      text: piece,
      ...(id === unknownId ? { id: null, role: 'warn' as const } : withIds && { id }),
    })),
  );
}

/** `now + here`. */
export function pathText(path: readonly { readonly piece: string }[], shown: (piece: string) => string): string {
  return path.map(({ piece }) => shown(piece)).join(' + ');
}
