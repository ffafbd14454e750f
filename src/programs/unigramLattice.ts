// Cuts a text by probability, with a small vocabulary whose numbers the learner sets: drag a piece until the cut flips.

import type { Cell, TableValue } from '../shared/trace.ts';
import { scored } from '../tokenizers/unigramLearning.ts';
import { decimal } from './decimal.ts';
import { scoreText } from './latticeViews.ts';
import { probabilities, readPieceList, type SetProbability } from './pieceList.ts';
import { defineProgram } from './program.ts';
import { compareCuts, unigramFrames } from './unigramFrames.ts';
import { counted, tableValue, textValue, visible } from './views.ts';

/** The two sliders leave something for the other pieces. */
const MOST = 0.45;
const STEP = 0.005;

const PIECE_COLUMNS: TableValue['columns'] = [
  { id: 'piece', label: 'piece', type: 'piece' },
  { id: 'probability', label: 'probability', type: 'text' },
  { id: 'logarithm', label: 'its logarithm', type: 'text' },
];

export const unigramLattice = defineProgram({
  id: 'unigram-lattice',
  title: 'Cut by probability',
  session: false,
  params: {
    text: { type: 'text', label: 'Text to cut', default: 'nowhere', maxLength: 24 },
    probability: {
      type: 'number',
      label: 'Probability of the first piece',
      default: 0.06,
      min: STEP,
      max: MOST,
      step: STEP,
    },
    otherProbability: {
      type: 'number',
      label: 'Probability of the second piece',
      default: 0.06,
      min: STEP,
      max: MOST,
      step: STEP,
    },
    piece: { type: 'text', label: 'First piece', default: 'now', maxLength: 24 },
    otherPiece: { type: 'text', label: 'Second piece', default: 'where', maxLength: 24 },
    pieces: {
      type: 'text',
      label: 'Pieces, each with a weight',
      help: 'One a line. The two pieces with a slider have their own numbers; the others share what is left.',
      default: [
        'no 10',
        'now 6',
        'here 8',
        'where 6',
        'her 3',
        'n 8',
        'o 10',
        'w 6',
        'h 8',
        'e 14',
        'r 9',
        're 6',
        'ow 6',
      ].join('\n'),
      maxLength: 1000,
      multiline: true,
    },
    logarithms: {
      type: 'switch',
      label: 'Show logarithms',
      help: 'Sums of logarithms in place of products of small numbers.',
      default: false,
    },
  },
  async *run({ params, trace }) {
    const list = readPieceList(params.pieces);
    const wanted = [
      { param: 'probability', piece: params.piece, probability: params.probability },
      { param: 'otherProbability', piece: params.otherPiece, probability: params.otherProbability },
    ];
    const set = wanted.filter(({ piece }, i) => wanted.findIndex((one) => one.piece === piece) === i);
    const of = probabilities(list, set);
    const adjust = new Map(set.map(({ param, piece, probability }) => [piece, { param, value: probability }] as const));
    const scale = params.logarithms ? 'logarithm' : 'probability';
    const look = { scale, adjust } as const;
    // The best way comes before how it is found: it's what moves when a number does.
    compareCuts(trace, params.text, scored(of), look);
    yield;
    trace.frame({
      op: 'read-pieces',
      label: 'The pieces and how likely each is',
      note: piecesNote(of, set, list.skipped),
      inputs: { text: trace.value(textValue(params.text)) },
      outputs: { pieces: trace.value(piecesTable(of, set, params.logarithms)) },
    });
    yield;
    yield* unigramFrames(trace, params.text, scored(of), { ...look, compared: true });
  },
});

function piecesTable(of: ReadonlyMap<string, number>, set: readonly SetProbability[], logarithms: boolean): TableValue {
  const columns = logarithms ? PIECE_COLUMNS : PIECE_COLUMNS.slice(0, 2);
  const rows = [...of].map(([piece, probability]): Cell[] => {
    const score = Math.log(probability);
    return [piece, scoreText(score, 'probability'), scoreText(score, 'logarithm')].slice(0, columns.length);
  });
  const names = set.map(({ piece }) => piece);
  const marks = [...of.keys()].flatMap((piece, row) =>
    names.includes(piece) ? [{ row, role: 'match' as const }] : [],
  );
  return tableValue(columns, rows, marks);
}

function piecesNote(of: ReadonlyMap<string, number>, set: readonly SetProbability[], skipped: number): string {
  const own = set.filter(({ piece }) => of.has(piece)).map(({ piece }) => `“${visible(piece)}”`);
  const shares = own.length === 0 ? '' : ` You set ${own.join(' and ')}; the others share what is left.`;
  const left = skipped === 0 ? '' : ` ${counted(skipped, 'line')} can’t be read as a new piece.`;
  const sum = decimal([...of.values()].reduce((total, probability) => total + probability, 0));
  return `${counted(of.size, 'piece')}; their probabilities add up to ${sum}.${shares}${left}`;
}
