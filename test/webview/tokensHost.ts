// The host's answers for the tokens panel, without an editor: a text that the test sets and edits, encoded by the real
// worker, and a record of what the page asked for. Answers can be held back, refused or left to hang.

import { encodeWithAll } from '../../src/host/tokensEncoding.ts';
import { TokensPatcher } from '../../src/host/tokensPatcher.ts';
import { type CallContext, type Handler, handle, type WebviewConnection } from '../../src/host/webviewConnection.ts';
import { Fault } from '../../src/shared/errors.ts';
import {
  type Calls,
  copyText,
  listTokenizers,
  loadStrings,
  openComputation,
  openTokenizer,
  type TokenizerInfo,
} from '../../src/shared/messages.ts';
import {
  type ContextWindow,
  chooseTokens,
  followEditor,
  loadContextWindows,
  loadTokens,
  type NoSubject,
  pickContextWindows,
  pickTokenizerFile,
  revealToken,
  showTyped,
  type TokensPatch,
  type TokensSubject,
  tokensChanged,
  tokensPatched,
} from '../../src/shared/tokensMessages.ts';

type Shown = Omit<TokensSubject, 'encodings' | 'version' | 'choice'>;

export class TokensHost {
  readonly handlers: readonly Handler[];
  readonly revealed: { start: number; end: number }[] = [];
  readonly copied: string[] = [];
  readonly explained: { program: string; params: object }[] = [];
  readonly typed: string[] = [];
  readonly patches: TokensPatch[] = [];
  subject: Shown | NoSubject = { what: 'document', name: 'sample.txt', text: 'Hello world' };
  chosen: readonly string[] = ['r50k_base'];
  decorated = false;
  specialTokens = false;
  /** What the user picks when asked for a file; null: nothing. */
  file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | null = null;
  windows: readonly ContextWindow[] = [];
  picked: readonly string[] = [];
  /** To tell the page of changes; set it once the view is open. */
  connection: WebviewConnection | undefined;
  followed = 0;
  loads = 0;
  /** Set: a load fails with it. */
  loadFault: Fault | undefined;
  /** Set: revealing fails with it. */
  revealFault: Fault | undefined;
  /** True: a load reports progress and then waits until it is cancelled. */
  hangs = false;
  cancelled = 0;
  private version = 0;
  private readonly worker: Calls;
  private readonly patcher: TokensPatcher;
  private readonly opened: TokenizerInfo[] = [];

  constructor(worker: Calls) {
    this.worker = worker;
    this.patcher = new TokensPatcher({
      source: () => ({
        length: this.text.length,
        read: (start, end) => ({ start, text: this.text.slice(start, end) }),
      }),
      encode: (text, token) =>
        encodeWithAll(worker, { text, chosen: this.chosen, specialTokens: this.specialTokens }, { token }),
      send: (patch) => {
        this.version = patch.version;
        this.patches.push(patch);
        this.connection?.notify(tokensPatched, patch);
      },
      reload: () => this.changed(),
    });
    this.handlers = [
      handle(loadStrings, () => ({})),
      handle(loadTokens, (_, context) => this.load(context)),
      handle(revealToken, (place) => {
        if (this.revealFault !== undefined) {
          throw this.revealFault;
        }
        this.revealed.push(place);
        return null;
      }),
      handle(copyText, ({ text }) => {
        this.copied.push(text);
        return null;
      }),
      handle(followEditor, () => {
        this.followed += 1;
        this.subject = { what: 'document', name: 'sample.txt', text: 'Hello world' };
        return this.changed();
      }),
      handle(chooseTokens, ({ chosen, decorated, specialTokens }) => {
        this.chosen = chosen ?? this.chosen;
        this.decorated = decorated ?? this.decorated;
        this.specialTokens = specialTokens ?? this.specialTokens;
        return this.changed();
      }),
      handle(showTyped, ({ text }) => {
        this.typed.push(text);
        this.subject = { what: 'text', text };
        return this.changed();
      }),
      handle(pickTokenizerFile, () => this.openFile()),
      handle(openComputation, (computation) => {
        this.explained.push(computation);
        return null;
      }),
      handle(loadContextWindows, () => ({ windows: this.windows, picked: this.picked })),
      handle(pickContextWindows, ({ picked }) => {
        this.picked = picked;
        return null;
      }),
    ];
  }

  /** Edits the text as a user does in the editor: the page hears of it by a patch. */
  edit(start: number, end: number, text: string): void {
    this.subject = { ...(this.subject as Shown), text: this.text.slice(0, start) + text + this.text.slice(end) };
    this.patcher.edit([{ rangeOffset: start, rangeLength: end - start, text }]);
  }

  /** Tells the page that everything is new. */
  changed(): null {
    this.patcher.stop();
    this.connection?.notify(tokensChanged, {});
    return null;
  }

  get text(): string {
    return 'text' in this.subject ? this.subject.text : '';
  }

  private async openFile(): Promise<TokenizerInfo | null> {
    if (this.file === null) {
      return null;
    }
    const { name, bytes } = this.file;
    const info = await this.worker.request(openTokenizer, { id: `file:${name}`, label: name, file: bytes.buffer });
    this.opened.push(info);
    return info;
  }

  private async load({ token, onProgress }: CallContext): Promise<TokensSubject | NoSubject> {
    this.loads += 1;
    if (this.loadFault !== undefined) {
      throw this.loadFault;
    }
    if (this.hangs) {
      onProgress({ done: 40, total: 100, unit: 'characters' });
      await new Promise<void>((_, reject) => {
        token.onCancellationRequested(() => {
          this.cancelled += 1;
          reject(new Fault('cancelled', 'Cancelled.'));
        });
      });
    }
    const { subject, chosen, decorated, specialTokens } = this;
    if ('reason' in subject) {
      return subject;
    }
    const { text } = subject;
    this.patcher.begin(text.length);
    const encodings = await encodeWithAll(this.worker, { text, chosen, specialTokens }, { token, onProgress });
    const shipped = await this.worker.request(listTokenizers, {});
    const available = [...shipped, ...this.opened.filter(({ id }) => shipped.every((info) => info.id !== id))];
    this.version += 1;
    this.patcher.shown(this.version);
    return { ...subject, version: this.version, encodings, choice: { available, chosen, decorated, specialTokens } };
  }
}
