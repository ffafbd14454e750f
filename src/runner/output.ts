// What learners' code prints: kept up to a bound, then one line that says so.

import type { OutputLine } from '../shared/exercise.ts';
import { show } from './check/show.ts';

/** UTF-16 units that are kept. */
const MOST = 64 * 1024;
const MOST_LINES = 1000;

export class Output {
  readonly lines: OutputLine[] = [];
  private readonly printed: (line: OutputLine) => void;
  private units = 0;
  private full = false;

  /** @param printed told each line as it is kept: what is printed before a loop without end would be lost otherwise */
  constructor(printed: (line: OutputLine) => void) {
    this.printed = printed;
  }

  print(stream: OutputLine['stream'], values: readonly unknown[]): void {
    if (this.full) {
      return;
    }
    const room = MOST - this.units;
    const text = values.map((value) => (typeof value === 'string' ? value.slice(0, room + 1) : show(value))).join(' ');
    if (text.length <= room && this.lines.length < MOST_LINES) {
      this.keep({ stream, text });
      return;
    }
    this.full = true;
    if (text.length > room) {
      this.keep({ stream, text: `${text.slice(0, room)}…` });
    }
    this.keep({ stream: 'warn', text: 'More was printed than is shown here: print less, or in fewer runs.' });
  }

  private keep(line: OutputLine): void {
    this.units += line.text.length;
    this.lines.push(line);
    this.printed(line);
  }
}

let inUse: Output | undefined;

/** What learners' code prints goes to `output` from now on; to nowhere without one. */
export function printTo(output: Output | undefined): void {
  inUse = output;
}

const to =
  (stream: OutputLine['stream']) =>
  (...values: readonly unknown[]): void =>
    inUse?.print(stream, values);

/** The console that learners' code is given. */
export const learnerConsole = {
  log: to('log'),
  info: to('log'),
  debug: to('log'),
  table: to('log'),
  warn: to('warn'),
  error: to('error'),
};
