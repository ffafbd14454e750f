// What a tensor's view has to know of the trace around it. Pure.

import type { Port, TensorValue, Trace, Value, ValueId } from '../../../src/shared/trace.ts';
import { overflowed } from './infinities.ts';
import { type SharedRange, sharedRange } from './sharedRange.ts';

export interface TensorContext {
  /** Undefined for a tensor whose numbers are no other's. */
  readonly shared: SharedRange | undefined;
  /** Its infinities are a computation's, and new with it. */
  readonly overflowed: boolean;
}

/** @param shown the ports of the step that are on the screen. */
export function contextOf(trace: Trace, id: ValueId, shown: readonly Port[]): TensorContext {
  return { shared: sharedRange(trace, id, shown), overflowed: overflowed(trace, id) };
}

/** The same beside another run's tensor: one range of colours for both, so that a number looks the same in both. */
export function besideContext(around: TensorContext, value: TensorValue, other: Value | undefined): TensorContext {
  if (other?.kind !== 'tensor' || other.dtype !== value.dtype) {
    return around;
  }
  const ends = [around.shared ?? value.statistics, other.statistics];
  const finite = (all: readonly (number | null)[]) => all.filter((end) => end !== null);
  const [lows, highs] = [finite(ends.map(({ min }) => min)), finite(ends.map(({ max }) => max))];
  const shared = {
    min: lows.length === 0 ? null : Math.min(...lows),
    max: highs.length === 0 ? null : Math.max(...highs),
    others: around.shared?.others ?? [],
    runs: true,
  };
  return { ...around, shared };
}

/** True when two say the same: a view needs no new picture. */
export function sameContext(a: TensorContext | undefined, b: TensorContext | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
