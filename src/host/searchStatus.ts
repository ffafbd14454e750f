// The index in the status bar: only while it is made, rests or has failed. What it says is decided in searchHealth.ts.

import * as vscode from 'vscode';
import { COMMANDS } from './ids.ts';
import { statusOf } from './searchHealth.ts';
import type { SearchIndex } from './searchIndex.ts';

export class SearchStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('insideLlms.search', vscode.StatusBarAlignment.Left, 0);
  private readonly subscription: { dispose(): void };
  private readonly index: SearchIndex;
  /** What it says, without icons; undefined while it is hidden. */
  shown: string | undefined;
  private state: string | undefined;

  constructor(index: SearchIndex) {
    this.index = index;
    this.item.name = vscode.l10n.t('Search Index');
    this.item.command = COMMANDS.showIndexHealth;
    this.subscription = index.onDidChange(() => this.update());
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    const { health } = this.index;
    if (health.state !== this.state) {
      this.state = health.state;
      void vscode.commands.executeCommand('setContext', 'insideLlms.indexState', health.state);
    }
    const number = (value: number) => value.toLocaleString(vscode.env.language);
    const status = statusOf(health, vscode.l10n.t, number);
    this.shown = status?.text.replace(/\$\([^)]*\) ?/g, '');
    if (status === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = status.text;
    this.item.tooltip = status.tooltip;
    this.item.accessibilityInformation = { label: status.tooltip, role: 'button' };
    this.item.backgroundColor = status.warn ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }
}
