// What a learner may do about an exercise, from wherever it is asked: a command, the line above the function, the tree,
// a lesson's page. Putting files back is exerciseReset.ts's business.

import * as vscode from 'vscode';
import type { CourseChecker } from '../course/courseChecker.ts';
import { asFault } from '../shared/errors.ts';
import type { CodePlace } from '../shared/exercise.ts';
import type { TracedAnswer } from '../shared/runnerMessages.ts';
import type { CourseFolder } from './courseFolder.ts';
import { lineOfExport } from './exerciseCode.ts';
import type { ExerciseDocuments } from './exerciseDocuments.ts';
import type { ExerciseHints } from './exerciseHints.ts';
import { placeOf } from './exerciseProblems.ts';
import type { CheckEnd, CourseExercise, Exercises } from './exercises.ts';
import { standInText } from './exerciseText.ts';
import { showFault } from './faults.ts';
import { COMMANDS } from './ids.ts';
import type { HostServices } from './services.ts';

/** After so many failed checks stepping through is offered, and after so many the solution with a line blank. */
const OFFER_STEPS = 2;
const OFFER_SOLUTION = 4;

export interface ExerciseActionsParts {
  readonly services: HostServices;
  readonly exercises: Exercises;
  readonly folder: CourseFolder;
  readonly documents: ExerciseDocuments;
  readonly hints: ExerciseHints;
  readonly checker: () => CourseChecker;
  /** Asks where the course folder should be. @returns whether there is one then */
  readonly startCourse: () => Promise<boolean>;
  /** Writes a file that was deleted again. */
  readonly restore: (ids: readonly string[]) => Promise<void>;
  /** Shows a run of the learner's beside the reference's. */
  readonly showSteps: (title: string, answer: TracedAnswer) => Promise<void>;
  /** Whether code may be run; says why not, and what to do. */
  readonly mayRun: () => boolean;
}

export class ExerciseActions {
  private readonly parts: ExerciseActionsParts;

  constructor(parts: ExerciseActionsParts) {
    this.parts = parts;
  }

  /**
   * Shows the learner's file at the function; makes the course folder first where there is none.
   *
   * @param place another place in the learner's files, as a diagnosis names it
   */
  async open(id: string, place?: CodePlace): Promise<vscode.TextEditor | undefined> {
    const exercise = await this.present(id);
    if (exercise === undefined) {
      return undefined;
    }
    const files = new Set(this.parts.exercises.all.map(({ path }) => path));
    const file = place !== undefined && files.has(place.file) ? place.file : exercise.path;
    const document = await vscode.workspace.openTextDocument(this.parts.folder.uriOf(file));
    const at = placeOf(file, place, document.getText(), exercise.summary.exports[0] ?? '');
    const onPage = vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
    const editor = await vscode.window.showTextDocument(document, {
      selection: new vscode.Range(at, at),
      viewColumn: onPage ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
      preview: false,
    });
    // The lesson first: what was opened last is the exercise.
    await this.parts.services.progress.opened(exercise.summary.lesson);
    await this.parts.exercises.mark(id, 'opened');
    return editor;
  }

  async check(id: string): Promise<void> {
    if (this.parts.mayRun() && (await this.present(id)) !== undefined) {
      await this.parts.exercises.check(id);
    }
  }

  /** @param inEditor shows it there as well; a lesson's page shows it by itself */
  async hint(id: string, inEditor: boolean): Promise<void> {
    const { exercises, hints } = this.parts;
    const count = await exercises.takeHint(id);
    const { summary, path } = exercises.find(id);
    const document = vscode.window.visibleTextEditors.find(
      (editor) => this.parts.folder.pathOf(editor.document.uri) === path,
    )?.document;
    const shown = document ?? (inEditor ? (await this.open(id))?.document : undefined);
    if (shown !== undefined) {
      hints.show(summary, shown.uri, lineOfExport(shown.getText(), summary.exports[0] ?? ''), count);
    }
  }

