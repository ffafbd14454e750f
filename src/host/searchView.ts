// The search view in the side bar: the webview and what it can ask. How it looks is webview/search's business. A hidden
// view loses its page; what it was opened for waits here until a page asks.

import * as vscode from 'vscode';
import { indexChanged } from '../shared/searchMessages.ts';
import {
  loadSearch,
  type SearchPlace,
  type ShownSearch,
  searchPlaceChanged,
  showSearch,
} from '../shared/searchViewMessages.ts';
import { SEARCH_SETTING, SEARCH_VIEW } from './ids.ts';
import { folderIds } from './searchFiles.ts';
import type { SearchIndex } from './searchIndex.ts';
import { otherViews } from './searchPages.ts';
import type { HostServices } from './services.ts';
import { connectWebview, type Handler, handle, type WebviewConnection } from './webviewConnection.ts';
import { prepareView } from './webviewPanel.ts';

/** More than so many files are not counted one by one. */
const MOST_COUNTED = 20_000;

export interface SearchViewParts {
  readonly services: HostServices;
  readonly index: SearchIndex;
  /** Answers that all pages of search have. */
  readonly handlers: readonly Handler[];
}

export class SearchView implements vscode.Disposable {
  private readonly parts: SearchViewParts;
  private readonly subscription: { dispose(): void };
  private view: vscode.WebviewView | undefined;
  private connection: WebviewConnection | undefined;
  /** What the next page is to look for. */
  private waiting: ShownSearch | undefined;
  private counted: Promise<SearchPlace['files']> | undefined;

  constructor(parts: SearchViewParts) {
    this.parts = parts;
    this.subscription = parts.index.onDidChange(() => this.connection?.notify(indexChanged, {}));
  }

  get visible(): boolean {
    return this.view?.visible === true;
  }

  /** Takes the view that VS Code made. */
  resolve(view: vscode.WebviewView): void {
    const { services, handlers } = this.parts;
    const { worker, log } = services;
    const {
      port,
      show,
      handlers: common,
    } = prepareView(
      services,
      { webview: view.webview, title: view.title ?? vscode.l10n.t('Search by Meaning') },
      'search',
    );
    const connection = connectWebview({
      port,
      worker,
      log,
      handlers: [...common, ...handlers, handle(loadSearch, () => this.place())],
    });
    this.view = view;
    this.connection = connection;
    view.onDidChangeVisibility(() => {
      if (!view.visible) {
        connection.pageGone();
      }
    });
    view.onDidDispose(() => {
      connection.dispose();
      if (this.view === view) {
        this.view = undefined;
        this.connection = undefined;
      }
    });
    show();
  }

  /** Shows the view and the keyboard's place in it; looks for something if that is given. */
  async show(shown?: ShownSearch): Promise<void> {
    this.waiting = shown;
    const connection = this.visible ? this.connection : undefined;
    await vscode.commands.executeCommand(`${SEARCH_VIEW}.focus`);
    if (connection !== undefined) {
      connection.notify(showSearch, shown ?? { query: '' });
      this.waiting = undefined;
    }
  }

  /** Folders, settings or commands have changed. */
  placeChanged(): void {
    this.counted = undefined;
    this.connection?.notify(searchPlaceChanged, {});
  }

  dispose(): void {
    this.subscription.dispose();
    this.connection?.dispose();
  }

  private async place(): Promise<SearchPlace> {
    const { index } = this.parts;
    const folders = folderIds().map(({ id, name }) => ({ id, name }));
    const enabled = vscode.workspace.getConfiguration().get<boolean>(SEARCH_SETTING, true);
    const shown = this.waiting;
    this.waiting = undefined;
    const { started } = index;
    if (!started && enabled && folders.length > 0) {
      this.counted ??= countFiles();
    }
    const files = started ? undefined : await this.counted;
    return {
      folders,
      started,
      enabled,
      views: await otherViews(),
      ...(files !== undefined && { files }),
      ...(shown !== undefined && { shown }),
    };
  }
}

/** What there is to read, about: VS Code's own list of files, without those that its settings leave out. */
async function countFiles(): Promise<SearchPlace['files']> {
  try {
    const files = await vscode.workspace.findFiles('**/*', undefined, MOST_COUNTED + 1);
    return { count: Math.min(files.length, MOST_COUNTED), more: files.length > MOST_COUNTED };
  } catch {
    return undefined; // a file system that can't be searched: the number is left out
  }
}
