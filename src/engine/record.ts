// Records what the engine does as frames of a trace: each operation where it is applied, groups that open into their
// parts, and the backward pass. Numbers are copied when they are seen, as storages are reused; frames are written to the
// trace by `flush`, so that names given to tensors after they were made are known.

import { Fault } from '../shared/errors.ts';
import type {
  Attributes,
  ByteSlice,
  Frame,
  FrameId,
  Port,
  SourcePlace,
  TensorSlice,
  Value,
  ValueId,
} from '../shared/trace.ts';
import type { Operation } from './autograd.ts';
import { previewOf, sliced } from './preview.ts';
import { sizeOf } from './shape.ts';
import { statisticsOf } from './statistics.ts';
import type { Tensor } from './tensor.ts';

/** Told of what the engine does, in order. */
export interface TraceHook {
  /** An operation was applied. */
  applied(operation: Operation<unknown>, attributes: unknown, inputs: readonly Tensor[], output: Tensor): void;
  /** Work that is one step of the trace and opens into its parts. */
  group<T>(label: string, work: () => T): T;
  /** One operation's backward pass: runs it, and returns the gradients of its inputs. */
  backward(
    operation: Operation<unknown>,
    inputs: readonly Tensor[],
    gradient: Tensor,
    run: () => readonly (Tensor | undefined)[],
  ): readonly (Tensor | undefined)[];
}

/** Where frames and values go: a program's recorder. */
export interface TraceSink {
  /** Packs numbers into the trace's buffer. */
  numbers(data: Float32Array | Int32Array): ByteSlice;
  value(value: Value): ValueId;
  frame(frame: Frame): FrameId;
}

/** What a tensor is, for people. */
export interface Description {
  readonly name?: string;
  /** A name an axis: `B`, `T`, `C`. */
  readonly axes?: readonly string[];
  /** For an axis, by its index: what stands at each place along it. */
  readonly labels?: Readonly<Record<number, readonly string[]>>;
}

export interface RecordOptions {
  /** Bytes of numbers above which recording is refused. */
  readonly budgetBytes?: number;
  /** Elements up to which a tensor is sent whole; larger ones as a preview. */
  readonly wholeElements?: number;
  /** Where the code stands that applied an operation; see `callerPlace`. */
  readonly place?: () => SourcePlace | undefined;
}

/** A tensor's numbers as they were when a step saw them. */
interface Seen {
  readonly tensor: Tensor;
  readonly shape: readonly number[];
  readonly numbers: Float32Array | Int32Array;
  id: ValueId | undefined;
}

interface Step {
  readonly op: string;
  readonly label: string;
  readonly formula?: string;
  readonly attributes?: Attributes;
  readonly source?: SourcePlace;
  readonly parent: Step | undefined;
  readonly inputs: Part[];
  readonly outputs: Part[];
  id?: FrameId;
}

/** A step's input or output: what it is called there, and what it is the gradient of. */
interface Part {
  readonly role: string;
  readonly seen: Seen;
  readonly gradientOf?: string;
}

export class TraceRecorder implements TraceHook {
  private readonly sink: TraceSink;
  private readonly budget: number;
  private readonly whole: number;
  private readonly place: (() => SourcePlace | undefined) | undefined;
  private readonly descriptions = new WeakMap<Tensor, Description>();
  private readonly latest = new WeakMap<Tensor, Seen>();
  /** Those sent as previews, for {@link slice}. */
  private readonly held = new Map<ValueId, Seen>();
  private steps: Step[] = [];
  private open: Step | undefined;
  private bytes = 0;
  private count = 0;

  constructor(sink: TraceSink, options: RecordOptions = {}) {
    this.sink = sink;
    this.budget = options.budgetBytes ?? 64 * 1024 * 1024;
    this.whole = options.wholeElements ?? 64 * 1024;
    this.place = options.place;
  }

  /** Says what a tensor is. Names end up wherever it is shown. Returns the tensor. */
  describe(tensor: Tensor, description: Description): Tensor {
    this.descriptions.set(tensor, description);
    return tensor;
  }

  applied(operation: Operation<unknown>, attributes: unknown, inputs: readonly Tensor[], output: Tensor): void {
    this.add({
      op: operation.name,
      label: operation.name,
      formula: operation.formula,
      attributes: shown(attributes),
      inputs: inputs.map((tensor, i) => ({ role: roleOf(operation, inputs.length, i), seen: this.see(tensor) })),
      outputs: [{ role: 'y', seen: this.see(output) }],
    });
  }

  group<T>(label: string, work: () => T): T {
    const step = this.add({ op: 'group', label, inputs: [], outputs: [] });
    const first = this.steps.length;
    const outer = this.open;
    this.open = step;
    try {
      return work();
    } finally {
      this.open = outer;
      const parts = this.steps.slice(first).filter(({ parent }) => parent === step);
      step.inputs.push(...entering(parts));
      step.outputs.push(...(parts.at(-1)?.outputs ?? []));
    }
  }

