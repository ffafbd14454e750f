// How far each exercise is: the one account that the tree, the Test Explorer, the problems, the lines above the functions
// and the lesson pages all read. Checks answers, one check an exercise at a time. Knows no editor: files, the checker and
// what is remembered come in from outside.

import type { CheckedAnswer, LearnerFiles } from '../course/courseChecker.ts';
import { CancelSource } from '../shared/cancelSource.ts';
import type { Disposable } from '../shared/disposable.ts';
import { Fault } from '../shared/errors.ts';
import type { ExerciseSummary } from '../shared/exercise.ts';
import type { ExerciseStanding } from '../shared/exerciseMessages.ts';
import type { CancelToken } from '../shared/messages.ts';
import type { ExerciseMark, ExerciseMemory } from './exerciseProgress.ts';
import type { Failures } from './failures.ts';

/** The part of the progress that is used. */
export interface ExerciseStore {
  exercise(lesson: string, id: string): ExerciseMemory;
  pass(lesson: string, id: string): Promise<void>;
  mark(lesson: string, id: string, mark: ExerciseMark): Promise<void>;
  onDidChange(listener: () => void): Disposable;
}

/** An exercise as the course has it. */
export interface CourseExercise {
  readonly summary: ExerciseSummary;
  /** Of the learner's file, in the course folder. */
  readonly path: string;
  readonly starter: string;
}

export interface ExercisesOptions {
  /** All of them in the course's order. */
  readonly exercises: () => Promise<readonly CourseExercise[]>;
  readonly learner: LearnerFiles;
  /** @throws Fault as the course's checker does */
  readonly check: (id: string, options: { readonly token: CancelToken }) => Promise<CheckedAnswer>;
  /** Why no code may be run now; undefined when it may. */
  readonly refusal: () => Fault | undefined;
  readonly progress: ExerciseStore;
  readonly failures: Failures;
  /** Told what went wrong beside the checks. */
  readonly onFault: (error: unknown) => void;
}

interface Known extends CourseExercise {
  text: string | undefined;
  checked: CheckedAnswer | undefined;
  checking: CancelSource | undefined;
}

/** Told when a check has ended, with what it came to. */
export interface CheckEnd {
  readonly id: string;
  readonly checked: CheckedAnswer;
  /** Passed now, and never before. */
  readonly first: boolean;
}

export class Exercises implements Disposable {
  private readonly options: ExercisesOptions;
  private known: ReadonlyMap<string, Known> = new Map();
  private loading: Promise<void> | undefined;
  /** What was last told of each, to tell no news twice. */
  private readonly told = new Map<string, string>();
  private readonly listeners = new Set<(ids: readonly string[]) => void>();
  private readonly endListeners = new Set<(end: CheckEnd) => void>();
  private readonly subscription: Disposable;

  constructor(options: ExercisesOptions) {
    this.options = options;
    this.subscription = options.progress.onDidChange(() => this.tell());
  }

