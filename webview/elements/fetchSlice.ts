// Asks the worker for the rest of a tensor that a trace holds only a preview of.

import { Fault } from '../../src/shared/errors.ts';
import { type Calls, sliceTensor } from '../../src/shared/messages.ts';
import type { Trace } from '../../src/shared/trace.ts';
import type { FetchSlice } from './tensor/partFetcher.ts';

/** Fetches parts of this trace's tensors; undefined where the trace holds all of them. */
export function fetchSliceOf(calls: () => Calls, { id, values }: Trace): FetchSlice | undefined {
  if (id === undefined) {
    return undefined;
  }
  return (value, slice) => {
    const place = values.indexOf(value);
    return place === -1
      ? Promise.reject(new Fault('internal', 'The tensor is not one of the trace that it is asked of.'))
      : calls().request(sliceTensor, { trace: id, value: place, slice });
  };
}