  backward(
    operation: Operation<unknown>,
    inputs: readonly Tensor[],
    gradient: Tensor,
    run: () => readonly (Tensor | undefined)[],
  ): readonly (Tensor | undefined)[] {
    const before: Part = { role: 'dy', seen: this.see(gradient), gradientOf: 'y' };
    const gradients = run();
    this.add({
      op: `${operation.name}-backward`,
      label: `${operation.name}, backward`,
      ...(operation.gradient !== undefined && { formula: operation.gradient }),
      inputs: [before],
      outputs: gradients.flatMap((part, i) => {
        const role = this.nameOf(inputs[i]) ?? roleOf(operation, inputs.length, i);
        return part === undefined ? [] : [{ role: `d${role}`, seen: this.see(part), gradientOf: role }];
      }),
    });
    return gradients;
  }

  /** Writes what was recorded to the trace. Not within a group. */
  flush(): void {
    for (const step of this.steps) {
      step.id = this.sink.frame({
        op: step.op,
        label: step.label,
        ...(step.parent?.id !== undefined && { parent: step.parent.id }),
        ...(step.formula !== undefined && { formula: step.formula }),
        ...(step.attributes !== undefined && { attributes: step.attributes }),
        ...(step.source !== undefined && { source: step.source }),
        inputs: this.ports(step.inputs),
        outputs: this.ports(step.outputs),
      });
    }
    this.steps = [];
  }

  /**
   * Elements of a tensor that was sent as a preview.
   *
   * @throws Fault `not-found` when no such tensor is held, `bad-input` when the slice is not within it.
   */
  slice(value: ValueId, slice: TensorSlice): Float32Array | Int32Array {
    const seen = this.held.get(value);
    if (seen === undefined) {
      throw new Fault('not-found', `The trace holds no tensor ${value} of which a preview was sent.`, {
        remedy: 'Run the step again.',
      });
    }
    return sliced(seen.numbers, seen.shape, slice);
  }

  private add(step: Omit<Step, 'parent' | 'source'>): Step {
    const source = this.place?.();
    const added: Step = { ...step, parent: this.open, ...(source !== undefined && { source }) };
    this.steps.push(added);
    this.count++;
    return added;
  }

  /** A copy of the tensor's numbers; the same one as long as they don't change. */
  private see(tensor: Tensor): Seen {
    const numbers = tensor.toFlat();
    const before = this.latest.get(tensor);
    if (before?.numbers.every((x, i) => Object.is(x, numbers[i]))) {
      return before;
    }
    this.bytes += numbers.byteLength;
    if (this.bytes > this.budget) {
      throw new Fault(
        'too-large',
        `The trace passes ${Math.round(this.budget / 1024 / 1024)} MB after ${this.count} steps, at ${tensor}.`,
        { remedy: 'Use smaller tensors or fewer steps, or record only a part of the computation.' },
      );
    }
    const seen: Seen = { tensor, shape: tensor.shape, numbers, id: undefined };
    this.latest.set(tensor, seen);
    return seen;
  }

  /** Named by the tensor's own name where no other port of the step has it. */
  private ports(parts: readonly Part[]): Port[] {
    const names = parts.map(({ role, seen, gradientOf }) =>
      gradientOf === undefined ? this.nameOf(seen.tensor) : role,
    );
    return parts.map(({ role, seen, gradientOf }, i) => {
      const name = names[i] !== undefined && names.indexOf(names[i]) === names.lastIndexOf(names[i]) ? names[i] : role;
      return { name, value: this.valueOf(seen), ...(gradientOf !== undefined && { gradientOf }) };
    });
  }

  private valueOf(seen: Seen): ValueId {
    seen.id ??= this.write(seen);
    return seen.id;
  }

  private write(seen: Seen): ValueId {
    const { tensor, shape, numbers } = seen;
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
    this.held.set(id, seen);
    return id;
  }

  private nameOf(tensor: Tensor): string | undefined {
    return this.descriptions.get(tensor)?.name ?? tensor.name;
  }
}

/** What a group's parts take in that none of them made, each once. */
function entering(parts: readonly Step[]): Part[] {
  const made = new Set(parts.flatMap(({ outputs }) => outputs.map(({ seen }) => seen)));
  const inputs = new Map(parts.flatMap((part) => part.inputs.map((input) => [input.seen, input] as const)));
  return [...inputs.values()].filter(({ seen }) => !made.has(seen) && seen.shape.length > 0);
}

function roleOf({ inputs }: Operation<unknown>, count: number, index: number): string {
  const fallback = count === 1 ? 'x' : count === 2 ? 'ab'[index] : `x${index + 1}`;
  return inputs?.[index] ?? fallback;
}

/** The attributes that a trace can carry: numbers, texts, switches and lists of numbers. */
function shown(attributes: unknown): Attributes {
  const entries = Object.entries(attributes ?? {}).filter(
    ([, value]) => ['number', 'string', 'boolean'].includes(typeof value) || Array.isArray(value),
  );
  return Object.fromEntries(entries);
}
