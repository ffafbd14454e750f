// The line above an exercise's function: how it stands, and what may be done about it.

import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../shared/disposable.ts';
import type { ExerciseStanding } from '../shared/exerciseMessages.ts';
import type { CourseFolder } from './courseFolder.ts';
import { lineOfExport } from './exerciseCode.ts';
import type { CourseExercise, Exercises } from './exercises.ts';
import { shownState, stateIcon, stateText } from './exerciseText.ts';
import { COMMANDS } from './ids.ts';

export class ExerciseLens implements vscode.CodeLensProvider, Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changes.event;
  private readonly exercises: Exercises;
  private readonly folder: CourseFolder;
  private readonly store = new DisposableStore();

  constructor(exercises: Exercises, folder: CourseFolder) {
    this.exercises = exercises;
    this.folder = folder;
    this.store.add(this.changes);
    this.store.add(exercises.onDidChange(() => this.changes.fire()));
    this.store.add(vscode.languages.registerCodeLensProvider({ language: 'typescript' }, this));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const path = this.folder.pathOf(document.uri);
    const exercise = this.exercises.all.find((one) => one.path === path);
    const standing = exercise && this.exercises.standing(exercise.summary.id);
    if (exercise === undefined || standing === undefined) {
      return [];
    }
    const line = lineOfExport(document.getText(), exercise.summary.exports[0] ?? '');
    const range = new vscode.Range(line, 0, line, 0);
    return lensesOf(exercise, standing).map((command) => new vscode.CodeLens(range, command));
  }

  dispose(): void {
    this.store.dispose();
  }
}

function lensesOf({ summary }: CourseExercise, standing: ExerciseStanding): vscode.Command[] {
  const { id, hints } = summary;
  const lens = (command: string, title: string, tooltip: string): vscode.Command => ({
    command,
    title,
    tooltip,
    arguments: [id],
  });
  const state = `$(${stateIcon(standing).id}) ${capital(stateText(standing))}${partsText(standing)}`;
  const lenses = [
    { ...lens(COMMANDS.openLesson, state, vscode.l10n.t('Open the lesson')), arguments: [summary.lesson] },
    standing.checking
      ? lens(COMMANDS.checkExercise, vscode.l10n.t('Check again'), vscode.l10n.t('Stop this check and begin another'))
      : lens(COMMANDS.checkExercise, vscode.l10n.t('Check'), vscode.l10n.t('Check your code as it stands')),
    lens(
      COMMANDS.exerciseHint,
      standing.hints === 0 ? vscode.l10n.t('Hint') : vscode.l10n.t('Hint ({0} of {1})', standing.hints, hints.length),
      vscode.l10n.t('Show one hint more'),
    ),
  ];
  const state0 = shownState(standing);
  if (state0 !== 'untouched' && state0 !== 'away') {
    lenses.push(
      lens(
        COMMANDS.exerciseStepThrough,
        vscode.l10n.t('Step through'),
        vscode.l10n.t('Step through your run beside the right one'),
      ),
    );
  }
  lenses.push(
    lens(
      COMMANDS.exerciseCompare,
      vscode.l10n.t('Compare with solution'),
      vscode.l10n.t('Your code and the solution side by side'),
    ),
  );
  if (state0 !== 'untouched') {
    lenses.push(lens(COMMANDS.resetExercise, vscode.l10n.t('Reset'), vscode.l10n.t('Begin again; this can be undone')));
  }
  return lenses;
}

function partsText({ report, stale, state }: ExerciseStanding): string {
  const parts = report?.parts ?? [];
  const passed = parts.filter((part) => part.passed).length;
  return parts.length === 0 || stale === true || state === 'passed' || passed === parts.length
    ? ''
    : ` · ${vscode.l10n.t('{0} of {1} parts', passed, parts.length)}`;
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
