// A neural language model with a fixed window learns a text in front of the learner, beside the table. A session.

import { cutSymbols } from '../model/ngram/symbols.ts';
import { seededRandom } from '../shared/environment.ts';
import { learnBesideTable } from './besideTable.ts';
import { eveningWalks } from './eveningWalks.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { LEAST_WORDS, WindowRun } from './windowRun.ts';

/** Words of a sample. */
const WRITTEN = 48;
const SENTENCES = 500;
const SEED = 1;

export const windowModel = defineProgram({
  id: 'window-model',
  title: 'A model that sees the last few words',
  session: true,
  params: {
    text: {
      type: 'text',
      label: 'Text to learn from',
      default: eveningWalks(SENTENCES),
      maxLength: 200_000,
      multiline: true,
    },
    window: { type: 'number', label: 'Words that it sees', default: 4, min: 1, max: 16, step: 1 },
    train: { type: 'switch', label: 'Train it', default: false },
    steps: { type: 'number', label: 'Steps', default: 50, min: 1, max: 5000, step: 1 },
  },
  run: (context) =>
    learnBesideTable(context, {
      name: 'window model',
      unit: ['word', 'words'],
      least: LEAST_WORDS,
      written: WRITTEN,
      source: places.logits,
      lengthOf: (text) => cutSymbols(text, 'words').ids.length,
      // The same text and window write the same, however often it was started over.
      begin: (engine, { text, window }) => new WindowRun(engine, text, window, seededRandom(SEED)),
    }),
});
