// The tokens of a piece while it is encoded, each with the tree of merges that made it.

import type { TokensValue, TreeNode } from '../shared/trace.ts';
import { mergePair } from '../tokenizers/bpe.ts';
import type { ShownMerges } from './shownMerges.ts';
import { pieceOf, tokensValue, visibleToken } from './views.ts';

/** A token with the merges that made it. */
export interface MergedNode {
  readonly id: number;
  /** Which piece of the text it is in. */
  readonly word: number;
  readonly tree: TreeNode;
}

/** Two tokens side by side that merge into another. */
export interface NextMerge {
  readonly left: number;
  readonly right: number;
  readonly id: number;
  /** From 1: the number of the merge in the order of learning. */
  readonly rank: number;
}

/** A byte's or a character's token, which no merge has made. */
export function leaf(id: number, word: number, { bytesOf }: ShownMerges): MergedNode {
  return { id, word, tree: { label: visibleToken(bytesOf(id)), note: `id ${id}` } };
}

/** The pair of neighbours with the lowest rank, or undefined when none can merge. */
export function nextMerge(symbols: readonly number[], { mergeOf }: ShownMerges): NextMerge | undefined {
  let lowest: NextMerge | undefined;
  for (let i = 0; i + 1 < symbols.length; i++) {
    const [left, right] = [symbols[i]!, symbols[i + 1]!];
    const merge = mergeOf(left, right);
    if (merge !== undefined && merge.rank < (lowest?.rank ?? Number.POSITIVE_INFINITY)) {
      lowest = { left, right, ...merge };
    }
  }
  return lowest;
}

/** As `mergePair`, and keeps the tree of each token. */
export function mergeNodes(
  nodes: readonly MergedNode[],
  { left, right, id, rank }: NextMerge,
  { bytesOf }: ShownMerges,
): MergedNode[] {
  const ids = mergePair(
    nodes.map((node) => node.id),
    left,
    right,
    id,
  );
  let at = 0;
  return ids.map((merged) => {
    const node = nodes[at]!;
    if (node.id === merged) {
      at++;
      return node;
    }
    const children = [node.tree, nodes[at + 1]!.tree];
    at += 2;
    return {
      id,
      word: node.word,
      tree: { label: visibleToken(bytesOf(id)), note: `id ${id}, rank ${rank}`, children },
    };
  });
}

/** The tokens as pieces; those that are `newest` stand out. */
export function symbolsValue(nodes: readonly MergedNode[], { bytesOf }: ShownMerges, newest?: number): TokensValue {
  const pieces = nodes.map(({ id, word }) =>
    pieceOf(bytesOf(id), { id, word, ...(id === newest && { role: 'new' as const }) }),
  );
  return tokensValue(pieces);
}
