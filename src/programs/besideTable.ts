// A language model that learns a text in front of the learner, with the table's loss as the mark to beat. The loop of a
// session: nothing is trained before it is switched on, it works only while it is asked, and starts over when something
// changes.

import type { Engine } from '../engine/engine.ts';
import type { ParamSpecs, ParamsOf } from '../shared/params.ts';
import type { Column, SourcePlace } from '../shared/trace.ts';
import { spelled } from './ngramParams.ts';
import type { ProgramContext } from './program.ts';
import { counted, many, tableValue, textValue } from './views.ts';

/** Steps between two points of the curve, and between two samples. */
const POINT = 25;
const SAMPLE = 250;

/** A model in training, and what it is measured against. Losses are in nats a symbol. */
export interface LearningRun {
  readonly alphabet: readonly string[];
  /** The table's loss on what is held out. */
  readonly table: number;
  /** How many numbers it learns. */
  readonly size: number;
  /** One step. Returns its loss. @param step from 1 */
  train(step: number): number;
  heldOutLoss(): number;
  /** The next symbol after those, which may be none, drawn by the model's probabilities. */
  next(previous: readonly number[]): number;
  /** Gives its memory back. */
  release(): void;
}

export interface BesideTable<S extends ParamSpecs> {
  /** What the model is called: `GPT`. */
  readonly name: string;
  /** One and several of what it reads: `character`, `characters`. */
  readonly unit: readonly [one: string, several: string];
  /** How many of them the text must have. */
  readonly least: number;
  /** How many of them a sample has. */
  readonly written: number;
  readonly source: SourcePlace;
  /** How many symbols a text has. */
  lengthOf(text: string): number;
  /** Makes the model for training over so many steps. */
  begin(engine: Engine, params: ParamsOf<S>, steps: number, random: () => number): LearningRun;
}

/** Yields `train` frames with a row of the loss and a sample each, and one `result` at the end. */
export async function* learnBesideTable<S extends ParamSpecs>(
  context: ProgramContext<S>,
  plan: BesideTable<S>,
): AsyncGenerator<void, void, void> {
  const { trace, random, engine: load } = context;
  const columns = lossColumns(plan.name);
  const now = () => context.params as ParamsOf<S> & { readonly text: string; readonly train: boolean; steps: number };
  // While nothing is trained, the number of steps says nothing.
  const keyOf = () => JSON.stringify({ ...now(), ...(!now().train && { steps: 0 }) });
  start: for (;;) {
    const { text, train } = now();
    const steps = train ? now().steps : 0;
    const key = keyOf();
    const changed = () => keyOf() !== key;
    const length = plan.lengthOf(text);
    if (length < plan.least) {
      trace.frame({
        op: 'result',
        label: 'Too short',
        note: `The text has ${counted(length, ...plan.unit)}: a ${plan.name} needs at least ${many(plan.least)} to begin with.`,
        outputs: { loss: trace.value(tableValue(columns, [])) },
      });
      return;
    }
    const run = plan.begin(await load(), context.params, steps, random);
    try {
      let written: number[] = [];
      let sum = 0;
      let since = 0;
      let heldOut = run.heldOutLoss();
      for (let step = 0; step <= steps; step++) {
        if (step > 0) {
          sum += run.train(step);
          since++;
        }
        if (step % SAMPLE === 0 || step === steps) {
          written = [];
          while (written.length < plan.written && !changed()) {
            written.push(run.next(written));
            yield;
          }
        }
        if (!changed() && (step % POINT === 0 || step === steps)) {
          heldOut = step === 0 ? heldOut : run.heldOutLoss();
          const row = [step, since === 0 ? heldOut : sum / since, heldOut, run.table].map((x) => Number(x.toFixed(3)));
          const done = step === steps;
          trace.frame({
            op: done ? 'result' : 'train',
            label: `Step ${many(step)}`,
            note: done && train ? endNote(plan, steps, heldOut, run.table) : stepNote(plan, step, heldOut, run, train),
            outputs: {
              loss: trace.value(tableValue(columns, [row])),
              'it writes': trace.value(textValue(spelled(written, run.alphabet))),
            },
            source: plan.source,
          });
          sum = 0;
          since = 0;
        }
        yield;
        if (changed()) {
          trace.frame({ op: 'restart', label: 'Start over', note: 'The settings changed, so it starts over.' });
          continue start;
        }
      }
      return;
    } finally {
      run.release();
    }
  }
}

function lossColumns(name: string): readonly Column[] {
  return [
    { id: 'step', label: 'steps', type: 'number' },
    { id: 'seen', label: `${name}, on what it reads`, type: 'number' },
    { id: 'heldOut', label: `${name}, on the held-out end`, type: 'number' },
    { id: 'table', label: 'the table, on the held-out end', type: 'number' },
  ];
}

type Named = Pick<BesideTable<ParamSpecs>, 'name' | 'unit'>;

function stepNote({ name, unit }: Named, step: number, heldOut: number, run: LearningRun, train: boolean): string {
  const loss = `${heldOut.toFixed(2)} nats a ${unit[0]} on the held-out end; the table has ${run.table.toFixed(2)}.`;
  return step === 0
    ? `Untrained, its ${many(run.size)} numbers drawn by chance: ${loss}${train ? '' : ' Switch “Train it” on to begin.'}`
    : `${loss} ${heldOut < run.table ? `The ${name} is ahead.` : 'The table is ahead.'}`;
}

function endNote({ name, unit }: Named, steps: number, heldOut: number, table: number): string {
  const difference = Math.abs(heldOut - table);
  const outcome =
    difference < 0.02
      ? 'The two are level.'
      : heldOut < table
        ? `The ${name} has beaten the table.`
        : 'The table has won.';
  return `After ${many(steps)} steps the ${name} is at ${heldOut.toFixed(2)} nats a ${unit[0]} on the held-out end, and the table at ${table.toFixed(2)}. ${outcome}`;
}
