// What a window model makes of two texts that differ in their first word alone: whether it can know of the difference is
// a matter of how far back it sees. Then the forward pass on one of them, operation by operation.

import { numbersOf } from '../model/ngram/symbols.ts';
import { seededRandom } from '../shared/environment.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { eveningWalks, NAMES } from './eveningWalks.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, tableValue, textValue } from './views.ts';
import { WindowRun } from './windowRun.ts';

const SENTENCES = 500;
const STEPS = 400;
/** What stands between the name and the word that is asked for. */
const BETWEEN = 'lives in the old house near the mill and walked home with';
const SHOWN = 6;
const SEED = 1;
/** What a model of each window has learned: it takes a while, and is always the same. */
const trained = new Map<number, ReadonlyMap<string, ArrayLike<number>>>();

export const windowForgets = defineProgram({
  id: 'window-forgets',
  title: 'Two sentences, one window',
  session: false,
  params: {
    window: { type: 'number', label: 'Words that it sees', default: 4, min: 1, max: 16, step: 1 },
    between: {
      type: 'choice',
      label: 'The sentence',
      default: 'long',
      options: [
        { value: 'short', label: 'short: … walked home with' },
        { value: 'long', label: 'long: … lives in the old house near the mill and walked home with' },
      ],
    },
  },
  async *run({ params: { window, between }, trace, tape, engine: load }) {
    const engine = await load();
    const run = new WindowRun(engine, eveningWalks(SENTENCES), window, seededRandom(SEED));
    const known = trained.get(window);
    if (known !== undefined) {
      run.load(known);
    }
    for (let step = 1; known === undefined && step <= STEPS; step++) {
      run.train(step);
      if (step % 50 === 0) {
        yield;
      }
    }
    trained.set(window, known ?? run.weights());
    const rest = between === 'long' ? BETWEEN : 'walked home with';
    const [hers, his] = [NAMES.her[0]!, NAMES.his[0]!];
    const idsOf = (name: string) => [...numbersOf(` ${name} ${rest}`, 'words', run.alphabet)];
    const seen = idsOf(his)
      .slice(-window)
      .map((id) => run.alphabet[id]!)
      .join('');
    const prompt = `${his} ${rest}`;
    const start = Math.max(0, prompt.length - seen.trimStart().length);
    trace.frame({
      op: 'window',
      label: 'What it sees',
      note:
        start === 0
          ? `It sees ${counted(window, 'word')}, and so the whole sentence.`
          : `It sees ${counted(window, 'word')}. What stands before them is not in its input at all: for this model, ${his} was never there.`,
      outputs: {
        text: trace.value(
          textValue(
            prompt,
            start === 0
              ? [{ start: 0, end: prompt.length, role: 'chosen' }]
              : [
                  { start: 0, end: start, role: 'dim' },
                  { start, end: prompt.length, role: 'chosen' },
                ],
          ),
        ),
      },
    });
    yield;
    const [forHer, forHis] = [run.probabilities(idsOf(hers)), run.probabilities(idsOf(his))];
    const order = [...run.alphabet.keys()]
      .sort((a, b) => forHer[b]! + forHis[b]! - forHer[a]! - forHis[a]!)
      .slice(0, SHOWN);
    const chance = (shares: Float32Array, word: string) => shares[run.alphabet.indexOf(word)]!;
    const same = forHer.every((share, id) => share === forHis[id]);
    const columns: TableValue['columns'] = [
      { id: 'word', label: 'next word', type: 'piece' },
      { id: 'hers', label: `after ${hers} …`, type: 'number', bar: true },
      { id: 'his', label: `after ${his} …`, type: 'number', bar: true },
    ];
    trace.frame({
      op: 'compare',
      label: `${hers} or ${his}?`,
      note: same
        ? `Both columns are the same to the last digit: within the window the two texts are the same. It gives “his” ${decimal(chance(forHer, ' his'), 3)} and “her” ${decimal(chance(forHer, ' her'), 3)} after either name.`
        : `After ${hers} it gives “her” ${decimal(chance(forHer, ' her'), 3)}, and after ${his} it gives “his” ${decimal(chance(forHis, ' his'), 3)}. It has seen the name.`,
      outputs: {
        shares: trace.value(
          tableValue(
            columns,
            order.map((id) => [run.alphabet[id]!, short(forHer[id]!), short(forHis[id]!)]),
          ),
        ),
      },
    });
    yield;
    trace.frame({
      op: 'inside',
      label: 'The same, step by step',
      note: 'Rows are looked up, joined into one, and go through two layers. Softmax turns the scores into the shares.',
      source: places.logits,
    });
    tape.record(engine, () => run.probabilities(idsOf(his)));
    yield;
    run.release();
  },
});

function short(value: number): number {
  return Number(value.toFixed(4));
}
