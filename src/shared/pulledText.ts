// A text that grows, as it is pulled over a connection: each call waits for what is new since the last one. The source is
// read no matter how fast it is pulled; an answer is short. Used by the worker and by the host.

import type { AnswerPart } from './askMessages.ts';
import { systemTimers, type Timers } from './environment.ts';
import { asFault, Fault } from './errors.ts';

/** How long a call waits for something new, in milliseconds: it answers an empty text then, and is called again. */
const WAIT_MS = 10_000;

/** How a text ended: `cut` where it had become as long as it may. */
export interface TextEnd {
  readonly cut: boolean;
}

export class PulledText {
  #waiting = '';
  #end: TextEnd | undefined;
  #fault: Fault | undefined;
  #wake = () => {};
  readonly #timers: Timers;
  readonly #stop: () => void;

  /** @param stop breaks the source off */
  constructor(source: AsyncIterator<string, TextEnd | undefined>, stop: () => void, timers: Timers = systemTimers) {
    this.#timers = timers;
    this.#stop = stop;
    void this.#read(source);
  }

  /** True until all was told, or it was stopped. */
  get live(): boolean {
    return this.#end === undefined && this.#fault === undefined;
  }

  /** @throws Fault what the source threw, once all that came before it was told */
  async next(): Promise<AnswerPart> {
    if (this.#waiting === '' && this.live) {
      await new Promise<void>((resolve) => {
        const timer = this.#timers.after(WAIT_MS, resolve);
        this.#wake = () => {
          timer.dispose();
          resolve();
        };
      });
    }
    const text = this.#waiting;
    this.#waiting = '';
    if (this.#fault !== undefined && text === '') {
      throw this.#fault;
    }
    return { text, done: this.#end !== undefined, cut: this.#end?.cut ?? false };
  }

  stop(): void {
    if (this.live) {
      this.#fault = new Fault('cancelled', 'The answer was stopped.');
      this.#stop();
      this.#wake();
    }
  }

  async #read(source: AsyncIterator<string, TextEnd | undefined>): Promise<void> {
    try {
      while (this.live) {
        const { value, done } = await source.next();
        if (done === true) {
          this.#end ??= { cut: value?.cut ?? false };
        } else if (this.live) {
          this.#waiting += value;
        }
        this.#wake();
      }
      await source.return?.(); // stopped: what it holds is given back
    } catch (error) {
      this.#fault ??= asFault(error);
    }
    this.#wake();
  }
}
