// Virtual documents of the course: a solution, whole or with a line left blank, and the course's own version of a file
// that the learner has changed. Read-only, made when they are shown, and made again after a reload of the window.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import type { ExerciseSummary } from '../shared/exercise.ts';
import type { CourseFolder } from './courseFolder.ts';
import type { CourseSource } from './courseSource.ts';
import { withLineBlank } from './exerciseCode.ts';
import type { CourseExercise } from './exercises.ts';
import { COURSE_SCHEME } from './ids.ts';

/** What of the course a document shows. */
type Kind = 'solution' | 'blank' | 'course';

export class ExerciseDocuments implements vscode.TextDocumentContentProvider {
  private readonly source: CourseSource;
  private readonly folder: CourseFolder;

  constructor(source: CourseSource, folder: CourseFolder) {
    this.source = source;
    this.folder = folder;
  }

  /** @throws Fault `not-found` for what the course doesn't have any more */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const [, kind, ...rest] = uri.path.split('/');
    if (kind === 'course') {
      const path = rest.join('/');
      const file = (await this.source.contents()).find((one) => one.path === path);
      return file?.text ?? missing(path);
    }
    const id = rest.join('/').replace(/\.ts$/, '');
    const summary = (await this.source.summaries()).find((one) => one.id === id) ?? missing(id);
    const { solution } = await this.source.folder.files(summary);
    return kind === 'blank' ? withLineBlank(solution, vscode.l10n.t('… this line is yours')) : solution;
  }

  /** Shows a solution beside the learner's file. */
  async showSolution(summary: ExerciseSummary, blank = false): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uriOf(blank ? 'blank' : 'solution', `${summary.id}.ts`));
    await vscode.languages.setTextDocumentLanguage(document, 'typescript');
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }

  /** The learner's file beside the solution, as a diff. */
  async compare({ summary, path }: CourseExercise): Promise<void> {
    await vscode.commands.executeCommand(
      'vscode.diff',
      this.folder.uriOf(path),
      uriOf('solution', `${summary.id}.ts`),
      vscode.l10n.t('{0}: yours ↔ the solution', summary.title),
    );
  }

  /** A file that the learner changed beside what the course would write there now. */
  async compareWithCourse(path: string): Promise<void> {
    await vscode.commands.executeCommand(
      'vscode.diff',
      uriOf('course', path),
      this.folder.uriOf(path),
      vscode.l10n.t('{0}: the course’s new version ↔ yours', path),
    );
  }
}

function uriOf(kind: Kind, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: COURSE_SCHEME, path: `/${kind}/${path}` });
}

function missing(what: string): never {
  throw new Fault('not-found', vscode.l10n.t('The course has no "{0}" any more.', what), { where: what });
}
