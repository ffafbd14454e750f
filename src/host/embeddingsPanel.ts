// Inspect Embeddings: the panel that shows what models make of texts. Here are the texts and the way back to their places;
// what is computed of them is the search worker's, how it looks webview/embeddings'.

import * as vscode from 'vscode';
import { type ChunkPlace, namePoints, relayedEmbeddingMethods } from '../shared/embeddingMessages.ts';
import {
  addPanelChunks,
  addPanelSource,
  addPanelTexts,
  loadPanelItems,
  openPanelItem,
  type PanelItems,
  panelItemsChanged,
  removePanelItems,
} from '../shared/embeddingPanelMessages.ts';
import { Fault } from '../shared/errors.ts';
import { indexChanged } from '../shared/searchMessages.ts';
import { type EmbeddingsSubject, subjectOf } from './embeddingsArguments.ts';
import { addFiles, fullReason, selected, selectedLines } from './embeddingsSources.ts';
import { fromText, nameOf, PanelList } from './embeddingsSubject.ts';
import { EMBEDDINGS_PANEL, SEARCH_SETTING } from './ids.ts';
import type { SearchFeature } from './searchFeature.ts';
import { HitOpener } from './searchOpen.ts';
import { searchPageHandlers } from './searchPages.ts';
import type { HostServices } from './services.ts';
import { takeAwayHandlers } from './takeAway.ts';
import { connectWebview, handle, relayTo, type WebviewConnection } from './webviewConnection.ts';
import { preparePanel } from './webviewPanel.ts';

export class EmbeddingsPanel implements vscode.Disposable {
  private readonly services: HostServices;
  private readonly search: SearchFeature;
  private readonly opener = new HitOpener();
  private readonly subscription: { dispose(): void };
  private readonly list = new PanelList({
    empty: vscode.l10n.t('there is nothing in it'),
    full: fullReason(),
  });
  /** Chunks of the index that are shown, by their numbers. */
  private readonly chunks = new Map<number, ChunkPlace>();
  private panel: vscode.WebviewPanel | undefined;
  private connection: WebviewConnection | undefined;
  private view: PanelItems['view'] = 'items';
  private opened = 0;
  /** The editor whose selections are added: a panel that has the focus is none. */
  private editor = vscode.window.activeTextEditor;

