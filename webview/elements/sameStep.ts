// Where to stand in a trace that replaces another one, after a parameter was changed: at the same step.

import type { Frame, FrameId } from '../../src/shared/trace.ts';

/**
 * The frame of `after` that does what frame `at` of `before` did: the same one, if it does the same; else the one that
 * does it for the same time, or for the last time. Where none does it any more, the nearest step that is still there:
 * the one before it or after it, and so on outwards; the first one of a trace that does nothing of the kind.
 */
export function sameStep(before: readonly Frame[], at: FrameId, after: readonly Frame[]): FrameId {
  if (before[at] === undefined || after[at]?.op === before[at].op) {
    return Math.min(at, Math.max(0, after.length - 1));
  }
  for (let away = 0; away < before.length; away++) {
    const found = counterpart(before, at - away, after) ?? counterpart(before, at + away, after);
    if (found !== undefined) {
      return found;
    }
  }
  return 0;
}

/** The frame that does what frame `at` did, for the same time or for the last time; undefined where none does it. */
function counterpart(before: readonly Frame[], at: FrameId, after: readonly Frame[]): FrameId | undefined {
  const op = before[at]?.op;
  if (op === undefined) {
    return undefined;
  }
  const time = before.slice(0, at).filter((frame) => frame.op === op).length;
  const places = after.flatMap((frame, id) => (frame.op === op ? [id] : []));
  return places[Math.min(time, places.length - 1)];
}
