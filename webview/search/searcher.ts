// Asks for hits as one types: waits until the typing rests, takes back what it asked before, and keeps the last answer
// until the next is there. Knows no element.

import { asFault, type Fault } from '../../src/shared/errors.ts';
import {
  type SearchAnswer,
  type SearchFilter,
  type SearchHit,
  type ShownSearch,
  searchIndex,
  searchSimilar,
} from '../../src/shared/searchMessages.ts';
import { cancelSource, type Host } from '../host.ts';

/** How long typing rests before it is asked. */
export const SETTLE_MS = 150;
const TOP = 100;

/** What is looked for. */
export type Wanted =
  | { readonly query: string; readonly filter: SearchFilter }
  | (Extract<ShownSearch, { readonly similarTo: string }> & { readonly filter: SearchFilter });

export class Searcher {
  answer: SearchAnswer | undefined;
  /** What {@link answer} answers. */
  answered: Wanted | undefined;
  fault: Fault | undefined;
  busy = false;
  private readonly host: Host;
  private readonly changed: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private cancel: () => void = () => {};
  private turn = 0;

  constructor(host: Host, changed: () => void) {
    this.host = host;
    this.changed = changed;
  }

  /** @param now asks at once, as Enter does */
  want(wanted: Wanted, now = false): void {
    this.stop();
    this.busy = true;
    this.timer = setTimeout(() => void this.ask(wanted), now ? 0 : SETTLE_MS);
    this.changed();
  }

  /** The same search once more, at once. @returns what it found, or what was found before */
  async again(): Promise<readonly SearchHit[]> {
    if (this.answered !== undefined) {
      this.stop();
      this.busy = true;
      this.changed();
      await this.ask(this.answered);
    }
    return this.answer?.hits ?? [];
  }

  /** Looks for nothing. */
  clear(): void {
    this.stop();
    this.answer = undefined;
    this.answered = undefined;
    this.fault = undefined;
    this.changed();
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.cancel();
    this.turn += 1;
    this.busy = false;
  }

  private async ask(wanted: Wanted): Promise<void> {
    const { turn } = this;
    const source = cancelSource();
    this.cancel = () => source.cancel();
    try {
      const answer = await this.request(wanted, source.token);
      if (turn === this.turn) {
        this.answer = answer;
        this.answered = wanted;
        this.fault = undefined;
      }
    } catch (error) {
      const fault = asFault(error);
      if (turn === this.turn && fault.code !== 'cancelled') {
        this.fault = fault;
      }
    }
    if (turn === this.turn) {
      this.busy = false;
      this.changed();
    }
  }

  private request(wanted: Wanted, token: ReturnType<typeof cancelSource>['token']): Promise<SearchAnswer> {
    const { filter } = wanted;
    if ('query' in wanted) {
      return this.host.request(searchIndex, { query: wanted.query, top: TOP, filter }, { token });
    }
    const { similarTo: text, except } = wanted;
    return this.host.request(
      searchSimilar,
      { text, top: TOP, filter, ...(except !== undefined && { except }) },
      { token },
    );
  }
}
