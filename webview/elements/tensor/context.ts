// What a tensor's view has to know of the trace around it. Pure.

import type { Port, Trace, ValueId } from '../../../src/shared/trace.ts';
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

/** True when two say the same: a view needs no new picture. */
export function sameContext(a: TensorContext | undefined, b: TensorContext | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
