// The commands. Each loads what it needs, and shows what went wrong.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import type { LessonSummary } from '../shared/lesson.ts';
import { placeOn } from './coursePaths.ts';
import type { ExtensionParts } from './extensionParts.ts';
import { showFault } from './faults.ts';
import { COMMANDS, COURSE_FOLDER_KEY, EXERCISE_COMMANDS } from './ids.ts';
import type { LessonsNode } from './lessonsTree.ts';

/** Registers all commands. */
export function registerCommands(parts: ExtensionParts): void {
  const { services, course, view } = parts;
  const commands: Readonly<Record<string, (argument?: unknown, more?: unknown) => unknown>> = {
    [COMMANDS.continue]: () => continueCourse(parts),
    [COMMANDS.openLesson]: (argument) => openLesson(parts, argument),
    [COMMANDS.stepThrough]: async (argument) => stepThrough(parts, argument),
    [COMMANDS.inspectTokenization]: async () => (await parts.tokens()).open(),
    [COMMANDS.chooseTokenizer]: async () => (await parts.tokens()).chooseTokenizer(),
    [COMMANDS.showTokensInEditor]: async () => (await parts.tokens()).toggleDecorations(),
    [COMMANDS.trainTokenizer]: async () => (await parts.trainingPanel()).open(),
    [COMMANDS.searchWorkspace]: async () => (await parts.search()).focusView(),
    [COMMANDS.quickSearch]: async (argument) =>
      (await parts.search()).quickSearch(typeof argument === 'string' ? argument : undefined),
    [COMMANDS.findSimilar]: async () => (await parts.search()).findSimilar(),
    [COMMANDS.showIndexHealth]: async () => (await parts.search()).showHealth(),
    [COMMANDS.pauseIndexing]: async () => (await parts.search()).pause(true),
    [COMMANDS.resumeIndexing]: async () => (await parts.search()).pause(false),
    [COMMANDS.rebuildIndex]: async () => (await parts.search()).rebuild(),
    [COMMANDS.searchSettings]: async () => (await parts.search()).openSettings(),
    [COMMANDS.setPostgresConnection]: async () => (await parts.search()).setConnection(),
    [COMMANDS.setEndpointKey]: async () => (await parts.search()).secrets.askEndpointKey(),
    [COMMANDS.getModel]: async (argument) =>
      (await parts.search()).getModel(typeof argument === 'string' ? argument : undefined),
    [COMMANDS.askWorkspace]: async (argument) => (await parts.ask()).open(argument),
    [COMMANDS.openEmbeddings]: async (argument, more) => (await parts.embeddings()).open(argument, more),
    [COMMANDS.showIndexMap]: async () => (await parts.embeddings()).openMap(),
    [COMMANDS.evaluateSearch]: async (argument) => (await parts.search()).evaluate(argument),
    [COMMANDS.resetProgress]: () => resetProgress(parts, undefined),
    [COMMANDS.resetLesson]: async (argument) => {
      const lesson = await lessonOf(parts, argument);
      if (lesson !== undefined) {
        await resetProgress(parts, lesson); // none was picked: nothing is asked, least of all about all lessons
      }
    },
    [COMMANDS.refreshLessons]: () => course.changed(),
    [COMMANDS.restartWorker]: async () => {
      await services.worker.restart();
      vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) The model worker was restarted.'), 4000);
    },
    [COMMANDS.showLog]: () => services.log.show(true),
    ...lazyExerciseCommands(parts),
  };
  for (const [name, run] of Object.entries(commands)) {
    const shown = async (argument?: unknown, more?: unknown) => {
      try {
        return await run(argument, more);
      } catch (error) {
        void showFault(services, error);
        return undefined;
      }
    };
    services.disposables.add(vscode.commands.registerCommand(name, shown));
  }
  services.disposables.add(
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) {
        void parts.tree.revealCurrent(view);
      }
    }),
  );
}

/** The lesson opened last; the one after it once that is done; the first that isn't done; else the first. */
export async function nextLesson({ services, preferences }: ExtensionParts): Promise<LessonSummary> {
  const { lessons } = await services.course.load();
  const { progress } = services;
  const at = lessons.findIndex(({ id }) => id === progress.lastOpened);
  const open = (lesson: LessonSummary) => progress.standing(lesson) !== 'done';
  const onPath = lessons.filter(({ number }, i) => i === at || placeOn(preferences.path, number) !== 'off');
  const from = onPath.findIndex(({ id }) => id === progress.lastOpened);
  const found =
    onPath.slice(Math.max(0, from)).find(open) ?? onPath.find(open) ?? lessons.find(open) ?? onPath[0] ?? lessons[0];
  if (found === undefined) {
    throw noLessons();
  }
  return found;
}

