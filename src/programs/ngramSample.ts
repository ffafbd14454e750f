// Writing by counts: a sample, what of it stands in the text as it is, and for each symbol the place that it was copied
// from.

import { copiedLengths } from '../model/ngram/copied.ts';
import { Reading } from '../model/ngram/counts.ts';
import { Places } from '../model/ngram/places.ts';
import { type Drawn, draw } from '../model/ngram/sampling.ts';
import { numbersOf, type SymbolText, type Unit } from '../model/ngram/symbols.ts';
import { type Random, seededRandom } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { TextValue } from '../shared/trace.ts';
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
import { defineProgram, type ProgramContext } from './program.ts';
import { counted, many, textValue } from './views.ts';

/** Symbols of the sample that get a step of their own. */
const STEPS = 30;
/** Symbols that must stand in the text in a row to be marked as a stretch of it. */
const STRETCH = { characters: 20, words: 6 };
/** UTF-16 units of the text that are shown on both sides of a place. */
const AROUND = 90;

const params = {
  text: textParam,
  n: nParam,
  unit: unitParam,
  smoothing: smoothingParam,
  begin: { type: 'text', label: 'Begin with (else as the text does)', default: '', maxLength: 200 },
  length: { type: 'number', label: 'Length', default: 300, min: 1, max: 1000, step: 1 },
  seed: { type: 'number', label: 'Another sample', default: 1, min: 1, max: 100, step: 1 },
} as const;

export const ngramSample = defineProgram({
  id: 'ngram-sample',
  title: 'A table that writes',
  session: false,
  params,
  async *run({ params: given, trace, signal }: ProgramContext<typeof params>) {
    const { n, unit, length } = given;
    const beginning = given.unit === 'words' ? asInside(given.begin, given.text) : given.begin;
    const { cut, model } = ngramOf(given, beginning);
    const { alphabet } = cut;
    const source = { ids: cut.ids, places: new Places(cut.ids, alphabet.length, n - 1) };
    const reading = new Reading(model.counts, n);
    const previous = [
      ...(given.begin === '' ? cut.ids.subarray(0, n - 1) : numbersOf(beginning, unit as Unit, alphabet)),
    ];
    const begin = spelled(previous, alphabet);
    previous.forEach((symbol) => {
      reading.read(symbol);
    });
    const random = shuffledSeed(given.seed);
    const steps: Step[] = [];
    const drawn: Drawn[] = [];
    while (drawn.length < length && cut.ids.length > 0) {
      if (signal.cancelled) {
        throw new Fault('cancelled', `The sample was stopped after ${symbols(drawn.length, unit)}.`);
      }
      const next = draw(model, source, reading, previous, random);
      if (next === undefined) {
        break;
      }
      if (steps.length < STEPS) {
        const context = previous.slice(previous.length - reading.length);
        const asked = next.copied === undefined ? 0 : next.copied.length;
        const followers = followersTable(model, reading.context(asked), alphabet, next.symbol);
        steps.push({ drawn: next, context, followers });
      }
      drawn.push(next);
      previous.push(next.symbol);
      reading.read(next.symbol);
    }

    const stretches = stretchesOf(drawn, cut, STRETCH[unit as Unit], begin.length);
    const sample =
      begin +
      spelled(
        drawn.map(({ symbol }) => symbol),
        alphabet,
      );
    trace.frame({
      op: 'sample',
      label: `A sample, n = ${n}`,
      note: sampleNote({ n, unit, drawn, ...stretches, ended: drawn.length < length, begin }),
      outputs: { sample: trace.value(textValue(sample, stretches.marks)) },
      source: places.draw,
    });
    yield;

    let before = begin;
    for (const { drawn: next, context, followers } of steps) {
      const written = alphabet[next.symbol]!;
      trace.frame({
        op: 'draw',
        label: `${quoted(written)} after ${quoted(spelled(context, alphabet))}`,
        note: drawNote(next, context, cut),
        inputs: { 'row of the table': trace.value(followers) },
        outputs: {
          ...(next.copied !== undefined && { 'copied from': trace.value(placeValue(given.text, cut, next.copied)) }),
          'so far': trace.value(
            textValue(before + written, [{ start: before.length, end: before.length + written.length, role: 'new' }]),
          ),
        },
        source: places.draw,
      });
      before += written;
      yield;
    }
  },
});

/**
 * A beginning whose first word is cut as inside a sentence, with the space before it, where the text has it like that:
 * a learner types `the smith`, and the text's own words are `␣the` and `␣smith`.
 */
function asInside(begin: string, text: string): string {
  const first = /^(?:[\p{L}\p{M}\p{N}_]+|\S)/u.exec(begin)?.[0];
  return first !== undefined && text.includes(` ${first}`) ? ` ${begin}` : begin;
}