  /** Reads the exercises and the learner's files, once. */
  ready(): Promise<void> {
    this.loading ??= this.load().catch((error) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** Reads them again: the course or its folder is another. */
  async reload(): Promise<void> {
    this.loading = undefined;
    await this.ready();
  }

  /** In the course's order; none before {@link ready}. */
  get all(): readonly CourseExercise[] {
    return [...this.known.values()];
  }

  /** @throws Fault `not-found` */
  find(id: string): CourseExercise {
    return this.get(id);
  }

  /** Undefined for an exercise that there isn't, and before {@link ready}. */
  standing(id: string): ExerciseStanding | undefined {
    const known = this.known.get(id);
    return known && this.standingOf(known);
  }

  standings(lesson?: string): readonly ExerciseStanding[] {
    const some = [...this.known.values()].filter(({ summary }) => lesson === undefined || summary.lesson === lesson);
    return some.map((known) => this.standingOf(known));
  }

  /** What the learner's file holds, as it was last heard of. */
  textOf(id: string): string | undefined {
    return this.known.get(id)?.text;
  }

  /** @param path in the course folder @param text undefined where the file is gone */
  textChanged(path: string, text: string | undefined): void {
    for (const known of this.known.values()) {
      if (known.path === path && known.text !== text) {
        known.text = text;
        this.tell([known]);
      }
    }
  }

  /**
   * Checks an answer as it stands now. A check of the same exercise that is under way is ended.
   *
   * @throws Fault `refused` where no code may be run, `cancelled`, `not-found`, `worker-died`
   */
  async check(id: string, token?: CancelToken): Promise<CheckedAnswer> {
    await this.ready();
    const known = this.get(id);
    const refusal = this.options.refusal();
    if (refusal !== undefined) {
      throw refusal;
    }
    known.checking?.cancel();
    const source = new CancelSource();
    const follow = token?.onCancellationRequested(() => source.cancel());
    known.checking = source;
    this.tell([known]);
    try {
      const checked = await this.options.check(id, { token: source });
      const first = await this.ended(known, checked);
      for (const listener of [...this.endListeners]) {
        listener({ id, checked, first });
      }
      return checked;
    } finally {
      follow?.dispose();
      if (known.checking === source) {
        known.checking = undefined;
      }
      this.tell([known]);
    }
  }

  /** Ends the check that is under way, if one is. */
  cancel(id: string): void {
    this.known.get(id)?.checking?.cancel();
  }

  /** One hint more. @returns how many there are now; all of them when there is no other */
  async takeHint(id: string): Promise<number> {
    const { summary } = this.get(id);
    const seen = Math.min(this.memory(summary).hints, summary.hints.length);
    if (seen < summary.hints.length) {
      await this.options.progress.mark(summary.lesson, id, `hint${seen + 1}`);
    }
    return Math.min(seen + 1, summary.hints.length);
  }

  async mark(id: string, mark: Exclude<ExerciseMark, `hint${number}`>): Promise<void> {
    await this.options.progress.mark(this.get(id).summary.lesson, id, mark);
  }

  /** The starter stands there again: its checks are forgotten. @returns what takes that back */
  wasReset(ids: readonly string[]): () => void {
    const before = ids.map((id) => {
      const known = this.get(id);
      const { checked } = known;
      const failed = this.options.failures.of(id);
      known.checked = undefined;
      this.options.failures.set(id, 0);
      return { known, id, checked, failed };
    });
    this.tell();
    return () => {
      for (const { known, id, checked, failed } of before) {
        known.checked = checked;
        this.options.failures.set(id, failed);
      }
      this.tell();
    };
  }

  onDidChange(listener: (ids: readonly string[]) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  onDidCheck(listener: (end: CheckEnd) => void): Disposable {
    this.endListeners.add(listener);
    return { dispose: () => this.endListeners.delete(listener) };
  }

  dispose(): void {
    this.subscription.dispose();
    for (const { checking } of this.known.values()) {
      checking?.cancel();
    }
  }

  private async load(): Promise<void> {
    const exercises = await this.options.exercises();
    const read = await Promise.all(
      exercises.map(async (exercise): Promise<[string, Known]> => {
        const { id } = exercise.summary;
        const before = this.known.get(id);
        const text = await this.options.learner.read(exercise.path);
        return [id, { ...exercise, text, checked: before?.checked, checking: before?.checking }];
      }),
    );
    this.known = new Map(read);
    this.tell();
  }

  /** @returns whether it passed now, and never before */
  private async ended(known: Known, checked: CheckedAnswer): Promise<boolean> {
    const { summary } = known;
    known.checked = checked;
    known.text = checked.text;
    if (!checked.report.passed) {
      if (checked.report.diagnosis?.kind !== 'untouched') {
        this.options.failures.set(summary.id, this.options.failures.of(summary.id) + 1);
      }
      return false;
    }
    const first = this.memory(summary).passedAt === undefined;
    // What could not be kept counts in this window all the same.
    await this.options.progress.pass(summary.lesson, summary.id).catch(this.options.onFault);
    return first;
  }

  private get(id: string): Known {
    const known = this.known.get(id);
    if (known === undefined) {
      throw new Fault('not-found', `There is no exercise "${id}".`, { where: id });
    }
    return known;
  }

  private memory({ lesson, id }: ExerciseSummary): ExerciseMemory {
    return this.options.progress.exercise(lesson, id);
  }

  private standingOf({ summary, text, starter, checked, checking }: Known): ExerciseStanding {
    const { passedAt, hints, solutionSeen, parked } = this.memory(summary);
    const here = text === undefined ? 'away' : parked ? 'parked' : text === starter ? 'untouched' : 'tried';
    const refusal = this.options.refusal();
    return {
      id: summary.id,
      state: passedAt === undefined ? here : 'passed',
      ...(refusal !== undefined && { refused: refusal.message }),
      ...(passedAt !== undefined && { passedAt }),
      hints: Math.min(hints, summary.hints.length),
      failed: this.options.failures.of(summary.id),
      solutionSeen,
      checking: checking !== undefined,
      ...(checked !== undefined && { report: checked.report, stale: checked.text !== text }),
      standIns: (checked?.standIns ?? []).map((id) => this.known.get(id)?.summary.title ?? id),
    };
  }

  /** Tells of those whose standing is another than was last told. */
  private tell(some: Iterable<Known> = this.known.values()): void {
    const news: string[] = [];
    for (const known of some) {
      const { id } = known.summary;
      const standing = JSON.stringify(this.standingOf(known));
      if (this.told.get(id) !== standing) {
        this.told.set(id, standing);
        news.push(id);
      }
    }
    if (news.length > 0) {
      for (const listener of [...this.listeners]) {
        listener(news);
      }
    }
  }
}
