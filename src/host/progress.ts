// What the learner has done: goals reached, exercises passed and lessons opened, kept in a memento. Pure; knows nothing of vscode.
//
// Settings sync replaces a whole value by another machine's, without merging. So there are two copies: one that is
// synced and one of this machine, and what counts is both merged: a goal reached anywhere is reached. A reset leaves
// a time behind, so that an older copy from elsewhere can't bring back what was reset.

import type { Disposable } from '../shared/disposable.ts';
import type { Clock } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { Goal } from '../shared/lesson.ts';
import { atTimes, type ExerciseMark, type ExerciseMemory, recall, timesOf } from './exerciseProgress.ts';
import { ALL, type LessonProgress, mergeProgress, nothing, type ProgressState, readProgress } from './progressState.ts';

/** The copy that settings sync carries. */
export const SYNCED_KEY = 'insideLlms.progress';
/** The copy of this machine. */
export const LOCAL_KEY = 'insideLlms.progress.local';
/** A stored value that could not be read is kept here. */
export const UNREADABLE_KEY = 'insideLlms.progress.unreadable';

/** The part of vscode's Memento that is used. */
export interface ProgressMemento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** How far a lesson is. */
export type LessonStanding = 'done' | 'started' | 'new';

export class ProgressStore {
  private readonly memento: ProgressMemento;
  private readonly clock: Clock;
  private readonly listeners = new Set<() => void>();
  private readonly resetListeners = new Set<() => void>();
  /** What this window knows, saved or not: a failed write loses nothing while the window is open. */
  private known = nothing;
  private writing: Promise<void> = Promise.resolve();

  constructor(memento: ProgressMemento, clock: Clock) {
    this.memento = memento;
    this.clock = clock;
  }

  /** Block ids whose goals are reached, the first reached first. */
  reached(lesson: string): readonly string[] {
    const goals = this.state().lessons[lesson]?.goals ?? {};
    return Object.keys(goals).sort((a, b) => (goals[a] as number) - (goals[b] as number));
  }

  standing(lesson: { readonly id: string; readonly goals: readonly Goal[] }): LessonStanding {
    const progress = this.state().lessons[lesson.id];
    if (progress === undefined) {
      return 'new';
    }
    const all = lesson.goals.every((goal) => Object.hasOwn(progress.goals, goal.block));
    return all && lesson.goals.length > 0 ? 'done' : 'started';
  }

  /** The lesson opened last, on whichever machine. */
  get lastOpened(): string | undefined {
    const opened = Object.entries(this.state().lessons).filter(([, { openedAt }]) => openedAt !== undefined);
    opened.sort(([, a], [, b]) => (b.openedAt as number) - (a.openedAt as number));
    return opened[0]?.[0];
  }

  /** When each of all lessons' goals was reached, and what is known of their exercises: for taking it out. */
  all(): Readonly<Record<string, LessonProgress>> {
    return this.state().lessons;
  }

  exercise(lesson: string, id: string): ExerciseMemory {
    return recall(this.state().lessons[lesson]?.exercises?.[id]);
  }

  /** When the lesson was last opened. */
  openedAt(lesson: string): number | undefined {
    return this.state().lessons[lesson]?.openedAt;
  }

  /**
   * The exercise is passed, and with it the goal of its block. The first pass counts.
   *
   * @throws Fault `storage` when it could not be kept; it counts in this window all the same.
   */
  async pass(lesson: string, id: string): Promise<void> {
    const known = this.state().lessons[lesson];
    const passed = recall(known?.exercises?.[id]).passedAt !== undefined;
    if (!passed || known?.goals[id] === undefined) {
      await this.change((now) =>
        withLesson(lesson, {
          goals: { [id]: now },
          ...(!passed && { exercises: { [id]: { passes: [now], marks: {} } } }),
        }),
      );
    }
  }

  /** @throws Fault as {@link pass} */
  async mark(lesson: string, id: string, mark: ExerciseMark): Promise<void> {
    await this.change((now) =>
      withLesson(lesson, { goals: {}, exercises: { [id]: { passes: [], marks: { [mark]: now } } } }),
    );
  }

  /** @throws Fault `storage` when it could not be kept; it counts in this window all the same. */
  async reach(lesson: string, block: string): Promise<void> {
    if (!this.reached(lesson).includes(block)) {
      await this.change((now) => withLesson(lesson, { goals: { [block]: now } }));
    }
  }

