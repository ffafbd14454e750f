// The token count of the selection or file in the status bar. What it says is decided in tokensCount.ts; a click opens
// the tokens panel, which counts what was too large to count unasked.

import * as vscode from 'vscode';
import { DisposableStore } from '../shared/disposable.ts';
import { Fault } from '../shared/errors.ts';
import { type Calls, countTokens } from '../shared/messages.ts';
import { COUNT_LIMIT, type Counted, type CountState, TokenCounter } from './tokensCount.ts';
import type { EditorFollower } from './tokensFollower.ts';

const SETTING = 'insideLlms.tokens.statusBar';

export class TokensStatus implements vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly follower: EditorFollower;
  private readonly counter: TokenCounter;
  private readonly item: vscode.StatusBarItem;
  private readonly encoding: string;
  private now: CountState = { kind: 'hidden' };

  constructor(worker: Calls, follower: EditorFollower, encoding: string, command: string) {
    this.follower = follower;
    this.encoding = encoding;
    this.item = this.store.add(
      vscode.window.createStatusBarItem('insideLlms.tokens', vscode.StatusBarAlignment.Right, 100),
    );
    this.item.name = vscode.l10n.t('Token Count');
    this.item.command = command;
    this.counter = this.store.add(
      new TokenCounter(
        async (text, token) => (await worker.request(countTokens, { encoding, text }, { token })).count,
        (state) => this.show(state),
      ),
    );
    this.store.add(follower.onDidChange(() => this.update()));
    this.store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTING)) {
          this.update();
        }
      }),
    );
    this.update();
  }

  get state(): CountState {
    return this.now;
  }

  /** A count that the panel made. */
  know(key: string, count: number): void {
    this.counter.know(key, count);
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const wanted = vscode.workspace.getConfiguration().get<boolean>(SETTING, true);
    this.counter.look(wanted ? this.counted() : undefined);
  }

  private counted(): Counted | undefined {
    const subject = this.follower.subject();
    return (
      subject && {
        key: subject.key,
        what: subject.what,
        length: subject.length,
        text: () => {
          const text = this.follower.read(subject);
          if (text === undefined) {
            throw new Fault('not-found', vscode.l10n.t('The text changed while it was read.'));
          }
          return text;
        },
      }
    );
  }

  private show(state: CountState): void {
    this.now = state;
    if (state.kind === 'hidden') {
      this.item.hide();
      return;
    }
    const { text, tooltip } = this.describe(state);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: tooltip, role: 'button' };
    this.item.show();
  }

  private describe(state: Exclude<CountState, { kind: 'hidden' }>): { text: string; tooltip: string } {
    const whose =
      state.subject.what === 'selection' ? vscode.l10n.t('in the selection') : vscode.l10n.t('in the whole file');
    const click = vscode.l10n.t('Click to inspect them.');
    switch (state.kind) {
      case 'counting':
        return { text: vscode.l10n.t('… tokens'), tooltip: vscode.l10n.t('Counting the tokens {0}.', whose) };
      case 'counted': {
        const count = state.count.toLocaleString(vscode.env.language);
        return {
          text: state.count === 1 ? vscode.l10n.t('1 token') : vscode.l10n.t('{0} tokens', count),
          tooltip: vscode.l10n.t('{0} tokens ({1}) {2}. {3}', count, this.encoding, whose, click),
        };
      }
      case 'large':
        return {
          text: vscode.l10n.t('Count tokens'),
          tooltip: vscode.l10n.t(
            'More than {0} characters: the tokens {1} are not counted by themselves. Click to count and inspect them.',
            COUNT_LIMIT.toLocaleString(vscode.env.language),
            whose,
          ),
        };
      case 'failed':
        return {
          text: vscode.l10n.t('$(warning) tokens'),
          tooltip: vscode.l10n.t('The tokens {0} could not be counted: {1} Click to try again.', whose, state.reason),
        };
    }
  }
}
