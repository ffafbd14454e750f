// How an exercise's standing and a check's result are said, in one way wherever they stand.

import * as vscode from 'vscode';
import type { CheckReport } from '../shared/exercise.ts';
import type { ExerciseStanding } from '../shared/exerciseMessages.ts';

/** How it stands, seen with what was last checked. */
export type ShownState = 'checking' | 'passed' | 'failing' | 'parked' | 'tried' | 'untouched' | 'away';

export function shownState(standing: ExerciseStanding): ShownState {
  const { state, report, checking, stale } = standing;
  if (checking) {
    return 'checking';
  }
  const failing = report !== undefined && !report.passed && stale !== true;
  return failing && state === 'tried' ? 'failing' : state;
}

export function stateText(standing: ExerciseStanding): string {
  switch (shownState(standing)) {
    case 'checking':
      return vscode.l10n.t('checking…');
    case 'passed':
      return brokenSince(standing) ? vscode.l10n.t('passed before, not as it is now') : vscode.l10n.t('passed');
    case 'failing':
      return vscode.l10n.t('not right yet');
    case 'parked':
      return vscode.l10n.t('left for later');
    case 'tried':
      return vscode.l10n.t('begun');
    case 'untouched':
      return vscode.l10n.t('not begun');
    case 'away':
      return vscode.l10n.t('no file yet');
  }
}

export function stateIcon(standing: ExerciseStanding): { readonly id: string; readonly color?: string } {
  switch (shownState(standing)) {
    case 'checking':
      return { id: 'loading~spin' };
    case 'passed':
      return { id: 'pass-filled', color: 'testing.iconPassed' };
    case 'failing':
      return { id: 'error', color: 'testing.iconFailed' };
    case 'parked':
      return { id: 'debug-pause', color: 'charts.yellow' };
    case 'tried':
      return { id: 'edit', color: 'charts.blue' };
    case 'untouched':
    case 'away':
      return { id: 'circle-outline' };
  }
}

/** Passed once; what stands there now was checked, and doesn't. */
export function brokenSince({ state, report, stale }: ExerciseStanding): boolean {
  return state === 'passed' && report !== undefined && !report.passed && stale !== true;
}

/** What a check found, as a few lines: what is wrong, on which input, what came out and what should. */
export function reportText(report: CheckReport): string {
  const { diagnosis, parts } = report;
  const lines: string[] = [];
  if (diagnosis === undefined) {
    lines.push(vscode.l10n.t('Right on all of {0} inputs.', report.cases));
  } else {
    lines.push(diagnosis.message);
    for (const { name, text } of diagnosis.input ?? []) {
      lines.push(`  ${name} = ${text}`);
    }
    if (diagnosis.actual !== undefined) {
      lines.push(vscode.l10n.t('  yours: {0}', diagnosis.actual));
    }
    if (diagnosis.expected !== undefined) {
      lines.push(vscode.l10n.t('  right: {0}', diagnosis.expected));
    }
    if (diagnosis.at !== undefined && diagnosis.at !== '') {
      lines.push(vscode.l10n.t('  first difference at {0}', diagnosis.at));
    }
  }
  if (parts.length > 0) {
    lines.push(...parts.map(({ title, passed }) => `  ${passed ? '✓' : '○'} ${title}`));
  }
  return lines.join('\n');
}

/** What stood in for the learner's own; undefined where nothing did. */
export function standInText(standIns: readonly string[]): string | undefined {
  return standIns.length === 0
    ? undefined
    : vscode.l10n.t(
        'The course’s own stood in for {0}, as yours does not pass yet.',
        standIns.map((title) => `“${title}”`).join(', '),
      );
}
