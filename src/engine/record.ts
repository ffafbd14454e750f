// Records what the engine does as frames of a trace: each operation where it is applied, groups that open into their
// parts, and the backward pass. Frames are written to the trace by `flush`, so that names given to tensors after they
// were made are known.

import { Fault } from '../shared/errors.ts';
import type { Frame, FrameId, Port, SourcePlace, ValueId } from '../shared/trace.ts';
import type { Operation } from './autograd.ts';
import type { Engine } from './engine.ts';
import type { HeldTensors } from './heldTensors.ts';
import { operationPlace } from './operationPlaces.ts';
import { type Part, portsOf, roleOf, type Step, shaped, shown } from './recordedStep.ts';
import { finished } from './scope.ts';
import { stepNote } from './stepNote.ts';
import type { Tensor } from './tensor.ts';
import { type Description, TensorValues, type ValueSink } from './tensorValues.ts';
import type { TraceHook } from './traceHook.ts';

/** Where frames and values go: a program's recorder. */
export interface TraceSink extends ValueSink {
  frame(frame: Frame): FrameId;
}

/** What stands at a step in place of what its operation says of itself. */
export interface Caption {
  /** A stable name, for bets and tests. */
  readonly op?: string;
  readonly label?: string;
  /** What happened here, as one sentence. */
  readonly note?: string;
  readonly formula?: string;
  /** Where in the project's own sources it is done; an operation's own place unless given. */
  readonly source?: SourcePlace;
  /** What stands at its step of the way back, in place of what the operation says of that. */
  readonly back?: Pick<Caption, 'note' | 'formula'>;
}

export interface RecordOptions {
  /** Elements up to which a tensor is sent whole; larger ones as a preview. */
  readonly wholeElements?: number;
}

export class TraceRecorder implements TraceHook {
  private readonly sink: TraceSink;
  private readonly tensors: TensorValues;
  /** The forward step of each operation that was applied, by its list of inputs, which its backward pass is given. */
  private readonly forwards = new WeakMap<readonly Tensor[], Step>();
  private steps: Step[] = [];
  /** The group in whose work we are. */
  private open: Step | undefined;
  /** Labels of the groups and captions in whose work we are: what is recorded there isn't finished. */
  private readonly within: string[] = [];
  /** How many calls of {@link record} are at work, one in the other. */
  private recordings = 0;

  constructor(sink: TraceSink, { wholeElements }: RecordOptions = {}) {
    this.sink = sink;
    this.tensors = new TensorValues(sink, wholeElements);
  }

  /** Steps recorded and not yet written. */
  get pending(): number {
    return this.steps.length;
  }

  /** The tensors that were sent as previews. */
  get held(): HeldTensors {
    return this.tensors.held;
  }

  /**
   * Makes each operation that `engine` applies in `work` a frame of the trace, also those of `backward`. What is
   * computed outside of it leaves no trace. `work` does not wait for anything: it returns when it is done.
   *
   * Example: `const y = tape.record(engine, () => matmul(x, weight))`.
   *
   * @throws Fault `too-large` when the trace would pass its budget, `internal` when `work` waits; what `work` throws.
   */
  record<T>(engine: Engine, work: () => T): T {
    const before = engine.hook;
    engine.hook = this;
    this.recordings++;
    let result: T;
    try {
      result = finished('record', work());
    } finally {
      engine.hook = before;
      this.recordings--;
    }
    if (this.recordings === 0 && this.within.length === 0) {
      this.flush();
    }
    return result;
  }

  /**
   * Says what the operation or group is that is recorded in `work`, in place of its own words. Where it is several,
   * they become the parts of one step that says it.
   *
   * Example: `tape.caption({ label: 'Look the tokens up', op: 'look-up' }, () => embedding(table, ids))`.
   *
   * @throws Fault `internal` when nothing was recorded in `work`.
   */
  caption<T>(caption: Caption, work: () => T): T {
    const first = this.steps.length;
    const label = caption.label ?? caption.op ?? 'a caption';
    try {
      const result = this.inside(label, work);
      if (this.steps.length === first) {
        throw new Fault('internal', `caption: nothing was recorded in "${label}".`, {
          remedy: 'Call it within record, around an operation.',
        });
      }
      return result;
    } finally {
      this.captionSince(first, caption);
    }
  }

  /** Puts a tensor's numbers, as they are now, into the trace, for frames that a program writes itself. */
  value(tensor: Tensor): ValueId {
    return this.tensors.idOf(this.tensors.see(tensor));
  }

  /**
   * Says what a tensor is. Its name stands wherever it is shown from now on; axes and labels go with its numbers, so
   * give them before those are shown. Returns the tensor.
   *
   * @throws Fault `internal` when they don't fit its shape.
   */
  describe(tensor: Tensor, description: Description): Tensor {
    this.tensors.describe(tensor, description);
    return tensor;
  }

  applied(operation: Operation<unknown>, attributes: unknown, inputs: readonly Tensor[], output: Tensor): void {
    const step = this.add(operation.name, {
      op: operation.name,
      label: operation.name,
      formula: operation.formula,
      attributes: shown(attributes),
      inputs: inputs.map((tensor, i) => ({
        role: roleOf(operation, inputs.length, i),
        seen: this.tensors.see(tensor),
      })),
      outputs: [{ role: 'y', seen: this.tensors.see(output) }],
    });
    this.forwards.set(inputs, step);
  }

