// The exercises in the Test Explorer: lessons and their exercises in the course's order. A check that is made elsewhere
// (on save, above a function, on a lesson's page) shows here too.

import * as vscode from 'vscode';
import type { CheckedAnswer } from '../course/courseChecker.ts';
import { type Disposable, DisposableStore } from '../shared/disposable.ts';
import { asFault } from '../shared/errors.ts';
import type { LessonSummary } from '../shared/lesson.ts';
import type { CourseFolder } from './courseFolder.ts';
import { lineOfExport } from './exerciseCode.ts';
import { placeOf } from './exerciseProblems.ts';
import type { CheckEnd, CourseExercise, Exercises } from './exercises.ts';
import { reportText, standInText, stateText } from './exerciseText.ts';

export interface ExerciseTestsParts {
  readonly exercises: Exercises;
  readonly folder: CourseFolder;
  readonly lessons: () => Promise<readonly LessonSummary[]>;
  /** Whether a solved exercise is shown. */
  readonly showsSolved: () => boolean;
  /** Reads everything again. */
  readonly refresh: () => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

export class ExerciseTests implements Disposable {
  readonly controller = vscode.tests.createTestController('insideLlms.exercises', 'Inside LLMs');
  private readonly parts: ExerciseTestsParts;
  private readonly store = new DisposableStore();
  readonly profile: vscode.TestRunProfile;
  private readonly items = new Map<string, vscode.TestItem>();
  /** Exercises whose check was asked for here: its run tells of it itself. */
  private readonly own = new Set<string>();
  /** What is run again whenever it is saved. */
  private readonly continuous = new Map<vscode.TestRunRequest, ReadonlySet<string>>();
  private lessons: readonly LessonSummary[] = [];

  constructor(parts: ExerciseTestsParts) {
    this.parts = parts;
    this.store.add(this.controller);
    this.profile = this.controller.createRunProfile(
      vscode.l10n.t('Check'),
      vscode.TestRunProfileKind.Run,
      (request, token) => this.ask(request, token),
      true,
      undefined,
      true,
    );
    this.controller.refreshHandler = async () => {
      await parts.refresh();
      await this.rebuild();
    };
    this.store.add(parts.exercises.onDidChange((ids) => this.changed(ids)));
    this.store.add(parts.exercises.onDidCheck((end) => this.checkedElsewhere(end)));
  }

  /** Makes the entries anew: the course, its folder or what is hidden is another. */
  async rebuild(): Promise<void> {
    const { exercises, showsSolved, lessons } = this.parts;
    this.lessons = await lessons();
    this.items.clear();
    const roots = this.lessons.flatMap((lesson) => {
      const shown = exercises.all.filter(
        ({ summary }) =>
          summary.lesson === lesson.id && (showsSolved() || exercises.standing(summary.id)?.state !== 'passed'),
      );
      if (shown.length === 0) {
        return [];
      }
      const root = this.controller.createTestItem(lesson.id, `${lesson.number}. ${lesson.title}`);
      root.sortText = String(lesson.number).padStart(2, '0');
      root.children.replace(shown.map((exercise, i) => this.itemOf(exercise, i)));
      return [root];
    });
    this.controller.items.replace(roots);
  }

  /** A file of the course was saved. @returns whether a continuous run takes it */
  saved(id: string): boolean {
    let taken = false;
    for (const [request, ids] of this.continuous) {
      if (ids.has(id)) {
        taken = true;
        const { token } = new vscode.CancellationTokenSource();
        void this.run(request, [id], token).catch(this.parts.onFault);
      }
    }
    return taken;
  }

  dispose(): void {
    this.store.dispose();
  }

  private itemOf(exercise: CourseExercise, index: number): vscode.TestItem {
    const { summary, path } = exercise;
    const { folder } = this.parts;
    const item = this.controller.createTestItem(
      summary.id,
      summary.title,
      folder.uri === undefined ? undefined : folder.uriOf(path),
    );
    item.sortText = String(index).padStart(3, '0');
    this.items.set(summary.id, item);
    this.describe(exercise, item);
    return item;
  }

  private describe({ summary }: CourseExercise, item: vscode.TestItem): void {
    const standing = this.parts.exercises.standing(summary.id);
    const text = this.parts.exercises.textOf(summary.id);
    const line = lineOfExport(text ?? '', summary.exports[0] ?? '');
    item.description = standing && stateText(standing);
    item.busy = standing?.checking ?? false;
    item.range = new vscode.Range(line, 0, line, 0);
  }

