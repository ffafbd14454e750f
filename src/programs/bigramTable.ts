// The smallest language model, made in front of the learner: pairs counted into a table, and each row divided by its sum.

import { div } from '../engine/ops/div.ts';
import { sum } from '../engine/ops/sum.ts';
import { cutSymbols, withoutRare } from '../model/ngram/symbols.ts';
import type { Column } from '../shared/trace.ts';
import { engineStep } from './engineStep.ts';
import { percent, quoted } from './ngramParams.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, many, tableValue, times, tokensValue, visible } from './views.ts';

/** Different characters that get a row and a column; rarer ones share one. */
const MOST = 60;

const PAIRS: readonly Column[] = [
  { id: 'pair', label: 'pair', type: 'piece' },
  { id: 'count', label: 'count', type: 'number' },
];

export const bigramTable = defineProgram({
  id: 'bigram-table',
  title: 'A table of what came next',
  session: false,
  params: { text: { type: 'text', label: 'Text', default: 'banana bandana', maxLength: 5000 } },
  async *run({ params, trace, tape, engine: load }) {
    const { ids, alphabet } = cutSymbols(withoutRare(params.text, MOST), 'characters');
    const V = alphabet.length;
    const textTokens = trace.value(
      tokensValue(
        Array.from(ids.subarray(0, 500), (id) => ({ text: alphabet[id]!, id })),
        ids.length,
      ),
    );
    trace.frame({
      op: 'read',
      label: 'Read the text',
      note: `${counted(ids.length, 'character')}, ${many(V)} of them different. The different ones get a number each, in the order of the alphabet.`,
      outputs: { characters: textTokens },
      source: places.cutSymbols,
    });
    yield;
    if (ids.length < 2) {
      return;
    }

    const counts = new Float32Array(V * V);
    for (let at = 1; at < ids.length; at++) {
      const cell = ids[at - 1]! * V + ids[at]!;
      counts[cell] = counts[cell]! + 1;
    }
    const pairs = Array.from(counts, (count, cell) => ({ count, cell })).filter(({ count }) => count > 0);
    const rows = pairs
      .sort((a, b) => b.count - a.count || a.cell - b.cell)
      .map(({ count, cell }) => [`${alphabet[Math.floor(cell / V)]}${alphabet[cell % V]}`, count]);
    const [pair, count] = rows[0]! as [string, number];
    trace.frame({
      op: 'count-pairs',
      label: 'Count the pairs of neighbours',
      note: `${counted(ids.length - 1, 'pair')} of neighbours, ${many(rows.length)} of them different. ${quoted(pair)} occurs ${times(count)}.`,
      inputs: { characters: textTokens },
      outputs: { pairs: trace.value(tableValue(PAIRS, rows)) },
      source: places.countNgrams,
    });
    yield;

    const engine = await load();
    const names = alphabet.map(visible);
    const table = engine.fromData(counts, [V, V]); // (V, V)
    tape.describe(table, { name: 'counts', axes: ['this', 'next'], labels: { 0: names, 1: names } });
    trace.frame({
      op: 'table',
      label: 'The same as a table',
      note: `A row for each character, a column for each one that may come next. ${quoted(pair)} stands in row ${quoted(pair.slice(0, -last(pair).length))}, column ${quoted(last(pair))}.`,
      outputs: { counts: tape.value(table) },
    });
    yield;

    const totals = engineStep(
      tape,
      engine,
      {
        label: 'Add up each row',
        note: `A row’s sum is how often its character was followed by anything.`,
        formula: 'total[this] = sum over next of counts[this, next]',
        result: { name: 'totals', axes: ['this', ''], labels: { 0: names } },
      },
      () => sum(table, 1, { keepAxes: true }), // (V, 1)
    );
    yield;

    const sums = totals.toFlat();
    const silent = names.filter((_, row) => sums[row] === 0);
    const whole = engine.fromData(
      Float32Array.from(sums, (total) => Math.max(total, 1)),
      [V, 1],
    ); // (V, 1)
    tape.describe(whole, { name: 'totals', axes: ['this', ''], labels: { 0: names } });
    const most = mostCertain(counts, sums, V);
    engineStep(
      tape,
      engine,
      {
        op: 'divide',
        label: 'Divide each row by its sum',
        note: `Now each row adds up to 1. After ${quoted(alphabet[most.row]!)} the next one is ${quoted(alphabet[most.column]!)} with probability ${percent(most.share)}.${silent.length === 0 ? '' : ` Nothing ever followed “${silent[0]}”: its row stays empty.`}`,
        formula: 'probability[this, next] = counts[this, next] / total[this]',
        source: places.byCounts,
        result: { name: 'probabilities', axes: ['this', 'next'], labels: { 0: names, 1: names } },
      },
      () => div(table, whole), // (V, V)
    );
    yield;
  },
});

function last(pair: string): string {
  return Array.from(pair)[1]!;
}

/** The largest share of a row that was counted at least three times; of any row where there is no such. */
function mostCertain(counts: Float32Array, totals: ArrayLike<number>, V: number) {
  let best = { row: 0, column: 0, share: -1 };
  const least = Math.min(3, Math.max(...Array.from(totals)));
  for (let cell = 0; cell < counts.length; cell++) {
    const row = Math.floor(cell / V);
    const share = counts[cell]! / totals[row]!;
    if (totals[row]! >= least && share > best.share) {
      best = { row, column: cell % V, share };
    }
  }
  return best;
}
