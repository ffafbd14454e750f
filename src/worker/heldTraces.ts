// Tensors that traces were sent with as previews, by the id of the trace or of the session that makes it, so that their
// other parts can be asked for. Only so much is held: the oldest go first.

import type { HeldSlice, HeldTensors } from '../engine/heldTensors.ts';
import { sizeOf } from '../engine/shape.ts';
import { Fault } from '../shared/errors.ts';
import { MAX_SLICE, type SlicedTensor } from '../shared/messages.ts';
import type { TensorSlice, ValueId } from '../shared/trace.ts';

/** Most traces held: a lesson shows a few, and one whose slider is moved makes a new one each time. */
export const MAX_TRACES = 16;
/** Most bytes held; the newest trace is held whatever its size, which the trace's own budget bounds. */
export const MAX_HELD_BYTES = 256 * 1024 * 1024;

export class HeldTraces {
  private readonly traces = new Map<string, HeldTensors>();
  private readonly newId: () => string;

  /** @param newId makes ids that no other worker has made. */
  constructor(newId: () => string) {
    this.newId = newId;
  }

  /**
   * Holds them as the newest, which a session that goes on recording says again.
   *
   * @param id of the session; of a trace it is made here
   * @returns the id.
   */
  hold(tensors: HeldTensors, id: string = this.newId()): string {
    this.traces.delete(id);
    this.traces.set(id, tensors);
    for (const oldest of this.traces.keys()) {
      if (oldest === id || (this.traces.size <= MAX_TRACES && this.bytes() <= MAX_HELD_BYTES)) {
        break;
      }
      this.drop(oldest);
    }
    return id;
  }

  drop(id: string): void {
    // A session goes on with the list that it has.
    this.traces.get(id)?.clear();
    this.traces.delete(id);
  }

  get(id: string): HeldTensors | undefined {
    return this.traces.get(id);
  }

  private bytes(): number {
    return [...this.traces.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/**
 * Part of one of a trace's tensors, in a buffer of its own.
 *
 * @param tensors undefined where the trace is no longer held
 * @throws Fault `not-found`, `too-large` above MAX_SLICE elements, `bad-input` when the slice is not within the tensor.
 */
export function slicedFrom(tensors: HeldTensors | undefined, value: ValueId, slice: TensorSlice): SlicedTensor {
  if (tensors === undefined) {
    throw new Fault(
      'not-found',
      'The rest of this tensor is no longer held: newer runs took its place, or its worker has ended.',
      {
        remedy: 'Run the step again.',
      },
    );
  }
  const size = sizeOf(slice.shape);
  if (size > MAX_SLICE) {
    throw new Fault('too-large', `A slice of ${size} elements was asked for; at most ${MAX_SLICE} are sent.`, {
      remedy: 'Ask for a smaller part, or for every second element.',
    });
  }
  const { dtype, numbers }: HeldSlice = tensors.slice(value, slice);
  return { dtype, shape: slice.shape, bytes: numbers.buffer as ArrayBuffer };
}
