// The tokens of a piece while it is encoded, each with the tree of merges that made it.

import type { TokensValue, TreeNode } from '../shared/trace.ts';
import { mergePair } from '../tokenizers/bpe.ts';
import { pieceOf, tokensValue, visibleToken } from './views.ts';

/** Tokens 0 to 255 are bytes, here and in GPT-2: merge number n made token 255 + n. */
const BYTE_TOKENS = 256;

/** A token with the merges that made it. */
export interface MergedNode {
  readonly id: number;
  /** Which piece of the text it is in. */
  readonly word: number;
  readonly tree: TreeNode;
}

/** A byte's token, which no merge has made. */
export function leaf(id: number, word: number, tokens: readonly Uint8Array[]): MergedNode {
  return { id, word, tree: { label: visibleToken(tokens[id]!), note: `id ${id}` } };
}

/** The number of the merge that made a token, from 1. */
export function rankOf(id: number): number {
  return id - BYTE_TOKENS + 1;
}

/** As `mergePair`, and keeps the tree of each token. */
export function mergeNodes(
  nodes: readonly MergedNode[],
  merge: { left: number; right: number; id: number },
  tokens: readonly Uint8Array[],
): MergedNode[] {
  const ids = mergePair(
    nodes.map((node) => node.id),
    merge.left,
    merge.right,
    merge.id,
  );
  let at = 0;
  return ids.map((id) => {
    const node = nodes[at]!;
    if (node.id === id) {
      at++;
      return node;
    }
    const children = [node.tree, nodes[at + 1]!.tree];
    at += 2;
    const note = `id ${id}, rank ${rankOf(id)}`;
    return { id, word: node.word, tree: { label: visibleToken(tokens[id]!), note, children } };
  });
}

/** The tokens as pieces; those that are `newest` stand out. */
export function symbolsValue(
  nodes: readonly MergedNode[],
  tokens: readonly Uint8Array[],
  newest?: number,
): TokensValue {
  const pieces = nodes.map(({ id, word }) =>
    pieceOf(tokens[id]!, { id, word, ...(id === newest && { role: 'new' as const }) }),
  );
  return tokensValue(pieces);
}
