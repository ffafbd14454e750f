// What the last check of each exercise found, as a problem at its line.

import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../shared/disposable.ts';
import type { CourseFolder } from './courseFolder.ts';
import { lineOfExport } from './exerciseCode.ts';
import type { CourseExercise, Exercises } from './exercises.ts';
import { reportText } from './exerciseText.ts';

export class ExerciseProblems implements Disposable {
  private readonly exercises: Exercises;
  private readonly folder: CourseFolder;
  private readonly collection = vscode.languages.createDiagnosticCollection('inside-llms');
  private readonly store = new DisposableStore();

  constructor(exercises: Exercises, folder: CourseFolder) {
    this.exercises = exercises;
    this.folder = folder;
    this.store.add(this.collection);
    this.store.add(exercises.onDidChange(() => this.show()));
    this.store.add(folder.onDidMove(() => this.show()));
    this.show();
  }

  /** All of them anew: there are few, and a problem of a file that is gone must go too. */
  private show(): void {
    const { uri } = this.folder;
    const found =
      uri === undefined
        ? []
        : this.exercises.all.flatMap((exercise): [vscode.Uri, vscode.Diagnostic[]][] => {
            const problem = this.problemOf(exercise);
            return problem === undefined ? [] : [[this.folder.uriOf(exercise.path), [problem]]];
          });
    this.collection.clear();
    this.collection.set(found);
  }

  private problemOf({ summary, path }: CourseExercise): vscode.Diagnostic | undefined {
    const { report, stale } = this.exercises.standing(summary.id) ?? {};
    const text = this.exercises.textOf(summary.id);
    if (report?.diagnosis === undefined || text === undefined) {
      return undefined;
    }
    const { diagnosis } = report;
    const said = reportText({ ...report, parts: [] });
    const problem = new vscode.Diagnostic(
      rangeIn(text, placeOf(path, diagnosis.place, text, summary.exports[0] ?? '')),
      // Whoever mends it reads on while they write; that it is so still nobody knows before the next check.
      stale ? vscode.l10n.t('Before your last change:\n{0}', said) : said,
      stale || diagnosis.kind === 'untouched' ? vscode.DiagnosticSeverity.Information : vscode.DiagnosticSeverity.Error,
    );
    problem.source = 'Inside LLMs';
    problem.code = summary.id;
    return problem;
  }

  dispose(): void {
    this.store.dispose();
  }
}

/** Where in the learner's file a fault is shown: at its own place, else at the function. */
export function placeOf(
  path: string,
  place: { readonly file: string; readonly line: number; readonly column: number } | undefined,
  text: string,
  exported: string,
): vscode.Position {
  return place !== undefined && place.file === path
    ? new vscode.Position(Math.max(0, place.line - 1), Math.max(0, place.column - 1))
    : new vscode.Position(lineOfExport(text, exported), 0);
}

/** To the end of the line, without the white space in front of it. */
function rangeIn(text: string, at: vscode.Position): vscode.Range {
  const line = text.split('\n')[at.line] ?? '';
  const start = Math.max(at.character, line.length - line.trimStart().length);
  return new vscode.Range(at.line, Math.min(start, line.length), at.line, line.length);
}
