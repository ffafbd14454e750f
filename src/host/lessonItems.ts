// How the entries of the Lessons view look: parts, lessons, exercises, and lessons that can't be read.

import * as vscode from 'vscode';
import type { ExerciseSummary } from '../shared/exercise.ts';
import type { ExerciseStanding } from '../shared/exerciseMessages.ts';
import type { BrokenLesson, LessonSummary } from '../shared/lesson.ts';
import { type PathId, placeOn } from './coursePaths.ts';
import { brokenSince, reportText, standInText, stateIcon, stateText } from './exerciseText.ts';
import { COMMANDS, OFF_PATH_SCHEME } from './ids.ts';
import type { LessonStanding, ProgressStore } from './progress.ts';

export function partItem(
  title: string,
  lessons: readonly { readonly lesson: LessonSummary }[],
  progress: ProgressStore,
): vscode.TreeItem {
  const done = lessons.filter(({ lesson }) => progress.standing(lesson) === 'done').length;
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
  // With an id of its own the entry stays collapsed or expanded as the user left it.
  item.id = `part:${title}`;
  item.contextValue = 'part';
  item.description = `${done}/${lessons.length}`;
  item.tooltip = vscode.l10n.t('{0} of {1} lessons done', done, lessons.length);
  item.accessibilityInformation = { label: `${title}, ${item.tooltip}` };
  return item;
}

export function lessonItem(lesson: LessonSummary, progress: ProgressStore, path: PathId | undefined): vscode.TreeItem {
  const standing = progress.standing(lesson);
  const current = progress.lastOpened === lesson.id;
  const place = placeOn(path, lesson.number);
  const item = new vscode.TreeItem(`${lesson.number}. ${lesson.title}`);
  if (lesson.exercises.length > 0) {
    item.collapsibleState = current
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
  }
  item.id = `lesson:${lesson.id}`;
  item.contextValue = `lesson.${standing}${lesson.exercises.length > 0 ? '.exercises' : ''}`;
  item.iconPath = place === 'off' && standing === 'new' && !current ? offPathIcon() : iconOf(standing, current);
  const minutes = vscode.l10n.t('{0} min', lesson.minutes);
  const marks = [
    current ? vscode.l10n.t('current') : undefined,
    standingText(standing, current),
    place === 'overview' && standing !== 'done' ? vscode.l10n.t('overview') : undefined,
    place === 'off' ? vscode.l10n.t('beside your path') : undefined,
    minutes,
  ];
  item.description = marks.filter((mark) => mark !== undefined).join(' · ');
  if (place === 'off') {
    // Greyed out by what decorates this scheme.
    item.resourceUri = vscode.Uri.from({ scheme: OFF_PATH_SCHEME, path: `/${lesson.id}` });
  }
  item.tooltip = lessonTooltip(lesson, progress);
  item.accessibilityInformation = {
    label: vscode.l10n.t('Lesson {0}, {1}, {2}', lesson.number, lesson.title, item.description),
  };
  item.command = { command: COMMANDS.openLesson, title: vscode.l10n.t('Open Lesson'), arguments: [lesson.id] };
  return item;
}

export function exerciseItem(exercise: ExerciseSummary, standing: ExerciseStanding): vscode.TreeItem {
  const { id, title, minutes, optional } = exercise;
  const item = new vscode.TreeItem(title);
  const { id: icon, color } = stateIcon(standing);
  const broken = brokenSince(standing);
  item.id = `exercise:${id}`;
  item.contextValue = `exercise.${standing.state}`;
  item.iconPath = new vscode.ThemeIcon(
    broken ? 'warning' : icon,
    color === undefined ? undefined : new vscode.ThemeColor(broken ? 'charts.yellow' : color),
  );
  const marks = [
    standing.state === 'away' ? undefined : stateText(standing),
    optional ? vscode.l10n.t('optional') : undefined,
    standing.state === 'passed' ? undefined : vscode.l10n.t('{0} min', minutes),
  ];
  item.description = marks.filter((mark) => mark !== undefined).join(' · ');
  const said = [
    `**${escapeMarkdown(title)}**`,
    stateText(standing),
    standing.report === undefined ? undefined : `\`\`\`text\n${reportText(standing.report)}\n\`\`\``,
    standInText(standing.standIns),
  ];
  item.tooltip = new vscode.MarkdownString(said.filter((one) => one !== undefined).join('\n\n'));
  item.accessibilityInformation = { label: vscode.l10n.t('Exercise {0}, {1}', title, stateText(standing)) };
  item.command = { command: COMMANDS.openExercise, title: vscode.l10n.t('Open Exercise'), arguments: [id] };
  return item;
}

export function brokenItem({ folder, faults }: BrokenLesson, lessons: vscode.Uri): vscode.TreeItem {
  const first = faults[0];
  const place = first === undefined ? folder : `${first.file}:${first.line}`;
  const reason = first?.reason ?? vscode.l10n.t('This lesson could not be read.');
  const item = new vscode.TreeItem(place);
  item.id = `broken:${folder}`;
  item.contextValue = 'broken';
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
  item.description = reason;
  item.tooltip = faults.map((fault) => `${fault.file}:${fault.line}  ${fault.reason}`).join('\n') || reason;
  item.accessibilityInformation = { label: vscode.l10n.t('Broken lesson, {0}: {1}', place, reason) };
  if (first !== undefined) {
    const at = new vscode.Position(Math.max(0, first.line - 1), 0);
    item.command = {
      command: 'vscode.open',
      title: vscode.l10n.t('Open File'),
      arguments: [vscode.Uri.joinPath(lessons, ...first.file.split('/')), { selection: new vscode.Range(at, at) }],
    };
  }
  return item;
}

function lessonTooltip(lesson: LessonSummary, progress: ProgressStore): vscode.MarkdownString {
  const reached = progress.reached(lesson.id);
  const youWill = lesson.youWill.map((what) => `- ${escapeMarkdown(what)}`);
  const goals = lesson.goals.map(({ block, text }) => {
    const done = reached.includes(block);
    return `${done ? '✓' : '○'} ${escapeMarkdown(done ? vscode.l10n.t('{0} (done)', text) : text)}`;
  });
  const paragraphs = [
    `**${escapeMarkdown(lesson.title)}**`,
    vscode.l10n.t('You will:'),
    youWill.join('\n'),
    vscode.l10n.t('Done when you have:'),
    goals.join('  \n'), // two spaces break the line
  ];
  return new vscode.MarkdownString(paragraphs.join('\n\n'));
}

function standingText(standing: LessonStanding, current: boolean): string | undefined {
  if (standing === 'done') {
    return vscode.l10n.t('done');
  }
  return standing === 'started' && !current ? vscode.l10n.t('started') : undefined;
}

/** Quieter than what lies on the way. */
function offPathIcon(): vscode.ThemeIcon {
  return new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('disabledForeground'));
}

function iconOf(standing: LessonStanding, current: boolean): vscode.ThemeIcon {
  if (standing === 'done') {
    return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'));
  }
  if (current) {
    return new vscode.ThemeIcon('play-circle', new vscode.ThemeColor('charts.blue'));
  }
  return new vscode.ThemeIcon(standing === 'started' ? 'record-small' : 'circle-large-outline');
}

/** A lesson's own words as they are, whatever signs are in them. */
function escapeMarkdown(text: string): string {
  return new vscode.MarkdownString().appendText(text).value;
}
