// How surprised an n-gram model is at a sentence, symbol by symbol, and what that comes to.

import { type NgramCounts, Reading } from '../model/ngram/counts.ts';
import { perplexity } from '../model/ngram/perplexity.ts';
import { probability } from '../model/ngram/smoothing.ts';
import { numbersOf, type Unit } from '../model/ngram/symbols.ts';
import type { Column } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import {
  followersTable,
  ngramOf,
  nParam,
  quoted,
  smoothingParam,
  spelled,
  symbols,
  textParam,
  unitParam,
} from './ngramParams.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { many, tableValue, times } from './views.ts';

/** Symbols of the sentence that are looked at. */
const MOST = 60;
/** From here on a symbol is marked as surprising: less than 1 in 20. */
const SURPRISING = Math.log(20);

const COLUMNS: readonly Column[] = [
  { id: 'context', label: 'after', type: 'piece' },
  { id: 'next', label: 'comes', type: 'piece' },
  { id: 'probability', label: 'probability', type: 'number' },
  { id: 'surprise', label: 'nats', type: 'number' },
];

export const surprise = defineProgram({
  id: 'surprise',
  title: 'Surprise, symbol by symbol',
  session: false,
  params: {
    text: textParam,
    sentence: { type: 'text', label: 'Sentence', default: 'a letter for the baker', maxLength: 200 },
    n: nParam,
    unit: unitParam,
    smoothing: { ...smoothingParam, default: 'interpolated' },
  },
  async *run({ params, trace }) {
    const { sentence, unit, n } = params;
    const { cut, model } = ngramOf(params, sentence);
    const all = numbersOf(sentence, unit as Unit, cut.alphabet);
    const ids = all.subarray(0, MOST);
    const reading = new Reading(model.counts, n);
    const looks = Array.from(ids, (symbol, at): Look => {
      const length = reading.length;
      const context = reading.context(length);
      const p = probability(model, reading, symbol);
      reading.read(symbol);
      return { symbol, context, before: spelled(ids.subarray(at - length, at), cut.alphabet), p };
    });
    const known = looks.filter(({ p }) => p > 0);
    const loss = known.reduce((sum, { p }) => sum - Math.log(p), 0) / Math.max(1, known.length);
    const rows = looks.map(({ symbol, before, p }) => [
      before,
      cut.alphabet[symbol]!,
      Number(p.toPrecision(3)),
      p === 0 ? null : Number((-Math.log(p)).toFixed(2)),
    ]);
    const marks = looks.flatMap(({ p }, row) => (-Math.log(p) >= SURPRISING ? [{ row, role: 'warn' as const }] : []));
    trace.frame({
      op: 'surprise',
      label: 'The whole sentence',
      note: wholeNote(all.length, looks, loss, unit),
      outputs: {
        surprise: trace.value(tableValue(COLUMNS, rows, marks)),
        ...(known.length === looks.length &&
          known.length > 0 && {
            loss: trace.value({ kind: 'scalar' as const, value: Number(loss.toFixed(3)), unit: 'nats a symbol' }),
            perplexity: trace.value({
              kind: 'scalar' as const,
              value: Number(perplexity(loss).toFixed(2)),
              unit: 'equal choices',
            }),
          }),
      },
      source: places.probability,
    });
    yield;
    for (const [at, look] of looks.entries()) {
      const { symbol, context, before, p } = look;
      trace.frame({
        op: 'look',
        label: `${quoted(cut.alphabet[symbol]!)} after ${quoted(before)}`,
        note: lookNote(look, model.counts, cut.alphabet),
        inputs: { 'row of the table': trace.value(followersTable(model, context, cut.alphabet, symbol)) },
        outputs: {
          probability: trace.value({ kind: 'scalar', value: Number(p.toPrecision(3)) }),
          surprise: trace.value(
            tableValue(COLUMNS, [rows[at]!], marks.some(({ row }) => row === at) ? [{ row: 0, role: 'warn' }] : []),
          ),
        },
        source: places.probability,
      });
      yield;
    }
  },
});

interface Look {
  readonly symbol: number;
  readonly context: number;
  readonly before: string;
  readonly p: number;
}

function wholeNote(length: number, looks: readonly Look[], loss: number, unit: string): string {
  if (looks.length === 0) {
    return 'The sentence is empty: there is nothing to be surprised at.';
  }
  const cut = length > looks.length ? ` (the first ${looks.length} of ${symbols(length, unit)})` : '';
  const impossible = looks.filter(({ p }) => p === 0).length;
  if (impossible > 0) {
    return `${symbols(impossible, unit)} of ${looks.length}${cut} ${impossible === 1 ? 'has' : 'have'} probability 0: the model calls the whole sentence impossible.`;
  }
  return `The mean surprise is ${decimal(loss)} nats a symbol${cut}: as unsure as between ${decimal(perplexity(loss))} equal choices.`;
}

function lookNote({ symbol, context, before, p }: Look, counts: NgramCounts, alphabet: readonly string[]): string {
  const next = quoted(alphabet[symbol]!);
  const total = counts.total(context);
  const count = counts.count(context, symbol);
  const seen =
    total === 0
      ? `The text never goes on after ${quoted(before)}, so the counts have nothing to say.`
      : before === ''
        ? `Of the ${many(total)} symbols of the text ${many(count)} are ${next}.`
        : `After ${quoted(before)} the text goes on ${times(total)}, and ${count === 0 ? 'never' : times(count)} with ${next}.`;
  return p === 0
    ? `${seen} Its probability is 0.`
    : `${seen} The model gives it ${p < 0.0001 ? 'less than 0.0001' : decimal(p, 4)}, a surprise of ${many(Number((-Math.log(p)).toFixed(2)))} nats.`;
}
