// The lesson panel: one webview, used for every lesson; comes back after a window reload. How a lesson looks is the
// webview's; what it may ask of the host is here.

import * as vscode from 'vscode';
import { DisposableStore } from '../shared/disposable.ts';
import { Fault } from '../shared/errors.ts';
import type { Lesson } from '../shared/lesson.ts';
import {
  type Computation,
  inspectText,
  type LessonPage,
  lessonChanged,
  loadLesson,
  loadTheme,
  openComputation,
  openLesson,
  openLink,
  openSource,
  reachGoal,
  themeChanged,
} from '../shared/messages.ts';
import { getModel } from '../shared/searchViewMessages.ts';
import { textHandlers } from './chooseText.ts';
import type { ExercisesFeature } from './exercisesFeature.ts';
import { showFault } from './faults.ts';
import { COMMANDS, LESSON_PANEL } from './ids.ts';
import { LessonExercises } from './lessonExercises.ts';
import { linksOf } from './lessonLinks.ts';
import type { HostServices } from './services.ts';
import type { QuotedSources } from './sources.ts';
import { takeAwayHandlers } from './takeAway.ts';
import type { ThemeColors } from './themeColors.ts';
import { connectWebview, handle, type WebviewConnection } from './webviewConnection.ts';
import { preparePanel } from './webviewPanel.ts';

/** Workspace state: the lesson that the panel shows, for when the window is loaded again. */
const SHOWN_KEY = 'insideLlms.shownLesson';

export interface LessonPanelParts {
  readonly services: HostServices;
  readonly sources: QuotedSources;
  readonly theme: ThemeColors;
  /** Opens the tokens panel on a text. */
  readonly inspect: (text: string) => void | Promise<void>;
  /** Opens the tensor panel on a computation. */
  readonly openComputation: (computation: Computation) => void | Promise<void>;
  /** Loads them. */
  readonly exercises: () => Promise<ExercisesFeature>;
}

interface Open {
  readonly panel: vscode.WebviewPanel;
  readonly connection: WebviewConnection;
  readonly show: () => void;
  lesson: string;
}

export class LessonPanel implements vscode.Disposable {
  private readonly parts: LessonPanelParts;
  private readonly store = new DisposableStore();
  private readonly exercises: LessonExercises;
  private now: Open | undefined;

  constructor(parts: LessonPanelParts) {
    this.parts = parts;
    this.exercises = this.store.add(
      new LessonExercises({
        services: parts.services,
        exercises: parts.exercises,
        lesson: () => this.current(),
        page: () => this.now?.connection,
      }),
    );
    const { course, progress } = parts.services;
    const again = () => this.now?.connection.notify(lessonChanged, {});
    this.store.add(course.onDidChange(again));
    this.store.add(progress.onDidReset(again));
    this.store.add(parts.theme.onDidChange((css) => this.now?.connection.notify(themeChanged, { css })));
  }

  /** The lesson shown, if one is. */
  get lesson(): string | undefined {
    return this.now?.lesson;
  }

  get visible(): boolean {
    return this.now?.panel.visible ?? false;
  }

  /**
   * Shows a lesson.
   *
   * @throws Fault `not-found`; `bad-input` when its file is at fault
   */
  async open(id: string): Promise<void> {
    const lesson = await this.parts.services.course.lesson(id);
    if (this.now === undefined) {
      const panel = vscode.window.createWebviewPanel(LESSON_PANEL, lesson.title, vscode.ViewColumn.Active, {
        enableScripts: true,
        enableFindWidget: true,
      });
      this.attach(panel, lesson);
    } else {
      this.now.panel.reveal();
      if (this.now.lesson !== id) {
        this.now.lesson = id;
        this.now.panel.title = lesson.title;
        this.now.connection.pageGone();
        this.now.show();
      }
    }
    await this.remember(id);
  }

  /** Takes a panel that VS Code brought back. */
  async restore(panel: vscode.WebviewPanel): Promise<void> {
    const id = this.parts.services.context.workspaceState.get<string>(SHOWN_KEY);
    try {
      const lesson = await this.parts.services.course.lesson(id ?? '');
      this.attach(panel, lesson);
    } catch (error) {
      panel.dispose();
      await showFault(this.parts.services, error);
    }
  }

