// Runs of learners' code as traces: what comes in, every operation that the engine applies, everything watched, and the
// result or the error that ended it.

import { Engine } from '../../engine/engine.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import { JoinedParts } from '../../programs/joinedParts.ts';
import { type FrameDraft, Recorder } from '../../programs/recorder.ts';
import { Fault } from '../../shared/errors.ts';
import type { Trace } from '../../shared/trace.ts';
import { useEngine, watchWith } from '../api/session.ts';
import type { Inputs } from '../check/exerciseCheck.ts';
import { errorWords } from '../thrown.ts';
import { traceValue } from './traceValue.ts';

/**
 * @param name of the trace: `softmax, yours`
 * @param call runs the answer on inputs
 * @param parameters the inputs' names
 * @param inputs makes them, on the run's own engine
 * @throws Fault `too-large` when it records more than a page takes
 */
export async function traceRun(
  name: string,
  call: (given: Inputs) => unknown,
  kernels: Kernels,
  parameters: readonly string[],
  inputs: () => Inputs,
): Promise<Trace> {
  const run = new RunRecording(name, kernels);
  const given = inputs();
  run.frame({
    op: 'inputs',
    label: 'What comes in',
    note: 'What the function is called with.',
    outputs: given.map((value, i) => ({ name: parameters[i] ?? `input ${i + 1}`, value: run.traceValue(value) })),
  });
  run.frame(await run.ending(() => call(given)));
  return run.end();
}

/** One run, on an engine of its own. */
export class RunRecording {
  private readonly name: string;
  private readonly recorder: Recorder;
  private readonly engine: Engine;

  /** Its engine is the one in use from now on. */
  constructor(name: string, kernels: Kernels) {
    this.name = name;
    this.recorder = new Recorder(name);
    this.engine = new Engine(kernels);
    useEngine(this.engine);
  }

  frame(draft: FrameDraft): void {
    this.recorder.frame(draft);
  }

  traceValue(value: unknown): number {
    return traceValue(value, this.recorder, this.engine);
  }

  /** Runs `call`, recorded. @returns the frame that tells how it ended */
  async ending(call: () => unknown): Promise<FrameDraft> {
    try {
      const result = await this.during(async () => call());
      const outputs = { result: this.traceValue(result) };
      return { op: 'result', label: 'The result', note: 'What the function gives back.', outputs };
    } catch (error) {
      if (error instanceof Fault && error.code === 'too-large') {
        throw error;
      }
      return { op: 'error', label: 'It stopped', note: errorWords(error) };
    }
  }

  /** Records what happens while `work` runs, which may wait. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const unwatch = watchWith((label, value) => this.watched(label, value));
    const before = this.engine.hook;
    this.engine.hook = this.recorder.tape;
    try {
      return await work();
    } finally {
      this.engine.hook = before;
      unwatch();
    }
  }

  end(): Trace {
    const parts = new JoinedParts();
    parts.add(this.recorder.take({}, true));
    return parts.trace(this.name);
  }

  private watched(label: string, value: unknown): void {
    try {
      const outputs = { [label]: this.traceValue(value) };
      this.frame({ op: 'watch', label, note: `${label} is watched here.`, outputs });
    } catch (error) {
      // Within a group, its own steps come first: what is watched there, they show.
      if (!(error instanceof Fault) || error.code !== 'internal') {
        throw error;
      }
    }
  }
}
