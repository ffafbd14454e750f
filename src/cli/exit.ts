// The exit codes that all commands share.

import type { Fault } from '../shared/errors.ts';

export const EXIT = {
  done: 0,
  /** A fault in the data. */
  fault: 1,
  /** A command, an option or a parameter that there isn't. */
  usage: 2,
  /** A file, or something that must be installed or built first. */
  missing: 3,
  cancelled: 130,
} as const;

/** The command line is at fault; the message says what and what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

export function exitCodeOf({ code }: Fault): number {
  switch (code) {
    case 'bad-params':
    case 'unknown-program':
    case 'unknown-encoding':
      return EXIT.usage;
    case 'not-found':
    case 'model-missing':
      return EXIT.missing;
    case 'cancelled':
      return EXIT.cancelled;
    default:
      return EXIT.fault;
  }
}
