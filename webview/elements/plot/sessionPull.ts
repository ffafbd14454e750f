// Pulls a session's frames, a few at a time, while it may be seen: pausing is not asking. What the frames are is its
// owner's affair.

import { asFault } from '../../../src/shared/errors.ts';
import { type Calls, nextOfSession, startSession, stopSession, updateSession } from '../../../src/shared/messages.ts';
import type { ParamValues, TracePart } from '../../../src/shared/trace.ts';

/** Frames asked for at once, and the pause between two pulls in milliseconds: a curve that one can watch growing. */
const FRAMES = 2;
const BETWEEN = 60;

export interface PullOptions {
  readonly calls: () => Calls;
  /** Whether anybody would see the frames. */
  readonly seen: () => boolean;
  readonly onPart: (part: TracePart) => void;
  /** The session is gone: the next run is a new one. */
  readonly onFault: (error: unknown) => void;
}

export class SessionPull {
  private readonly options: PullOptions;
  private session: string | undefined;
  /** The loop that may pull; an older one that wakes up sees that it is not it. */
  private loop: symbol | undefined;

  constructor(options: PullOptions) {
    this.options = options;
  }

  /** Whether a session is there, running or paused. */
  get started(): boolean {
    return this.session !== undefined;
  }

  /** Starts the session, or goes on with it, until it is done, paused or stopped. */
  async run(program: string, params: ParamValues): Promise<void> {
    const loop = Symbol('pull');
    this.loop = loop;
    const mine = () => this.loop === loop;
    const { calls, seen, onPart, onFault } = this.options;
    try {
      if (this.session === undefined) {
        const { session } = await calls().request(startSession, { program, params });
        if (!mine()) {
          await calls().request(stopSession, { session });
          return;
        }
        this.session = session;
      }
      const { session } = this;
      while (mine()) {
        if (seen()) {
          const part = await calls().request(nextOfSession, { session, maxFrames: FRAMES });
          if (this.session !== session) {
            return;
          }
          if (part.done) {
            this.session = undefined;
            this.loop = undefined;
          }
          // Taken though it was paused meanwhile: the session has gone on from there.
          onPart(part);
        }
        await new Promise((done) => setTimeout(done, BETWEEN));
      }
    } catch (error) {
      if (mine()) {
        this.session = undefined;
        this.loop = undefined;
        onFault(error);
      }
    }
  }

  pause(): void {
    this.loop = undefined;
  }

  /** Hands changed parameters to the session. @throws Fault as the worker reports it; the session is then given up */
  async update(params: ParamValues): Promise<void> {
    try {
      await this.options.calls().request(updateSession, { session: this.session as string, params });
    } catch (error) {
      this.session = undefined;
      this.loop = undefined;
      throw error;
    }
  }

  /**
   * Stops the session, if there is one; that it is gone already is what was wanted.
   *
   * @throws Fault when it could not be stopped
   */
  async stop(): Promise<void> {
    const { session } = this;
    this.loop = undefined;
    this.session = undefined;
    if (session === undefined) {
      return;
    }
    try {
      await this.options.calls().request(stopSession, { session });
    } catch (error) {
      const fault = asFault(error);
      if (fault.code !== 'unknown-session' && fault.code !== 'worker-died') {
        throw fault;
      }
    }
  }
}
