// Records frames and values into one trace, within a budget: what a program writes itself, and what the engine does.

import { TraceRecorder, type TraceSink } from '../engine/record.ts';
import { type CancelSignal, neverCancelled } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type {
  Attributes,
  ByteSlice,
  Frame,
  FrameId,
  ParamValues,
  Port,
  SourcePlace,
  TracePart,
  Value,
  ValueId,
} from '../shared/trace.ts';
import { PackedNumbers } from './packedNumbers.ts';

/** Values by name; as ports where there is more to say of one. */
export type NamedValues = Readonly<Record<string, ValueId>> | readonly Port[];

/** A step as a program writes it: values by name, put into the trace when recorded. */
export interface FrameDraft {
  readonly op: string;
  /** The engine's operation that it shows, where `op` is a name of the program's own. */
  readonly operation?: string;
  readonly label: string;
  readonly parent?: FrameId | undefined;
  readonly note?: string;
  readonly formula?: string;
  readonly inputs?: NamedValues;
  readonly outputs?: NamedValues;
  readonly attributes?: Attributes;
  readonly source?: SourcePlace;
}

/** Rough size above which a trace is refused: what a webview still takes without stutter. */
const TRACE_BUDGET_BYTES = 64 * 1024 * 1024;

export class Recorder implements TraceSink {
  /** Records what an engine does. Its frames and those written here stand in the order in which they happened. */
  readonly tape: TraceRecorder = new TraceRecorder(this);
  private readonly program: string;
  private readonly budget: number;
  private readonly signal: CancelSignal;
  private values: Value[] = [];
  private frames: Frame[] = [];
  private readonly packed = new PackedNumbers();
  private firstValue = 0;
  private firstFrame = 0;
  private bytes = 0;

  /** @param signal ends the program wherever it records next; looked at between its steps it leaves it where it was. */
  constructor(program: string, budgetBytes: number = TRACE_BUDGET_BYTES, signal: CancelSignal = neverCancelled) {
    this.program = program;
    this.budget = budgetBytes;
    this.signal = signal;
  }

  /** How many frames there are in all, those already handed over included. */
  get frameCount(): number {
    return this.firstFrame + this.frames.length;
  }

  /** Frames recorded and not yet handed over. */
  get pending(): number {
    return this.frames.length;
  }

  /** Puts a value into the trace. Frames that show the same value share its id. */
  value(value: Value): ValueId {
    this.weigh(roughBytes(value));
    this.values.push(value);
    return this.firstValue + this.values.length - 1;
  }

  /**
   * Packs numbers for a tensor of this trace; they must stay as they are. They are weighed before, by {@link weigh}:
   * `tape.value` does both.
   */
  numbers(data: Float32Array | Int32Array): ByteSlice {
    return this.packed.add(data);
  }

  frame(draft: FrameDraft): FrameId {
    this.tape.flush();
    const { inputs = {}, outputs = {}, parent, ...rest } = draft;
    this.weigh(64 + 2 * (rest.label.length + (rest.note?.length ?? 0) + (rest.formula?.length ?? 0)));
    this.frames.push({
      ...rest,
      ...(parent !== undefined && { parent }),
      inputs: ports(inputs),
      outputs: ports(outputs),
    });
    return this.firstFrame + this.frames.length - 1;
  }

  /**
   * @param at what the bytes are of
   * @throws Fault `too-large` when `bytes` more would pass the budget, parts handed over before included; `cancelled`.
   */
  weigh(bytes: number, at?: string, remedy = 'Use a shorter text or fewer steps.'): void {
    this.bytes += bytes;
    const steps = this.frameCount + this.tape.pending;
    if (this.signal.cancelled) {
      throw new Fault('cancelled', `${this.program} was cancelled after ${steps} steps.`);
    }
    if (this.bytes > this.budget) {
      const what = at === undefined ? '' : `, at ${at}`;
      throw new Fault(
        'too-large',
        `${this.program}: the trace passes ${Math.round(this.budget / 1024 / 1024)} MB after ${steps} steps${what}.`,
        { remedy },
      );
    }
  }

  /** Hands over what was recorded since the last call; ids go on counting. */
  take(params: ParamValues, done: boolean): TracePart {
    this.tape.flush();
    const buffer = this.packed.take();
    const part = { values: this.values, frames: this.frames, params, done, ...(buffer !== undefined && { buffer }) };
    this.firstValue += this.values.length;
    this.firstFrame += this.frames.length;
    this.values = [];
    this.frames = [];
    return part;
  }
}

function ports(named: NamedValues): readonly Port[] {
  return isPorts(named) ? named : Object.entries(named).map(([name, value]) => ({ name, value }));
}

function isPorts(named: NamedValues): named is readonly Port[] {
  return Array.isArray(named);
}

/** An upper estimate good enough for a budget: not the exact size of the clone. */
function roughBytes(value: Value): number {
  switch (value.kind) {
    case 'scalar':
      return 16;
    case 'text':
      return value.text.length * 2 + (value.marks?.length ?? 0) * 32;
    case 'tokens':
      return value.pieces.reduce(
        (sum, piece) => sum + 48 + (piece.text?.length ?? 0) * 2 + (piece.bytes?.length ?? 0) * 8,
        0,
      );
    case 'table':
      return value.rows.reduce(
        (sum, row) => sum + row.reduce<number>((s, cell) => s + (typeof cell === 'string' ? cell.length * 2 : 8), 16),
        0,
      );
    case 'tree':
      return JSON.stringify(value).length * 2;
    case 'points':
      return (value.points.length + (value.lines?.length ?? 0)) * 96;
    case 'verdicts':
      return value.items.reduce((sum, { label }) => sum + 32 + 2 * label.length, 64);
    case 'plane':
      return (
        (value.heights?.bytes.byteLength ?? 0) +
        ((value.points?.length ?? 0) + (value.lines?.length ?? 0)) * 96 +
        (value.paths ?? []).reduce((sum, { points }) => sum + points.length * 16, 0)
      );
    case 'graph':
      return [...value.nodes, ...value.edges].reduce(
        (sum, { label, note }) => sum + 64 + 2 * (label.length + (note?.length ?? 0)),
        (value.between?.length ?? 0) * 16,
      );
    case 'tensor':
      // Its numbers are weighed when they are taken.
      return Object.values(value.labels ?? {}).reduce(
        (sum, labels) => labels.reduce((s, label) => s + 32 + 2 * label.length, sum),
        512,
      );
  }
}
