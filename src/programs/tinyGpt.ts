// One button: a tiny GPT learns a text in front of the learner, with the n-gram's loss as the mark to beat. A session:
// nothing is trained before it is switched on, it works only while it is asked, and starts over when the text changes.

import { learnBesideTable } from './besideTable.ts';
import { textParam } from './ngramParams.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { LEAST, TinyGptRun } from './tinyGptRun.ts';

/** Characters of a sample. */
const WRITTEN = 160;

export const tinyGpt = defineProgram({
  id: 'tiny-gpt',
  title: 'A tiny GPT on the same text',
  session: true,
  params: {
    text: { ...textParam, label: 'Text to learn from' },
    train: { type: 'switch', label: 'Train it', default: false },
    steps: { type: 'number', label: 'Steps', default: 50, min: 1, max: 20_000, step: 1 },
  },
  run: (context) =>
    learnBesideTable(context, {
      name: 'GPT',
      unit: ['character', 'characters'],
      least: LEAST,
      written: WRITTEN,
      source: places.trainingStep,
      lengthOf,
      begin: (engine, { text }, steps, random) => new TinyGptRun(engine, text, steps, random),
    }),
});

function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) {
    length++;
  }
  return length;
}
