// The word tokenizer, step by step: cut a corpus, number its different pieces, look a new sentence up, come back.

import type { Piece, TableValue, TextValue } from '../shared/trace.ts';
import {
  decodeWords,
  lookUp,
  numberWords,
  piecesOf,
  type Splitter,
  splitWords,
  UNKNOWN,
  type WordVocabulary,
} from '../tokenizers/words.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { LANTERNS } from './sampleTexts.ts';
import { counted, many, SHOWN_ROWS, tableValue, textValue, times, tokensValue, visible } from './views.ts';

export const splitterParam = {
  type: 'choice',
  label: 'Cut at',
  default: 'words',
  options: [
    { value: 'spaces', label: 'white space' },
    { value: 'words', label: 'words and marks' },
  ],
} as const;

export const lowercaseParam = { type: 'switch', label: 'Lower-case first', default: false } as const;

const COLUMNS: TableValue['columns'] = [
  { id: 'id', label: 'id', type: 'number' },
  { id: 'piece', label: 'piece', type: 'piece' },
  { id: 'count', label: 'count', type: 'number' },
];

export const wordTokenizer = defineProgram({
  id: 'word-tokenizer',
  title: 'A tokenizer that knows words',
  session: false,
  params: {
    corpus: { type: 'text', label: 'Text to learn from', default: LANTERNS, maxLength: 200_000, multiline: true },
    sentence: {
      type: 'text',
      label: 'New sentence',
      default: 'The keeper lit the lighthouse, again.',
      maxLength: 500,
    },
    splitter: splitterParam,
    lowercase: lowercaseParam,
  },
  async *run({ params, trace }) {
    const splitter = params.splitter as Splitter;
    const prepare = (text: string) => (params.lowercase ? text.toLowerCase() : text);

    const corpus = prepare(params.corpus);
    const corpusValue = trace.value(textValue(corpus));
    trace.frame({
      op: 'read',
      label: 'Read the text',
      note: `The text to learn from has ${counted(corpus.length, 'character')}${params.lowercase ? ', all made small' : ''}.`,
      outputs: { corpus: corpusValue },
    });
    yield;

    const pieces = splitWords(corpus, splitter);
    const piecesValue = trace.value(tokensValue(pieces.slice(0, 300).map(wordPiece), pieces.length));
    trace.frame({
      op: 'split',
      label: 'Cut it into pieces',
      note: splitNote(pieces, splitter),
      inputs: { corpus: corpusValue },
      outputs: { pieces: piecesValue },
      source: places.splitWords,
    });
    yield;

    const counts = countPieces(pieces);
    const byFirst = [...counts].map(([piece, count]) => [piece, count]);
    const distinct = trace.value(tableValue(COLUMNS.slice(1), byFirst));
    trace.frame({
      op: 'distinct',
      label: 'Keep each piece once',
      note: distinctNote(counts, pieces.length),
      inputs: { pieces: piecesValue },
      outputs: { distinct },
      source: places.numberWords,
    });
    yield;

    const vocabulary = numberWords(pieces);
    const rows = vocabulary.pieces.map((piece, id) => [id, piece, counts.get(piece) ?? 0]);
    const vocabularyValue = trace.value(vocabularyTable(rows));
    trace.frame({
      op: 'number',
      label: 'Sort and number them',
      note: `Sorted and numbered from 0, that makes ${counted(rows.length, 'entry', 'entries')}; the last, ${UNKNOWN}, stands for every piece that was never met.`,
      inputs: { distinct },
      outputs: { vocabulary: vocabularyValue },
      source: places.numberWords,
    });
    yield;

    const sentence = prepare(params.sentence);
    const cut = [...piecesOf(sentence, splitter)];
    const sentenceText = trace.value(textValue(sentence));
    const sentenceValue = trace.value(tokensValue(cut.map((piece, word) => wordPiece(piece.text, word))));
    const encodeFrame = trace.frame({
      op: 'split-sentence',
      label: 'Cut the new sentence the same way',
      note:
        cut.length === 0
          ? 'The sentence holds nothing to look up.'
          : `The new sentence${params.lowercase ? ', made small,' : ''} is ${counted(cut.length, 'piece')}; each is now looked up.`,
      inputs: { sentence: sentenceText },
      outputs: { pieces: sentenceValue },
      source: places.splitWords,
    });
    yield;

    const ids: number[] = [];
    for (const { text } of cut) {
      const id = lookUp(text, vocabulary);
      const known = vocabulary.ids.has(text);
      ids.push(id);
      trace.frame({
        op: 'look-up',
        parent: encodeFrame,
        label: `Look up “${visible(text)}”`,
        note: known
          ? `“${visible(text)}” is number ${id}: the text has it ${times(counts.get(text) ?? 0)}.`
          : `“${visible(text)}” is not in the vocabulary, so it becomes ${UNKNOWN}, number ${id}.`,
        inputs: { vocabulary: vocabularyValue },
        outputs: {
          piece: trace.value(
            tokensValue([{ text, id: known ? id : null, role: known ? ('match' as const) : ('warn' as const) }]),
          ),
          found: trace.value(tableValue(COLUMNS, [rows[id]!], [{ row: 0, role: known ? 'match' : 'warn' }])),
        },
        source: places.lookUp,
      });
      yield;
    }

    const idsValue = trace.value(
      tokensValue(
        ids.map((id, word) => idPiece(id, word, vocabulary)),
        ids.length,
      ),
    );
    const unknown = cut.filter((piece) => !vocabulary.ids.has(piece.text));
    trace.frame({
      op: 'ids',
      label: 'The ids',
      note: `${counted(cut.length, 'piece')} became ${counted(ids.length, 'number')}${unknown.length > 0 ? `, ${many(unknown.length)} of them ${UNKNOWN}` : ''}. This list is all that a model would see.`,
      inputs: { pieces: sentenceValue },
      outputs: { ids: idsValue },
      source: places.lookUp,
    });
    yield;

    const decoded = decodeWords(ids, vocabulary);
    trace.frame({
      op: 'decode',
      label: 'Back to text',
      note: decodeNote({
        unknown,
        wasLowered: params.sentence !== sentence,
        spacesMoved: cut.length > 0 && !isJoinedByOneSpace(sentence, cut),
      }),
      inputs: { ids: idsValue },
      outputs: {
        decoded: trace.value(textValue(decoded, unknownMarks(ids, vocabulary))),
        original: trace.value(textValue(params.sentence, lostMarks(params.sentence, splitter, cut, vocabulary))),
      },
      source: places.decodeWords,
    });
    yield;
  },
});

