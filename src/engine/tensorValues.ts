// Tensors as values of a trace. Numbers are copied when they are seen, as storages are reused; whether they are sent
// whole or as a preview is decided when a frame that shows them is written.

import { Fault } from '../shared/errors.ts';
import type { ByteSlice, Value, ValueId } from '../shared/trace.ts';
import { HeldTensors } from './heldTensors.ts';
import { numbersOf } from './kernels/views.ts';
import { previewOf, sliced } from './preview.ts';
import { sameShape, sizeOf } from './shape.ts';
import { statisticsOf } from './statistics.ts';
import type { Lease, Tensor } from './tensor.ts';

/** Where values go: a program's recorder. */
export interface ValueSink {
  /**
   * Counts bytes against the trace's budget before they are taken.
   *
   * @param at what they are of
   * @throws Fault `too-large` with `remedy` when the budget would be passed.
   */
  weigh(bytes: number, at: string, remedy: string): void;
  /** Packs numbers, which were weighed, into the trace's buffer. */
  numbers(data: Float32Array | Int32Array): ByteSlice;
  value(value: Value): ValueId;
}

/** What a tensor is, for people. */
export interface Description {
  readonly name?: string;
  /** A name an axis: `B`, `T`, `C`. */
  readonly axes?: readonly string[];
  /** For an axis, by its index: what stands at each place along it. */
  readonly labels?: Readonly<Record<number, readonly string[]>>;
}

/** A tensor's numbers as they were when a step saw them. */
export interface Seen {
  readonly tensor: Tensor;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly numbers: Float32Array | Int32Array;
  id: ValueId | undefined;
}

/** Elements up to which a tensor is sent whole. */
const WHOLE_ELEMENTS = 64 * 1024;

export class TensorValues {
  /** Those that were sent as previews. */
  readonly held = new HeldTensors();
  private readonly sink: ValueSink;
  private readonly whole: number;
  private readonly descriptions = new WeakMap<Tensor, Description>();
  private readonly latest = new WeakMap<Tensor, Seen>();
  /** Gradients that a step back gave out, by their storage: the next step takes them in by a handle of its own. */
  private readonly passedOn = new WeakMap<Lease, Seen>();

  constructor(sink: ValueSink, wholeElements: number = WHOLE_ELEMENTS) {
    this.sink = sink;
    this.whole = wholeElements;
  }

  /** @throws Fault `internal` when the tensor has not as many axes, or an axis not as many places, as are named. */
  describe(tensor: Tensor, description: Description): void {
    const { axes, labels = {} } = description;
    const wrong = Object.entries(labels).find(([axis, names]) => names.length !== tensor.shape[Number(axis)]);
    if (wrong !== undefined || (axes !== undefined && axes.length !== tensor.rank)) {
      const what = wrong === undefined ? `${axes?.length} axes` : `${wrong[1].length} places of axis ${wrong[0]}`;
      throw new Fault('internal', `describe: ${what} are named of ${tensor}.`, {
        remedy: 'Give a name to each axis, and a label to each place of an axis that has labels.',
      });
    }
    this.descriptions.set(tensor, description);
  }

  /** Says that a gradient has the axes of what it is the gradient of, unless it was described itself. */
  describeLike(gradient: Tensor, value: Tensor | undefined): void {
    const { axes, labels } = (value && this.descriptions.get(value)) ?? {};
    if (!this.descriptions.has(gradient) && gradient.rank === value?.rank) {
      this.descriptions.set(gradient, { ...(axes !== undefined && { axes }), ...(labels !== undefined && { labels }) });
    }
  }

  nameOf(tensor: Tensor): string | undefined {
    return this.descriptions.get(tensor)?.name ?? tensor.name;
  }

  /**
   * A copy of the tensor's numbers; the same one as long as they don't change. What the budget has no room for is not
   * copied.
   *
   * @throws Fault `too-large`
   */
  see(tensor: Tensor): Seen {
    const before = this.latest.get(tensor);
    if (before !== undefined && sameBits(before.numbers, rowMajor(tensor))) {
      return before;
    }
    this.sink.weigh(
      4 * tensor.size,
      String(tensor),
      'Use smaller tensors or fewer steps, or record only a part of the computation.',
    );
    const seen: Seen = { tensor, shape: tensor.shape, numbers: tensor.toFlat(), id: undefined };
    this.latest.set(tensor, seen);
    return seen;
  }

  /** As {@link see}, of a gradient that a step back gives out. */
  seeGiven(gradient: Tensor): Seen {
    const seen = this.see(gradient);
    this.passedOn.set(gradient.shared, seen);
    return seen;
  }

  /** As {@link see}, of a gradient that a step back takes in: what the step before gave out, where nothing was added. */
  seeTaken(gradient: Tensor): Seen {
    const given = this.passedOn.get(gradient.shared);
    const same =
      given !== undefined && sameShape(given.shape, gradient.shape) && sameBits(given.numbers, rowMajor(gradient));
    return same ? given : this.see(gradient);
  }

  /** Its id in the trace, into which it is put when first asked for. */
  idOf(seen: Seen): ValueId {
    seen.id ??= this.write(seen);
    return seen.id;
  }

  private write({ tensor, shape, numbers }: Seen): ValueId {
    const { axes, labels } = this.descriptions.get(tensor) ?? {};
    const head = {
      kind: 'tensor',
      dtype: numbers instanceof Float32Array ? 'f32' : 'i32',
      shape,
      ...(axes !== undefined && { axes }),
      ...(labels !== undefined && { labels }),
      statistics: statisticsOf(numbers),
    } as const;
    if (sizeOf(shape) <= this.whole) {
      return this.sink.value({ ...head, bytes: this.sink.numbers(numbers) });
    }
    const slice = previewOf(shape, this.whole);
    const bytes = this.sink.numbers(sliced(numbers, shape, slice));
    const id = this.sink.value({ ...head, preview: { ...slice, bytes } });
    this.held.add(id, shape, numbers);
    return id;
  }
}

/** A tensor's numbers as they are now; copied only where they don't stand in this order. */
function rowMajor(tensor: Tensor): Float32Array | Int32Array {
  return tensor.isDense ? numbersOf(tensor) : tensor.toFlat();
}

/** Whether two lists of one length hold the same, NaN and -0 included. */
function sameBits(a: Float32Array | Int32Array, b: Float32Array | Int32Array): boolean {
  const bitsA = new Int32Array(a.buffer, a.byteOffset, a.length);
  const bitsB = new Int32Array(b.buffer, b.byteOffset, b.length);
  for (let i = 0; i < bitsA.length; i++) {
    if (bitsA[i] !== bitsB[i]) {
      return false;
    }
  }
  return true;
}
