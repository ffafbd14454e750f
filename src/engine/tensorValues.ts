// Tensors as values of a trace. Numbers are copied when they are seen, as storages are reused; whether they are sent
// whole or as a preview is decided when a frame that shows them is written.

import type { ByteSlice, Value, ValueId } from '../shared/trace.ts';
import { HeldTensors } from './heldTensors.ts';
import { previewOf, sliced } from './preview.ts';
import { sizeOf } from './shape.ts';
import { statisticsOf } from './statistics.ts';
import type { Tensor } from './tensor.ts';

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

  constructor(sink: ValueSink, wholeElements: number = WHOLE_ELEMENTS) {
    this.sink = sink;
    this.whole = wholeElements;
  }

  describe(tensor: Tensor, description: Description): void {
    this.descriptions.set(tensor, description);
  }

  nameOf(tensor: Tensor): string | undefined {
    return this.descriptions.get(tensor)?.name ?? tensor.name;
  }

  /** A copy of the tensor's numbers; the same one as long as they don't change. @throws Fault `too-large` */
  see(tensor: Tensor): Seen {
    const numbers = tensor.toFlat();
    const before = this.latest.get(tensor);
    if (before !== undefined && sameBits(before.numbers, numbers)) {
      return before;
    }
    this.sink.weigh(
      numbers.byteLength,
      String(tensor),
      'Use smaller tensors or fewer steps, or record only a part of the computation.',
    );
    const seen: Seen = { tensor, shape: tensor.shape, numbers, id: undefined };
    this.latest.set(tensor, seen);
    return seen;
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

/** Whether two lists of one length hold the same, NaN and -0 included. */
function sameBits(a: Float32Array | Int32Array, b: Float32Array | Int32Array): boolean {
  const [bitsA, bitsB] = [a, b].map(({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, length));
  return bitsA.every((bits, i) => bits === bitsB[i]);
}