function wordPiece(text: string, word: number): Piece {
  return { text, word };
}

function idPiece(id: number, word: number, vocabulary: WordVocabulary): Piece {
  return { text: vocabulary.pieces[id]!, id, word, ...(id === vocabulary.unknownId && { role: 'warn' as const }) };
}

/** The first rows, and always the last one: it is the entry for what is unknown. */
function vocabularyTable(rows: (string | number)[][]): TableValue {
  const last = rows.at(-1)!;
  if (rows.length <= SHOWN_ROWS) {
    return tableValue(COLUMNS, rows, [{ row: rows.length - 1, role: 'warn' }]);
  }
  const shown = [...rows.slice(0, SHOWN_ROWS - 1), last];
  return { ...tableValue(COLUMNS, shown, [{ row: SHOWN_ROWS - 1, role: 'warn' }]), total: rows.length };
}

function countPieces(pieces: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const piece of pieces) {
    counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  return counts;
}

function splitNote(pieces: readonly string[], splitter: Splitter): string {
  if (pieces.length === 0) {
    return 'There is nothing to cut: the text holds only white space or nothing at all.';
  }
  const stuck = pieces.find((piece) => /^\p{L}+[^\p{L}\p{M}\p{N}]$/u.test(piece));
  if (splitter === 'words') {
    return `Cutting at white space and around marks gives ${counted(pieces.length, 'piece')}.`;
  }
  const sticks = stuck === undefined ? '' : ` Marks stay stuck to their words: “${visible(stuck)}” is one of them.`;
  return `Cutting at white space gives ${counted(pieces.length, 'piece')}.${sticks}`;
}

function distinctNote(counts: ReadonlyMap<string, number>, pieces: number): string {
  const [piece, count] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), ['', 0]);
  return count < 2
    ? `All ${counted(pieces, 'piece')} are different.`
    : `${counted(pieces, 'piece')}, but only ${many(counts.size)} different: “${visible(piece)}” alone occurs ${times(count)}.`;
}

function decodeNote(lost: { unknown: readonly { text: string }[]; wasLowered: boolean; spacesMoved: boolean }): string {
  const losses: string[] = [];
  if (lost.unknown.length > 0) {
    const names = [...new Set(lost.unknown.map((piece) => `“${visible(piece.text)}”`))].slice(0, 3).join(', ');
    losses.push(`${names} came back as ${UNKNOWN}`);
  }
  if (lost.wasLowered) {
    losses.push('the capitals are gone');
  }
  if (lost.spacesMoved) {
    losses.push('the spaces are not where they were');
  }
  return losses.length === 0
    ? 'The text came back as it was.'
    : `Not the same text: ${losses.join('; ')}. What is not in the numbers can’t be brought back.`;
}

/** Whether one space stands between any two pieces and none around them, as `decodeWords` has it. */
function isJoinedByOneSpace(sentence: string, cut: readonly { text: string; at: number }[]): boolean {
  return sentence === cut.map((piece) => piece.text).join(' ');
}

/** The unknown pieces of the sentence as it was typed, and the capitals of the others where `cut` is made small. */
function lostMarks(
  typed: string,
  splitter: Splitter,
  cut: readonly { text: string }[],
  vocabulary: WordVocabulary,
): NonNullable<TextValue['marks']> {
  // Making a piece small moves no border, but may make it longer: the places are those of the typed text.
  return [...piecesOf(typed, splitter)].flatMap(({ text, at }, index) => {
    const looked = cut[index]?.text;
    if (looked !== undefined && !vocabulary.ids.has(looked)) {
      return [{ start: at, end: at + text.length, role: 'warn' as const }];
    }
    return looked === text ? [] : capitalMarks(text, at);
  });
}

function capitalMarks(text: string, at: number) {
  const marks = [];
  for (const match of text.matchAll(/./gsu)) {
    if (match[0] !== match[0].toLowerCase()) {
      const start = at + match.index;
      marks.push({ start, end: start + match[0].length, role: 'warn' as const });
    }
  }
  return marks;
}

function unknownMarks(ids: readonly number[], vocabulary: WordVocabulary) {
  const marks = [];
  let at = 0;
  for (const id of ids) {
    const { length } = vocabulary.pieces[id]!;
    if (id === vocabulary.unknownId) {
      marks.push({ start: at, end: at + length, role: 'warn' as const });
    }
    at += length + 1;
  }
  return marks;
}
