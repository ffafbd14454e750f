// What the tests of the model worker share: logs that remember, tokens to cancel with, timers that wait for the test.

import type { Disposable } from '../../../src/shared/disposable.ts';
import type { Timers } from '../../../src/shared/environment.ts';
import { asFault, type Fault } from '../../../src/shared/errors.ts';

/** The fault that a call ends with. Throws when it doesn't. */
export async function faultOf(call: Promise<unknown>): Promise<Fault> {
  try {
    await call;
  } catch (error) {
    return asFault(error);
  }
  throw new Error('The call was answered, and a fault was expected.');
}

export class Log {
  readonly lines: string[] = [];
  readonly info = (text: string) => this.lines.push(`info ${text}`);
  readonly warn = (text: string) => this.lines.push(`warn ${text}`);
  readonly error = (text: string) => this.lines.push(`error ${text}`);
}

/** Time that passes when the test says so. */
export class ManualTimers implements Timers {
  private now = 0;
  private readonly waiting = new Set<{ readonly at: number; readonly callback: () => void }>();

  after(milliseconds: number, callback: () => void): Disposable {
    const timer = { at: this.now + milliseconds, callback };
    this.waiting.add(timer);
    return { dispose: () => this.waiting.delete(timer) };
  }

  pass(milliseconds: number): void {
    this.now += milliseconds;
    for (const timer of [...this.waiting].filter(({ at }) => at <= this.now)) {
      this.waiting.delete(timer);
      timer.callback();
    }
  }
}