  private changed(ids: readonly string[]): void {
    const { exercises, showsSolved } = this.parts;
    const hides = !showsSolved() && ids.some((id) => exercises.standing(id)?.state === 'passed' && this.items.has(id));
    if (hides) {
      void this.rebuild().catch(this.parts.onFault);
      return;
    }
    for (const id of ids) {
      const item = this.items.get(id);
      if (item !== undefined) {
        this.describe(exercises.find(id), item);
      }
    }
  }

  private async ask(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const ids = this.idsOf(request);
    if (request.continuous) {
      this.continuous.set(request, new Set(ids));
      token.onCancellationRequested(() => this.continuous.delete(request));
      return;
    }
    await this.run(request, ids, token);
  }

  private idsOf({ include, exclude }: vscode.TestRunRequest): string[] {
    const ids: string[] = [];
    const add = (item: vscode.TestItem) => {
      if (exclude?.includes(item)) {
        return;
      }
      if (this.items.get(item.id) === item) {
        ids.push(item.id);
      }
      for (const [, child] of sorted(item.children)) {
        add(child);
      }
    };
    for (const item of include ?? sorted(this.controller.items).map(([, root]) => root)) {
      add(item);
    }
    return [...new Set(ids)];
  }

  private async run(
    request: vscode.TestRunRequest,
    ids: readonly string[],
    token: vscode.CancellationToken,
  ): Promise<void> {
    const run = this.controller.createTestRun(request);
    const asked = new Set(request.include?.map(({ id }) => id) ?? []);
    const stop = new vscode.CancellationTokenSource();
    const subscriptions = [token, run.token].map((one) => one.onCancellationRequested(() => stop.cancel()));
    const items = ids.flatMap((id) => this.items.get(id) ?? []);
    for (const item of items) {
      run.enqueued(item);
    }
    try {
      for (const item of items) {
        if (stop.token.isCancellationRequested) {
          run.skipped(item);
          continue;
        }
        run.started(item);
        await this.checkIn(run, item, asked.has(item.id), stop.token);
      }
    } finally {
      run.end();
      for (const subscription of subscriptions) {
        subscription.dispose();
      }
    }
  }

  private async checkIn(
    run: vscode.TestRun,
    item: vscode.TestItem,
    asked: boolean,
    token: vscode.CancellationToken,
  ): Promise<void> {
    this.own.add(item.id);
    try {
      this.show(run, item, await this.parts.exercises.check(item.id, token), asked);
    } catch (error) {
      const fault = asFault(error);
      if (fault.code === 'cancelled') {
        run.skipped(item);
      } else {
        run.errored(item, new vscode.TestMessage(fault.full));
      }
    } finally {
      this.own.delete(item.id);
    }
  }

  private checkedElsewhere({ id, checked }: CheckEnd): void {
    const item = this.items.get(id);
    if (item === undefined || this.own.has(id)) {
      return;
    }
    const request = new vscode.TestRunRequest([item], undefined, this.profile, false, true);
    const run = this.controller.createTestRun(request, undefined, false);
    run.started(item);
    this.show(run, item, checked, true);
    run.end();
  }

  /** @param asked for by itself: what is not begun is passed over in a run of many, and what is parked too */
  private show(
    run: vscode.TestRun,
    item: vscode.TestItem,
    { report, path, text }: CheckedAnswer,
    asked: boolean,
  ): void {
    const { exercises } = this.parts;
    const standing = exercises.standing(item.id);
    const said = [
      `${item.label}: ${reportText(report)}`,
      standInText(standing?.standIns ?? []),
      ...report.output.map((line) => line.text),
    ];
    run.appendOutput(
      `${said.filter((one) => one !== undefined).join('\n')}\n`.replaceAll('\n', '\r\n'),
      undefined,
      item,
    );
    const { diagnosis } = report;
    if (diagnosis === undefined) {
      run.passed(item, report.milliseconds);
      return;
    }
    if (!asked && ['untouched', 'parked'].includes(standing?.state ?? '')) {
      run.skipped(item);
      return;
    }
    const { actual, expected } = diagnosis;
    const whole = actual !== undefined && expected !== undefined;
    const input = (diagnosis.input ?? []).map(({ name, text: value }) => `${name} = ${value}`);
    const message = new vscode.TestMessage([diagnosis.message, ...input, ...said.slice(1, 2)].join('\n'));
    if (whole) {
      message.actualOutput = actual;
      message.expectedOutput = expected;
    }
    if (item.uri !== undefined) {
      const { summary } = exercises.find(item.id);
      message.location = new vscode.Location(item.uri, placeOf(path, diagnosis.place, text, summary.exports[0] ?? ''));
    }
    run.failed(item, message, report.milliseconds);
  }
}

function sorted(items: vscode.TestItemCollection): [string, vscode.TestItem][] {
  return [...items].sort(([, a], [, b]) => (a.sortText ?? '').localeCompare(b.sortText ?? ''));
}
