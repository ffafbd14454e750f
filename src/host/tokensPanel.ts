// Inspect Tokenization: the command, and the one panel beside the editor that follows what is selected there. What is
// shown is decided here; how it looks, in webview/tokens. Encoding happens in the worker.

import * as vscode from 'vscode';
import { DisposableStore } from '../shared/disposable.ts';
import { Fault } from '../shared/errors.ts';
import {
  encodeText,
  followEditor,
  loadTokens,
  MAX_TEXT,
  type NoSubject,
  revealToken,
  type TokensSubject,
  tokensChanged,
} from '../shared/messages.ts';
import { COMMANDS, TOKENS_PANEL } from './ids.ts';
import type { HostServices } from './services.ts';
import { TokensStatus } from './statusBar.ts';
import { takeAwayHandlers } from './takeAway.ts';
import type { CountState } from './tokensCount.ts';
import { EditorFollower, openDocument, rangeOf } from './tokensFollower.ts';
import { tooLarge, whyNothing } from './tokensReasons.ts';
import { inDocument, keyOf, type Subject, settleTime } from './tokensSubject.ts';
import { type CallContext, connectWebview, handle, type WebviewConnection } from './webviewConnection.ts';
import { preparePanel } from './webviewPanel.ts';

const ENCODING = 'r50k_base';

/** What the page keeps for itself; the host reads of it only the text that it was handed. */
interface KeptState {
  readonly handed?: unknown;
}

export interface TokensFeature {
  /** Opens the panel on what the editor shows. */
  open(): void;
  /** Opens the panel on a text that stands in no editor. */
  inspect(text: string): void;
  /** Takes a panel that VS Code brought back after a reload, with the state that its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  /** Selects a stretch of the shown text in the editor it came from. @throws Fault `not-found` when it can't be. */
  reveal(start: number, end: number): Promise<null>;
  /** What the page was last given; undefined when it shows no text. */
  shown(): TokensSubject | undefined;
  /** What the status bar says. */
  count(): CountState;
}

/** Makes the panel, which opens when asked, and the status bar's count, which shows from now on. */
export function createTokens(services: HostServices): TokensFeature {
  const { disposables } = services;
  const follower = disposables.add(new EditorFollower());
  const status = disposables.add(new TokensStatus(services.worker, follower, ENCODING, COMMANDS.inspectTokenization));
  const tokens = disposables.add(new TokensPanel(services, follower, (key, count) => status.know(key, count)));
  return {
    open: () => tokens.open(undefined),
    inspect: (text) => tokens.open(text),
    restore: (panel, state) => {
      const handed = (state as KeptState | null | undefined)?.handed;
      tokens.attach(panel, typeof handed === 'string' ? handed : undefined);
    },
    reveal: (start, end) => tokens.reveal(start, end),
    shown: () => tokens.shown,
    count: () => status.state,
  };
}

/** What the page was last given, and where it stands in which document. */
interface Served {
  readonly answer: TokensSubject;
  /** Absent for a handed text. */
  readonly subject?: Subject;
}

class TokensPanel implements vscode.Disposable {
  private readonly services: HostServices;
  private readonly follower: EditorFollower;
  private readonly counted: (key: string, count: number) => void;
  private readonly store = new DisposableStore();
  private panel: vscode.WebviewPanel | undefined;
  private connection: WebviewConnection | undefined;
  private handed: string | undefined;
  private served: Served | undefined;
  /** The subject's key that the page has or is loading. */
  private shownKey: string | undefined;
  /** The selection that this panel made itself by revealing a token: it is not followed. */
  private ownSelection: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(services: HostServices, follower: EditorFollower, counted: (key: string, count: number) => void) {
    this.services = services;
    this.follower = follower;
    this.counted = counted;
    this.store.add(follower.onDidChange(() => this.follow()));
  }

  get shown(): TokensSubject | undefined {
    return this.served?.answer;
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
    const { port, show, handlers } = preparePanel(this.services, panel, 'tokens');
    const connection = connectWebview({
      port,
      worker: this.services.worker,
      log: this.services.log,
      handlers: [
        ...handlers,
        handle(loadTokens, (_, context) => this.load(context)),
        handle(revealToken, ({ start, end }) => this.reveal(start, end)),
        handle(followEditor, () => this.leaveHanded()),
        ...takeAwayHandlers(),
      ],
    });
    this.connection = connection;
    const visibility = panel.onDidChangeViewState(() => {
      if (!panel.visible) {
        // The page is thrown away when hidden; when it comes back it loads again.
        connection.pageGone();
      }
    });
    panel.onDidDispose(() => {
      visibility.dispose();
      connection.dispose();
      if (this.panel === panel) {
        clearTimeout(this.timer);
        this.panel = undefined;
        this.connection = undefined;
        this.served = undefined;
        this.shownKey = undefined;
      }
    });
    show();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.store.dispose();
    this.connection?.dispose();
  }

