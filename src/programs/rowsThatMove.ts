// Which rows of the table a sentence would move: every token asks its own row to move, and no other row hears of it.
// Where such wishes come from is not handled here.

import { backward } from '../engine/autograd.ts';
import { add } from '../engine/ops/add.ts';
import { embedding } from '../engine/ops/embedding.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimals } from './decimal.ts';
import { sentenceParam } from './embeddingTable.ts';
import { engineStep } from './engineStep.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { idsTensor, looked, WEIGHTS, WIDTH, WORDS, wordTable } from './sixWords.ts';
import { counted, tableValue, times, visible } from './views.ts';

const GUESSES: TableValue['columns'] = [{ id: 'move', label: 'what the row gets', type: 'text' }];

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
        note: `${counted(T, 'token')} ${T === 1 ? 'looks' : 'look'} up ${counted(new Set(numbers).size, 'different row')} of the ${WORDS.length}.`,
        formula: 'rows[t] = table[ids[t]]',
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
      note: `Suppose that what comes after the look-up works better if each of these rows moves by ${decimals([first, second])}.`,
      inputs: { rows: tape.value(rows) },
      outputs: { wishes: tape.value(wishes) },
    });
    yield;

    const most = mostUsed(words, numbers);
    trace.frame({
      op: 'choose-move',
      label: most === undefined ? 'One row' : `One row: that of ${most.names}`,
      note: most === undefined ? NO_TOKEN : gets(most, [first, second]),
      inputs: {
        wishes: tape.value(wishes),
        guesses: trace.value(tableValue(GUESSES, guesses(most?.uses ?? 0, T, [first, second]))),
      },
      outputs: { gets: trace.value({ kind: 'text', text: total(most?.uses ?? 0, [first, second]) }) },
    });
    yield;

    backward(rows, { gradient: wishes });
    const moves = table.grad ?? engine.zeros(table.shape); // d table: (V, C)
    tape.describe(moves, { name: 'moves', axes: ['V', 'C'], labels: { 0: WORDS } });
    trace.frame({
      op: 'embedding-backward',
      label: 'Add the wishes up, for each row of the table',
      note: sumsNote(numbers),
      formula: 'moves[ids[t]] += wishes[t]',
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
        note: `${counted(moved, 'row')} of ${WORDS.length} ${moved === 1 ? 'was' : 'were'} used. The other ${WEIGHTS.length - moved} hold the numbers that they held before.`,
        formula: 'moved = table + moves',
        result: { name: 'moved', axes: ['V', 'C'], labels: { 0: WORDS } },
      },
      () => engine.noGrad(() => add(table, moves)), // (V, C)
    );
    yield;
  },
});

const NO_TOKEN = 'There is no token, so no row gets anything.';

/** A row of the table, the words that looked it up, and how often they did. */
interface Used {
  readonly id: number;
  readonly names: string;
  readonly uses: number;
}

/** The row that is looked up most often; of equals the first in the table. Undefined without a token. */
function mostUsed(words: readonly string[], ids: readonly number[]): Used | undefined {
  const counts = WORDS.map((_, id) => ids.filter((used) => used === id).length);
  const uses = Math.max(...counts);
  if (uses === 0) {
    return undefined;
  }
  const id = counts.indexOf(uses);
  const spelled = [...new Set(words.filter((_, place) => ids[place] === id).map(visible))].slice(0, 2);
  return { id, names: spelled.map((word) => `“${word}”`).join(' and '), uses };
}

function total(uses: number, wish: readonly number[]): string {
  return decimals(
    wish.map((part) => part * uses),
    3,
  );
}

/** What a row used so often might get: the sum of its wishes, one of them, a part of one, or all that there are. */
function guesses(uses: number, tokens: number, wish: readonly number[]): string[][] {
  const shares = uses === 0 ? [] : [uses, 1, 1 / Math.max(2, uses), Math.max(2, tokens)];
  // In an order that doesn't tell which one is right.
  return [...new Set(shares.map((share) => total(share, wish)))].sort().map((guess) => [guess]);
}

function gets({ id, names, uses }: Used, wish: readonly number[]): string {
  return `Row ${id}, of ${names}, is used ${times(uses)}. Each use is a wish, and it gets their sum: ${total(uses, wish)}.`;
}

function sumsNote(ids: readonly number[]): string {
  if (ids.length === 0) {
    return NO_TOKEN;
  }
  const unused = WORDS.length - new Set(ids).size;
  const nothing =
    unused === 0
      ? 'Every row is used.'
      : `${counted(unused, 'row')} that no token used ${unused === 1 ? 'gets' : 'get'} 0.`;
  return `Each row gets the sum of its tokens’ wishes. ${nothing}`;
}
