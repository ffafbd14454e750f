// Runs programs: to the end at once, or pull by pull as a session. Between two `yield`s of a program it looks at the
// clock and at the cancel signal; a session that is not asked does nothing.

import { Engine } from '../engine/engine.ts';
import type { HeldTensors } from '../engine/heldTensors.ts';
import type { Kernels } from '../engine/kernels/kernels.ts';
import type { CancelSignal, Clock } from '../shared/environment.ts';
import { seededRandom } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { Progress } from '../shared/messages.ts';
import type { ParamSpecs, ParamsOf } from '../shared/params.ts';
import { readParams } from '../shared/params.ts';
import type { ParamValues, Trace, TracePart } from '../shared/trace.ts';
import type { TokenizerLoader } from '../tokenizers/tokenizer.ts';
import type { VocabularyLoader } from '../tokenizers/vocabulary.ts';
import { JoinedParts } from './joinedParts.ts';
import type { ProgramModels } from './models.ts';
import type { Program, ProgramContext } from './program.ts';
import { Recorder } from './recorder.ts';
import { type LentKernels, lendKernels } from './runKernels.ts';

/** What a program's world is made of; the same for all of a run. */
export interface RunEnvironment {
  readonly signal: CancelSignal;
  readonly seed: number;
  readonly clock: Clock;
  readonly loadVocabulary: VocabularyLoader;
  readonly loadTokenizer: TokenizerLoader;
  /** What all runs compute with, made when first asked for. Throws Fault `not-found` when its files are missing. */
  readonly loadKernels: () => Promise<Kernels>;
  readonly models: ProgramModels;
  readonly onProgress?: (progress: Progress) => void;
  /** Rough most that a trace may weigh, in bytes; the recorder's own limit if absent. */
  readonly budgetBytes?: number;
  /** Takes the tensors that a finished trace shows previews of. @returns the id by which they are asked for. */
  readonly hold?: (held: HeldTensors) => string;
}

/** How long a run works before it lets the event loop take a turn, in milliseconds. */
const TURN_MS = 50;

/**
 * Runs `program` to its end. A session runs too, with the parameters that it was started with.
 *
 * @throws Fault `bad-params`, `cancelled`, `too-large`, or the program's own.
 */
export async function runToEnd(program: Program, rawParams: unknown, environment: RunEnvironment): Promise<Trace> {
  const session = SessionRun.start(program, rawParams, environment, environment.signal);
  const parts = new JoinedParts();
  try {
    for (;;) {
      const part = await session.next(Number.POSITIVE_INFINITY, TURN_MS);
      parts.add(part);
      if (part.done) {
        const trace = parts.trace(program.id);
        const id = session.held.size === 0 ? undefined : environment.hold?.(session.held);
        return id === undefined ? trace : { ...trace, id };
      }
      environment.onProgress?.({ done: parts.frames.length, unit: 'steps' });
      await new Promise<void>((resolve) => setTimeout(resolve));
    }
  } finally {
    await session.stop();
  }
}

/** A program that is pulled. New parameters are taken up at the start of the next pull; of several, the latest wins. */
export class SessionRun {
  private readonly program: Program;
  private readonly environment: RunEnvironment;
  private readonly recorder: Recorder;
  private params: ParamsOf<ParamSpecs> & ParamValues;
  private wanted: (ParamsOf<ParamSpecs> & ParamValues) | undefined;
  private steps: AsyncGenerator<void, void, void>;
  /** What the program computes with, once it has asked for it. */
  private lent: LentKernels | undefined;
  private state: 'running' | 'done' | 'stopped' = 'running';
  /** The pull in progress: the next one waits for it. */
  private pull: Promise<unknown> = Promise.resolve();

  private constructor(
    program: Program,
    params: ParamsOf<ParamSpecs> & ParamValues,
    environment: RunEnvironment,
    end: CancelSignal | undefined,
  ) {
    this.program = program;
    this.environment = environment;
    this.params = params;
    this.recorder = new Recorder(program.id, environment.budgetBytes, end);
    this.steps = this.begin();
  }

