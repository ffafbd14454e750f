// What is remembered of one exercise's learner, beside the text itself: when it was passed, which hints were asked for,
// whether the solution was seen, whether it is parked. Pure; how it is kept is progress.ts's business.

/** What may have been done last at a time. */
export type ExerciseMark = `hint${number}` | 'solution' | 'parked' | 'taken-up' | 'opened';

/** Times are ms since 1970. */
export interface ExerciseProgress {
  /** First passes, one a machine that didn't know of another's. The earliest counts. */
  readonly passes: readonly number[];
  /** By {@link ExerciseMark}: when that was done last. */
  readonly marks: Readonly<Record<string, number>>;
}

/** The same, as it is read. */
export interface ExerciseMemory {
  readonly passedAt?: number;
  readonly hints: number;
  readonly solutionSeen: boolean;
  readonly parked: boolean;
  readonly openedAt?: number;
}

type Exercises = Readonly<Record<string, ExerciseProgress>>;

/**
 * All states in one; what is not newer than `after` is dropped. All passes are kept and not only the earliest, so that
 * the order in which states are merged makes no difference: a pass from before a reset can't hide one from after it.
 */
export function mergeExercises(states: readonly Exercises[], after: number): Exercises {
  const merged: Record<string, { passes: number[]; marks: Record<string, number> }> = {};
  for (const [id, { passes, marks }] of states.flatMap((state) => Object.entries(state))) {
    merged[id] ??= { passes: [], marks: {} };
    const one = merged[id];
    one.passes = [...new Set([...one.passes, ...passes.filter((time) => time > after)])].sort((a, b) => a - b);
    for (const [mark, time] of Object.entries(marks)) {
      if (time > after) {
        one.marks[mark] = Math.max(time, one.marks[mark] ?? time);
      }
    }
  }
  const some = Object.entries(merged).filter(([, one]) => one.passes.length + Object.keys(one.marks).length > 0);
  return Object.fromEntries(some);
}

export function recall(progress: ExerciseProgress | undefined): ExerciseMemory {
  const { passes = [], marks = {} } = progress ?? {};
  const passedAt = passes.length > 0 ? Math.min(...passes) : undefined;
  return {
    ...(passedAt !== undefined && { passedAt }),
    hints: Object.keys(marks).filter((mark) => /^hint\d$/.test(mark)).length,
    solutionSeen: marks.solution !== undefined,
    parked: passedAt === undefined && marks.parked !== undefined && marks.parked > (marks['taken-up'] ?? 0),
    ...(marks.opened !== undefined && { openedAt: marks.opened }),
  };
}

/** All times in it. */
export function timesOf(exercises: Exercises = {}): readonly number[] {
  return Object.values(exercises).flatMap(({ passes, marks }) => [...passes, ...Object.values(marks)]);
}

/** The same at other times. */
export function atTimes(exercises: Exercises, at: (time: number) => number): Exercises {
  return Object.fromEntries(
    Object.entries(exercises).map(([id, { passes, marks }]) => [
      id,
      {
        passes: passes.map(at),
        marks: Object.fromEntries(Object.entries(marks).map(([mark, time]) => [mark, at(time)])),
      },
    ]),
  );
}

export function isExercises(value: unknown): value is Exercises {
  return (
    isRecord(value) &&
    Object.values(value).every(
      (one) => isRecord(one) && Array.isArray(one.passes) && one.passes.every(isTime) && isTimes(one.marks),
    )
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function isTimes(value: unknown): value is Record<string, number> {
  return isRecord(value) && Object.values(value).every(isTime);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
