// One process for learners' code as the runner keeps it: whether it is ready, and what was last heard of it.

import type { Timers } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { OutputLine } from '../shared/exercise.ts';
import type { Trying } from './ended.ts';
import type { RunnerProcess } from './runnerProcess.ts';

/** How long a process may take to start before it is given up; as long again it may take to make ready for learners' code. */
export const START_MS = 10_000;

export interface Warm {
  readonly process: RunnerProcess;
  /** Rejects with a Fault `worker-died` when it doesn't start. */
  readonly ready: Promise<void>;
  /** Told when learners' code begins to run. */
  begun: (() => void) | undefined;
  /** Told when it says that it is ready again. */
  again: (() => void) | undefined;
  ended: boolean;
  requests: number;
  trying: Trying | undefined;
  printed: OutputLine[];
}

export interface WarmOptions {
  readonly start: () => RunnerProcess;
  readonly timers: Timers;
}

export function startWarm({ start, timers }: WarmOptions): Warm {
  const process = start();
  const { connection, exited } = process;
  const ready = new Promise<void>((resolve, reject) => {
    const alarm = timers.after(START_MS, () => {
      process.kill();
      reject(notStarted('it did not answer'));
    });
    connection.onNotification('ready', () => {
      alarm.dispose();
      resolve();
      warm.again?.();
    });
    void exited.then(({ code, signal, stderr }) => {
      alarm.dispose();
      reject(notStarted(stderr.trim() || `it ended with ${signal ?? code}`));
    });
  });
  ready.catch(() => {}); // whoever waits hears of it
  const warm: Warm = {
    process,
    ready,
    begun: undefined,
    again: undefined,
    ended: false,
    requests: 0,
    trying: undefined,
    printed: [],
  };
  connection.onNotification('begun', () => warm.begun?.());
  connection.onNotification('trying', (trying: Trying) => {
    warm.trying = trying;
  });
  connection.onNotification('printed', (line: OutputLine) => {
    warm.printed.push(line);
  });
  void exited.then(() => {
    warm.ended = true;
    connection.dispose();
  });
  return warm;
}

export function notStarted(why: string): Fault {
  return new Fault('worker-died', `The process that runs your code could not be started: ${why}.`, {
    remedy: 'Try again; if it stays so, look at the log "Inside LLMs".',
  });
}