  dispose(): void {
    this.now?.panel.dispose();
    this.store.dispose();
  }

  private attach(panel: vscode.WebviewPanel, lesson: Lesson): void {
    this.now?.panel.dispose();
    const { services } = this.parts;
    const { port, show, handlers } = preparePanel(services, panel, 'lesson');
    const connection = connectWebview({
      port,
      worker: services.worker,
      log: services.log,
      handlers: [...handlers, ...this.handlers()],
    });
    const open: Open = { panel, connection, show, lesson: lesson.id };
    this.now = open;
    panel.title = lesson.title;
    panel.onDidChangeViewState(() => {
      this.setContext(panel.active);
      if (!panel.visible) {
        // VS Code throws a hidden page away; it loads again when it is shown.
        connection.pageGone();
      }
    });
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.now === open) {
        this.now = undefined;
        this.setContext(false);
      }
    });
    this.setContext(panel.active);
    show();
  }

  private handlers() {
    const { services, sources, theme, inspect, openComputation: stepThrough } = this.parts;
    return [
      ...takeAwayHandlers(),
      ...textHandlers(services),
      ...this.exercises.handlers(),
      handle(openComputation, async (computation) => {
        await stepThrough(computation);
        return null;
      }),
      handle(loadLesson, () => this.page()),
      handle(reachGoal, ({ block }) => this.reach(block)),
      handle(openLesson, async ({ lesson }) => {
        await this.open(lesson);
        return null;
      }),
      handle(openSource, async ({ file, line }) => {
        await sources.open(file, line);
        return null;
      }),
      handle(openLink, async ({ url }) => {
        const allowed = linksOf(await this.current());
        if (!allowed.has(url)) {
          throw new Fault('refused', vscode.l10n.t('This link does not stand in the lesson: {0}', url));
        }
        services.log.info(`Opening ${url} in the browser.`);
        await vscode.env.openExternal(vscode.Uri.parse(url, true));
        return null;
      }),
      handle(getModel, async ({ model }) => (await vscode.commands.executeCommand(COMMANDS.getModel, model)) === true),
      handle(loadTheme, async () => ({ css: await theme.css() })),
      handle(inspectText, async ({ text }) => {
        await inspect(text);
        return null;
      }),
    ];
  }

  private async page(): Promise<LessonPage> {
    const lesson = await this.current();
    const { lessons } = await this.parts.services.course.load();
    const at = lessons.findIndex(({ id }) => id === lesson.id);
    const neighbour = (index: number) => {
      const found = lessons[index];
      return found && { id: found.id, title: found.title, number: found.number };
    };
    const previous = neighbour(at - 1);
    const next = neighbour(at + 1);
    return {
      lesson,
      reached: this.parts.services.progress.reached(lesson.id),
      ...(previous && { previous }),
      ...(next && { next }),
    };
  }

  private async reach(block: string): Promise<readonly string[]> {
    const { services } = this.parts;
    const lesson = await this.current();
    if (!lesson.goals.some((goal) => goal.block === block)) {
      throw new Fault('refused', vscode.l10n.t('The lesson "{0}" has no goal "{1}".', lesson.title, block));
    }
    try {
      await services.progress.reach(lesson.id, block);
    } catch (error) {
      // It counts in this window all the same, so the page gets its answer; the user is told what to do.
      void showFault(services, error);
    }
    return services.progress.reached(lesson.id);
  }

  private current(): Promise<Lesson> {
    return this.parts.services.course.lesson(this.now?.lesson ?? '');
  }

  private async remember(id: string): Promise<void> {
    const { services } = this.parts;
    try {
      await services.context.workspaceState.update(SHOWN_KEY, id);
      await services.progress.opened(id);
    } catch (error) {
      void showFault(services, error);
    }
  }

  private setContext(active: boolean): void {
    void vscode.commands.executeCommand('setContext', 'insideLlms.lessonActive', active);
  }
}
