// What the panel asks of the host beside the tokens: to show, to copy, to choose, to explain. One note at a time says how
// it went.

import { asFault } from '../../src/shared/errors.ts';
import { type Calls, copyText, openComputation } from '../../src/shared/messages.ts';
import {
  chooseTokens,
  followEditor,
  pickTokenizerFile,
  revealToken,
  type TokensChoice,
} from '../../src/shared/tokensMessages.ts';
import { t } from '../l10n.ts';
import { idsAsJson, idsOfAll, tokensAsJson } from './copy.ts';
import { wordAround } from './explained.ts';
import type { Loaded } from './loader.ts';
import type { PanelState } from './panelState.ts';

export interface Notice {
  readonly text: string;
  readonly bad: boolean;
}

export class Actions {
  notice: Notice | undefined;
  /** Asked for, and not shown yet. */
  private wanted: Partial<TokensChoice> = {};
  private readonly calls: Calls;
  private readonly state: PanelState;
  private readonly changed: () => void;

  constructor(calls: Calls, state: PanelState, changed: () => void) {
    this.calls = calls;
    this.state = state;
    this.changed = changed;
  }

  /** Something new is shown: what was asked for is in it. */
  arrived(): void {
    this.notice = undefined;
    this.wanted = {};
  }

  /** Selects a token of the current column in its editor. */
  reveal(token: number): Promise<void> {
    const { data, loaded } = this.state;
    return this.attempt(async () => {
      if (data !== undefined && data.count > 0 && loaded?.subject.what !== 'text') {
        await this.calls.request(revealToken, { start: data.start(token), end: data.end(token) });
      }
    });
  }

  copyIds(): Promise<void> {
    return this.copy(async () => (this.state.data === undefined ? '' : idsAsJson(this.state.data)));
  }

  copyAllIds(): Promise<void> {
    return this.copy(async () => idsOfAll(this.state.columns));
  }

  copyJson(): Promise<void> {
    const { data } = this.state;
    return this.copy(async () => (data === undefined ? '' : tokensAsJson(data, nextTurn)));
  }

  follow(): Promise<void> {
    return this.attempt(async () => {
      await this.calls.request(followEditor, {});
    });
  }

  /** What is chosen, with what was asked for and is on its way. */
  choice(loaded: Loaded): TokensChoice {
    return { ...loaded.subject.choice, ...this.wanted };
  }

  choose(what: { chosen?: string[]; decorated?: boolean; specialTokens?: boolean }): Promise<void> {
    this.wanted = { ...this.wanted, ...what };
    return this.attempt(async () => {
      try {
        await this.calls.request(chooseTokens, what);
      } catch (error) {
        this.wanted = {};
        throw error;
      }
    });
  }

  /** Asks for a file; its tokenizer takes the place of the current column's. */
  openFile(): Promise<void> {
    return this.attempt(async () => {
      const info = await this.calls.request(pickTokenizerFile, {});
      const chosen = this.state.loaded?.subject.choice.chosen ?? [];
      if (info !== null && !chosen.includes(info.id)) {
        const next = chosen.map((id, column) => (column === this.state.column ? info.id : id));
        await this.calls.request(chooseTokens, { chosen: next.length === 0 ? [info.id] : next });
      }
    });
  }

  /** Opens the step view on how the current token's word was cut. */
  explain(): Promise<void> {
    const { data, current } = this.state;
    return this.attempt(async () => {
      if (data !== undefined && data.count > 0) {
        const params = { encoding: data.encoding, text: wordAround(data, current) };
        await this.calls.request(openComputation, { program: 'explain-token', params });
      }
    });
  }

  failed(error: unknown): void {
    this.notice = { text: asFault(error).full, bad: true };
    this.changed();
  }

  private copy(make: () => Promise<string>): Promise<void> {
    return this.attempt(async () => {
      await this.calls.request(copyText, { text: await make() });
      return t('Copied.');
    });
  }

  private async attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      const text = await act();
      this.notice = typeof text === 'string' ? { text, bad: false } : undefined;
      this.changed();
    } catch (error) {
      this.failed(error);
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
