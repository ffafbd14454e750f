// What a demonstration is: a declaration of its parameters and a generator that records frames. Every `yield` is a
// place where the runner may stop, hand over what there is, or change the parameters.

import type { Engine } from '../engine/engine.ts';
import type { TraceRecorder } from '../engine/record.ts';
import type { CancelSignal, Clock, Random } from '../shared/environment.ts';
import type { ParamSpecs, ParamsOf } from '../shared/params.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import type { Vocabulary } from '../tokenizers/vocabulary.ts';
import type { ProgramModels } from './models.ts';
import type { Recorder } from './recorder.ts';

/** What a running program is given. */
export interface ProgramContext<S extends ParamSpecs> {
  /** The parameters as they are now; a session's may change at any `yield`. */
  readonly params: ParamsOf<S>;
  readonly trace: Recorder;
  /**
   * Records what an engine does into this run's trace, and puts tensors into it: `tape.record(engine, () => ...)` makes
   * frames of the operations, `tape.value(tensor)` a value for a frame of the program's own.
   */
  readonly tape: TraceRecorder;
  readonly signal: CancelSignal;
  /** Seeded: the same program with the same parameters yields the same trace. */
  readonly random: Random;
  /** For a price in time: what it says is the machine's, and differs from run to run. */
  readonly clock: Clock;
  /** A real tokenizer's vocabulary, loaded when first asked for. Throws Fault `unknown-encoding`. */
  vocabulary(encoding: string): Promise<Vocabulary>;
  /** A real tokenizer, one that ships or that the user opened, loaded when first asked for. Throws Fault `unknown-encoding`. */
  tokenizer(id: string): Promise<Tokenizer>;
  /**
   * This run's own engine, made when first asked for. Whatever was made with it is gone when the run is over; nothing
   * is recorded but through {@link tape}. Throws Fault `not-found` when the kernels are missing.
   */
  engine(): Promise<Engine>;
  /** Models that were trained before: what they say depends on the machine only where the machine lacks one. */
  readonly models: ProgramModels;
}

export interface Program<S extends ParamSpecs = ParamSpecs> {
  readonly id: string;
  readonly title: string;
  /** A session goes on yielding while it runs and takes changed parameters. */
  readonly session: boolean;
  readonly params: S;
  run(context: ProgramContext<S>): AsyncGenerator<void, void, void>;
}

/** Keeps the parameters' types through the declaration. */
export function defineProgram<const S extends ParamSpecs>(program: Program<S>): Program<S> {
  return program;
}
