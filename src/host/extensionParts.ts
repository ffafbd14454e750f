// Makes the extension's parts. At activation only what stands here is made; what needs the contracts, the compiler or
// the worker is loaded when it is first used.

import * as vscode from 'vscode';
import { DisposableStore } from '../shared/disposable.ts';
import { systemClock } from '../shared/environment.ts';
import type { Computation } from '../shared/messages.ts';
import type { TracedAnswer } from '../shared/runnerMessages.ts';
import type { AskPanel } from './askPanel.ts';
import { findsCourse } from './courseFound.ts';
import { PATH_KEY } from './coursePaths.ts';
import { CoursePreferences } from './coursePreferences.ts';
import type { EmbeddingsPanel } from './embeddingsPanel.ts';
import type { ExerciseSteps } from './exerciseSteps.ts';
import type { ExercisesFeature } from './exercisesFeature.ts';
import { logFault } from './faults.ts';
import { ExtensionCourse } from './hostCourse.ts';
import {
  LESSONS_VIEW,
  OFF_PATH_SCHEME,
  SEARCH_SETTING,
  SEARCH_USED_KEY,
  SEARCH_VIEW,
  TOKENS_CHOICE_KEY,
  TOKENS_HOVER_SETTING,
} from './ids.ts';
import type { LessonPanel } from './lessonPanel.ts';
import { type LessonsNode, LessonsTree } from './lessonsTree.ts';
import { offerSearch } from './offered.ts';
import { ProgressStore, SYNCED_KEY } from './progress.ts';
import type { SearchFeature } from './searchFeature.ts';
import { type HostServices, lazyWorker } from './services.ts';
import { QuotedSources } from './sources.ts';
import { startWhenWanted } from './startWhenWanted.ts';
import type { TensorPanel } from './tensorPanel.ts';
import type { TokensFeature } from './tokensFeature.ts';
import type { TrainingPanel } from './trainingPanel.ts';

const STATUS_BAR_DELAY_MS = 1000;
/** What was used in this workspace before is brought up to date once the window has come to rest. */
const SEARCH_DELAY_MS = 2000;
/** A course folder is looked for once the window has come to rest. */
const COURSE_DELAY_MS = 1000;
const STATUS_BAR_SETTING = 'insideLlms.tokens.statusBar';

export interface ExtensionParts {
  readonly services: HostServices;
  readonly course: ExtensionCourse;
  readonly sources: QuotedSources;
  readonly tree: LessonsTree;
  readonly view: vscode.TreeView<LessonsNode>;
  readonly preferences: CoursePreferences;
  /** Loaded by the first call. */
  lessonPanel(): Promise<LessonPanel>;
  /** Loaded by the first call. */
  tensorPanel(): Promise<TensorPanel>;
  /** Loaded by the first call; its count stands in the status bar from then on. */
  tokens(): Promise<TokensFeature>;
  /** Loaded by the first call. */
  trainingPanel(): Promise<TrainingPanel>;
  /** Loaded by the first call. Indexes nothing before it is told to. */
  search(): Promise<SearchFeature>;
  /** Loaded by the first call. */
  embeddings(): Promise<EmbeddingsPanel>;
  /** Loaded by the first call. */
  ask(): Promise<AskPanel>;
  /** Loaded by the first call; shows itself where there is a course folder. */
  exercises(): Promise<ExercisesFeature>;
  /** A learner's run beside the reference's. Loaded by the first call. */
  steps(): Promise<ExerciseSteps>;
}

