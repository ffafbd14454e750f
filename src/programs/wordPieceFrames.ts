// The steps of cutting one word by greed: the longest piece that fits, try by try, then the longest that goes on.

import type { Cell, FrameId, Piece, TableValue } from '../shared/trace.ts';
import { matchWordPiece, type WordPieceStep, type WordPieceTable } from '../tokenizers/wordPiece.ts';
import { places } from './places.ts';
import type { Recorder } from './recorder.ts';
import { counted, many, SHOWN_ROWS, tableValue, textValue, visible } from './views.ts';

/** Words with more tries than this get a step a piece, and not one a try. */
const STEPPED_TRIES = 40;

const TRY_COLUMNS: TableValue['columns'] = [
  { id: 'piece', label: 'tried', type: 'piece' },
  { id: 'id', label: 'id', type: 'number' },
  { id: 'found', label: 'in the vocabulary', type: 'text' },
];

/**
 * Records how `word` is cut; yields after each step.
 *
 * @param index which word of the text it is
 * @param unknown how the vocabulary writes what it can't cut
 * @returns the word's pieces as the result shows them
 */
export async function* wordPieceFrames(
  trace: Recorder,
  word: string,
  index: number,
  table: WordPieceTable,
  unknown: string,
): AsyncGenerator<void, readonly Piece[], void> {
  const tries = matchWordPiece(word, table);
  const parent = trace.frame({
    op: 'word',
    label: `Cut “${visible(word)}”`,
    note: wordNote(word, tries, table),
    outputs: { word: trace.value(textValue(word)) },
    source: places.matchWordPiece,
  });
  yield;

  let done = 0;
  for (const round of rounds(tries)) {
    const shown = tries.length <= STEPPED_TRIES ? round.map((_, i) => round.slice(0, i + 1)) : [round];
    for (const sofar of shown) {
      recordTry(trace, word, sofar, done + sofar.length, parent);
      yield;
    }
    done += round.length;
  }

  const last = tries.at(-1);
  const pieces: Piece[] =
    last?.id === undefined
      ? [{ text: unknown, id: table.unknownId, word: index, role: 'warn' }]
      : tries.flatMap(({ piece, id }) => (id === undefined ? [] : [{ text: piece, id, word: index }]));
  trace.frame({
    op: 'word-cut',
    parent,
    label: last?.id === undefined ? `“${visible(word)}” is unknown` : `“${visible(word)}” is cut`,
    note: cutNote(word, tries, pieces, unknown),
    outputs: { pieces: trace.value({ kind: 'tokens', pieces }) },
    source: places.encodeWord,
  });
  yield;
  return pieces;
}

/** The tries for each piece: up to the one that was found, or to the end. */
function rounds(tries: readonly WordPieceStep[]): WordPieceStep[][] {
  const all: WordPieceStep[][] = [[]];
  for (const one of tries) {
    all.at(-1)!.push(one);
    if (one.id !== undefined) {
      all.push([]);
    }
  }
  return all.filter((round) => round.length > 0);
}

/** @param count how many tries of this word there were, this one included */
function recordTry(
  trace: Recorder,
  word: string,
  sofar: readonly WordPieceStep[],
  count: number,
  parent: FrameId,
): void {
  const { piece, start, end, id } = sofar.at(-1)!;
  const role = id === undefined ? 'warn' : 'chosen';
  const rows = sofar.map((one): Cell[] => [one.piece, one.id ?? null, one.id === undefined ? 'no' : 'yes']);
  const first = Math.max(0, rows.length - SHOWN_ROWS);
  const name = `“${visible(piece)}”`;
  trace.frame({
    op: 'try',
    parent,
    // Not the piece: the learner may be about to bet on the cut, with the list of steps in sight.
    label: `Try ${count}`,
    note:
      id !== undefined
        ? `${name} is piece ${id}, the longest that fits here; ${end === word.length ? 'the word is covered.' : 'go on behind it.'}`
        : [...word.slice(start, end)].length > 1
          ? `${name} is no piece: try one character less.`
          : `${name} is no piece, and there is nothing shorter to try.`,
    outputs: {
      word: trace.value(textValue(word, [{ start, end, role }])),
      tries: trace.value(
        tableValue(TRY_COLUMNS, rows.slice(first), [{ row: rows.length - 1 - first, role }], SHOWN_ROWS),
      ),
    },
    source: places.matchWordPiece,
  });
}

function wordNote(
  word: string,
  tries: readonly WordPieceStep[],
  { longestWord, continuingPrefix }: WordPieceTable,
): string {
  if (tries.length === 0) {
    return `“${visible(word)}” has ${many([...word].length)} characters; more than ${many(longestWord)} are not tried.`;
  }
  return `The longest piece that it begins with, then the longest that goes on; those inside a word are written with ${continuingPrefix}.`;
}

function cutNote(word: string, tries: readonly WordPieceStep[], pieces: readonly Piece[], unknown: string): string {
  const last = tries.at(-1);
  if (last?.id === undefined) {
    const why = last === undefined ? 'it is too long' : `nothing fits from “${visible(word.slice(last.start))}” on`;
    return `The whole word becomes ${unknown}, because ${why}.`;
  }
  const shown = pieces.slice(0, 8).map(({ text }) => `“${visible(text ?? '')}”`);
  const more = pieces.length > shown.length ? ', …' : '';
  return `${counted(pieces.length, 'piece')} after ${counted(tries.length, 'try', 'tries')}: ${shown.join(', ')}${more}.`;
}
