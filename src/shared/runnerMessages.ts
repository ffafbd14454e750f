// Messages to the process that runs learners' code. Texts are sent along with each request: what is checked is what
// stands in the editor, saved or not, and the process needs no files.

import type { CheckReport, Diagnosis, OutputLine } from './exercise.ts';
import { id, method } from './messages.ts';
import { z } from './schema.ts';
import type { Trace } from './trace.ts';

const MOST_FILES = 400;
/** Longest text of one file, in UTF-16 units. */
export const MOST_SOURCE = 512 * 1024;
const files = z
  .record(z.string().check(z.maxLength(300)), z.string().check(z.maxLength(MOST_SOURCE)))
  .check(z.refine((given) => Object.keys(given).length <= MOST_FILES, `at most ${MOST_FILES} files are taken`));

/** An exercise's own files, by their paths in `files`. */
const exerciseFiles = {
  exercise: id,
  exports: z.array(id).check(z.minLength(1), z.maxLength(20)),
  /** The learner's. */
  entry: z.string(),
  solution: z.string(),
  check: z.string(),
  /** By name. */
  mutants: z.record(id, z.string()),
  /** Answers that this one is built on, by exercise: what `mine/ID` imports. */
  mine: z.record(id, z.string()),
  files,
  seed: z.int(),
};

/** Checks an answer. What the learner's code does wrong is in the report; faults are the runner's own. */
export const checkAnswer = method<CheckReport>()('runner.check', z.strictObject(exerciseFiles));

/** A learner's run beside the reference's, on one input. */
export interface TracedAnswer {
  readonly mine: Trace;
  readonly reference: Trace;
  /** Frames, by index: the first of the learner's whose output the reference never has, and what stands beside it. */
  readonly difference?: { readonly mine: number; readonly reference: number; readonly output: string };
  readonly output: readonly OutputLine[];
  /** Why there is no run: the file can't be loaded. */
  readonly diagnosis?: Diagnosis;
}
const caseName = z.union([z.strictObject({ planted: z.int() }), z.strictObject({ size: z.int(), seed: z.int() })]);
/** Steps through an answer; without a case, through the first that is drawn. */
export const traceAnswer = method<TracedAnswer>()(
  'runner.trace',
  z.strictObject({ ...exerciseFiles, caseName: z.optional(caseName) }),
);

/** What running a text came to. */
export interface RunReport {
  readonly output: readonly OutputLine[];
  readonly diagnosis?: Diagnosis;
  readonly milliseconds: number;
  /** What it watched and what the engine did. */
  readonly trace?: Trace;
}
export const runCode = method<RunReport>()('runner.run', z.strictObject({ entry: z.string(), files }));

/** What the process writes to stderr of its memory: not every system tells by the exit who sent the signal. */
export const MEMORY_WORDS = {
  /** Before it ends itself. */
  over: 'too much memory',
  /** Once, when it holds a great part of what it may: a slow machine runs out of time before memory. */
  grown: 'it has grown',
} as const;
