// One button: a tiny GPT learns a text in front of the learner, with the n-gram's loss as the mark to beat. A session:
// nothing is trained before it is switched on, it works only while it is asked, and starts over when the text changes.

import type { Column } from '../shared/trace.ts';
import { spelled, textParam } from './ngramParams.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { LEAST, TinyGptRun } from './tinyGptRun.ts';
import { many, tableValue, textValue } from './views.ts';

/** Steps between two points of the curve, and between two samples. */
const POINT = 25;
const SAMPLE = 250;
/** Characters of a sample. */
const WRITTEN = 160;

const LOSS: readonly Column[] = [
  { id: 'step', label: 'steps', type: 'number' },
  { id: 'seen', label: 'GPT, on what it reads', type: 'number' },
  { id: 'heldOut', label: 'GPT, on the held-out end', type: 'number' },
  { id: 'table', label: 'the table, on the held-out end', type: 'number' },
];

export const tinyGpt = defineProgram({
  id: 'tiny-gpt',
  title: 'A tiny GPT on the same text',
  session: true,
  params: {
    text: { ...textParam, label: 'Text to learn from' },
    train: { type: 'switch', label: 'Train it', default: false },
    steps: { type: 'number', label: 'Steps', default: 50, min: 1, max: 20_000, step: 1 },
  },
  async *run(context) {
    const { trace, random, engine: load } = context;
    start: for (;;) {
      const { text, train } = context.params;
      const steps = train ? context.params.steps : 0;
      const changed = () =>
        context.params.text !== text || context.params.train !== train || (train && context.params.steps !== steps);
      const length = lengthOf(text);
      if (length < LEAST) {
        trace.frame({
          op: 'result',
          label: 'Too short',
          note: `The text has ${many(length)} characters: a GPT needs at least ${many(LEAST)} to begin with.`,
          outputs: { loss: trace.value(tableValue(LOSS, [])) },
        });
        return;
      }
      const run = new TinyGptRun(await load(), text, steps, random);
      try {
        let written: number[] = [];
        let sum = 0;
        let since = 0;
        let heldOut = run.heldOutLoss();
        for (let step = 0; step <= steps; step++) {
          if (step > 0) {
            sum += run.train(step);
            since++;
          }
          if (step % SAMPLE === 0 || step === steps) {
            written = [];
            while (written.length < WRITTEN && !changed()) {
              written.push(run.next(written.length === 0 ? [0] : written));
              yield;
            }
          }
          if (!changed() && (step % POINT === 0 || step === steps)) {
            heldOut = step === 0 ? heldOut : run.heldOutLoss();
            const row = [step, since === 0 ? heldOut : sum / since, heldOut, run.table].map((x) =>
              Number(x.toFixed(3)),
            );
            const done = step === steps;
            trace.frame({
              op: done ? 'result' : 'train',
              label: `Step ${many(step)}`,
              note: done && train ? endNote(steps, heldOut, run.table) : stepNote(step, heldOut, run, train),
              outputs: {
                loss: trace.value(tableValue(LOSS, [row])),
                'it writes': trace.value(textValue(spelled(written, run.alphabet))),
              },
              source: places.trainingStep,
            });
            sum = 0;
            since = 0;
          }
          yield;
          if (changed()) {
            trace.frame({ op: 'restart', label: 'Start over', note: 'The settings changed, so it starts over.' });
            continue start;
          }
        }
        return;
      } finally {
        run.release();
      }
    }
  },
});

function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) {
    length++;
  }
  return length;
}

function stepNote(step: number, heldOut: number, run: TinyGptRun, train: boolean): string {
  const loss = `${heldOut.toFixed(2)} nats a character on the held-out end; the table has ${run.table.toFixed(2)}.`;
  return step === 0
    ? `Untrained, its ${many(run.size)} numbers drawn by chance: ${loss}${train ? '' : ' Switch “Train it” on to begin.'}`
    : `${loss} ${heldOut < run.table ? 'The GPT is ahead.' : 'The table is ahead.'}`;
}

function endNote(steps: number, heldOut: number, table: number): string {
  const difference = Math.abs(heldOut - table);
  const outcome =
    difference < 0.02 ? 'The two are level.' : heldOut < table ? 'The GPT has beaten the table.' : 'The table has won.';
  return `After ${many(steps)} steps the GPT is at ${heldOut.toFixed(2)} nats a character on the held-out end, and the table at ${table.toFixed(2)}. ${outcome}`;
}