/** The commands about exercises, whose code is loaded by the first of them. */
function lazyExerciseCommands(parts: ExtensionParts): Readonly<Record<string, (argument?: unknown) => unknown>> {
  return Object.fromEntries(
    EXERCISE_COMMANDS.map((name) => [
      name,
      async (argument: unknown) => (await import('./later.ts')).exerciseCommands(parts)[name]?.(argument),
    ]),
  );
}

async function continueCourse(parts: ExtensionParts): Promise<void> {
  const { progress, context } = parts.services;
  const { id } = await nextLesson(parts);
  if (context.globalState.get(COURSE_FOLDER_KEY) !== undefined) {
    const { resume } = await import('./later.ts');
    if (await resume(parts, progress.openedAt(id) ?? 0)) {
      return;
    }
  }
  await (await parts.lessonPanel()).open(id);
}

async function openLesson(parts: ExtensionParts, argument: unknown): Promise<void> {
  const id = idOf(argument) ?? (await pickLesson(parts))?.id;
  if (id !== undefined) {
    await (await parts.lessonPanel()).open(id);
  }
}

/** @param program an id, or nothing: then the user picks one. */
async function stepThrough(parts: ExtensionParts, program: unknown): Promise<void> {
  const panel = await parts.tensorPanel();
  await (typeof program === 'string' ? panel.open({ program, params: {} }) : panel.pick());
}

async function pickLesson({ services }: ExtensionParts): Promise<LessonSummary | undefined> {
  const { lessons } = await services.course.load();
  if (lessons.length === 0) {
    throw noLessons();
  }
  const items: (vscode.QuickPickItem & { readonly lesson?: LessonSummary })[] = [];
  for (const part of new Set(lessons.map((lesson) => lesson.part))) {
    items.push({ label: part, kind: vscode.QuickPickItemKind.Separator });
    for (const lesson of lessons.filter((one) => one.part === part)) {
      const done = services.progress.standing(lesson) === 'done';
      const minutes = vscode.l10n.t('{0} min', lesson.minutes);
      items.push({
        label: `${lesson.number}. ${lesson.title}`,
        description: done ? `${minutes} · ${vscode.l10n.t('done')}` : minutes,
        detail: lesson.youWill[0] ?? '',
        lesson,
      });
    }
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Which lesson?'),
    matchOnDetail: true,
  });
  return picked?.lesson;
}

/** Asks, resets, and offers to take it back. */
async function resetProgress({ services }: ExtensionParts, lesson: LessonSummary | undefined): Promise<void> {
  const { progress } = services;
  const question =
    lesson === undefined
      ? vscode.l10n.t('Reset your progress in all lessons?')
      : vscode.l10n.t('Reset your progress in "{0}"?', lesson.title);
  const detail = vscode.l10n.t(
    'Goals that you reached will count as not reached, on every machine that your settings are synced to.',
  );
  const reset = vscode.l10n.t('Reset');
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, reset)) !== reset) {
    return;
  }
  const forgotten = await progress.reset(lesson?.id);
  const undo = vscode.l10n.t('Undo');
  const answer = vscode.window.showInformationMessage(vscode.l10n.t('Your progress was reset.'), undo);
  // Not awaited: the message may stay for long, and the command is done.
  void answer.then(async (chosen) => {
    if (chosen === undo) {
      await progress.restore(forgotten).catch((error) => showFault(services, error));
    }
  });
}

async function lessonOf(parts: ExtensionParts, argument: unknown): Promise<LessonSummary | undefined> {
  const { lessons } = await parts.services.course.load();
  const id = idOf(argument);
  return id === undefined ? pickLesson(parts) : lessons.find((lesson) => lesson.id === id);
}

/** From a tree entry, or from a lesson's id as links and the tree's own command give it. */
function idOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') {
    return argument;
  }
  const node = argument as LessonsNode | undefined;
  return node?.kind === 'lesson' ? node.lesson.id : undefined;
}

function noLessons(): Fault {
  return new Fault('not-found', vscode.l10n.t('There is no lesson.'), {
    remedy: vscode.l10n.t('Install the extension again.'),
  });
}
