// The one tokens panel beside the editor, which follows what is selected there, or shows a text that it was handed or
// that was typed into it. What is shown is decided here; how it looks, in webview/tokens. Encoding happens in the worker.

import * as vscode from 'vscode';
import { DisposableStore } from '../shared/disposable.ts';
import { type Computation, openComputation, type TokenizerInfo } from '../shared/messages.ts';
import {
  chooseTokens,
  followEditor,
  loadTokens,
  type NoSubject,
  pickTokenizerFile,
  revealToken,
  showTyped,
  type TokensSubject,
  tokensChanged,
  tokensPatched,
} from '../shared/tokensMessages.ts';
import { contextWindowHandlers } from './contextWindows.ts';
import { TOKENS_PANEL } from './ids.ts';
import type { HostServices } from './services.ts';
import { ShownTokens } from './shownTokens.ts';
import { takeAwayHandlers } from './takeAway.ts';
import type { TokenizerChoice } from './tokenizerChoice.ts';
import type { Counts } from './tokensCount.ts';
import type { EditorFollower } from './tokensFollower.ts';
import { whyNothing } from './tokensReasons.ts';
import { revealStretch } from './tokensReveal.ts';
import { type Subject, settleTime } from './tokensSubject.ts';
import { type CallContext, connectWebview, handle, type WebviewConnection } from './webviewConnection.ts';
import { preparePanel } from './webviewPanel.ts';

export interface TokensPanelParts {
  readonly services: HostServices;
  readonly follower: EditorFollower;
  readonly choice: TokenizerChoice;
  /** Asks the user for a `tokenizer.json`; undefined when the user left it. */
  readonly pickFile: () => Promise<TokenizerInfo | undefined>;
  /** Opens a computation in a panel of its own. */
  readonly stepThrough: (computation: Computation) => void | Promise<void>;
  /** Told what the main tokenizer counted, the subject's key, and the tokenizer's label. */
  readonly counted: (key: string, counts: Counts, label: string) => void;
}

export class TokensPanel implements vscode.Disposable {
  private readonly parts: TokensPanelParts;
  private readonly store = new DisposableStore();
  private readonly tokens: ShownTokens;
  private panel: vscode.WebviewPanel | undefined;
  private connection: WebviewConnection | undefined;
  private handed: string | undefined;
  /** The selection that this panel made itself by revealing a token: it is not followed. */
  private ownSelection: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: TokensPanelParts) {
    this.parts = parts;
    this.tokens = new ShownTokens({
      ...parts,
      worker: parts.services.worker,
      send: (patch) => this.connection?.notify(tokensPatched, patch),
      changed: () => this.follow(),
    });
    this.store.add(
      parts.follower.onDidEdit(({ contentChanges }) => {
        const shown = this.panel?.visible === true && this.handed === undefined;
        this.tokens.edited(parts.follower.subject(), contentChanges, shown);
      }),
    );
    this.store.add(parts.follower.onDidChange(() => this.follow()));
    this.store.add(parts.choice.onDidChange(() => this.reload()));
  }

  get shown(): TokensSubject | undefined {
    return this.tokens.answer;
  }

  /** Shows a text, or with undefined what the editor shows. */
  open(handed: string | undefined): void {
    this.handed = handed;
    this.ownSelection = undefined;
    if (this.panel === undefined) {
      this.attach(
        vscode.window.createWebviewPanel(
          TOKENS_PANEL,
          vscode.l10n.t('Tokens'),
          { viewColumn: vscode.ViewColumn.Beside, preserveFocus: handed === undefined },
          { enableScripts: true, enableFindWidget: false },
        ),
        handed,
      );
    } else {
      this.panel.reveal(undefined, handed === undefined);
      this.reload();
    }
  }

  /** Takes a new panel, or one that VS Code brought back after a reload. */
  attach(panel: vscode.WebviewPanel, handed: string | undefined): void {
    this.panel?.dispose();
    this.panel = panel;
    this.handed = handed;
    const { services, choice, pickFile, stepThrough } = this.parts;
    const { port, show, handlers } = preparePanel(services, panel, 'tokens');
    const connection = connectWebview({
      port,
      worker: services.worker,
      log: services.log,
      handlers: [
        ...handlers,
        handle(loadTokens, (_, context) => this.load(context)),
        handle(revealToken, ({ start, end }) => this.reveal(start, end)),
        handle(followEditor, () => this.show(undefined)),
        handle(showTyped, ({ text }) => this.show(text)),
        handle(chooseTokens, async (wanted) => {
          await choice.choose(wanted);
          return null;
        }),
        handle(pickTokenizerFile, async () => (await pickFile()) ?? null),
        handle(openComputation, async (computation) => {
          await stepThrough(computation);
          return null;
        }),
        ...contextWindowHandlers(services.context),
        ...takeAwayHandlers(),
      ],
    });
    this.connection = connection;
    const visibility = panel.onDidChangeViewState(() => {
      if (!panel.visible) {
        // The page is thrown away when hidden; when it comes back it loads again.
        connection.pageGone();
        this.tokens.forgetPage();
      }
    });
    panel.onDidDispose(() => {
      visibility.dispose();
      connection.dispose();
      if (this.panel === panel) {
        clearTimeout(this.timer);
        this.panel = undefined;
        this.connection = undefined;
        this.tokens.clear();
      }
    });
    show();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.tokens.rest();
    this.store.dispose();
    this.connection?.dispose();
  }

  /** Selects a stretch of the shown text in its editor. @throws Fault `not-found` */
  async reveal(start: number, end: number): Promise<null> {
    await revealStretch(this.tokens.subject, start, end, (key) => {
      // What the panel selects itself must not replace what it shows.
      this.ownSelection = key;
    });
    return null;
  }

  /** What is to be shown now. */
  private wanted(): Subject | undefined {
    const subject = this.parts.follower.subject();
    const own = subject !== undefined && subject.key === this.ownSelection;
    return own ? (this.tokens.subject ?? subject) : subject;
  }

  private follow(): void {
    if (this.panel === undefined || this.handed !== undefined) {
      return;
    }
    clearTimeout(this.timer);
    const subject = this.parts.follower.subject();
    if (subject?.key !== this.ownSelection) {
      this.ownSelection = undefined;
    }
    const wanted = this.wanted();
    if (wanted?.key !== this.tokens.key) {
      this.timer = setTimeout(() => this.reload(), settleTime(wanted?.length ?? 0));
    }
  }

  /** Tells the page that there is something else; it cancels what it was loading and asks again. */
  private reload(): void {
    clearTimeout(this.timer);
    this.tokens.rest();
    if (this.panel?.visible) {
      this.connection?.notify(tokensChanged, {});
    }
  }

  /** A text that was typed into the page, or again what the editor shows. */
  private show(handed: string | undefined): null {
    this.handed = handed;
    this.reload();
    return null;
  }

  private async load(context: CallContext): Promise<TokensSubject | NoSubject> {
    if (this.handed !== undefined) {
      return this.tokens.handed(this.handed, context);
    }
    const subject = this.wanted();
    if (subject === undefined) {
      this.tokens.clear();
      return { reason: whyNothing() };
    }
    return this.tokens.document(subject, context);
  }
}
