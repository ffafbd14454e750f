// How a process ended in the middle of a learner's code, and what they are told of it.

import type { CaseName, Diagnosis, OutputLine, ShownInput } from '../shared/exercise.ts';
import { MEMORY_WORDS } from '../shared/runnerMessages.ts';
import type { RunnerExit } from './runnerProcess.ts';

/** What was tried when a process was last heard of. */
export interface Trying {
  readonly name: CaseName;
  readonly inputs: readonly ShownInput[];
}

/** How a process ended without an answer, and what was last heard of it. */
export interface Ended {
  /** `grown`: its time was over, and it held much memory by then. */
  readonly ended: 'time' | 'grown' | 'memory' | 'died';
  readonly trying: Trying | undefined;
  readonly printed: readonly OutputLine[];
}

/** The watch in the process kills it and says why; V8 aborts it, and says why. */
export function howEnded({ signal, code, stderr }: RunnerExit): 'memory' | 'died' {
  return signal === 'SIGKILL' ||
    signal === 'SIGABRT' ||
    code === 134 ||
    stderr.includes(MEMORY_WORDS.over) ||
    /heap out of memory|allocation failed/iu.test(stderr)
    ? 'memory'
    : 'died';
}

/** @param stderr the last that it wrote */
export function outOfTime({ stderr }: RunnerExit): 'time' | 'grown' {
  return stderr.includes(MEMORY_WORDS.grown) ? 'grown' : 'time';
}

export function endedDiagnosis({ ended, trying }: Ended, limitMs: number): Diagnosis {
  const message = {
    time: `Your code did not come back within ${limitMs / 1000} seconds, and was stopped. Look for a loop whose condition never turns false, or an await for what never comes.`,
    grown: `Your code did not come back within ${limitMs / 1000} seconds, held much memory by then, and was stopped. Look for a list that grows in a loop without end.`,
    memory:
      'Your code took more memory than it may, and was stopped. Look for a list that grows in a loop without end.',
    died: 'The process that ran your code ended in the middle of it.',
  }[ended];
  return {
    kind: ended === 'grown' ? 'memory' : ended,
    message,
    ...(trying !== undefined && { input: trying.inputs, caseName: trying.name }),
  };
}
