// When to say "not in these files": the cosine of each question's nearest passage against a threshold, for questions that
// the file answers and for others.

import type { Cell, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { cutByParagraphs, nearestTo, textOf } from './openBook.ts';
import { HANDBOOK, POTTERY_QUESTIONS } from './pottery.ts';
import { defineProgram } from './program.ts';
import { chosenModel, modelParam } from './tenancySearch.ts';
import { counted, tableValue } from './views.ts';

const ASKED: TableValue['columns'] = [
  { id: 'question', label: 'question', type: 'text' },
  { id: 'cosine', label: 'cosine', type: 'number' },
  { id: 'answered', label: 'in the file', type: 'text' },
  { id: 'said', label: 'what is said', type: 'text' },
];
const SWEEP: TableValue['columns'] = [
  { id: 'threshold', label: 'threshold', type: 'number' },
  { id: 'madeUp', label: 'answered, and not in the file', type: 'number' },
  { id: 'withheld', label: 'refused, and in the file', type: 'number' },
];
const MOST = 40;

export const ragThreshold = defineProgram({
  id: 'rag-threshold',
  title: 'When to say that it isn’t in these files',
  session: false,
  params: {
    threshold: { type: 'number', label: 'Threshold', default: 0, min: 0, max: 1, step: 0.01 },
    questions: {
      type: 'text',
      label: 'Questions; after => whether the file answers it',
      default: POTTERY_QUESTIONS,
      maxLength: 4000,
      multiline: true,
    },
    model: modelParam,
  },
  async *run({ params: { threshold, questions, model }, trace, models }) {
    const { embedder, instead } = await chosenModel(models, model);
    const passages = cutByParagraphs(HANDBOOK).map((passage) => textOf(HANDBOOK, passage));
    const asked: { readonly question: string; readonly isIn: boolean; readonly cosine: number }[] = [];
    for (const line of questions
      .split('\n')
      .filter((one) => one.trim() !== '')
      .slice(0, MOST)) {
      const [question = '', answered = 'yes'] = line.split('=>').map((part) => part.trim());
      const [best] = await nearestTo(embedder, question, passages);
      asked.push({ question, isIn: answered !== 'no', cosine: best!.score });
    }
    asked.sort((a, b) => b.cosine - a.cosine);
    const count = (at: number) => ({
      madeUp: asked.filter(({ isIn, cosine }) => !isIn && cosine >= at).length,
      withheld: asked.filter(({ isIn, cosine }) => isIn && cosine < at).length,
    });
    const { madeUp, withheld } = count(threshold);
    trace.frame({
      op: 'threshold',
      label: 'Answer, or say that it isn’t there',
      note: [
        ...(instead === undefined ? [] : [instead]),
        `With a threshold of ${decimal(threshold)}, ${counted(madeUp, 'question')} that the file doesn’t answer ${madeUp === 1 ? 'gets' : 'get'} an answer all the same, and ${counted(withheld, 'question')} that it does answer ${withheld === 1 ? 'is' : 'are'} refused.`,
      ].join(' '),
      outputs: {
        questions: trace.value(
          tableValue(
            ASKED,
            asked.map(({ question, isIn, cosine }): Cell[] => [
              question,
              short(cosine),
              isIn ? 'yes' : 'no',
              cosine >= threshold ? 'an answer' : 'not in these files',
            ]),
            asked.flatMap(({ isIn, cosine }, row) =>
              isIn === cosine >= threshold ? [] : [{ row, role: 'warn' as const }],
            ),
          ),
        ),
      },
    });
    yield;
    const steps = Array.from({ length: 15 }, (_, i) => i / 20);
    trace.frame({
      op: 'sweep',
      label: 'Both mistakes at every threshold',
      note: `Raise it and made-up answers go; refusals of what is there come. Fewest mistakes together: ${Math.min(
        ...[...asked.map(({ cosine }) => cosine), Number.POSITIVE_INFINITY]
          .map(count)
          .map((at) => at.madeUp + at.withheld),
      )}.`,
      outputs: {
        sweep: trace.value(
          tableValue(
            SWEEP,
            steps.map((at): Cell[] => [at, count(at).madeUp, count(at).withheld]),
          ),
        ),
      },
    });
    yield;
  },
});

const short = (value: number) => Math.round(value * 1000) / 1000;
