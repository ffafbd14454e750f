// Step Through My Code: a panel with a learner's run beside the reference's. What is shown lives here, so that a page that
// was hidden gets it again; after a reload of the window there is none, and the page says how to have it again.

import * as vscode from 'vscode';
import { openSource } from '../shared/messages.ts';
import type { TracedAnswer } from '../shared/runnerMessages.ts';
import { loadSteps, type ShownSteps, stepsChanged } from '../shared/stepsMessages.ts';
import { STEPS_PANEL } from './ids.ts';
import type { HostServices } from './services.ts';
import { QuotedSources } from './sources.ts';
import { takeAwayHandlers } from './takeAway.ts';
import { connectWebview, handle, type WebviewConnection } from './webviewConnection.ts';
import { preparePanel } from './webviewPanel.ts';

interface Open {
  readonly panel: vscode.WebviewPanel;
  readonly connection: WebviewConnection;
}

export class ExerciseSteps implements vscode.Disposable {
  private readonly services: HostServices;
  private readonly sources: QuotedSources;
  private now: Open | undefined;
  private shown: ShownSteps | undefined;

  constructor(services: HostServices) {
    this.services = services;
    this.sources = new QuotedSources(services.context.extensionUri);
  }

  /** What the panel shows. */
  get steps(): ShownSteps | undefined {
    return this.shown;
  }

  /** Opens the panel beside the code, or shows the new runs in the one that is open. */
  show(title: string, answer: TracedAnswer): void {
    this.shown = { title, answer };
    if (this.now === undefined) {
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
      const options = { enableScripts: true, enableFindWidget: true };
      this.attach(vscode.window.createWebviewPanel(STEPS_PANEL, title, column, options));
      return;
    }
    this.now.panel.title = title;
    this.now.panel.reveal();
    this.now.connection.notify(stepsChanged, {});
  }

  /** Takes a panel that VS Code brought back after a reload. */
  restore(panel: vscode.WebviewPanel): void {
    this.attach(panel);
  }

  dispose(): void {
    this.now?.panel.dispose();
  }

  private attach(panel: vscode.WebviewPanel): void {
    this.now?.panel.dispose();
    const { services } = this;
    panel.title = this.shown?.title ?? vscode.l10n.t('Step through your code');
    const { port, show, handlers } = preparePanel(services, panel, 'steps');
    const connection = connectWebview({
      port,
      worker: services.worker,
      log: services.log,
      handlers: [
        ...handlers,
        ...takeAwayHandlers(),
        handle(loadSteps, () => this.shown ?? null),
        handle(openSource, async ({ file, line }) => {
          await this.sources.open(file, line);
          return null;
        }),
      ],
    });
    const open: Open = { panel, connection };
    this.now = open;
    panel.onDidChangeViewState(() => {
      if (!panel.visible) {
        connection.pageGone(); // VS Code throws a hidden page away; it loads again when it is shown
      }
    });
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.now === open) {
        this.now = undefined;
        this.shown = undefined;
      }
    });
    show();
  }
}
