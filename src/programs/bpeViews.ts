// What the demonstrations of byte pair encoding show of it: pairs as a table, a text as pieces, the vocabulary so far.

import type { Piece, TableValue } from '../shared/trace.ts';
import {
  type BpeModel,
  forEachPair,
  type Merge,
  type Pair,
  type Pairs,
  pairKey,
  type Word,
} from '../tokenizers/bpe.ts';
import { spell } from '../tokenizers/bytes.ts';
import { pieceOf, SHOWN_PIECES, tableValue, visibleToken } from './views.ts';

/** Rows of a table of pairs that are shown. */
const SHOWN_PAIRS = 40;

export const preTokenizerParam = {
  type: 'choice',
  label: 'Cut first',
  help: 'No merge crosses a border of this first cut.',
  default: 'gpt2',
  options: [
    { value: 'gpt2', label: 'as GPT-2 does' },
    { value: 'spaces', label: 'before white space' },
    { value: 'none', label: 'not at all' },
  ],
} as const;

export const PAIR_COLUMNS: TableValue['columns'] = [
  { id: 'pair', label: 'pair', type: 'text' },
  { id: 'count', label: 'count', type: 'number' },
  { id: 'firstAt', label: 'first at byte', type: 'number' },
];

const VOCABULARY_COLUMNS: TableValue['columns'] = [
  { id: 'id', label: 'id', type: 'number' },
  { id: 'piece', label: 'piece', type: 'piece' },
  { id: 'madeFrom', label: 'made from', type: 'text' },
];

/** `t + h`. */
export function pairLabel(left: number, right: number, tokens: readonly Uint8Array[]): string {
  return `${visibleToken(tokens[left]!)} + ${visibleToken(tokens[right]!)}`;
}

export type PairRow = readonly [pair: string, count: number, firstAt: number];

/** The most frequent pairs as rows, ties by their first place: the first row is the one that `choosePair` takes. */
export function pairRows(pairs: Pairs, words: readonly Word[], tokens: readonly Uint8Array[]): PairRow[] {
  const byCount = [...pairs.values()].sort((a, b) => b.count - a.count);
  const least = byCount[SHOWN_PAIRS - 1]?.count ?? 0;
  const wanted = byCount.filter((pair) => pair.count >= least);
  const first = firstPlaces(new Set(wanted), pairs, words, tokens);
  const rows = wanted.map((pair): PairRow => [pairLabel(pair.left, pair.right, tokens), pair.count, first.get(pair)!]);
  return rows.sort((a, b) => b[1] - a[1] || a[2] - b[2]).slice(0, SHOWN_PAIRS);
}

/** The byte at which each of `wanted` stands first, found in one walk from the text's beginning. */
function firstPlaces(
  wanted: ReadonlySet<Pair>,
  pairs: Pairs,
  words: readonly Word[],
  tokens: readonly Uint8Array[],
): Map<Pair, number> {
  const first = new Map<Pair, number>();
  for (const word of words) {
    if (first.size === wanted.size) {
      break;
    }
    let at = word.firstAt;
    let symbol = 0;
    forEachPair(word.symbols, (left, right, i) => {
      for (; symbol < i; symbol++) {
        at += tokens[word.symbols[symbol]!]!.length;
      }
      const pair = pairs.get(pairKey(left, right))!;
      if (wanted.has(pair) && !first.has(pair)) {
        first.set(pair, at);
      }
    });
  }
  return first;
}

export function pairsTable(rows: readonly PairRow[], total: number): TableValue {
  return { ...tableValue(PAIR_COLUMNS, rows), ...(total > rows.length && { total }) };
}

/** The beginning of a text as it is cut now; pieces that are `newest` stand out. */
export function cutPieces(words: readonly Word[], tokens: readonly Uint8Array[], newest?: number): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, { symbols }] of words.entries()) {
    for (const id of symbols.slice(0, SHOWN_PIECES - pieces.length)) {
      pieces.push(pieceOf(tokens[id]!, { id, word: index, ...(id === newest && { role: 'new' as const }) }));
    }
  }
  return pieces;
}

/** For each of the first pre-tokens of a text the word that `countWords` made of it: enough of them for a preview. */
export function firstWords(preTokens: readonly string[], words: readonly Word[]): Word[] {
  const byText = new Map<string, Word>();
  return preTokens.slice(0, SHOWN_PIECES).map((text) => {
    // Words stand in the order of their first appearance, and so do new texts here.
    const word = byText.get(text) ?? words[byText.size]!;
    byText.set(text, word);
    return word;
  });
}

/** The tokens that were learned, newest first; the 256 bytes below them are not listed. */
export function vocabularyTable(model: BpeModel): TableValue {
  const row = ({ id, left, right }: Merge) => [id, spell(model.tokens[id]!), pairLabel(left, right, model.tokens)];
  const rows = [...model.merges].reverse().slice(0, 60).map(row);
  const table = tableValue(VOCABULARY_COLUMNS, rows, rows.length > 0 ? [{ row: 0, role: 'new' }] : []);
  return { ...table, ...(model.merges.length > rows.length && { total: model.merges.length }) };
}
