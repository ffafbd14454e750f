// The commands about exercises. What an exercise's command is about comes from the tree, the Test Explorer, the line above
// the function, or is the exercise in the active editor; else it is asked.

import * as vscode from 'vscode';
import { asFault } from '../shared/errors.ts';
import type { LessonSummary } from '../shared/lesson.ts';
import { choosePath } from './coursePathPick.ts';
import { placeOn } from './coursePaths.ts';
import type { CourseExercise } from './exercises.ts';
import type { ExercisesFeature } from './exercisesFeature.ts';
import { stateIcon, stateText } from './exerciseText.ts';
import type { ExtensionParts } from './extensionParts.ts';
import { COMMANDS } from './ids.ts';
import type { LessonsNode } from './lessonsTree.ts';
import { nextExercise } from './nextExercise.ts';
import { exportProgress } from './progressExport.ts';

type Command = (argument?: unknown) => unknown;

export function exerciseCommands(parts: ExtensionParts): Readonly<Record<string, Command>> {
  const { preferences, services } = parts;
  /** Does something about the exercise that is meant. */
  const about =
    (act: (feature: ExercisesFeature, id: string) => unknown): Command =>
    async (argument) => {
      const feature = await parts.exercises();
      const id = await exerciseOf(feature, argument);
      return id === undefined ? undefined : act(feature, id);
    };
  return {
    [COMMANDS.startCourse]: async (argument) => startCourse(parts, argument),
    [COMMANDS.choosePath]: () => choosePath(preferences),
    [COMMANDS.showPathOnly]: () => preferences.setPathOnly(true),
    [COMMANDS.showWholeCourse]: () => preferences.setPathOnly(false),
    [COMMANDS.hideSolved]: () => preferences.setHideSolved(true),
    [COMMANDS.showSolved]: () => preferences.setHideSolved(false),
    [COMMANDS.exportProgress]: (argument) =>
      exportProgress(services, argument instanceof vscode.Uri ? argument : undefined),
    [COMMANDS.openExercise]: about(({ actions }, id) => actions.open(id)),
    [COMMANDS.nextExercise]: async () => openNext(parts),
    [COMMANDS.checkExercise]: about(({ actions }, id) => actions.check(id)),
    [COMMANDS.checkLesson]: async (argument) => fastTrack(parts, argument),
    [COMMANDS.exerciseHint]: about(({ actions }, id) => actions.hint(id, true)),
    [COMMANDS.exerciseStepThrough]: about(({ actions }, id) => actions.step(id)),
    [COMMANDS.exerciseCompare]: about(({ actions }, id) => actions.compare(id)),
    [COMMANDS.exerciseSolution]: about(({ actions }, id) => actions.solution(id)),
    [COMMANDS.resetExercise]: about(({ resetting }, id) => resetting.reset([id])),
    [COMMANDS.resetExercises]: async (argument) => resetExercises(parts, argument),
    [COMMANDS.parkExercise]: about(({ actions }, id) => actions.park(id, true)),
    [COMMANDS.unparkExercise]: about(({ actions }, id) => actions.park(id, false)),
  };
}

async function startCourse(parts: ExtensionParts, argument: unknown): Promise<void> {
  const feature = await parts.exercises();
  if (await feature.courseStart.start(argument instanceof vscode.Uri ? argument : undefined)) {
    await openNext(parts);
  }
}

async function openNext(parts: ExtensionParts): Promise<void> {
  const feature = await parts.exercises();
  const { exercises, actions } = feature;
  await exercises.ready();
  const { lessons } = await parts.services.course.load();
  const numbers = new Map(lessons.map(({ id, number }) => [id, number]));
  const all = exercises.all.map(({ summary }) => ({
    id: summary.id,
    state: exercises.standing(summary.id)?.state ?? 'away',
    onPath: placeOn(parts.preferences.path, numbers.get(summary.lesson) ?? 0) === 'whole',
  }));
  const here = exerciseInEditor(feature)?.summary.id ?? lastOf(parts, feature);
  const next = nextExercise(all, here);
  if (next === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Every exercise there is, is passed.'));
    return;
  }
  await actions.open(next);
}

function lastOf({ services }: ExtensionParts, { exercises }: ExercisesFeature): string | undefined {
  const opened = exercises.all.map(({ summary }) => ({
    id: summary.id,
    at: services.progress.exercise(summary.lesson, summary.id).openedAt ?? 0,
  }));
  return opened.filter(({ at }) => at > 0).toSorted((a, b) => b.at - a.at)[0]?.id;
}

/** "I know this": checks all exercises of a lesson that are written; where all pass, the lesson may count as done. */
async function fastTrack(parts: ExtensionParts, argument: unknown): Promise<void> {
  const { services } = parts;
  const feature = await parts.exercises();
  const lesson = await lessonOf(parts, argument);
  if (lesson === undefined) {
    return;
  }
  const { exercises, actions } = feature;
  await exercises.ready();
  const ours = exercises.all.filter(({ summary }) => summary.lesson === lesson.id);
  const written = ours.filter(({ summary, starter }) => (exercises.textOf(summary.id) ?? starter) !== starter);
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Checking the exercises of “{0}”', lesson.title),
      cancellable: true,
    },
    async (progress, token) => {
      for (const { summary } of written) {
        progress.report({ message: summary.title, increment: 100 / written.length });
        await exercises.check(summary.id, token);
      }
    },
  );
  const open = ours.filter(({ summary }) => exercises.standing(summary.id)?.state !== 'passed');
  const needed = open.filter(({ summary }) => !summary.optional);
  const first = needed[0] ?? open[0];
  if (needed.length === 0) {
    const count = vscode.l10n.t('Count It as Done');
    const done = services.progress.standing(lesson) === 'done';
    const message = vscode.l10n.t('All exercises of “{0}” are passed.', lesson.title);
    const answer = await vscode.window.showInformationMessage(message, ...(done ? [] : [count]));
    if (answer === count) {
      for (const { block } of lesson.goals) {
        await services.progress.reach(lesson.id, block);
      }
    }
    return;
  }
  const write = vscode.l10n.t('Write It');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} of {1} exercises of “{2}” are passed. Next: {3}.',
      ours.length - open.length,
      ours.length,
      lesson.title,
      first?.summary.title ?? '',
    ),
    write,
  );
  if (answer === write && first !== undefined) {
    await actions.open(first.summary.id);
  }
}