  /** @throws Fault `storage` */
  async opened(lesson: string): Promise<void> {
    await this.change((now) => withLesson(lesson, { goals: {}, openedAt: now }));
  }

  /**
   * Forgets one lesson's progress, or all.
   *
   * @returns what was forgotten, for {@link restore}.
   * @throws Fault `storage`
   */
  async reset(lesson?: string): Promise<ProgressState> {
    const before = this.state();
    const forgotten =
      lesson === undefined
        ? before.lessons
        : Object.fromEntries(Object.entries(before.lessons).filter(([id]) => id === lesson));
    const saved = this.change((now) => ({ ...nothing, resets: { [lesson ?? ALL]: now } }));
    tell(this.resetListeners);
    await saved;
    return { ...nothing, lessons: forgotten };
  }

  /**
   * Takes a reset back. All counts as done now, in the order in which it was, so that the reset, which may have gone to
   * other machines meanwhile, doesn't hide it, and the lesson opened last is so again.
   *
   * @throws Fault `storage`
   */
  async restore(forgotten: ProgressState): Promise<void> {
    const saved = this.change((now) => {
      const lessons = Object.entries(forgotten.lessons);
      const times = lessons.flatMap(([, { goals, openedAt = 0, exercises }]) => [
        openedAt,
        ...Object.values(goals),
        ...timesOf(exercises),
      ]);
      const order = [...new Set(times)].sort((a, b) => a - b);
      const at = (time: number) => now + order.indexOf(time);
      const again = lessons.map(([id, { goals, openedAt, exercises }]) => [
        id,
        {
          goals: mapValues(goals, at),
          ...(openedAt !== undefined && { openedAt: at(openedAt) }),
          ...(exercises !== undefined && { exercises: atTimes(exercises, at) }),
        },
      ]);
      return { ...nothing, lessons: Object.fromEntries(again) };
    });
    tell(this.resetListeners);
    await saved;
  }

  onDidChange(listener: () => void): Disposable {
    return listen(this.listeners, listener);
  }

  /** After a reset, or after one was taken back: pages that show progress load again. */
  onDidReset(listener: () => void): Disposable {
    return listen(this.resetListeners, listener);
  }

  /** Resolves when all that was under way is written (or has failed). */
  async settled(): Promise<void> {
    await this.writing.catch(() => {});
  }

  private state(): ProgressState {
    return mergeProgress(this.known, this.stored(LOCAL_KEY), this.stored(SYNCED_KEY));
  }

  private stored(key: string): ProgressState {
    return readProgress(this.memento.get(key)).state;
  }

  private change(make: (now: number) => ProgressState): Promise<void> {
    const before = this.state();
    // Later than every reset, even if this machine's clock is behind another's.
    const now = Math.max(this.clock.now(), 1 + Math.max(0, ...Object.values(before.resets)));
    this.known = mergeProgress(before, make(now));
    tell(this.listeners);
    // One write after the other, each with all that is known by then.
    this.writing = this.writing.catch(() => {}).then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    const state = this.state();
    for (const key of [LOCAL_KEY, SYNCED_KEY]) {
      const { verdict } = readProgress(this.memento.get(key));
      if (verdict === 'newer') {
        throw new Fault('storage', 'Your progress was saved by a newer version of Inside LLMs, and is left as it is.', {
          where: key,
          remedy: 'Update the extension; until then, what you do counts only while this window is open.',
        });
      }
      try {
        if (verdict === 'unreadable') {
          await this.memento.update(UNREADABLE_KEY, this.memento.get(key));
        }
        await this.memento.update(key, state);
      } catch (cause) {
        throw new Fault('storage', `Your progress could not be saved: ${asText(cause)}`, {
          where: key,
          remedy: 'Check that the disk is writable and not full. It counts while this window is open.',
          cause,
        });
      }
    }
  }
}

function listen(listeners: Set<() => void>, listener: () => void): Disposable {
  listeners.add(listener);
  return { dispose: () => listeners.delete(listener) };
}

function tell(listeners: ReadonlySet<() => void>): void {
  for (const listener of [...listeners]) {
    listener();
  }
}

function withLesson(id: string, progress: LessonProgress): ProgressState {
  return { ...nothing, lessons: { [id]: progress } };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function asText(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
