// The exercises in the editor: puts their parts together, and starts what shows them once there is a course folder.

import * as vscode from 'vscode';
import { CourseChecker } from '../course/courseChecker.ts';
import { Runner } from '../course/runner.ts';
import { DisposableStore } from '../shared/disposable.ts';
import { systemClock, systemTimers } from '../shared/environment.ts';
import { asFault, Fault } from '../shared/errors.ts';
import type { CancelToken } from '../shared/messages.ts';
import type { RunReport, TracedAnswer } from '../shared/runnerMessages.ts';
import { CourseFolder, diskOf } from './courseFolder.ts';
import type { CoursePreferences } from './coursePreferences.ts';
import { CourseSource } from './courseSource.ts';
import { CourseStart } from './courseStart.ts';
import { manifestOn } from './courseWrites.ts';
import { ExerciseActions } from './exerciseActions.ts';
import { ExerciseDocuments } from './exerciseDocuments.ts';
import { ExerciseHints } from './exerciseHints.ts';
import { ExerciseLens } from './exerciseLens.ts';
import { ExerciseProblems } from './exerciseProblems.ts';
import { ExerciseReset } from './exerciseReset.ts';
import { Exercises } from './exercises.ts';
import { ExerciseTests } from './exerciseTests.ts';
import { Failures } from './failures.ts';
import { logFault, showFault } from './faults.ts';
import type { ExtensionCourse } from './hostCourse.ts';
import { CHECK_ON_SAVE_SETTING } from './ids.ts';
import { forkRunner, hashText } from './platform.ts';
import type { HostServices } from './services.ts';

export interface ExercisesNeeds {
  readonly services: HostServices;
  readonly course: ExtensionCourse;
  readonly preferences: CoursePreferences;
  readonly showSteps: (title: string, answer: TracedAnswer) => Promise<void>;
}

export class ExercisesFeature implements vscode.Disposable {
  private readonly services: HostServices;
  private readonly course: ExtensionCourse;
  private readonly preferences: CoursePreferences;
  private readonly store = new DisposableStore();
  private readonly runner: Runner;
  private readonly source: CourseSource;
  private checker: CourseChecker;
  readonly folder: CourseFolder;
  readonly exercises: Exercises;
  readonly documents: ExerciseDocuments;
  readonly courseStart: CourseStart;
  readonly actions: ExerciseActions;
  readonly resetting: ExerciseReset;
  /** What shows the exercises; there once a course folder is. */
  private shown: { readonly tests: ExerciseTests; readonly lens: ExerciseLens } | undefined;

  constructor({ services, course, preferences, showSteps }: ExercisesNeeds) {
    this.services = services;
    this.course = course;
    this.preferences = preferences;
    const { context } = services;
    const bundle = vscode.Uri.joinPath(context.extensionUri, 'dist', 'runner.mjs').fsPath;
    this.runner = this.store.add(
      new Runner({ start: () => forkRunner(bundle), timers: systemTimers, clock: systemClock }),
    );
    this.source = new CourseSource(context.extensionUri, course);
    this.folder = this.store.add(new CourseFolder(context.globalState));
    this.checker = this.makeChecker();
    const onFault = (error: unknown) => void showFault(services, error);
    this.exercises = this.store.add(
      new Exercises({
        exercises: () => this.source.exercises(),
        learner: this.folder.learner,
        check: (id, options) => this.checker.check(id, options),
        refusal: () => (vscode.workspace.isTrusted ? undefined : notTrusted()),
        progress: services.progress,
        failures: new Failures(context.globalState, (error) => logFault(services, error)),
        onFault,
      }),
    );
    const { exercises, folder } = this;
    this.documents = new ExerciseDocuments(this.source, folder);
    const hints = this.store.add(new ExerciseHints());
    this.courseStart = new CourseStart({
      services,
      folder,
      source: this.source,
      documents: this.documents,
      preferences,
      hash: hashText,
      started: () => this.reload(),
    });
    const restore = (ids: readonly string[]) => this.courseStart.restore(ids.map((id) => exercises.find(id).path));
    this.actions = new ExerciseActions({
      services,
      exercises,
      folder,
      documents: this.documents,
      hints,
      checker: () => this.checker,
      startCourse: () => this.courseStart.start(),
      restore,
      showSteps,
      mayRun: () => this.mayRun(),
    });
    this.resetting = new ExerciseReset({ services, exercises, folder, hints, restore });
    this.follow(onFault);
  }

  get tests(): ExerciseTests | undefined {
    return this.shown?.tests;
  }

  get lens(): ExerciseLens | undefined {
    return this.shown?.lens;
  }

  /** Finds the course folder, renews it where it is an older version's, and shows its exercises. */
  async start(): Promise<void> {
    if (!(await this.folder.find()) || this.folder.uri === undefined) {
      await this.exercises.ready();
      return;
    }
    try {
      await this.courseStart.renew((await manifestOn(diskOf(this.folder.uri)))?.version);
    } catch (error) {
      // The exercises work all the same: they are as they were.
      void showFault(this.services, error);
    }
    await this.reload();
  }

