// Quick Search: results in VS Code's quick pick as one types, each shown in the editor when it is highlighted. Filters
// stand in the text: `path:src lang:ts kind:code`.

import * as vscode from 'vscode';
import { asFault } from '../shared/errors.ts';
import { bestLine, openPlace } from '../shared/searchHits.ts';
import { type SearchAnswer, type SearchHit, searchIndex } from '../shared/searchMessages.ts';
import { readQueryText } from '../shared/searchText.ts';
import { folderIds } from './searchFiles.ts';
import type { SearchIndex } from './searchIndex.ts';
import type { HitOpener } from './searchOpen.ts';

const SETTLE_MS = 120;
const PREVIEW_MS = 150;
const TOP = 50;

interface HitItem extends vscode.QuickPickItem {
  readonly hit?: SearchHit;
}

/** One quick pick, from when it is shown until it is hidden. */
export class QuickSearch {
  private readonly index: SearchIndex;
  private readonly opener: HitOpener;
  private readonly pick = vscode.window.createQuickPick<HitItem>();
  private readonly beside: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('split-horizontal'),
    tooltip: vscode.l10n.t('Open to the Side'),
  };
  private readonly before = vscode.window.activeTextEditor;
  private readonly selected = this.before?.selection;
  private cancel: vscode.CancellationTokenSource | undefined;
  private settle: ReturnType<typeof setTimeout> | undefined;
  private previewing: ReturnType<typeof setTimeout> | undefined;
  /** The last preview, while it is opened and after; undefined where nothing was previewed. */
  private previewed: Promise<unknown> | undefined;
  private readonly tabsBefore = new Set(textTabs().map(({ key }) => key));
  private opened = false;
  /** How the index stood when an answer without hits was asked for; undefined where there are hits. */
  private lacking: string | undefined;
  private following: { dispose(): void } | undefined;

  constructor(index: SearchIndex, opener: HitOpener) {
    this.index = index;
    this.opener = opener;
  }

  /** @param text what stands in it at first */
  show(text = ''): void {
    const { pick } = this;
    pick.placeholder = vscode.l10n.t('What are you looking for? Filters: path:src -path:test lang:ts kind:code');
    pick.title = vscode.l10n.t('Search by Meaning');
    pick.matchOnDescription = false;
    // The order is ours: by score. The flag is older than its place in the API's types.
    Object.assign(pick, { sortByLabel: false });
    pick.value = text;
    pick.onDidChangeValue(() => this.changed());
    pick.onDidChangeActive(([item]) => this.preview(item?.hit));
    pick.onDidAccept(() => void this.open(pick.selectedItems[0]?.hit, false));
    pick.onDidTriggerItemButton(({ item }) => void this.open(item.hit, true));
    pick.onDidHide(() => void this.hidden());
    this.following = this.index.onDidChange(() => this.freshen());
    pick.show();
    this.changed();
  }

  private changed(): void {
    this.cancel?.cancel();
    clearTimeout(this.settle);
    this.lacking = undefined;
    if (readQueryText(this.pick.value).query === '') {
      this.pick.items = [];
      this.pick.busy = false;
      return;
    }
    this.pick.busy = true;
    this.settle = setTimeout(() => void this.search(), SETTLE_MS);
  }

  /** Asks again where nothing was found, or nothing could be, and the index is another one now. */
  private freshen(): void {
    const { state } = this.index.health;
    const stands = this.standing();
    if (this.lacking !== undefined && this.lacking !== stands && state !== 'failed' && state !== 'closed') {
      this.changed();
    }
  }

  private standing(): string {
    const { state, indexed, chunks } = this.index.health;
    return `${state} ${indexed} ${chunks}`;
  }

  private async search(): Promise<void> {
    const { query, filter } = readQueryText(this.pick.value);
    const stands = this.standing();
    const source = new vscode.CancellationTokenSource();
    this.cancel = source;
    try {
      const answer = await this.index.request(
        searchIndex,
        { query, top: TOP, filter, patience: 0 },
        { token: source.token },
      );
      if (!source.token.isCancellationRequested) {
        this.pick.items = this.itemsOf(answer);
        this.pick.busy = false;
        this.lacking = answer.hits.length === 0 ? stands : undefined;
        this.freshen();
      }
    } catch (error) {
      const fault = asFault(error);
      if (!source.token.isCancellationRequested) {
        this.pick.items = [{ label: `$(warning) ${fault.message}`, detail: fault.remedy ?? '', alwaysShow: true }];
        this.pick.busy = false;
        this.lacking = stands;
        this.freshen();
      }
    } finally {
      source.dispose();
    }
  }

  private itemsOf({ hits, pending, notes }: SearchAnswer): HitItem[] {
    const several = folderIds().length > 1;
    const folders = new Map(folderIds().map(({ id, name }) => [id, name]));
    const items = hits.map((hit): HitItem => {
      const { path, startLine, endLine, names, root } = hit;
      const best = bestLine(hit);
      const at = path.lastIndexOf('/');
      const where = several
        ? `${folders.get(root) ?? ''}/${path.slice(0, Math.max(0, at))}`
        : path.slice(0, Math.max(0, at));
      return {
        label: `$(file) ${path.slice(at + 1)}:${best.line}`,
        description: [where, names.join(' › ')].filter((part) => part !== '').join('  ·  '),
        detail: best.text.trim().slice(0, 200) || `${startLine}–${endLine}`,
        alwaysShow: true,
        buttons: [this.beside],
        hit,
      };
    });
    if (items.length > 0) {
      return items;
    }
    const detail =
      pending > 0
        ? vscode.l10n.t('{0} files are not indexed yet: try again in a moment.', pending)
        : (notes[0] ?? vscode.l10n.t('Try other words, or fewer filters.'));
    return [{ label: vscode.l10n.t('Nothing was found.'), detail, alwaysShow: true }];
  }

  private preview(hit: SearchHit | undefined): void {
    clearTimeout(this.previewing);
    if (hit !== undefined) {
      this.previewing = setTimeout(() => {
        // What can't be shown says so when it is opened.
        this.previewed = this.opener.open({ ...openPlace(hit), preview: true }).catch(() => {});
      }, PREVIEW_MS);
    }
  }

  private async open(hit: SearchHit | undefined, beside: boolean): Promise<void> {
    if (hit === undefined) {
      return;
    }
    this.opened = true;
    clearTimeout(this.previewing);
    this.pick.hide();
    try {
      const { place } = await this.opener.open({ ...openPlace(hit), ...(beside && { beside }) });
      if (place === 'changed') {
        const says = vscode.l10n.t('$(info) This file has changed since it was indexed.');
        vscode.window.setStatusBarMessage(says, 4000);
      }
    } catch (error) {
      vscode.window.showWarningMessage(asFault(error).full);
    }
  }

  /** Left without a choice: the editor is as it was before. */
  private async hidden(): Promise<void> {
    this.following?.dispose();
    this.cancel?.cancel();
    clearTimeout(this.settle);
    clearTimeout(this.previewing);
    this.pick.dispose();
    if (this.opened || this.previewed === undefined) {
      return;
    }
    await this.previewed;
    if (this.before !== undefined && this.selected !== undefined) {
      const { document, viewColumn = vscode.ViewColumn.Active } = this.before;
      await vscode.window.showTextDocument(document, { viewColumn, selection: this.selected });
    }
    const added = textTabs().filter(({ key, tab }) => tab.isPreview && !this.tabsBefore.has(key));
    await vscode.window.tabGroups.close(added.map(({ tab }) => tab));
  }
}

/** All tabs with a text, each by its place and its file. */
function textTabs(): { readonly key: string; readonly tab: vscode.Tab }[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
    tabs.flatMap((tab) =>
      tab.input instanceof vscode.TabInputText ? [{ key: `${viewColumn} ${tab.input.uri}`, tab }] : [],
    ),
  );
}
