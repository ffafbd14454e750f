// Where a learner's run parts from the reference's: the first of its values that the reference never has.

import type { Trace } from '../../shared/trace.ts';
import { sameValue } from './sameValue.ts';

/** Frames that stand beside each other. */
export interface TraceDifference {
  /** In the learner's trace: the frame whose output is no value of the reference's. */
  readonly mine: number;
  /** In the reference's: what stands where it should be; the frame after the last that agreed. */
  readonly reference: number;
  /** The output's name in the learner's frame. */
  readonly output: string;
}

/**
 * Both runs are read from the start. A learner's value counts as found where the reference has the same numbers, at or
 * after the last that was found: another order of the same steps is no difference, and neither is a step of the
 * reference's that the learner does without.
 */
export function firstDifference(mine: Trace, reference: Trace): TraceDifference | undefined {
  let next = 0;
  for (const [frame, { outputs, op }] of mine.frames.entries()) {
    if (op === 'inputs' || op === 'group') {
      continue;
    }
    if (op === 'error') {
      return { mine: frame, reference: Math.min(next + 1, reference.frames.length - 1), output: '' };
    }
    for (const { name, value } of outputs) {
      const found = reference.frames.findIndex(
        (candidate, at) =>
          (at >= next || op !== 'result') &&
          (op !== 'result' || candidate.op === 'result') &&
          candidate.outputs.some((port) => sameValue(mine, value, reference, port.value)),
      );
      if (found === -1) {
        return { mine: frame, reference: standIn(reference, op, name, next), output: name };
      }
      next = Math.max(next, found);
    }
  }
  return undefined;
}

/** The reference's frame to set beside it: the same thing watched, the same operation, or the next step. */
function standIn(reference: Trace, op: string, name: string, next: number): number {
  const after = (fits: (at: number) => boolean) => reference.frames.findIndex((_, at) => at >= next && fits(at));
  const same = after((at) => {
    const frame = reference.frames[at]!;
    return frame.op === op && (op !== 'watch' || frame.outputs.some((port) => port.name === name));
  });
  return same !== -1 ? same : Math.min(next + 1, reference.frames.length - 1);
}