  constructor(services: HostServices, search: SearchFeature) {
    this.services = services;
    this.search = search;
    const changed = search.index.onDidChange(() => this.connection?.notify(indexChanged, {}));
    const followed = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.editor = editor ?? this.editor;
    });
    this.subscription = vscode.Disposable.from(changed, followed);
  }

  /** Opens the panel on what a command was called with: files, chunks, a text; else on what the editor has selected. */
  async open(argument?: unknown, more?: unknown): Promise<void> {
    await this.take(subjectOf(argument, more));
    this.show('items');
  }

  /** Opens the panel on the map of the workspace's index. */
  openMap(): void {
    this.show('map');
  }

  /** Takes a panel that VS Code brought back after a reload; what was typed into it its page still knows. */
  attach(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    const { services, search } = this;
    const { port, show, handlers } = preparePanel(services, panel, 'embeddings');
    const connection = connectWebview({
      port,
      worker: services.worker,
      log: services.log,
      handlers: [
        ...handlers,
        ...takeAwayHandlers(),
        ...searchPageHandlers(search.index, this.opener, () => search.showHealth()),
        ...relayTo({ request: (...call) => search.index.compute(...call) }, relayedEmbeddingMethods),
        handle(loadPanelItems, () => this.shown()),
        handle(addPanelTexts, ({ texts }) => this.add(texts.map((text) => ({ text })))),
        handle(addPanelChunks, async ({ chunks }) => {
          await this.addChunks(chunks);
          return this.shown();
        }),
        handle(addPanelSource, ({ from }) => this.addSource(from)),
        handle(removePanelItems, ({ items }) => {
          this.list.remove(items);
          return this.shown();
        }),
        handle(openPanelItem, ({ item }) => this.reveal(item)),
      ],
    });
    this.panel = panel;
    this.connection = connection;
    panel.onDidChangeViewState(() => {
      if (!panel.visible) {
        connection.pageGone(); // thrown away when hidden: it loads again when it comes back
      }
    });
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.panel === panel) {
        this.panel = undefined;
        this.connection = undefined;
        this.list.clear();
        this.chunks.clear();
      }
    });
    show();
  }

  dispose(): void {
    this.subscription.dispose();
    this.opener.dispose();
    this.panel?.dispose();
    this.connection?.dispose();
  }

  /** What the page is told. */
  shown(): PanelItems {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const on = vscode.workspace.getConfiguration().get<boolean>(SEARCH_SETTING, true);
    return {
      items: this.list.items,
      ...this.list.leftOut,
      view: this.view,
      opened: this.opened,
      workspace: on && folders.length > 0,
      indexed: on && folders.length > 0 && this.search.index.started,
    };
  }

  private show(view: PanelItems['view']): void {
    this.view = view;
    // Later than any that an earlier window's page remembers.
    this.opened = Math.max(this.opened + 1, this.services.clock.now());
    if (this.panel === undefined) {
      this.attach(
        vscode.window.createWebviewPanel(
          EMBEDDINGS_PANEL,
          vscode.l10n.t('Embeddings'),
          { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false },
          { enableScripts: true, enableFindWidget: true },
        ),
      );
    } else {
      this.panel.reveal();
      this.connection?.notify(panelItemsChanged, {});
    }
  }

  /** What it is opened for replaces what it showed; where there is nothing, that stays. */
  private async take(subject: EmbeddingsSubject): Promise<void> {
    const { editor } = this;
    switch (subject.what) {
      case 'files':
        this.list.clear();
        await vscode.window.withProgress(
          { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Reading files…'), cancellable: true },
          (_, token) =>
            addFiles(
              this.list,
              subject.uris.map((uri) => vscode.Uri.from(uri)),
              token,
            ),
        );
        break;
      case 'chunks':
        this.list.clear();
        this.add(subject.query === undefined ? [] : [{ text: subject.query }]);
        await this.addChunks(subject.chunks);
        break;
      case 'text':
        this.list.clear();
        this.add([{ text: subject.text }]);
        break;
      case 'editor': {
        const found = editor === undefined ? [] : selected(editor);
        if (found.length > 0) {
          this.list.clear();
          this.add(found);
        }
      }
    }
  }

  private add(found: readonly Parameters<PanelList['add']>[0][]): PanelItems {
    for (const one of found) {
      this.list.add(one);
    }
    return this.shown();
  }

  private async addChunks(chunks: readonly number[]): Promise<void> {
    if (chunks.length === 0) {
      return;
    }
    const places = await this.search.index.compute(namePoints, { chunks: [...chunks] });
    const known = new Map(places.map((place) => [place.chunk, place]));
    for (const chunk of chunks) {
      const place = known.get(chunk);
      if (place !== undefined) {
        this.chunks.set(chunk, place);
        const from = fromText(place.path, place.startLine, place.endLine);
        this.list.addChunk({ chunk, name: place.names.length > 0 ? place.names.join('.') : nameOf(place.text), from });
      }
    }
  }

  private async addSource(from: 'selection' | 'lines' | 'files'): Promise<PanelItems> {
    if (from === 'files') {
      const uris = await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Files to compare'),
        openLabel: vscode.l10n.t('Add'),
        canSelectMany: true,
      });
      const source = new vscode.CancellationTokenSource();
      await addFiles(this.list, uris ?? [], source.token).finally(() => source.dispose());
      return this.shown();
    }
    const { editor } = this;
    const found = editor === undefined ? [] : from === 'lines' ? selectedLines(editor) : selected(editor);
    if (found.length === 0) {
      throw new Fault('not-found', vscode.l10n.t('Nothing is selected in an editor.'), {
        remedy: vscode.l10n.t('Select some text in a file, then add it here.'),
      });
    }
    return this.add(found);
  }

  /** Opens an item's place. The page names only what it was given, so no other file can be reached. */
  private async reveal(id: string): Promise<null> {
    const item = this.list.items.find((one) => one.id === id);
    const chunk = item?.chunk === undefined ? undefined : this.chunks.get(item.chunk);
    const place = this.list.placeOf(id);
    if (chunk !== undefined) {
      const { root, path, startLine, endLine } = chunk;
      await this.opener.open({ root, path, startLine, endLine });
      return null;
    }
    if (place === undefined) {
      throw new Fault('not-found', vscode.l10n.t('This text comes from no file.'));
    }
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(place.uri));
      const range = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
      await vscode.window.showTextDocument(document, { selection: range, viewColumn: vscode.ViewColumn.One });
    } catch (cause) {
      throw new Fault('not-found', vscode.l10n.t('{0} could not be opened.', item?.from ?? place.uri), { cause });
    }
    return null;
  }
}