  group<T>(label: string, work: () => T): T {
    const step = this.add(label, { op: 'group', label, inputs: [], outputs: [] });
    const first = this.steps.length;
    const outer = this.open;
    this.open = step;
    try {
      return this.inside(label, work);
    } finally {
      this.open = outer;
      Object.assign(step, portsOf(this.partsOf(step, first)));
    }
  }

  backward(
    operation: Operation<unknown>,
    inputs: readonly Tensor[],
    gradient: Tensor,
    run: () => readonly (Tensor | undefined)[],
  ): readonly (Tensor | undefined)[] {
    const forward = this.forwards.get(inputs);
    const values = forward?.inputs.map((part): Part => ({ ...part, beside: true })) ?? [];
    const results = forward?.outputs.map((part): Part => ({ ...part, beside: true })) ?? [];
    const before: Part = { role: 'dy', seen: this.tensors.seeTaken(gradient), gradientOf: 'y', of: results[0] };
    const gradients = run();
    this.add(operation.name, {
      op: `${operation.name}-backward`,
      label: `${forward?.label ?? operation.name}, backward`,
      ...(operation.gradient !== undefined && { formula: operation.gradient }),
      ...forward?.back,
      ...(forward?.attributes !== undefined && { attributes: forward.attributes }),
      inputs: [before, ...values, ...results],
      outputs: gradients.flatMap((part, i) => {
        const role = this.tensors.nameOf(inputs[i]) ?? roleOf(operation, inputs.length, i);
        return part === undefined
          ? []
          : [{ role: `d${role}`, seen: this.tensors.seeGiven(part), gradientOf: role, of: values[i] }];
      }),
    });
    return gradients;
  }

  /** Writes what was recorded to the trace. @throws Fault `internal` within a group or a caption: it isn't finished. */
  flush(): void {
    const unfinished = this.within.at(-1);
    if (unfinished !== undefined) {
      throw new Fault('internal', `A frame of its own can't be written within "${unfinished}", which isn't finished.`, {
        remedy: 'Write it before or after the group or caption.',
      });
    }
    const { steps } = this;
    this.steps = [];
    for (const step of steps) {
      const { parent, inputs, outputs, back: _back, ...words } = step;
      const [names, results] = [this.named(inputs), this.named(outputs)];
      step.id = this.sink.frame({
        ...words,
        note: words.note ?? stepNote(shaped(inputs, names), shaped(outputs, results)),
        ...(parent?.id !== undefined && { parent: parent.id }),
        inputs: this.ports(inputs, names, names),
        outputs: this.ports(outputs, results, names),
      });
    }
  }

  /** @param name of the operation, or of the group, that it is */
  private add(name: string, step: Omit<Step, 'parent' | 'source'>): Step {
    const source = operationPlace(name);
    const added: Step = { ...step, parent: this.open, ...(source !== undefined && { source }) };
    this.steps.push(added);
    return added;
  }

  /** Runs the work of a group or a caption. */
  private inside<T>(label: string, work: () => T): T {
    this.within.push(label);
    try {
      return work();
    } finally {
      this.within.pop();
    }
  }

  /** Gives the step that was recorded since there were `first` of them a caption; several become the parts of one. */
  private captionSince(first: number, caption: Caption): void {
    const parts = this.partsOf(this.open, first);
    if (parts.length === 1) {
      const { op, operation = op } = parts[0];
      // What it is called in this program; what it does stays known.
      Object.assign(parts[0], caption, caption.op !== undefined && operation !== 'group' && { operation });
    } else if (parts.length > 1) {
      const group: Step = { op: 'group', label: caption.label ?? parts[0].label, parent: this.open, ...portsOf(parts) };
      this.steps.splice(first, 0, Object.assign(group, caption));
      for (const part of parts) {
        part.parent = group;
      }
    }
  }

  /** The steps from `first` on that are directly in `parent`. */
  private partsOf(parent: Step | undefined, first: number): Step[] {
    return this.steps.slice(first).filter((step) => step.parent === parent);
  }

  /** A name a part: the tensor's own where no other part of the step has it. */
  private named(parts: readonly Part[]): ReadonlyMap<Part, string> {
    const names = parts.map(({ role, seen, gradientOf }) =>
      gradientOf === undefined ? this.tensors.nameOf(seen.tensor) : role,
    );
    const alone = (name: string) => names.indexOf(name) === names.lastIndexOf(name);
    return new Map(
      parts.map((part, i) => {
        const name = names[i];
        return [part, name !== undefined && alone(name) ? name : part.role] as const;
      }),
    );
  }

  /** @param inputs names of the step's inputs: of what a gradient is the gradient. */
  private ports(parts: readonly Part[], names: ReadonlyMap<Part, string>, inputs: ReadonlyMap<Part, string>): Port[] {
    return parts.map((part) => {
      this.tensors.describeLike(part.seen.tensor, part.of?.seen.tensor);
      const gradientOf = (part.of && inputs.get(part.of)) ?? part.gradientOf;
      return {
        name: names.get(part) ?? part.role,
        value: this.tensors.idOf(part.seen),
        ...(gradientOf !== undefined && { gradientOf }),
      };
    });
  }
}
