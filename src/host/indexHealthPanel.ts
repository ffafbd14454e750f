// Index Health: the panel that says how the index stands. How it looks is webview/health's business.

import * as vscode from 'vscode';
import { indexChanged } from '../shared/searchMessages.ts';
import { loadSearch, searchPlaceChanged } from '../shared/searchViewMessages.ts';
import { HEALTH_PANEL, SEARCH_SETTING } from './ids.ts';
import { folderIds } from './searchFiles.ts';
import type { SearchIndex } from './searchIndex.ts';
import type { HostServices } from './services.ts';
import { connectWebview, type Handler, handle, type WebviewConnection } from './webviewConnection.ts';
import { preparePanel } from './webviewPanel.ts';

export class IndexHealthPanel implements vscode.Disposable {
  private readonly services: HostServices;
  private readonly index: SearchIndex;
  private readonly handlers: readonly Handler[];
  private readonly subscription: { dispose(): void };
  private panel: vscode.WebviewPanel | undefined;
  private connection: WebviewConnection | undefined;

  constructor(services: HostServices, index: SearchIndex, handlers: readonly Handler[]) {
    this.services = services;
    this.index = index;
    this.handlers = handlers;
    this.subscription = index.onDidChange(() => this.connection?.notify(indexChanged, {}));
  }

  open(): void {
    if (this.panel !== undefined) {
      this.panel.reveal();
      return;
    }
    this.attach(
      vscode.window.createWebviewPanel(HEALTH_PANEL, vscode.l10n.t('Index Health'), vscode.ViewColumn.Active, {
        enableScripts: true,
        enableFindWidget: true,
      }),
    );
  }

  /** Takes a new panel, or one that VS Code brought back after a reload. */
  attach(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    const { worker, log } = this.services;
    const { port, show, handlers } = preparePanel(this.services, panel, 'health');
    const connection = connectWebview({
      port,
      worker,
      log,
      handlers: [...handlers, ...this.handlers, handle(loadSearch, () => this.place())],
    });
    this.panel = panel;
    this.connection = connection;
    panel.onDidChangeViewState(() => {
      if (!panel.visible) {
        connection.pageGone();
      }
    });
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.panel === panel) {
        this.panel = undefined;
        this.connection = undefined;
      }
    });
    show();
  }

  placeChanged(): void {
    this.connection?.notify(searchPlaceChanged, {});
  }

  dispose(): void {
    this.subscription.dispose();
    this.panel?.dispose();
  }

  private place() {
    return {
      folders: folderIds().map(({ id, name }) => ({ id, name })),
      started: this.index.started,
      enabled: vscode.workspace.getConfiguration().get<boolean>(SEARCH_SETTING, true),
      views: [],
    };
  }
}