  /** Runs a text of a lesson's. @throws Fault `refused` in a workspace that isn't trusted, `cancelled`, `worker-died` */
  async run(name: string, code: string, token: CancelToken): Promise<RunReport> {
    this.needTrust();
    const entry = `${name}.ts`;
    return this.runner.run({ entry, files: { [entry]: code } }, { token });
  }

  /** @throws Fault `refused` in a workspace that isn't trusted, after saying how to trust it */
  needTrust(): void {
    if (!this.mayRun()) {
      throw notTrusted();
    }
  }

  /** The exercise that was opened last and isn't solved, with when that was. */
  lastOpened(): { readonly id: string; readonly at: number } | undefined {
    const opened = this.exercises.all.flatMap(({ summary }) => {
      const { openedAt, passedAt, parked } = this.services.progress.exercise(summary.lesson, summary.id);
      return openedAt === undefined || passedAt !== undefined || parked ? [] : [{ id: summary.id, at: openedAt }];
    });
    return opened.toSorted((a, b) => b.at - a.at)[0];
  }

  dispose(): void {
    this.store.dispose();
  }

  private makeChecker(): CourseChecker {
    return new CourseChecker({
      runner: this.runner,
      exercises: this.source.folder,
      summaries: () => this.source.summaries(),
      learner: this.folder.learner,
    });
  }

  private follow(onFault: (error: unknown) => void): void {
    const { exercises, folder, store } = this;
    store.add(folder.onDidChangeText(({ path, text }) => exercises.textChanged(path, text)));
    store.add(exercises.onDidCheck((end) => this.actions.checkEnded(end)));
    store.add(
      this.course.onDidChange(() => {
        this.source.changed();
        this.checker = this.makeChecker();
        void this.reload().catch(onFault);
      }),
    );
    store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => void this.reload().catch(onFault)));
    store.add(this.preferences.onDidChange(() => void this.shown?.tests.rebuild().catch(onFault)));
    store.add(
      vscode.workspace.onDidSaveTextDocument((document) => void this.saved(document).catch((error) => onFault(error))),
    );
    store.add(vscode.workspace.onDidOpenTextDocument((document) => this.warm(document)));
    store.add(
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        if (folder.uri === undefined) {
          void this.start().catch(onFault);
        }
      }),
    );
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    const path = this.folder.pathOf(document.uri);
    const exercise = this.exercises.all.find((one) => one.path === path);
    if (exercise === undefined) {
      return;
    }
    const { id } = exercise.summary;
    this.exercises.textChanged(exercise.path, await this.folder.learner.read(exercise.path));
    const taken = this.shown?.tests.saved(id) ?? false;
    const wanted = vscode.workspace.getConfiguration().get<boolean>(CHECK_ON_SAVE_SETTING, true);
    const starter = this.exercises.textOf(id) === exercise.starter && exercise.summary.kind !== 'repair';
    if (taken || !wanted || starter || !vscode.workspace.isTrusted) {
      return;
    }
    try {
      await this.exercises.check(id);
    } catch (error) {
      if (asFault(error).code !== 'cancelled') {
        throw error;
      }
    }
  }

  /** Reads everything again, and shows it where there is a course folder. */
  private async reload(): Promise<void> {
    await this.exercises.reload();
    if (this.folder.uri === undefined) {
      return;
    }
    if (this.shown === undefined) {
      const { exercises, folder, services } = this;
      this.store.add(new ExerciseProblems(exercises, folder));
      const lens = this.store.add(new ExerciseLens(exercises, folder));
      const tests = this.store.add(
        new ExerciseTests({
          exercises,
          folder,
          lessons: async () => (await this.course.load()).lessons,
          showsSolved: () => !this.preferences.hideSolved,
          refresh: () => exercises.reload(),
          onFault: (error) => void showFault(services, error),
        }),
      );
      this.shown = { tests, lens };
      void vscode.commands.executeCommand('setContext', 'insideLlms.course', true);
    }
    await this.shown.tests.rebuild();
    for (const { document } of vscode.window.visibleTextEditors) {
      this.warm(document);
    }
  }

  /** A process that is warm answers the first check at once. */
  private warm({ uri }: vscode.TextDocument): void {
    if (vscode.workspace.isTrusted && this.folder.pathOf(uri) !== undefined) {
      this.runner.warm();
    }
  }

  /** Says why not, and offers to trust the workspace. */
  private mayRun(): boolean {
    if (!vscode.workspace.isTrusted) {
      const manage = vscode.l10n.t('Manage Workspace Trust');
      const answer = vscode.window.showWarningMessage(notTrusted().message, manage);
      // Not waited for: the message may stay for long.
      void answer.then((chosen) =>
        chosen === manage ? vscode.commands.executeCommand('workbench.trust.manage') : undefined,
      );
    }
    return vscode.workspace.isTrusted;
  }
}

function notTrusted(): Fault {
  return new Fault('refused', vscode.l10n.t('Your code is run in a trusted workspace only, and this one is not.'), {
    remedy: vscode.l10n.t('Trust it by the command "Workspaces: Manage Workspace Trust".'),
  });
}
