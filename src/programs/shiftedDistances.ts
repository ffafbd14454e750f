// What a sentence keeps when words are put in front of it: each word's place changes, and no distance between them does.

import type { Engine } from '../engine/engine.ts';
import { sub } from '../engine/ops/sub.ts';
import type { TraceRecorder } from '../engine/record.ts';
import type { TableValue } from '../shared/trace.ts';
import { splitWords } from '../tokenizers/words.ts';
import { engineStep } from './engineStep.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, many, tableValue, tokensValue, visible } from './views.ts';

const MOST_WORDS = 12;

const PLACES: TableValue['columns'] = [
  { id: 'word', label: 'word', type: 'piece' },
  { id: 'before', label: 'place before', type: 'number' },
  { id: 'after', label: 'place now', type: 'number' },
];

export const shiftedDistances = defineProgram({
  id: 'shifted-distances',
  title: 'Places and distances',
  session: false,
  params: {
    sentence: { type: 'text', label: 'Sentence', default: 'dog bites man', maxLength: 200 },
    before: { type: 'text', label: 'Words in front of it', default: 'last night a', maxLength: 200 },
  },
  async *run({ params, trace, tape, engine: load }) {
    const engine = await load();
    const words = splitWords(params.sentence, 'words').slice(0, MOST_WORDS);
    const front = splitWords(params.before, 'words').slice(0, MOST_WORDS);
    const T = words.length;
    const shift = front.length;

    trace.frame({
      op: 'number',
      label: 'Number the places',
      note:
        T === 0
          ? 'The sentence holds no word: type some.'
          : `The ${counted(T, 'word')} stand at the places 0 to ${T - 1}.`,
      outputs: { sentence: trace.value(tokensValue(words.map((text, id) => ({ text, id })))) },
      source: places.splitWords,
    });
    yield;

    distances(
      engine,
      tape,
      words,
      0,
      'The row’s place minus the column’s: how far the one word stands behind the other. Each slanted line holds one distance.',
    );
    yield;

    const shiftNote =
      shift === 0
        ? 'Nothing is put in front, so every place stays: type some words.'
        : `With ${counted(shift, 'word')} in front, each place grows by ${shift}.`;
    trace.frame({
      op: 'shift',
      label: 'Put words in front',
      note: shiftNote,
      outputs: {
        sentence: trace.value(
          tokensValue([
            ...front.map((text, id) => ({ text, id, role: 'dim' as const })),
            ...words.map((text, id) => ({ text, id: id + shift })),
          ]),
        ),
      },
      source: places.splitWords,
    });
    yield;

    const again = `Every place has grown by ${shift}, and a difference doesn’t notice: these are the distances from before.`;
    distances(engine, tape, words, shift, again);
    yield;

    const changed = shift === 0 ? 0 : T;
    trace.frame({
      op: 'compare',
      label: 'What changed, what stayed',
      note: `${many(changed)} of ${counted(T, 'place')} changed; of the ${counted(T * T, 'distance')} not one did.`,
      outputs: {
        places: trace.value(
          tableValue(
            PLACES,
            words.map((word, place) => [word, place, place + shift]),
          ),
        ),
      },
    });
    yield;
  },
});

/** The differences of all places (T, T), as one step. */
function distances(engine: Engine, tape: TraceRecorder, words: readonly string[], first: number, note: string): void {
  const labels = words.map(visible);
  const T = words.length;
  const rows = Float32Array.from({ length: T }, (_, i) => first + i);
  const down = engine.fromData(rows, [T, 1]); // (T, 1)
  const across = engine.fromData(rows, [1, T]); // (1, T)
  tape.describe(down, { name: 'i', axes: ['i', 'column'], labels: { 0: labels } });
  tape.describe(across, { name: 'j', axes: ['row', 'j'], labels: { 1: labels } });
  const result = { name: 'distances', axes: ['i', 'j'], labels: { 0: labels, 1: labels } };
  const label = first === 0 ? 'Subtract the places' : 'Subtract the new places';
  engineStep(tape, engine, { label, note, result }, () => sub(down, across)); // (T, T)
}
