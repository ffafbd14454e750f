// Records frames and values into one trace, within a budget.

import { Fault } from '../shared/errors.ts';
import type { Frame, FrameId, ParamValues, Port, SourcePlace, TracePart, Value, ValueId } from '../shared/trace.ts';

/** A step as a program writes it: values by name, put into the trace when recorded. */
export interface FrameDraft {
  readonly op: string;
  readonly label: string;
  readonly parent?: FrameId | undefined;
  readonly note?: string;
  readonly formula?: string;
  readonly inputs?: Readonly<Record<string, ValueId>>;
  readonly outputs?: Readonly<Record<string, ValueId>>;
  readonly source?: SourcePlace;
}

/** Rough size above which a trace is refused: what a webview still takes without stutter. */
export const TRACE_BUDGET_BYTES = 64 * 1024 * 1024;

export class Recorder {
  private readonly program: string;
  private readonly budget: number;
  private values: Value[] = [];
  private frames: Frame[] = [];
  private firstValue = 0;
  private firstFrame = 0;
  private bytes = 0;

  constructor(program: string, budgetBytes: number = TRACE_BUDGET_BYTES) {
    this.program = program;
    this.budget = budgetBytes;
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

  frame(draft: FrameDraft): FrameId {
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

  /** @throws Fault `too-large` when `bytes` more would pass the budget, parts handed over before included. */
  private weigh(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > this.budget) {
      throw new Fault(
        'too-large',
        `${this.program}: the trace passes ${Math.round(this.budget / 1024 / 1024)} MB after ${this.frameCount} steps.`,
        { remedy: 'Use a shorter text or fewer steps.' },
      );
    }
  }

  /** Hands over what was recorded since the last call; ids go on counting. */
  take(params: ParamValues, done: boolean): TracePart {
    const part: TracePart = { values: this.values, frames: this.frames, params, done };
    this.firstValue += this.values.length;
    this.firstFrame += this.frames.length;
    this.values = [];
    this.frames = [];
    return part;
  }
}

function ports(named: Readonly<Record<string, ValueId>>): Port[] {
  return Object.entries(named).map(([name, value]) => ({ name, value }));
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
    case 'tensor':
      return (value.bytes ?? value.preview?.bytes)?.length ?? 0;
  }
}