  /**
   * Nothing runs before the first {@link next}.
   *
   * @param end ends the program for good, also in the middle of a step; `environment.signal` ends a pull between steps
   * @throws Fault `bad-params`
   */
  static start(program: Program, rawParams: unknown, environment: RunEnvironment, end?: CancelSignal): SessionRun {
    return new SessionRun(program, readParams(program.id, program.params, rawParams), environment, end);
  }

  /**
   * Works until `maxFrames` frames are there, `budgetMs` milliseconds are over, or the program has ended, whichever
   * comes first; always at least one step. A step that records several frames may pass `maxFrames` by a few.
   *
   * @throws Fault `cancelled` (what was recorded so far comes with the next pull), `unknown-session` after a fault
   *   or a stop, or the program's own.
   */
  next(maxFrames: number, budgetMs: number): Promise<TracePart> {
    const part = this.pull.then(() => this.work(maxFrames, budgetMs));
    this.pull = part.catch(() => undefined);
    return part;
  }

  /**
   * Takes new parameters. A program that has come to its end starts over with them.
   *
   * @throws Fault `bad-params` (the old ones go on), `unknown-session` after a fault or a stop.
   */
  update(rawParams: unknown): void {
    this.assertAlive();
    this.wanted = readParams(this.program.id, this.program.params, rawParams);
  }

  /** Whether its program has come to its end; new parameters start it over. */
  get over(): boolean {
    return this.state !== 'running';
  }

  /** The tensors of its trace that were sent as previews. */
  get held(): HeldTensors {
    return this.recorder.tape.held;
  }

  /**
   * Ends it. Safe to call at any time, and twice.
   *
   * @returns when the program has come to rest and its tensors' memory is given back.
   */
  async stop(): Promise<void> {
    this.state = 'stopped';
    // A program that is at work comes to its next `yield` first: until then it uses its tensors.
    await this.steps.return().catch(() => undefined);
    this.takeBack();
  }

  private begin(): AsyncGenerator<void, void, void> {
    const { environment } = this;
    const current = () => this.params;
    let engine: Promise<Engine> | undefined;
    const context: ProgramContext<ParamSpecs> = {
      get params() {
        return current();
      },
      trace: this.recorder,
      signal: environment.signal,
      random: seededRandom(environment.seed),
      clock: environment.clock,
      vocabulary: environment.loadVocabulary,
      tokenizer: environment.loadTokenizer,
      models: environment.models,
      tape: this.recorder.tape,
      engine: () => {
        engine ??= this.makeEngine();
        return engine;
      },
    };
    return this.program.run(context);
  }

  private async makeEngine(): Promise<Engine> {
    this.lent = lendKernels(await this.environment.loadKernels());
    return new Engine(this.lent.kernels);
  }

  private takeBack(): void {
    this.lent?.takeBack();
    this.lent = undefined;
  }

  private async work(maxFrames: number, budgetMs: number): Promise<TracePart> {
    this.assertAlive();
    const { clock, signal } = this.environment;
    const stopAt = clock.elapsed() + budgetMs;
    try {
      this.takeUpParams();
      while (!signal.cancelled) {
        await this.step();
        if (this.state === 'done' || this.recorder.pending >= maxFrames || clock.elapsed() >= stopAt) {
          return this.recorder.take(this.params, this.state === 'done');
        }
      }
    } catch (error) {
      await this.stop();
      throw error;
    }
    throw new Fault('cancelled', `${this.program.id} was cancelled after ${this.recorder.frameCount} steps.`);
  }

  /** Goes on to the program's next `yield`; at its end, gives back what it computed with. */
  private async step(): Promise<void> {
    if (this.state === 'done') {
      return;
    }
    const { done } = await this.steps.next();
    this.assertAlive();
    if (done) {
      this.state = 'done';
      this.takeBack();
    }
  }

  private takeUpParams(): void {
    if (this.wanted === undefined) {
      return;
    }
    this.params = this.wanted;
    this.wanted = undefined;
    if (this.state === 'done') {
      this.state = 'running';
      this.recorder.frame({ op: 'restart', label: 'Start over', note: 'The settings changed, so it starts over.' });
      this.steps = this.begin();
    }
  }

  private assertAlive(): void {
    if (this.state === 'stopped') {
      throw new Fault('unknown-session', `This run of ${this.program.id} has been stopped.`, {
        remedy: 'Start it again.',
      });
    }
  }
}
