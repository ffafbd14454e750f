// Infinities that a computation came to, told from those that were put there on purpose, as a mask's are. Pure.

import type { Port, TensorStatistics, Trace, ValueId } from '../../../src/shared/trace.ts';
import type { Held } from './grid.ts';
import { explains } from './provenance.ts';
import { MOVES } from './sharedRange.ts';

/** More numbers than this are not looked through. */
const MOST_LOOKED = 1 << 20;

export interface Infinities {
  readonly plus: boolean;
  readonly minus: boolean;
}

/** Which infinities there are. Where not all is held, or too much to look through, both may be. */
export function infinitiesOf({ inf }: TensorStatistics, held: Held | undefined, whole: boolean): Infinities {
  if (inf === 0) {
    return { plus: false, minus: false };
  }
  if (held === undefined || !whole || held.data.length > MOST_LOOKED) {
    return { plus: true, minus: true };
  }
  return { plus: held.data.includes(Infinity), minus: held.data.includes(-Infinity) };
}

const known = new WeakMap<Trace, ReadonlySet<ValueId>>();

/**
 * True for the result of an operation that has infinities while nothing that went into it had any. What was given, or
 * what a mask filled in and other steps took over, has them on purpose.
 */
export function overflowed(trace: Trace, id: ValueId): boolean {
  const found = known.get(trace) ?? overflowedOf(trace);
  known.set(trace, found);
  return found.has(id);
}

function overflowedOf({ values, frames }: Trace): Set<ValueId> {
  const infinite = ({ value: id }: Port) => {
    const value = values[id];
    return value?.kind === 'tensor'
      ? value.statistics.inf > 0
      : value?.kind === 'scalar' && Math.abs(value.value) === Infinity;
  };
  const found = new Set<ValueId>();
  for (const { op, operation = op, inputs, outputs } of frames) {
    if (explains(operation) && !(operation in MOVES) && !inputs.some(infinite)) {
      for (const { value } of outputs.filter(infinite)) {
        found.add(value);
      }
    }
  }
  return found;
}
