// The token count of the selection or file in the status bar. What it says is decided in tokensCount.ts; a click opens
// the tokens panel, which counts what was too large to count unasked; its tooltip leads to the choice of tokenizer.

import * as vscode from 'vscode';
import { DisposableStore } from '../shared/disposable.ts';
import { Fault } from '../shared/errors.ts';
import { type Calls, countTokens } from '../shared/messages.ts';
import { COMMANDS } from './ids.ts';
import type { TokenizerChoice } from './tokenizerChoice.ts';
import { COUNT_LIMIT, type Counted, type CountState, type Counts, TokenCounter } from './tokensCount.ts';
import type { EditorFollower } from './tokensFollower.ts';

const SETTING = 'insideLlms.tokens.statusBar';

export class TokensStatus implements vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly follower: EditorFollower;
  private readonly choice: TokenizerChoice;
  private readonly counter: TokenCounter;
  private readonly item: vscode.StatusBarItem;
  private now: CountState = { kind: 'hidden' };
  /** The main tokenizer's name for people; its id until that is known. */
  private label: string;

  constructor(worker: Calls, follower: EditorFollower, choice: TokenizerChoice, command: string) {
    this.follower = follower;
    this.choice = choice;
    this.label = choice.main;
    this.item = this.store.add(
      vscode.window.createStatusBarItem('insideLlms.tokens', vscode.StatusBarAlignment.Right, 100),
    );
    this.item.name = vscode.l10n.t('Token Count');
    this.item.command = command;
    this.counter = this.store.add(
      new TokenCounter(
        async (text, token) => {
          const { main: encoding, specialTokens } = choice;
          const counts = await worker.request(countTokens, { encoding, text, specialTokens }, { token });
          this.label = (await choice.info(encoding)).label;
          return counts;
        },
        (state) => this.show(state),
      ),
    );
    this.store.add(follower.onDidChange(() => this.update()));
    this.store.add(
      choice.onDidChange(() => {
        this.label = choice.main;
        this.update();
      }),
    );
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

  /** A count that the panel made with the main tokenizer. */
  know(key: string, counts: Counts, label: string): void {
    this.label = label;
    this.counter.know(this.keyOf(key), counts);
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
        key: this.keyOf(subject.key),
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

  /** The same text has another count with another tokenizer. */
  private keyOf(key: string): string {
    return `${this.choice.main} ${this.choice.revision} ${key}`;
  }

  private show(state: CountState): void {
    this.now = state;
    if (state.kind === 'hidden') {
      this.item.hide();
      return;
    }
    const { text, lines } = this.describe(state);
    this.item.text = text;
    const tooltip = new vscode.MarkdownString();
    for (const line of lines) {
      tooltip.appendText(line);
      tooltip.appendMarkdown('\n\n');
    }
    tooltip.appendMarkdown(`[${vscode.l10n.t('Choose Tokenizer…')}](command:${COMMANDS.chooseTokenizer})`);
    tooltip.isTrusted = { enabledCommands: [COMMANDS.chooseTokenizer] };
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: lines.join(' '), role: 'button' };
    this.item.show();
  }

  private describe(state: Exclude<CountState, { kind: 'hidden' }>): { text: string; lines: readonly string[] } {
    const whose =
      state.subject.what === 'selection' ? vscode.l10n.t('in the selection') : vscode.l10n.t('in the whole file');
    const click = vscode.l10n.t('Click to inspect them.');
    const number = (value: number, digits = 0) =>
      value.toLocaleString(vscode.env.language, { maximumFractionDigits: digits });
    switch (state.kind) {
      case 'counting':
        return { text: vscode.l10n.t('… tokens'), lines: [vscode.l10n.t('Counting the tokens {0}.', whose)] };
      case 'counted': {
        const { count, textBytes, subject } = state;
        const counted = vscode.l10n.t('{0} tokens ({1}) {2}. {3}', number(count), this.label, whose, click);
        const ratio = count === 0 ? '' : number(textBytes / count, 2);
        return {
          text: count === 1 ? vscode.l10n.t('1 token') : vscode.l10n.t('{0} tokens', number(count)),
          lines:
            count === 0
              ? [counted]
              : [counted, vscode.l10n.t('{0} characters, {1} bytes a token.', number(subject.length), ratio)],
        };
      }
      case 'large':
        return {
          text: vscode.l10n.t('Count tokens'),
          lines: [
            vscode.l10n.t(
              'More than {0} characters: the tokens {1} are not counted by themselves. Click to count and inspect them.',
              number(COUNT_LIMIT),
              whose,
            ),
          ],
        };
      case 'failed':
        return {
          text: vscode.l10n.t('$(warning) tokens'),
          lines: [vscode.l10n.t('The tokens {0} could not be counted: {1} Click to try again.', whose, state.reason)],
        };
    }
  }
}
