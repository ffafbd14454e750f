// How n-gram models do on the text that they counted, and on its end, which they never saw: for n from 1 to 7.

import { countNgrams, type NgramCounts, Reading } from '../model/ngram/counts.ts';
import { holdOutEnd, lossOf, perplexity } from '../model/ngram/perplexity.ts';
import type { NgramModel, Smoothing } from '../model/ngram/smoothing.ts';
import { cutSymbols, type Unit } from '../model/ngram/symbols.ts';
import type { Column } from '../shared/trace.ts';
import { LENT, percent, symbols, textParam, unitParam } from './ngramParams.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { rounded, tableValue } from './views.ts';

const MOST = 7;
/** Symbols that a text must have to be cut in two. */
const LEAST = 20;

const CURVE: readonly Column[] = [
  { id: 'n', label: 'n', type: 'number' },
  { id: 'seen', label: 'text it counted', type: 'number' },
  { id: 'heldOut', label: 'held out, each symbol lent k', type: 'number' },
  { id: 'interpolated', label: 'held out, shorter contexts asked', type: 'number' },
  { id: 'seenNats', label: 'counted, nats', type: 'number' },
  { id: 'heldOutNats', label: 'held out, lent k, nats', type: 'number' },
  { id: 'interpolatedNats', label: 'held out, interpolated, nats', type: 'number' },
  { id: 'unmet', label: 'unmet contexts, %', type: 'number' },
];

export const ngramPerplexity = defineProgram({
  id: 'ngram-perplexity',
  title: 'How surprised, for each n',
  session: false,
  params: {
    text: { ...textParam, maxLength: 300_000 }, // it is read seven times, three ways
    unit: unitParam,
    k: { type: 'number', label: 'Lent to each symbol, k', default: LENT, min: 0.01, max: 1, step: 0.01 },
    share: { type: 'number', label: 'Held out, in %', default: 10, min: 5, max: 50, step: 5 },
  },
  async *run({ params: { text, unit, k, share }, trace, signal }) {
    const { ids, alphabet } = cutSymbols(text, unit as Unit);
    if (ids.length < LEAST) {
      trace.frame({
        op: 'result',
        label: 'Too short',
        note: `The text has ${symbols(ids.length, unit)}: it takes at least ${LEAST} to hold some out.`,
        outputs: { curve: trace.value(tableValue(CURVE, [])) },
      });
      return;
    }
    const { training, heldOut } = holdOutEnd(ids, share / 100);
    const counts = countNgrams(training, MOST);
    for (let n = 1; n <= MOST; n++) {
      const model = (smoothing: Smoothing): NgramModel => ({ counts, n, alphabet: alphabet.length, smoothing });
      const seen = lossOf(model({ kind: 'counts' }), training, { signal });
      const rest = { before: training, signal };
      const lent = lossOf(model({ kind: 'add-k', k }), heldOut, rest);
      const mixed = lossOf(model({ kind: 'interpolated' }), heldOut, rest);
      const unmet = unmetShare(counts, n, training, heldOut);
      const row = [
        n,
        ...[seen, lent, mixed].map((loss) => rounded(perplexity(loss))),
        ...[seen, lent, mixed].map((loss) => Number(loss.toFixed(3))),
        rounded(100 * unmet),
      ];
      trace.frame({
        op: 'measure',
        label: `n = ${n}`,
        note: measureNote(n, seen, lent, unmet),
        outputs: { curve: trace.value(tableValue(CURVE, [row])) },
        source: places.lossOf,
      });
      yield;
    }
  },
});

/** The share of the held-out symbols before which stands what nothing ever followed. */
function unmetShare(counts: NgramCounts, n: number, training: Int32Array, heldOut: Int32Array): number {
  const reading = new Reading(counts, n);
  for (const symbol of training.subarray(Math.max(0, training.length - n + 1))) {
    reading.read(symbol);
  }
  let unmet = 0;
  for (const symbol of heldOut) {
    unmet += counts.total(reading.context(reading.length)) === 0 ? 1 : 0;
    reading.read(symbol);
  }
  return unmet / heldOut.length;
}

function measureNote(n: number, seen: number, lent: number, unmet: number): string {
  const choices = (loss: number) => rounded(perplexity(loss));
  const empty = n === 1 ? '' : ` For ${percent(unmet)} of the held-out symbols the table has no row.`;
  return `On the text that it counted it is as unsure as between ${choices(seen)} equal choices, on the held-out end as between ${choices(lent)}.${empty}`;
}
