// Which rows of the table a sentence would move: every token asks its own row to move, and no other row hears of it.
// Where such wishes come from is not handled here.

import { backward } from '../engine/autograd.ts';
import { add } from '../engine/ops/add.ts';
import { embedding } from '../engine/ops/embedding.ts';
import { decimals } from './decimal.ts';
import { sentenceParam } from './embeddingTable.ts';
import { engineStep } from './engineStep.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { idsTensor, looked, WEIGHTS, WIDTH, WORDS, wordTable } from './sixWords.ts';
import { counted, times, visible } from './views.ts';

const wish = { type: 'number', default: 0.1, min: -1, max: 1, step: 0.05 } as const;

export const rowsThatMove = defineProgram({
  id: 'rows-that-move',
  title: 'Which rows a sentence moves',
  session: false,
  params: {
    sentence: sentenceParam,
    first: { ...wish, label: 'Wish for the first number' },
    second: { ...wish, label: 'Wish for the second number', default: 0 },
  },
  async *run({ params: { sentence, first, second }, trace, tape, engine: load }) {
    const engine = await load();
    const { words, ids: numbers } = looked(sentence);
    const T = words.length;
    const labels = words.map(visible);
    const ids = idsTensor(engine, tape, { words: labels, ids: numbers }); // (T,)
    const table = wordTable(engine, tape); // (V, C)

    const rows = engineStep(
      tape,
      engine,
      {
        label: 'Look the tokens up',
        note: `${counted(T, 'token')} look up ${counted(new Set(numbers).size, 'different row')} of the ${WORDS.length}.`,
        result: { name: 'rows', axes: ['T', 'C'], labels: { 0: labels } },
      },
      () => embedding(table, ids), // (T, C)
    );
    yield;

    const wishes = engine.fromData(
      words.flatMap(() => [first, second]),
      [T, WIDTH],
    ); // (T, C)
    tape.describe(wishes, { name: 'wishes', axes: ['T', 'C'], labels: { 0: labels } });
    trace.frame({
      op: 'wish',
      label: 'Every token asks for a small move',
      note: `Suppose that something further on would like each of these ${counted(T, 'row')} to move by ${decimals([first, second])}.`,
      inputs: { rows: tape.value(rows) },
      outputs: { wishes: tape.value(wishes) },
    });
    yield;

    backward(rows, { gradient: wishes });
    const moves = table.grad ?? engine.zeros(table.shape); // d table: (V, C)
    tape.describe(moves, { name: 'moves', axes: ['V', 'C'], labels: { 0: WORDS } });
    trace.frame({
      op: 'embedding-backward',
      label: 'Add the wishes up, for each row of the table',
      note: sumsNote(words, numbers, [first, second]),
      formula: 'moves[id[i]] += wishes[i]',
      inputs: [
        { name: 'wishes', value: tape.value(wishes), gradientOf: 'rows' },
        // What the look-up took and gave, as every backward step has it: so a view can tell how a cell was made.
        { name: 'table', value: tape.value(table) },
        { name: 'ids', value: tape.value(ids) },
        { name: 'rows', value: tape.value(rows) },
      ],
      outputs: [{ name: 'moves', value: tape.value(moves), gradientOf: 'table' }],
      source: places.embedding,
    });
    yield;

    const moved = new Set(numbers).size;
    engineStep(
      tape,
      engine,
      {
        label: 'Move the rows',
        note: `${counted(moved, 'row')} of ${WORDS.length} ${moved === 1 ? 'was' : 'were'} used and may move; the other ${WEIGHTS.length - moved} hold the numbers that they held before.`,
        result: { name: 'moved', axes: ['V', 'C'], labels: { 0: WORDS } },
      },
      () => engine.noGrad(() => add(table, moves)), // (V, C)
    );
    yield;
  },
});

function sumsNote(words: readonly string[], ids: readonly number[], wish: readonly number[]): string {
  const counts = WORDS.map((_, id) => ids.filter((used) => used === id).length);
  const unused = counts.filter((count) => count === 0).length;
  const most = Math.max(...counts);
  const nothing =
    unused === 0
      ? 'Every row is used.'
      : `${counted(unused, 'row')} that no token used ${unused === 1 ? 'gets' : 'get'} 0.`;
  if (most === 0) {
    return `There is no token, so each of the ${WORDS.length} rows gets 0.`;
  }
  const id = counts.indexOf(most);
  const total = decimals(wish.map((part) => part * most));
  const spelled = [...new Set(words.filter((_, place) => ids[place] === id).map(visible))];
  const names = spelled
    .slice(0, 2)
    .map((word) => `“${word}”`)
    .join(' and ');
  return `Row ${id}${names === '' ? '' : `, of ${names},`} is used ${times(most)} and gets ${total}. ${nothing}`;
}
