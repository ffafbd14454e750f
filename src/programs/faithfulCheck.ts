// Is each sentence of an answer borne out by the passages? A check by nearness, to see where nearness fails: a changed
// number or a lost "never" hardly moves a vector.

import { termsOf } from '../retrieval/lexical/terms.ts';
import type { Cell, TableValue } from '../shared/trace.ts';
import { nearestTo, sentencesIn, textOf } from './openBook.ts';
import { BOARD } from './potteryLabels.ts';
import { defineProgram } from './program.ts';
import { chosenModel, modelParam } from './tenancySearch.ts';
import { counted, tableValue } from './views.ts';

const CHECKED: TableValue['columns'] = [
  { id: 'sentence', label: 'the answer says', type: 'text' },
  { id: 'verdict', label: 'by nearness', type: 'text' },
  { id: 'cosine', label: 'cosine', type: 'number' },
  { id: 'passage', label: 'nearest on the board', type: 'text' },
  { id: 'new', label: 'words that aren’t there', type: 'text' },
];
const MOST = 20;

export const faithfulCheck = defineProgram({
  id: 'faithful-check',
  title: 'Does the page say so?',
  session: false,
  params: {
    answer: {
      type: 'text',
      label: 'An answer, sentence by sentence',
      default: [
        'A firing takes eleven hours.',
        'A firing takes two hours.',
        'Water with clay in it goes down the sink, and never into the settling tank.',
        'You can get a coffee close by.',
        'Jun bakes bread on Sundays.',
      ].join(' '),
      maxLength: 2000,
      multiline: true,
    },
    threshold: { type: 'number', label: 'Borne out from this cosine on', default: 0.6, min: 0, max: 1, step: 0.01 },
    model: modelParam,
  },
  async *run({ params: { answer, threshold, model }, trace, models }) {
    const { embedder, instead } = await chosenModel(models, model);
    const board = BOARD.flatMap((passage) =>
      sentencesIn(passage, { start: 0, end: passage.length }).map((sentence) => textOf(passage, sentence)),
    );
    const rows: Cell[][] = [];
    for (const stretch of sentencesIn(answer, { start: 0, end: answer.length }).slice(0, MOST)) {
      const sentence = textOf(answer, stretch);
      const [best] = await nearestTo(embedder, sentence, board);
      const passage = board[best!.index]!;
      const there = new Set(termsOf(passage));
      const strange = [...new Set(termsOf(sentence))].filter((term) => !there.has(term));
      rows.push([
        sentence,
        best!.score >= threshold ? 'borne out' : 'not borne out',
        Math.round(best!.score * 1000) / 1000,
        passage,
        strange.join(', '),
      ]);
    }
    const borne = rows.filter((row) => row[1] === 'borne out').length;
    trace.frame({
      op: 'check',
      label: 'Each sentence against the board',
      note: [
        ...(instead === undefined ? [] : [instead]),
        `By nearness ${borne} of ${counted(rows.length, 'sentence')} ${borne === 1 ? 'is' : 'are'} borne out. Read them: are they true?`,
      ].join(' '),
      outputs: { checked: trace.value(tableValue(CHECKED, rows)) },
    });
    yield;
  },
});
