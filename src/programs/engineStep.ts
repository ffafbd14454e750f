// One step of a demonstration that one operation of the engine takes: recorded with words of its own.

import type { Engine } from '../engine/engine.ts';
import type { Caption, TraceRecorder } from '../engine/record.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Description } from '../engine/tensorValues.ts';

/** What a step says, and what it calls its result. */
export type StepWords = Caption & { readonly label: string; readonly note: string; readonly result: Description };

/**
 * Applies what `work` applies as one frame. Returns its result, described.
 *
 * Example: `engineStep(tape, engine, { label, note, result: { name: 'sums' } }, () => sum(products, 0))`.
 */
export function engineStep(
  tape: TraceRecorder,
  engine: Engine,
  { result, ...caption }: StepWords,
  work: () => Tensor,
): Tensor {
  return tape.record(engine, () => tape.caption(caption, () => tape.describe(work(), result)));
}
