// The form in which progress is kept, how several states become one, and how a stored value is read. Pure.

import { type ExerciseProgress, isExercises, isRecord, isTimes, mergeExercises } from './exerciseProgress.ts';

/** 2 added the exercises. */
export const PROGRESS_SCHEMA = 2;

export interface LessonProgress {
  /** When each block's goal was reached, in ms since 1970. */
  readonly goals: Readonly<Record<string, number>>;
  /** When the lesson was last opened. */
  readonly openedAt?: number;
  /** By id. */
  readonly exercises?: Readonly<Record<string, ExerciseProgress>>;
}

/** Times are ms since 1970. */
export interface ProgressState {
  readonly schema: typeof PROGRESS_SCHEMA;
  readonly lessons: Readonly<Record<string, LessonProgress>>;
  /** When a lesson, or everything (the key `*`), was last reset: what is older doesn't count. */
  readonly resets: Readonly<Record<string, number>>;
}

/** The key of a reset of everything. */
export const ALL = '*';
export const nothing: ProgressState = { schema: PROGRESS_SCHEMA, lessons: {}, resets: {} };

/**
 * All states in one: of each goal, opening and reset the latest time wins; what is not newer than its reset is
 * dropped. The order of the states makes no difference, nor does merging some of them first. (With the earliest time
 * of a goal it would: a goal reached before a reset on one machine would hide that it was reached after it on another.)
 */
export function mergeProgress(...states: readonly ProgressState[]): ProgressState {
  const resets: Record<string, number> = {};
  for (const [id, time] of states.flatMap((state) => Object.entries(state.resets))) {
    resets[id] = Math.max(time, resets[id] ?? time);
  }
  const lessons: Record<string, { -readonly [Key in keyof LessonProgress]: LessonProgress[Key] }> = {};
  for (const [id, progress] of states.flatMap((state) => Object.entries(state.lessons))) {
    const after = Math.max(resets[id] ?? 0, resets[ALL] ?? 0);
    const openedAt = progress.openedAt !== undefined && progress.openedAt > after ? progress.openedAt : undefined;
    const goals = Object.entries(progress.goals).filter(([, time]) => time > after);
    const known = lessons[id];
    const exercises = mergeExercises([known?.exercises ?? {}, progress.exercises ?? {}], after);
    const some = Object.keys(exercises).length > 0;
    if (openedAt === undefined && goals.length === 0 && !some) {
      continue;
    }
    const merged = known ?? { goals: {} };
    lessons[id] = merged;
    const reached = { ...merged.goals };
    for (const [block, time] of goals) {
      reached[block] = Math.max(time, reached[block] ?? time);
    }
    merged.goals = reached;
    if (some) {
      merged.exercises = exercises;
    }
    if (openedAt !== undefined) {
      merged.openedAt = Math.max(openedAt, merged.openedAt ?? openedAt);
    }
  }
  return { schema: PROGRESS_SCHEMA, lessons, resets };
}

/** A stored value as a state; what has another form counts as nothing, and says why. */
export function readProgress(value: unknown): {
  readonly state: ProgressState;
  readonly verdict: 'fine' | 'newer' | 'unreadable';
} {
  if (value === undefined || value === null) {
    return { state: nothing, verdict: 'fine' };
  }
  const { schema, lessons, resets } = value as Partial<Omit<ProgressState, 'schema'>> & { readonly schema?: unknown };
  if (typeof schema === 'number' && schema > PROGRESS_SCHEMA) {
    return { state: nothing, verdict: 'newer' };
  }
  const fits =
    (schema === 1 || schema === PROGRESS_SCHEMA) &&
    isTimes(resets) &&
    isRecord(lessons) &&
    Object.values(lessons).every(
      (lesson) =>
        isRecord(lesson) &&
        isTimes(lesson.goals) &&
        (lesson.openedAt === undefined || typeof lesson.openedAt === 'number') &&
        (lesson.exercises === undefined || isExercises(lesson.exercises)),
    );
  return fits
    ? { state: { ...(value as ProgressState), schema: PROGRESS_SCHEMA }, verdict: 'fine' }
    : { state: nothing, verdict: 'unreadable' };
}
