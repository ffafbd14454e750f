// A file cut into passages, the passage nearest to a question, and what a reader answers from it. Move the borders through
// a sentence and the answer turns false, though nothing in the file has changed.

import type { Cell, TableValue, TextValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import {
  cutByParagraphs,
  cutByWords,
  lineOf,
  nearestTo,
  type Stretch,
  sentencesIn,
  textOf,
  wholeSentence,
} from './openBook.ts';
import { HANDBOOK, HANDBOOK_PATH } from './pottery.ts';
import { defineProgram } from './program.ts';
import { chosenModel, modelParam } from './tenancySearch.ts';
import { counted, tableValue } from './views.ts';

const PASSAGES: TableValue['columns'] = [
  { id: 'place', label: '', type: 'number' },
  { id: 'cosine', label: 'cosine', type: 'number' },
  { id: 'passage', label: 'passage', type: 'text' },
];
const SENTENCES: TableValue['columns'] = [
  { id: 'cosine', label: 'cosine', type: 'number' },
  { id: 'sentence', label: 'sentence, as far as the passage has it', type: 'text' },
];
const BORDER = ' ┃ ';

export const ragBorders = defineProgram({
  id: 'rag-borders',
  title: 'Cut a file, find a passage, read the answer',
  session: false,
  params: {
    question: { type: 'text', label: 'You ask', default: 'May I open the kiln while it is hot?', maxLength: 300 },
    cut: {
      type: 'choice',
      label: 'Cut',
      default: 'words',
      options: [
        { value: 'words', label: 'by counting words' },
        { value: 'paragraphs', label: 'at the ends of paragraphs' },
      ],
    },
    size: { type: 'number', label: 'Words in a passage', default: 24, min: 6, max: 60, step: 1 },
    shift: { type: 'number', label: 'Move all borders, words', default: 0, min: 0, max: 23, step: 1 },
    overlap: { type: 'number', label: 'Words repeated from the passage before', default: 0, min: 0, max: 20, step: 1 },
    handed: { type: 'number', label: 'Passages handed to the reader', default: 1, min: 1, max: 5, step: 1 },
    model: modelParam,
  },
  async *run({ params: { question, cut, size, shift, overlap, handed, model }, trace, models }) {
    const { embedder, instead } = await chosenModel(models, model);
    const passages = cut === 'words' ? cutByWords(HANDBOOK, size, shift, overlap) : cutByParagraphs(HANDBOOK);
    const texts = passages.map((passage) => flat(textOf(HANDBOOK, passage)));
    const ranking = await nearestTo(embedder, question, texts);
    const given = ranking.slice(0, handed).map(({ index }) => passages[index]!);
    const sentences = given.flatMap((passage) => sentencesIn(HANDBOOK, passage));
    const read = await nearestTo(
      embedder,
      question,
      sentences.map((sentence) => textOf(HANDBOOK, sentence)),
    );
    const answer = sentences[read[0]!.index]!;
    const whole = wholeSentence(HANDBOOK, answer);
    const torn = whole.start < answer.start || answer.end < whole.end;
    const cited = given.findIndex((passage) => passage.start <= answer.start && answer.end <= passage.end) + 1;

    trace.frame({
      op: 'open-book',
      label: 'The passage and the answer',
      note: [
        ...(instead === undefined ? [] : [instead]),
        `The file is cut into ${counted(passages.length, 'passage')}; the nearest to the question has a cosine of ${decimal(ranking[0]!.score, 3)}.`,
        torn
          ? `The answer is torn. In the file the sentence is: ${textOf(HANDBOOK, whole)}`
          : 'The answer is a whole sentence of the file.',
      ].join(' '),
      outputs: {
        answer: trace.value({
          kind: 'text',
          text: `${textOf(HANDBOOK, answer)} [${cited}]\n\n[${cited}] ${HANDBOOK_PATH}, line ${lineOf(HANDBOOK, answer.start)}`,
          marks: [{ start: 0, end: answer.end - answer.start, role: torn ? 'warn' : 'match' }],
        }),
        handbook: trace.value(withBorders(passages, given[0]!)),
      },
    });
    yield;
    trace.frame({
      op: 'passages',
      label: 'Every passage, nearest first',
      note: `${given.length === 1 ? 'Only the first goes' : `The first ${given.length} go`} to the reader. What stands further down, it never sees.`,
      outputs: {
        passages: trace.value(
          tableValue(
            PASSAGES,
            ranking.map(({ index, score }, place): Cell[] => [place + 1, short(score), texts[index]!]),
            given.map((_, row) => ({ row, role: 'chosen' as const })),
          ),
        ),
      },
    });
    yield;
    trace.frame({
      op: 'read',
      label: 'The reader picks a sentence',
      note: 'Our reader compares each sentence that it was handed with the question, and points at the nearest. It adds no word, and it never doubts.',
      outputs: {
        sentences: trace.value(
          tableValue(
            SENTENCES,
            read.map(({ index, score }): Cell[] => [short(score), textOf(HANDBOOK, sentences[index]!)]),
            [{ row: 0, role: torn ? 'warn' : 'chosen' }],
          ),
        ),
      },
    });
    yield;
  },
});

/** The file with a sign at each border, and the nearest passage marked. */
function withBorders(passages: readonly Stretch[], nearest: Stretch): TextValue {
  let shown = '';
  let at = 0;
  const marks: { start: number; end: number; role: 'chosen' }[] = [];
  const places = new Map([[0, 0]]);
  for (const { end } of [...passages.slice(0, -1), { end: HANDBOOK.length }]) {
    for (; at < end; at++) {
      places.set(at, shown.length);
      shown += HANDBOOK[at];
    }
    places.set(end, shown.length);
    if (end < HANDBOOK.length) {
      shown += BORDER;
      while (HANDBOOK[at] === ' ') {
        at += 1;
      }
    }
  }
  marks.push({ start: places.get(nearest.start)!, end: places.get(nearest.end)!, role: 'chosen' });
  return { kind: 'text', text: shown, marks };
}

const flat = (text: string) => text.replace(/\s+/g, ' ');
const short = (value: number) => Math.round(value * 1000) / 1000;
