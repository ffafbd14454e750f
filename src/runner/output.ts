// What learners' code prints: kept up to a bound, then one line that says so.

import type { OutputLine } from '../shared/exercise.ts';
import { show } from './check/show.ts';

/** UTF-16 units that are kept. */
const MOST = 64 * 1024;
const MOST_LINES = 1000;

export class Output {
  readonly lines: OutputLine[] = [];
  private units = 0;
  private full = false;

  /** A console that writes here. */
  console(): Readonly<Record<string, (...values: readonly unknown[]) => void>> {
    const to =
      (stream: OutputLine['stream']) =>
      (...values: readonly unknown[]) =>
        this.add(stream, values.map((value) => (typeof value === 'string' ? value : show(value))).join(' '));
    return {
      log: to('log'),
      info: to('log'),
      debug: to('log'),
      table: to('log'),
      warn: to('warn'),
      error: to('error'),
    };
  }

  add(stream: OutputLine['stream'], text: string): void {
    if (this.full) {
      return;
    }
    this.units += text.length;
    if (this.units > MOST || this.lines.length >= MOST_LINES) {
      this.full = true;
      this.lines.push({ stream: 'warn', text: 'More was printed than is shown here: print less, or in fewer runs.' });
      return;
    }
    this.lines.push({ stream, text });
  }
}
