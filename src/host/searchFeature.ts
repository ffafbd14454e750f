// Search as the extension has it: the index, the view, the health panel and the status bar, and what the commands do.
// Made when search is first used, or a while after the window where it was used in this workspace before.

import * as vscode from 'vscode';
import { asFault, Fault } from '../shared/errors.ts';
import { pauseIndex, rebuildIndex } from '../shared/searchMessages.ts';
import { getModel } from './getModel.ts';
import { SEARCH_SETTING } from './ids.ts';
import { IndexHealthPanel } from './indexHealthPanel.ts';
import { McpServers } from './mcpServers.ts';
import { spawnWorker } from './platform.ts';
import { QuickSearch } from './quickSearch.ts';
import { SearchEvaluation } from './searchEvaluation.ts';
import { searchFolders } from './searchFiles.ts';
import { SearchIndex } from './searchIndex.ts';
import { HitOpener } from './searchOpen.ts';
import { searchPageHandlers } from './searchPages.ts';
import { SearchSecrets } from './searchSecrets.ts';
import { indexSettingsOf } from './searchSettings.ts';
import { similarTo } from './searchSimilar.ts';
import { SearchStatus } from './searchStatus.ts';
import { SearchTool } from './searchTool.ts';
import { SearchView } from './searchView.ts';
import type { HostServices } from './services.ts';

/** Settings of others that say what is left out. */
const FOLLOWED = ['insideLlms.search', 'files.exclude', 'search.exclude', 'search.useIgnoreFiles'];

export function createSearch(services: HostServices): SearchFeature {
  return services.disposables.add(new SearchFeature(services));
}

export class SearchFeature implements vscode.Disposable {
  readonly index: SearchIndex;
  readonly view: SearchView;
  readonly status: SearchStatus;
  readonly secrets: SearchSecrets;
  /** For language models. */
  readonly tool: SearchTool;
  /** For other programs. */
  readonly servers: McpServers;
  readonly evaluation: SearchEvaluation;
  private readonly services: HostServices;
  private readonly healthPanel: IndexHealthPanel;
  private readonly opener = new HitOpener();
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly modelsChanged = new vscode.EventEmitter<void>();
  /** A model may have come or gone. */
  readonly onDidChangeModels = this.modelsChanged.event;

  constructor(services: HostServices) {
    this.services = services;
    const { context, log } = services;
    this.secrets = new SearchSecrets(context.secrets);
    const minutes = vscode.workspace.getConfiguration('insideLlms').get<number>('worker.idleMinutes', 10);
    const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'search.mjs').fsPath;
    this.index = new SearchIndex({
      services,
      spawn: () => spawnWorker(script, log, undefined, true),
      idleMs: minutes * 60_000,
      settings: () => this.settings(),
    });
    const handlers = searchPageHandlers(this.index, this.opener, () => this.showHealth());
    this.healthPanel = new IndexHealthPanel(services, this.index, handlers);
    this.view = new SearchView({ services, index: this.index, handlers });
    this.status = new SearchStatus(this.index);
    this.tool = new SearchTool(this.index);
    this.servers = new McpServers({ services, index: this.index, settings: () => this.settings() });
    this.evaluation = new SearchEvaluation(services, this.index);
    this.subscriptions.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.placeChanged()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (FOLLOWED.some((key) => change.affectsConfiguration(key))) {
          this.placeChanged();
        }
      }),
    );
  }

  /** Search was used, or is used whenever this workspace is opened. */
  start(): Promise<void> {
    return this.index.start();
  }

  focusView(): Promise<void> {
    return this.view.show();
  }

  /** @param text what stands in it at first */
  async quickSearch(text?: string): Promise<void> {
    // At once: what is typed while the index is opened would go elsewhere.
    new QuickSearch(this.index, this.opener).show(text);
    await this.start();
  }

  async findSimilar(): Promise<void> {
    const shown = await similarTo(vscode.window.activeTextEditor);
    await this.start();
    await this.view.show(shown);
  }

  showHealth(): void {
    this.healthPanel.open();
  }

  restoreHealth(panel: vscode.WebviewPanel): void {
    this.healthPanel.attach(panel);
  }

  async pause(paused: boolean): Promise<void> {
    await this.start();
    await this.index.request(pauseIndex, { paused });
    await this.index.refresh();
  }

  /** Asks first. */
  async rebuild(): Promise<void> {
    const rebuild = vscode.l10n.t('Rebuild');
    const asked = vscode.l10n.t('Rebuild the search index of this workspace?');
    const detail = vscode.l10n.t(
      'What is indexed is forgotten, and all files are read anew. Your files are not touched.',
    );
    if ((await vscode.window.showWarningMessage(asked, { modal: true, detail }, rebuild)) === rebuild) {
      if (this.index.health.state === 'failed') {
        await this.index.restart(); // one that failed too often was left alone
      }
      await this.start();
      await this.index.request(rebuildIndex, {});
    }
  }

  async openSettings(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:inside-llms.inside-llms search');
  }

  async setConnection(): Promise<void> {
    if (await this.secrets.askConnection()) {
      await this.index.reopen();
    }
  }

  /** @returns whether the model is there now */
  async getModel(id: string | undefined): Promise<boolean> {
    try {
      return await getModel(this.index, id);
    } finally {
      this.modelsChanged.fire();
      await this.index.refresh();
    }
  }

  /** @param argument a file of labels, or `workspace`; asks the user if it is neither */
  async evaluate(argument: unknown): Promise<void> {
    const asked = argument === 'workspace' || argument instanceof vscode.Uri ? argument : undefined;
    await this.evaluation.run(asked);
  }

  dispose(): void {
    for (const part of [
      ...this.subscriptions,
      this.status,
      this.view,
      this.healthPanel,
      this.servers,
      this.index,
      this.opener,
    ]) {
      part.dispose();
    }
  }

  private placeChanged(): void {
    this.index.reopen().catch((error) => this.services.log.warn(asFault(error).full));
    void this.servers.look();
    this.view.placeChanged();
    this.healthPanel.placeChanged();
  }

  /** What the index is made of; undefined where there is nothing to index. */
  private async settings() {
    const [first, ...others] = searchFolders();
    const { storageUri } = this.services.context;
    if (first === undefined || storageUri === undefined) {
      return undefined;
    }
    if (!vscode.workspace.getConfiguration().get<boolean>(SEARCH_SETTING, true)) {
      return undefined;
    }
    const folder = vscode.Uri.joinPath(storageUri, 'search');
    await vscode.workspace.fs.createDirectory(folder);
    return indexSettingsOf([first, ...others], {
      get: (key) => vscode.workspace.getConfiguration().get(key),
      file: vscode.Uri.joinPath(folder, 'index.sqlite').fsPath,
      connection: await this.secrets.connection(),
      noConnection: () =>
        new Fault('not-found', vscode.l10n.t('PostgreSQL is chosen for the index, and no connection is set.'), {
          remedy: vscode.l10n.t('Run "Set PostgreSQL Connection…", or choose sqlite in the settings.'),
        }),
    });
  }
}
