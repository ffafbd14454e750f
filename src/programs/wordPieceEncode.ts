// Cuts words by greed, with a small vocabulary that the learner writes: the longest piece that fits comes first.

import type { Piece, TableValue } from '../shared/trace.ts';
import type { WordPieceTable } from '../tokenizers/wordPiece.ts';
import { defineProgram } from './program.ts';
import { counted, tableValue, textValue, tokensValue, visible } from './views.ts';
import { wordPieceFrames } from './wordPieceFrames.ts';

const UNKNOWN = '[UNK]';
const PREFIX = '##';
/** Most pieces that are read from the list, and most characters that one may have. */
const MOST_PIECES = 200;
const LONGEST_WORD = 40;

const PIECE_COLUMNS: TableValue['columns'] = [
  { id: 'id', label: 'id', type: 'number' },
  { id: 'piece', label: 'piece', type: 'piece' },
  { id: 'where', label: 'where', type: 'text' },
];

export const wordPieceEncode = defineProgram({
  id: 'wordpiece-encode',
  title: 'Cut by greed',
  session: false,
  params: {
    text: { type: 'text', label: 'Text to cut', default: 'nowhere', maxLength: 80 },
    pieces: {
      type: 'text',
      label: 'Pieces',
      help: 'Between spaces. Those inside a word begin with ##.',
      default: 'no now her here where n o w h e r ##no ##now ##her ##here ##where ##n ##o ##w ##h ##e ##r ##re ##ow',
      maxLength: 1000,
      multiline: true,
    },
  },
  async *run({ params, trace }) {
    const table = tableOf(params.pieces);
    const words = params.text.match(/\S+/gu) ?? [];
    trace.frame({
      op: 'read-pieces',
      label: 'The pieces',
      note: `${counted(table.ids.size, 'piece')} and ${UNKNOWN}. The text has ${counted(words.length, 'word')}; spaces go.`,
      inputs: { text: trace.value(textValue(params.text)) },
      outputs: { pieces: trace.value(piecesTable(table)) },
    });
    yield;
    const pieces: Piece[] = [];
    for (const [index, word] of words.entries()) {
      pieces.push(...(yield* wordPieceFrames(trace, word, index, table, UNKNOWN)));
    }
    trace.frame({
      op: 'result',
      label: 'The pieces of the text',
      note: resultNote(params.text, pieces),
      outputs: { ids: trace.value(tokensValue(pieces)) },
    });
    yield;
  },
});

/** Id 0 is the unknown one; the pieces follow as they are written. */
function tableOf(text: string): WordPieceTable {
  const written = (text.match(/\S+/gu) ?? []).filter((piece) => !/\p{Surrogate}/u.test(piece) && piece !== PREFIX);
  const pieces = [...new Set(written)].slice(0, MOST_PIECES);
  return {
    ids: new Map(pieces.map((piece, i) => [piece, i + 1])),
    unknownId: 0,
    continuingPrefix: PREFIX,
    longestWord: LONGEST_WORD,
  };
}

function piecesTable({ ids }: WordPieceTable): TableValue {
  const rows = [...ids].map(([piece, id]) => [
    id,
    piece,
    piece.startsWith(PREFIX) ? 'inside a word' : 'at its beginning',
  ]);
  return tableValue(PIECE_COLUMNS, [[0, UNKNOWN, 'in place of a word'], ...rows], [], rows.length + 1);
}

function resultNote(text: string, pieces: readonly Piece[]): string {
  const unknown = pieces.filter(({ id }) => id === 0).length;
  const lost = unknown === 0 ? '' : ` ${counted(unknown, 'word')} could not be cut.`;
  return `“${visible(text)}” becomes ${counted(pieces.length, 'piece')}.${lost}`;
}
