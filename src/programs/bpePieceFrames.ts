// The steps of merging one pre-token: its bytes, then pair by pair, the lowest rank first, until nothing merges.

import type { Cell, FrameId, TableValue, ValueId } from '../shared/trace.ts';
import { leaf, type MergedNode, mergeNodes, nextMerge, symbolsValue } from './bpeNodes.ts';
import { places } from './places.ts';
import type { Recorder } from './recorder.ts';
import type { ShownMerges } from './shownMerges.ts';
import { counted, many, tableValue, times, visible, visibleToken } from './views.ts';

/** Longer pre-tokens, in bytes or characters, get no step for each merge. */
const STEPPED = 40;

const RANK_COLUMNS: TableValue['columns'] = [
  { id: 'pair', label: 'pair', type: 'text' },
  { id: 'rank', label: 'rank', type: 'number' },
  { id: 'id', label: 'would become', type: 'number' },
];

/**
 * Records how one pre-token is merged; yields after each step. A long one gets one step for all of it.
 *
 * @returns its tokens, each with the merges that made it
 */
export async function* bpePieceFrames(
  trace: Recorder,
  piece: string,
  word: number,
  merges: ShownMerges,
): AsyncGenerator<void, readonly MergedNode[], void> {
  const { unit } = merges;
  let nodes: readonly MergedNode[] = merges.start(piece).map((id) => leaf(id, word, merges));
  let before = trace.value(symbolsValue(nodes, merges));
  const shown = visible(piece);
  const parent = trace.frame({
    op: 'to-bytes',
    label: `Begin “${shown}” with ${unit}s`,
    note: `“${shown}” begins as ${counted(nodes.length, unit)}, each a token.`,
    outputs: { tokens: before },
    source: places.encodeBpe,
  });
  yield;

  if (nodes.length > STEPPED) {
    nodes = mergedAtOnce(trace, nodes, before, merges, parent);
    yield;
    return nodes;
  }
  for (;;) {
    const symbols = nodes.map((node) => node.id);
    const ranks = rankPairs(trace, symbols, merges, before, parent);
    yield;
    const next = nextMerge(symbols, merges);
    if (next === undefined) {
      return nodes;
    }
    const label = pairLabel(next.left, next.right, merges);
    trace.frame({
      op: 'choose-pair',
      parent,
      label: 'Choose the lowest rank',
      note: `${label} has rank ${next.rank}, the lowest: of these pairs it was learned first.`,
      inputs: { ranks },
      outputs: {
        chosen: trace.value(tableValue(RANK_COLUMNS, [[label, next.rank, next.id]], [{ row: 0, role: 'chosen' }])),
      },
      source: places.lowestRank,
    });
    yield;

    const merged = mergeNodes(nodes, next, merges);
    const occurrences = nodes.length - merged.length;
    nodes = merged;
    const after = trace.value(symbolsValue(nodes, merges, next.id));
    trace.frame({
      op: 'merge',
      parent,
      // Not the pair: the learner may be about to bet on the pieces, with the list of steps in sight.
      label: 'Merge this pair',
      note: `${label} becomes token ${next.id}${occurrences > 1 ? `, ${times(occurrences)}` : ''}; ${counted(nodes.length, 'token')} left.`,
      inputs: { before },
      outputs: { after },
      source: places.mergePair,
    });
    before = after;
    yield;
  }
}

/** A long pre-token, merged in one step. */
function mergedAtOnce(
  trace: Recorder,
  start: readonly MergedNode[],
  before: ValueId,
  merges: ShownMerges,
  parent: FrameId,
): readonly MergedNode[] {
  let nodes = start;
  let count = 0;
  for (;;) {
    const next = nextMerge(
      nodes.map((node) => node.id),
      merges,
    );
    if (next === undefined) {
      break;
    }
    nodes = mergeNodes(nodes, next, merges);
    count++;
  }
  trace.frame({
    op: 'merge',
    parent,
    label: 'Merge all of it',
    note: `It is too long for a step a merge: ${counted(count, 'merge')}, and ${counted(nodes.length, 'token')} left.`,
    inputs: { before },
    outputs: { after: trace.value(symbolsValue(nodes, merges)) },
    source: places.encodeBpe,
  });
  return nodes;
}

function pairLabel(left: number, right: number, { bytesOf }: ShownMerges): string {
  return `${visibleToken(bytesOf(left))} + ${visibleToken(bytesOf(right))}`;
}

/** Records the ranks of all pairs of neighbours, each pair once, as they stand. Returns the table of them. */
function rankPairs(
  trace: Recorder,
  symbols: readonly number[],
  merges: ShownMerges,
  tokens: ValueId,
  parent: FrameId,
): ValueId {
  const rows = new Map<string, Cell[]>();
  for (let i = 0; i + 1 < symbols.length; i++) {
    const label = pairLabel(symbols[i]!, symbols[i + 1]!, merges);
    const merge = merges.mergeOf(symbols[i]!, symbols[i + 1]!);
    rows.set(`${symbols[i]} ${symbols[i + 1]}`, [label, merge?.rank ?? null, merge?.id ?? null]);
  }
  const all = [...rows.values()];
  const known = all.filter((row) => row[1] !== null).length;
  const dim = all.flatMap((row, index) => (row[1] === null ? [{ row: index, role: 'dim' as const }] : []));
  const table = trace.value(tableValue(RANK_COLUMNS, all, dim, all.length));
  trace.frame({
    op: 'rank-pairs',
    parent,
    label: known === 0 ? 'Nothing more to merge' : 'Look up the rank of each pair',
    note: rankNote(symbols.length, all.length, known),
    formula: 'rank(a, b) = when the merge of a and b was learned',
    inputs: { tokens },
    outputs: { ranks: table },
    source: places.lowestRank,
  });
  return table;
}

function rankNote(symbols: number, pairs: number, known: number): string {
  if (symbols < 2) {
    return 'One token is left, so there is no pair: finished.';
  }
  if (known === 0) {
    return 'None of these pairs was ever merged in training: finished.';
  }
  return `Of ${counted(pairs, 'different pair')}, ${many(known)} ${known === 1 ? 'was' : 'were'} merged in training.`;
}