  /** Steps through the learner's run on the input of the last diagnosis, else on the first that is drawn. */
  async step(id: string): Promise<void> {
    const { exercises, checker, showSteps, mayRun } = this.parts;
    const exercise = mayRun() ? await this.present(id) : undefined;
    if (exercise === undefined) {
      return;
    }
    const { title } = exercise.summary;
    const caseName = exercises.standing(id)?.report?.diagnosis?.caseName;
    const answer = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Running “{0}” step by step…', title),
        cancellable: true,
      },
      (_, token) => checker().trace(id, caseName, { token }),
    );
    if (answer.diagnosis === undefined) {
      await showSteps(title, answer);
    } else {
      void vscode.window.showWarningMessage(answer.diagnosis.message);
    }
  }

  async compare(id: string): Promise<void> {
    const exercise = await this.present(id);
    if (exercise !== undefined && (await this.maySee(exercise))) {
      await this.parts.documents.compare(exercise);
    }
  }

  async solution(id: string): Promise<void> {
    await this.parts.exercises.ready();
    const exercise = this.parts.exercises.find(id);
    if (await this.maySee(exercise)) {
      await this.parts.documents.showSolution(exercise.summary);
    }
  }

  /** Shows the solution with one line left to the learner, and puts the exercise off: it isn't failed. */
  async blank(id: string): Promise<void> {
    const { exercises, documents } = this.parts;
    await exercises.mark(id, 'solution');
    await exercises.mark(id, 'parked');
    await documents.showSolution(exercises.find(id).summary, true);
  }

  async park(id: string, parked: boolean): Promise<void> {
    await this.parts.exercises.ready();
    await this.parts.exercises.mark(id, parked ? 'parked' : 'taken-up');
  }

  /** What is said when a check has ended: nothing more than the moment asks for. */
  checkEnded({ id, checked, first }: CheckEnd): void {
    const { exercises, services } = this.parts;
    const standing = exercises.standing(id);
    const { title } = exercises.find(id).summary;
    if (standing === undefined) {
      return;
    }
    const standIn = standInText(standing.standIns);
    if (checked.report.passed) {
      this.parts.hints.hide(id);
      if (first) {
        const said = [vscode.l10n.t('“{0}” is passed.', title), standIn].filter((one) => one !== undefined).join(' ');
        this.offer(said, {
          [vscode.l10n.t('Next Exercise')]: () => vscode.commands.executeCommand(COMMANDS.nextExercise, id),
          [vscode.l10n.t('Compare with Solution')]: () => this.compare(id),
        });
      } else {
        vscode.window.setStatusBarMessage(`$(pass) ${vscode.l10n.t('“{0}” passes.', title)}`, 4000);
      }
      return;
    }
    services.log.info(`${id}: ${checked.report.diagnosis?.message ?? ''}${standIn === undefined ? '' : ` ${standIn}`}`);
    if (checked.report.diagnosis?.kind === 'untouched' || standing.state === 'parked') {
      return;
    }
    if (standing.failed === OFFER_STEPS) {
      this.offer(vscode.l10n.t('“{0}”: would it help to see your run step by step, beside the right one?', title), {
        [vscode.l10n.t('Step Through')]: () => this.step(id),
        [vscode.l10n.t('Show a Hint')]: () => this.hint(id, true),
      });
    } else if (standing.failed === OFFER_SOLUTION) {
      this.offer(
        vscode.l10n.t(
          '“{0}” is a hard one. You may read the solution with one line left to you, or leave it for later.',
          title,
        ),
        {
          [vscode.l10n.t('Leave One Line to Me')]: () => this.blank(id),
          [vscode.l10n.t('Leave It for Later')]: () => this.park(id, true),
        },
      );
    }
  }

  /** The exercise with its file there; undefined when the learner left the question. */
  private async present(id: string): Promise<CourseExercise | undefined> {
    const { exercises, folder, startCourse, restore } = this.parts;
    await exercises.ready();
    const exercise = exercises.find(id);
    if (folder.uri === undefined && !(await startCourse())) {
      return undefined;
    }
    if ((await folder.learner.read(exercise.path)) !== undefined) {
      return exercise;
    }
    const put = vscode.l10n.t('Put It Back');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('The file {0} is not in your course folder any more.', exercise.path),
      put,
    );
    if (answer !== put) {
      return undefined;
    }
    await restore([id]);
    return exercise;
  }

  /** Asks before a solution is shown that wasn't earned or seen yet. */
  private async maySee({ summary }: CourseExercise): Promise<boolean> {
    const { exercises } = this.parts;
    const { id, title, hints } = summary;
    const standing = exercises.standing(id);
    if (standing?.state !== 'passed' && standing?.solutionSeen !== true) {
      const seen = standing?.hints ?? 0;
      const show = vscode.l10n.t('Show the Solution');
      const hint = vscode.l10n.t('A Hint First');
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t('Show the solution of “{0}”?', title),
        {
          modal: true,
          detail: vscode.l10n.t('You have not passed it yet, and have seen {0} of {1} hints.', seen, hints.length),
        },
        show,
        ...(seen < hints.length ? [hint] : []),
      );
      if (answer === hint) {
        await this.hint(id, true);
      }
      if (answer !== show) {
        return false;
      }
    }
    if (standing?.solutionSeen !== true) {
      await exercises.mark(id, 'solution');
    }
    return true;
  }

  /** Not waited for: the message may stay for long. */
  private offer(message: string, choices: Readonly<Record<string, () => unknown>>): void {
    const answer = vscode.window.showInformationMessage(message, ...Object.keys(choices));
    void answer
      .then((chosen) => (chosen === undefined ? undefined : choices[chosen]?.()))
      .then(undefined, (error) => void showFault(this.parts.services, asFault(error)));
  }
}
