// Where to stand in a trace that replaces another one, after a parameter was changed: at the same step.

import type { Frame, FrameId } from '../../src/shared/trace.ts';

/**
 * The frame of `after` that does what frame `at` of `before` did: the same one, if it does the same; else the one that
 * does it for the same time, or for the last time; else the first.
 */
export function sameStep(before: readonly Frame[], at: FrameId, after: readonly Frame[]): FrameId {
  const op = before[at]?.op;
  if (op === undefined || after[at]?.op === op) {
    return Math.min(at, Math.max(0, after.length - 1));
  }
  const time = before.slice(0, at).filter((frame) => frame.op === op).length;
  const places = after.flatMap((frame, id) => (frame.op === op ? [id] : []));
  return places[Math.min(time, places.length - 1)] ?? 0;
}