  /** What is to be shown now. */
  private wanted(): Subject | undefined {
    const subject = this.follower.subject();
    const own = subject !== undefined && subject.key === this.ownSelection;
    return own && this.served?.subject ? this.served.subject : subject;
  }

  private follow(): void {
    if (this.panel === undefined || this.handed !== undefined) {
      return;
    }
    clearTimeout(this.timer);
    const subject = this.follower.subject();
    if (subject?.key !== this.ownSelection) {
      this.ownSelection = undefined;
    }
    const wanted = this.wanted();
    if (wanted?.key !== this.shownKey) {
      this.timer = setTimeout(() => this.reload(), settleTime(wanted?.length ?? 0));
    }
  }

  /** Tells the page that there is something else; it cancels what it was loading and asks again. */
  private reload(): void {
    clearTimeout(this.timer);
    if (this.panel?.visible) {
      this.connection?.notify(tokensChanged, {});
    }
  }

  private leaveHanded(): null {
    this.handed = undefined;
    this.reload();
    return null;
  }

  private async load(context: CallContext): Promise<TokensSubject | NoSubject> {
    if (this.handed !== undefined) {
      this.shownKey = undefined;
      const answer = this.served?.answer;
      if (answer?.what !== 'text' || answer.text !== this.handed) {
        this.served = { answer: await this.encode(this.handed, { what: 'text' }, context) };
      }
      return (this.served as Served).answer;
    }
    const subject = this.wanted();
    this.shownKey = subject?.key;
    if (subject === undefined) {
      this.served = undefined;
      return { reason: whyNothing() };
    }
    if (this.served?.subject?.key === subject.key) {
      return this.served.answer;
    }
    if (subject.length > MAX_TEXT) {
      throw tooLarge(subject.length);
    }
    const text = this.follower.read(subject);
    if (text === undefined) {
      throw new Fault('not-found', vscode.l10n.t('The text changed while it was read.'), {
        remedy: vscode.l10n.t('Try again.'),
      });
    }
    const about = {
      what: subject.what,
      name: subject.document.name,
      lines: subject.lines,
      ...(subject.stretches.length > 1 && { selections: subject.stretches.length }),
    };
    try {
      const answer = await this.encode(text, about, context);
      // A later load may have come before this one's end.
      if (this.shownKey === subject.key) {
        this.served = { answer, subject };
      }
      this.counted(subject.key, answer.encoded.count);
      return answer;
    } catch (error) {
      if (this.shownKey === subject.key) {
        this.shownKey = undefined;
      }
      throw error;
    }
  }

  private async encode(
    text: string,
    about: Omit<TokensSubject, 'text' | 'encoded'>,
    { token, onProgress }: CallContext,
  ): Promise<TokensSubject> {
    if (text.length > MAX_TEXT) {
      throw tooLarge(text.length);
    }
    const encoded = await this.services.worker.request(encodeText, { encoding: ENCODING, text }, { token, onProgress });
    return { ...about, text, encoded };
  }

  async reveal(start: number, end: number): Promise<null> {
    const subject = this.served?.subject;
    if (subject === undefined) {
      throw new Fault('not-found', vscode.l10n.t('This text does not stand in an editor.'));
    }
    const document = openDocument(subject);
    if (document === undefined) {
      throw new Fault('not-found', vscode.l10n.t('{0} was changed or closed.', subject.document.name), {
        remedy: vscode.l10n.t('Run Inspect Tokenization on it again.'),
      });
    }
    const places = inDocument(subject, start, end);
    if (places.length === 0) {
      throw new Fault('not-found', vscode.l10n.t('This is the line break between two selections.'));
    }
    const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
      preserveFocus: true,
    });
    const selections = places.map((place) => {
      const { start: from, end: to } = rangeOf(document, place);
      return new vscode.Selection(from, to);
    });
    // Set before the editor tells of it: what the panel selects itself must not replace what it shows.
    this.ownSelection = keyOf(subject.document, places);
    editor.selections = selections;
    const [first] = selections;
    if (first !== undefined) {
      editor.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
    return null;
  }
}