interface Step {
  readonly drawn: Drawn;
  readonly context: readonly number[];
  readonly followers: ReturnType<typeof followersTable>;
}

/** Seeds that follow each other begin alike: the first numbers are thrown away. */
function shuffledSeed(seed: number): Random {
  const random = seededRandom(seed * 7919);
  random();
  return random;
}

/** The stretches of a sample that stand in the text as they are, of at least `least` symbols, joined where they overlap. */
function stretchesOf(drawn: readonly Drawn[], { ids, alphabet }: SymbolText, least: number, begins: number): Stretches {
  const lengths = copiedLengths(
    drawn.map(({ symbol }) => symbol),
    ids,
  );
  const starts = [begins];
  for (const { symbol } of drawn) {
    starts.push(starts.at(-1)! + alphabet[symbol]!.length);
  }
  const marks: { start: number; end: number; role: 'match' }[] = [];
  lengths.forEach((length, at) => {
    if (length >= least) {
      const start = starts[at + 1 - length]!;
      const end = starts[at + 1]!;
      const last = marks.at(-1);
      if (last !== undefined && start <= last.end) {
        last.end = end;
      } else {
        marks.push({ start, end, role: 'match' });
      }
    }
  });
  return { marks, longest: lengths.reduce((most, length) => Math.max(most, length), 0) };
}

interface Stretches {
  readonly marks: NonNullable<TextValue['marks']>;
  /** Symbols of the longest stretch, also where it is too short for a mark. */
  readonly longest: number;
}

function sampleNote({ n, unit, drawn, longest, ended, begin }: SampleFacts): string {
  if (drawn.length === 0) {
    return begin === ''
      ? 'The text is empty: there is nothing to count, and nothing to write.'
      : `Nowhere does the text go on after the end of ${quoted(begin)}: this row of the table is empty, and has nothing to say.`;
  }
  const how =
    n === 1
      ? 'Each was drawn by how often it occurs, whatever came before.'
      : `Each was drawn by what follows the ${n === 2 ? 'one' : n - 1} before it.`;
  const end = ended ? ' Then it stops: the text never goes on after these, so this row of the table is empty.' : '';
  const made = drawn.filter(({ copied }) => copied === undefined).length;
  const invented = made === 0 ? '' : ` ${many(made)} of them ${made === 1 ? 'was' : 'were'} made up.`;
  const copied =
    longest === 0 ? '' : ` The longest stretch that stands in the text as it is: ${symbols(longest, unit)}.`;
  return `${symbols(drawn.length, unit)}. ${how}${invented}${copied}${end}`;
}

interface SampleFacts {
  readonly n: number;
  readonly unit: string;
  readonly drawn: readonly Drawn[];
  readonly longest: number;
  readonly ended: boolean;
  readonly begin: string;
}

function drawNote({ symbol, copied }: Drawn, context: readonly number[], { ids, alphabet }: SymbolText): string {
  const written = quoted(alphabet[symbol]!);
  if (copied === undefined) {
    return `${written} was made up: it was drawn from all ${many(alphabet.length)} symbols alike, whatever came before.`;
  }
  const used = spelled(context.slice(context.length - copied.length), alphabet);
  const shorter = copied.length < context.length ? ` The chance fell to a shorter context.` : '';
  if (copied.length === 0) {
    return `No context: one of all ${many(ids.length)} places was picked, and ${written} stood there.${shorter}`;
  }
  const places = counted(copied.among, 'place');
  return copied.among === 1
    ? `Only one place in the text follows ${quoted(used)}, and ${written} stands there.${shorter}`
    : `${places} in the text follow ${quoted(used)}. One of them was picked, and ${written} stood there.${shorter}`;
}

/** The text around the place that a symbol was copied from: its context and the symbol marked. */
function placeValue(text: string, { starts }: SymbolText, copied: NonNullable<Drawn['copied']>): TextValue {
  const [from, at, end] = [starts[copied.place - copied.length]!, starts[copied.place]!, starts[copied.place + 1]!];
  const first = Math.max(0, from - AROUND);
  const lead = first > 0 ? '…' : '';
  const tail = end + AROUND < text.length ? '…' : '';
  const shown = `${lead}${text.slice(first, end + AROUND)}${tail}`;
  const place = (offset: number) => offset - first + lead.length;
  const context = from < at ? [{ start: place(from), end: place(at), role: 'match' as const }] : [];
  return {
    kind: 'text',
    text: shown,
    marks: [...context, { start: place(at), end: place(end), role: 'chosen' }],
  };
}
