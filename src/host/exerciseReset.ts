// Putting exercises back to how they began, through the editor's own edits, so that undo works in each file and for all
// of them at once.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import type { CourseFolder } from './courseFolder.ts';
import type { ExerciseHints } from './exerciseHints.ts';
import type { CourseExercise, Exercises } from './exercises.ts';
import { showFault } from './faults.ts';
import type { HostServices } from './services.ts';

/** How often a write is tried, and how long is waited in between. */
const TRIES = 10;
const PAUSE_MS = 100;

export interface ExerciseResetParts {
  readonly services: Pick<HostServices, 'log'>;
  readonly exercises: Exercises;
  readonly folder: CourseFolder;
  readonly hints: ExerciseHints;
  /** Writes files that were deleted again. */
  readonly restore: (ids: readonly string[]) => Promise<void>;
}

export class ExerciseReset {
  private readonly parts: ExerciseResetParts;

  constructor(parts: ExerciseResetParts) {
    this.parts = parts;
  }

  /**
   * The starters stand there again, those of deleted files too; hints that were seen and passes stay. Offers to take it
   * back.
   */
  async reset(ids: readonly string[]): Promise<void> {
    const { exercises, hints, restore } = this.parts;
    await exercises.ready();
    const some = ids.map((id) => exercises.find(id));
    const deleted = some.filter(({ summary }) => exercises.textOf(summary.id) === undefined);
    const changed = some.filter(({ summary, starter }) => {
      const text = exercises.textOf(summary.id);
      return text !== undefined && text !== starter;
    });
    if (deleted.length + changed.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to reset: it stands as it began.'));
      return;
    }
    const before = changed.map((exercise) => ({ exercise, text: exercises.textOf(exercise.summary.id) ?? '' }));
    await this.write(changed.map((exercise) => ({ exercise, text: exercise.starter })));
    await restore(deleted.map(({ summary }) => summary.id));
    const forget = exercises.wasReset(ids);
    for (const id of ids) {
      hints.hide(id);
    }
    const undo = vscode.l10n.t('Undo');
    const message =
      some.length === 1
        ? vscode.l10n.t('“{0}” begins again.', some[0]?.summary.title ?? '')
        : vscode.l10n.t('{0} exercises begin again.', deleted.length + changed.length);
    const answer = vscode.window.showInformationMessage(message, ...(changed.length > 0 ? [undo] : []));
    // Not waited for: the message may stay for long.
    void answer
      .then(async (chosen) => {
        if (chosen === undo) {
          await this.takeBack(before);
          forget();
        }
      })
      .then(undefined, (error) => void showFault(this.parts.services, error));
  }

  /** What was written since the reset is not written over: it is said. */
  private async takeBack(before: readonly { exercise: CourseExercise; text: string }[]): Promise<void> {
    const now = await Promise.all(before.map(({ exercise }) => this.parts.folder.learner.read(exercise.path)));
    const since = before.filter(({ exercise }, i) => now[i] !== exercise.starter);
    await this.write(before.filter((one) => !since.includes(one)));
    if (since.length > 0) {
      throw new Fault(
        'bad-input',
        vscode.l10n.t(
          'You have written in {0} since; what stood there before was not put over it.',
          since.map(({ exercise }) => exercise.path).join(', '),
        ),
        { remedy: vscode.l10n.t('Undo in the editor, or the file’s timeline in the Explorer, brings it back.') },
      );
    }
  }

  /**
   * Writes through the editor, and saves. Looked at until it is so: a text may be closed, or changed by a save, in the
   * middle of it, and then the editor refuses the edit.
   */
  private async write(files: readonly { exercise: CourseExercise; text: string }[]): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      const edit = new vscode.WorkspaceEdit();
      const documents: vscode.TextDocument[] = [];
      for (const { exercise, text } of files) {
        const document = await vscode.workspace.openTextDocument(this.parts.folder.uriOf(exercise.path));
        documents.push(document);
        if (document.getText().replaceAll('\r\n', '\n') !== text) {
          const end = document.lineAt(document.lineCount - 1).range.end;
          edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
        }
      }
      const written = edit.size === 0 || (await vscode.workspace.applyEdit(edit));
      // All of them: that a text is unsaved is told a moment after its change.
      await Promise.all(documents.map((document) => document.save()));
      if (written && documents.every(({ isDirty, isClosed }) => !isDirty && !isClosed)) {
        return;
      }
      await new Promise<void>((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    throw new Fault('storage', vscode.l10n.t('The files could not be written.'), {
      remedy: vscode.l10n.t('Look whether the course folder may be written to.'),
    });
  }
}
