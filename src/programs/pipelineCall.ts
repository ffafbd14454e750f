// A whole model in one call: Transformers.js's pipeline on a text of the learner's, what comes back, and how long it took.

import type { Cell, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { TINY_SENTIMENT } from './sentiment.ts';
import { tableValue, textValue } from './views.ts';

const TASKS: Readonly<Record<string, string>> = {
  [TINY_SENTIMENT]: 'text-classification',
  sentiment: 'text-classification',
  'zero-shot': 'zero-shot-classification',
  summaries: 'summarization',
};
const ANSWER: TableValue['columns'] = [
  { id: 'label', label: 'label', type: 'text' },
  { id: 'score', label: 'score', type: 'number' },
];

export const pipelineCall = defineProgram({
  id: 'pipeline-call',
  title: 'A model in one call',
  session: false,
  params: {
    model: {
      type: 'choice',
      label: 'Model',
      help: 'The first one is here. The others run once you have fetched them.',
      default: TINY_SENTIMENT,
      options: [
        { value: TINY_SENTIMENT, label: 'Tiny sentiment: ours, came with the course' },
        { value: 'sentiment', label: 'DistilBERT SST-2: sentiment' },
        { value: 'zero-shot', label: 'NLI DeBERTa v3 xsmall: labels of your own' },
        { value: 'summaries', label: 'DistilBART CNN 6-6: summaries' },
      ],
    },
    text: {
      type: 'text',
      label: 'Your text',
      default: 'The train was late, but the coffee was lovely.',
      maxLength: 2000,
      multiline: true,
    },
    labels: {
      type: 'text',
      label: 'Labels to choose from, with commas between',
      help: 'Only zero-shot classification reads them.',
      default: 'praise, complaint, question',
      maxLength: 200,
    },
  },
  async *run({ params: { model, text, labels }, trace, models, clock }) {
    const task = TASKS[model] as string;
    const named = labels
      .split(',')
      .map((label) => label.trim())
      .filter((label) => label !== '');
    const options = task === 'zero-shot-classification' ? { labels: named } : {};
    const call = async () => {
      const before = clock.elapsed();
      const answer = await models.pipeline(task, model, text, options);
      return { answer, ms: clock.elapsed() - before };
    };
    const first = await call();
    const again = await call();
    const { table, words, note } = shownAnswer(first.answer);
    trace.frame({
      op: 'call',
      label: 'One call',
      note: `${note} This call took ${taken(first.ms)}, with the loading of the model where it wasn’t loaded. The same call again took ${taken(again.ms)}.`,
      outputs: {
        code: trace.value(textValue(codeOf(task, model, named))),
        ...(table && { answer: trace.value(table) }),
        ...(words !== undefined && { answer: trace.value(textValue(words)) }),
      },
    });
    yield;
  },
});

function codeOf(task: string, model: string, labels: readonly string[]): string {
  const call = task === 'zero-shot-classification' ? `classify(text, ${JSON.stringify(labels)})` : 'classify(text)';
  return `const classify = await pipeline('${task}', '${model}');\nconst answer = await ${call};`;
}

/** The three forms in which pipelines answer. */
function shownAnswer(answer: unknown): { readonly table?: TableValue; readonly words?: string; readonly note: string } {
  const table = (rows: Cell[][]) => tableValue(ANSWER, rows, [{ row: 0, role: 'chosen' }]);
  if (Array.isArray(answer) && typeof answer[0]?.summary_text === 'string') {
    return { words: answer[0].summary_text, note: 'The model wrote this.' };
  }
  const { labels, scores } = answer as { labels?: string[]; scores?: number[] };
  const rows = Array.isArray(answer)
    ? answer.map(({ label, score }: { label: string; score: number }) => [label, short(score)])
    : (labels ?? []).map((label, i) => [label, short(scores?.[i] ?? 0)]);
  return { table: table(rows), note: `The answer is ${rows[0]?.[0]}, with a probability of ${rows[0]?.[1]}.` };
}

const taken = (ms: number) => `${decimal(ms, ms < 10 ? 1 : 0)} ms`;
const short = (value: number) => Math.round(value * 10_000) / 10_000;
