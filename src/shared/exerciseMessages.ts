// What a lesson's page and the host say to each other about exercises and the lessons' runnable code.

import type { CheckReport } from './exercise.ts';
import { id, method, type Notice } from './messages.ts';
import type { RunReport } from './runnerMessages.ts';
import { z } from './schema.ts';

/** How far an exercise is, as the page, the tree, the Test Explorer and the CodeLens all say it. */
export interface ExerciseStanding {
  readonly id: string;
  /**
   * `away`: there is no course folder yet, or the file was deleted. `untouched`: it is the starter. `tried`: changed, and
   * never passed. `passed`: passed once, whatever stands there now. `parked`: left for later by the learner.
   */
  readonly state: 'away' | 'untouched' | 'tried' | 'passed' | 'parked';
  /** Of the first pass, in ms since 1970. */
  readonly passedAt?: number;
  /** How many hints were asked for. */
  readonly hints: number;
  /** Checks that failed since it was last reset. */
  readonly failed: number;
  readonly solutionSeen: boolean;
  /** A check is running. */
  readonly checking: boolean;
  /** The last check in this window, of what then stood in the file. */
  readonly report?: CheckReport;
  /** True where the file has changed since `report`. */
  readonly stale?: boolean;
  /** Titles of exercises whose reference stood in for the learner's own in that check. */
  readonly standIns: readonly string[];
  /** Why no code is run here, in words: the workspace isn't trusted. */
  readonly refused?: string;
}

/** Of the exercises of the lesson shown, in its order. */
export const loadStandings = method<readonly ExerciseStanding[]>()('exercise.standings', z.strictObject({}));

/**
 * What may be asked about an exercise. `open` makes the course folder first where there is none (and asks where). `step`
 * opens the learner's run beside the reference's. Answers when it is done, or when the learner left a question.
 * `place` goes with `open` alone: where in the learner's files to go, as a diagnosis names it. Faults: `refused` in a
 * workspace that isn't trusted.
 */
export const actOnExercise = method<null>()(
  'exercise.act',
  z.strictObject({
    exercise: id,
    act: z.enum(['open', 'check', 'cancel', 'hint', 'step', 'compare', 'solution', 'blank', 'reset', 'park', 'unpark']),
    place: z.optional(z.strictObject({ file: z.string().check(z.maxLength(300)), line: z.int(), column: z.int() })),
  }),
);

/** Host -> page: it stands so now. */
export const standingChanged: Notice<{ readonly standing: ExerciseStanding }> = {
  name: 'exercise.changed',
  params: z.strictObject({ standing: z.custom<ExerciseStanding>((value) => typeof value === 'object') }),
};

/** Longest text of a `run` block, in UTF-16 units. */
export const MOST_CODE = 20_000;
/**
 * Runs a `run` block's code as the learner has it now, in a trusted workspace only. Cancelling ends it at once. Faults:
 * `refused` in a workspace that isn't trusted, `cancelled`, `worker-died`.
 */
export const runBlock = method<RunReport>()(
  'lesson.run',
  z.strictObject({ block: id, code: z.string().check(z.maxLength(MOST_CODE)) }),
);
