// The host's answers for the tokens panel, without an editor: a text that the test sets, encoded by the real worker, and
// a record of what the page asked for. Answers can be held back, refused or left to hang.

import { type CallContext, type Handler, handle } from '../../src/host/webviewConnection.ts';
import { Fault } from '../../src/shared/errors.ts';
import {
  type Calls,
  copyText,
  encodeText,
  followEditor,
  loadStrings,
  loadTokens,
  type NoSubject,
  revealToken,
  type TokensSubject,
} from '../../src/shared/messages.ts';

export class TokensHost {
  readonly handlers: readonly Handler[];
  readonly revealed: { start: number; end: number }[] = [];
  readonly copied: string[] = [];
  subject: Omit<TokensSubject, 'encoded'> | NoSubject = { what: 'document', name: 'sample.txt', text: 'Hello world' };
  followed = 0;
  loads = 0;
  /** Set: a load fails with it. */
  loadFault: Fault | undefined;
  /** Set: revealing fails with it. */
  revealFault: Fault | undefined;
  /** True: a load reports progress and then waits until it is cancelled. */
  hangs = false;
  cancelled = 0;

  constructor(worker: Calls) {
    this.handlers = [
      handle(loadStrings, () => ({})),
      handle(loadTokens, (_, context) => this.load(worker, context)),
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
        return null;
      }),
    ];
  }

  private async load(worker: Calls, { token, onProgress }: CallContext): Promise<TokensSubject | NoSubject> {
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
    const { subject } = this;
    if ('reason' in subject) {
      return subject;
    }
    const { text } = subject;
    return {
      ...subject,
      encoded: await worker.request(encodeText, { encoding: 'r50k_base', text }, { token, onProgress }),
    };
  }
}