async function resetExercises(parts: ExtensionParts, argument: unknown): Promise<void> {
  const feature = await parts.exercises();
  const some = await lessonsOf(parts, argument);
  if (some === undefined) {
    return;
  }
  const reset = vscode.l10n.t('Reset');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Put all exercises of “{0}” back to how they began?', some.title),
    { modal: true, detail: vscode.l10n.t('Your code in them goes; it can be undone. What you passed stays passed.') },
    reset,
  );
  if (answer === reset) {
    await feature.resetting.reset(some.lessons.flatMap(({ exercises }) => exercises.map(({ id }) => id)));
  }
}

/** Those of a part of the course, or one lesson. @returns undefined when the learner left the question */
async function lessonsOf(
  parts: ExtensionParts,
  argument: unknown,
): Promise<{ readonly title: string; readonly lessons: readonly LessonSummary[] } | undefined> {
  const node = argument as LessonsNode | undefined;
  if (typeof node === 'object' && node.kind === 'part') {
    return { title: node.title, lessons: node.children.map(({ lesson }) => lesson) };
  }
  const lesson = await lessonOf(parts, argument);
  return lesson && { title: lesson.title, lessons: [lesson] };
}

/** @returns undefined when the learner left the question */
async function exerciseOf(feature: ExercisesFeature, argument: unknown): Promise<string | undefined> {
  await feature.exercises.ready();
  const given = argument as Partial<LessonsNode & vscode.TestItem> | string | undefined;
  if (typeof given === 'string') {
    return given;
  }
  if (given?.kind === 'exercise' && 'exercise' in given) {
    return given.exercise?.id;
  }
  const { all } = feature.exercises;
  const named = all.find(({ summary }) => summary.id === given?.id) ?? exerciseInEditor(feature);
  if (named !== undefined) {
    return named.summary.id;
  }
  const picked = await vscode.window.showQuickPick(
    all.map(({ summary }) => {
      const standing = feature.exercises.standing(summary.id);
      return {
        label: standing === undefined ? summary.title : `$(${stateIcon(standing).id}) ${summary.title}`,
        description: standing && stateText(standing),
        detail: vscode.l10n.t('{0} · {1} min', summary.lesson, summary.minutes),
        id: summary.id,
      };
    }),
    { placeHolder: vscode.l10n.t('Which exercise?'), matchOnDetail: true },
  );
  return picked?.id;
}

function exerciseInEditor({ exercises, folder }: ExercisesFeature): CourseExercise | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const path = uri && folder.pathOf(uri);
  return path === undefined ? undefined : exercises.all.find((one) => one.path === path);
}

async function lessonOf(parts: ExtensionParts, argument: unknown): Promise<LessonSummary | undefined> {
  const { lessons } = await parts.services.course.load();
  const given = argument as Partial<LessonsNode & vscode.TestItem> | string | undefined;
  const inTree =
    typeof given === 'object' && given.kind === 'lesson' && 'lesson' in given ? given.lesson?.id : undefined;
  const id = typeof given === 'string' ? given : (inTree ?? (given as { id?: string } | undefined)?.id);
  const known = lessons.find((lesson) => lesson.id === id);
  if (known !== undefined) {
    return known;
  }
  const picked = await vscode.window.showQuickPick(
    lessons
      .filter(({ exercises }) => exercises.length > 0)
      .map((lesson) => ({ label: `${lesson.number}. ${lesson.title}`, lesson })),
    { placeHolder: vscode.l10n.t('Which lesson?') },
  );
  return picked?.lesson;
}

/** The exercise at which the learner was last, if that is later than `since`, and one sentence on where they were. */
export async function resume(parts: ExtensionParts, since: number): Promise<boolean> {
  const feature = await parts.exercises();
  const last = feature.folder.uri === undefined ? undefined : feature.lastOpened();
  if (last === undefined || last.at <= since) {
    return false;
  }
  const { exercises, actions } = feature;
  const { summary } = exercises.find(last.id);
  const standing = exercises.standing(last.id);
  try {
    await actions.open(last.id);
  } catch (error) {
    if (asFault(error).code === 'not-found') {
      return false; // the file is gone: the lesson is there
    }
    throw error;
  }
  const said = vscode.l10n.t(
    'You were at “{0}”: {1} checks so far, {2} of {3} hints seen.',
    summary.title,
    standing?.failed ?? 0,
    standing?.hints ?? 0,
    summary.hints.length,
  );
  vscode.window.setStatusBarMessage(`$(mortar-board) ${said}`, 10_000);
  return true;
}
