// How a process ended in the middle of a learner's code, and what they are told of it.

import type { CaseName, Diagnosis, OutputLine, ShownInput } from '../shared/exercise.ts';
import type { RunnerExit } from './runnerProcess.ts';

/** What was tried when a process was last heard of. */
export interface Trying {
  readonly name: CaseName;
  readonly inputs: readonly ShownInput[];
}

/** How a process ended without an answer, and what was last heard of it. */
export interface Ended {
  readonly ended: 'time' | 'memory' | 'died';
  readonly trying: Trying | undefined;
  readonly printed: readonly OutputLine[];
}

/** The watch in the process kills it and says why; V8 aborts it, and says why. */
export function howEnded({ signal, code, stderr }: RunnerExit): 'memory' | 'died' {
  return signal === 'SIGKILL' ||
    signal === 'SIGABRT' ||
    code === 134 ||
    /heap out of memory|allocation failed|too much memory/iu.test(stderr)
    ? 'memory'
    : 'died';
}

export function endedDiagnosis({ ended, trying }: Ended, limitMs: number): Diagnosis {
  const message = {
    time: `Your code did not come back within ${limitMs / 1000} seconds, and was stopped. Look for a loop whose condition never turns false, or an await for what never comes.`,
    memory:
      'Your code took more memory than it may, and was stopped. Look for a list that grows in a loop without end.',
    died: 'The process that ran your code ended in the middle of it.',
  }[ended];
  return { kind: ended, message, ...(trying !== undefined && { input: trying.inputs, caseName: trying.name }) };
}