export function createParts(context: vscode.ExtensionContext): ExtensionParts {
  const disposables = new DisposableStore();
  const log = disposables.add(vscode.window.createOutputChannel('Inside LLMs', { log: true }));
  const sources = new QuotedSources(context.extensionUri);
  const released = context.extensionMode === vscode.ExtensionMode.Production;
  const course = disposables.add(new ExtensionCourse(context.extensionUri, sources, !released));
  const progress = new ProgressStore(context.globalState, systemClock);
  context.globalState.setKeysForSync([SYNCED_KEY, PATH_KEY]);
  const reopen = async (id: string) => (await tokens()).reopen(id);
  const worker = disposables.add(lazyWorker(() => loadWorker(context, log), reopen));
  const services: HostServices = { context, worker, log, clock: systemClock, course, progress, disposables };
  const preferences = disposables.add(new CoursePreferences(context.globalState));
  disposables.add(
    vscode.window.registerFileDecorationProvider({
      provideFileDecoration: ({ scheme }) =>
        scheme === OFF_PATH_SCHEME ? { color: new vscode.ThemeColor('disabledForeground') } : undefined,
    }),
  );
  const tree = disposables.add(new LessonsTree(services, course, preferences));
  const view = disposables.add(
    vscode.window.createTreeView(LESSONS_VIEW, { treeDataProvider: tree, showCollapseAll: true }),
  );
  tree.onMessage = (message) => {
    view.message = message;
  };
  const tensorPanel = once(async () => {
    const { TensorPanel } = await import('./later.ts');
    return disposables.add(new TensorPanel(services, sources));
  });
  const openComputation = async (computation: Computation) => (await tensorPanel()).open(computation);
  const tokens = once(async () => (await import('./later.ts')).createTokens(services, openComputation));
  disposables.add(
    // The count and the like come a moment after the start, so that the start doesn't wait for them.
    startWhenWanted({
      wanted: () => tokensWanted(context),
      onChange: (changed) =>
        vscode.workspace.onDidChangeConfiguration((change) => {
          if ([STATUS_BAR_SETTING, TOKENS_HOVER_SETTING].some((key) => change.affectsConfiguration(key))) {
            changed();
          }
        }),
      start: () => void tokens().catch((error) => logFault(services, error)),
      delayMs: STATUS_BAR_DELAY_MS,
    }),
  );
  const serversChanged = disposables.add(new vscode.EventEmitter<void>());
  const search = once(async () => {
    const feature = (await import('./later.ts')).createSearch(services);
    disposables.add(feature.servers.onDidChange(() => serversChanged.fire()));
    return feature;
  });
  disposables.add(offerSearch(context, search, serversChanged.event));
  disposables.add(
    vscode.window.registerWebviewViewProvider(SEARCH_VIEW, {
      resolveWebviewView: async (shown) => (await search()).view.resolve(shown),
    }),
  );
  disposables.add(
    startWhenWanted({
      wanted: () => searchWanted(context),
      onChange: (changed) =>
        vscode.workspace.onDidChangeConfiguration((change) => {
          if (change.affectsConfiguration(SEARCH_SETTING)) {
            changed();
          }
        }),
      start: () =>
        void search()
          .then((feature) => feature.start())
          .catch((error) => logFault(services, error)),
      delayMs: SEARCH_DELAY_MS,
    }),
  );
  const embeddings = once(async () => {
    const { EmbeddingsPanel } = await import('./later.ts');
    return disposables.add(new EmbeddingsPanel(services, await search()));
  });
  const ask = once(async () => {
    const { AskPanel } = await import('./later.ts');
    return disposables.add(new AskPanel(services, await search()));
  });
  const trainingPanel = once(async () => {
    const { TrainingPanel } = await import('./later.ts');
    return disposables.add(new TrainingPanel(services, async (files) => (await tokens()).openTokenizers(files)));
  });
  const steps = once(async () => disposables.add(new (await import('./later.ts')).ExerciseSteps(services)));
  const exercises = once(async () => {
    const { ExercisesFeature } = await import('./later.ts');
    const showSteps = async (title: string, answer: TracedAnswer) => (await steps()).show(title, answer);
    const feature = new ExercisesFeature({ services, course, preferences, showSteps });
    try {
      await feature.start();
    } catch (error) {
      feature.dispose();
      throw error;
    }
    tree.follow(feature.exercises);
    return disposables.add(feature);
  });
  const startExercises = () => void exercises().catch((error) => logFault(services, error));
  disposables.add(findsCourse(context, startExercises, COURSE_DELAY_MS));
  const lessonPanel = once(async () => {
    const { LessonPanel, ThemeColors } = await import('./later.ts');
    const theme = disposables.add(new ThemeColors(log));
    const inspect = async (text: string) => (await tokens()).inspect(text);
    return disposables.add(new LessonPanel({ services, sources, theme, inspect, openComputation, exercises }));
  });
  return {
    services,
    course,
    sources,
    tree,
    view,
    lessonPanel,
    tensorPanel,
    tokens,
    trainingPanel,
    search,
    embeddings,
    ask,
    exercises,
    steps,
    preferences,
  };
}

/** Whether anything about tokens shows without being asked for: the count, the hover, the colours in editors. */
function tokensWanted({ workspaceState }: vscode.ExtensionContext): boolean {
  const settings = vscode.workspace.getConfiguration();
  const kept = workspaceState.get<{ readonly decorated?: unknown }>(TOKENS_CHOICE_KEY);
  return (
    settings.get<boolean>(STATUS_BAR_SETTING, true) ||
    settings.get<boolean>(TOKENS_HOVER_SETTING, false) ||
    kept?.decorated === true
  );
}

/** Whether search was used in this workspace before, and is on. */
function searchWanted({ workspaceState }: vscode.ExtensionContext): boolean {
  const on = vscode.workspace.getConfiguration().get<boolean>(SEARCH_SETTING, true);
  return on && workspaceState.get(SEARCH_USED_KEY) === true && (vscode.workspace.workspaceFolders ?? []).length > 0;
}

async function loadWorker(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
  const { ModelWorker, spawnWorker } = await import('./later.ts');
  const minutes = vscode.workspace.getConfiguration('insideLlms').get<number>('worker.idleMinutes', 10);
  const path = vscode.Uri.joinPath(context.extensionUri, 'dist', 'worker.mjs').fsPath;
  const worker = new ModelWorker({ spawn: () => spawnWorker(path, log), log, idleMs: minutes * 60_000 });
  const tell = (running: boolean) => vscode.commands.executeCommand('setContext', 'insideLlms.workerRunning', running);
  worker.onDidChangeState((state) => void tell(state !== 'stopped'));
  return worker;
}

/** Makes a thing at the first call; a failed attempt is not kept. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
