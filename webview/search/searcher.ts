// Asks for hits as one types: waits until the typing rests, takes back what it asked before, and keeps the last answer
// until the next is there. What it has asked of an index that has grown since is asked again. Where a better model has not
// seen all of the best yet, asks once more with patience; that order is taken only while nobody looks into the one that is
// shown. Knows no element.

import { asFault, type Fault } from '../../src/shared/errors.ts';
import { type SearchAnswer, type SearchFilter, searchIndex, searchSimilar } from '../../src/shared/searchMessages.ts';
import type { ShownSearch } from '../../src/shared/searchViewMessages.ts';
import { cancelSource, type Host } from '../host.ts';

/** How long typing rests before it is asked. */
export const SETTLE_MS = 150;
/** How many hits are asked for. */
export const TOP = 100;

/** How long a better order may take, in milliseconds. */
const PATIENCE_MS = 15_000;

/** What is looked for. */
export type Wanted =
  | { readonly query: string; readonly filter: SearchFilter }
  | (Extract<ShownSearch, { readonly similarTo: string }> & { readonly filter: SearchFilter });

type Token = ReturnType<typeof cancelSource>['token'];

export class Searcher {
  answer: SearchAnswer | undefined;
  /** What {@link answer} answers. */
  answered: Wanted | undefined;
  fault: Fault | undefined;
  busy = false;
  /** The same hits in a better order, which came when the answer was in use. */
  better: SearchAnswer | undefined;
  /** Whether somebody looks into the hits: they stay where they are then. */
  inUse: () => boolean = () => false;
  /** Whether the answer must not change now, whatever the index has. */
  stays: () => boolean = () => false;
  private readonly host: Host;
  private readonly changed: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private cancel: () => void = () => {};
  private turn = 0;
  /** What the index holds, as it was last heard; '' before that. */
  private content = '';
  /** The same when {@link answered} was asked. */
  private askedOf = '';

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

  /** The index has news, or had none. An answer to a question that was asked before them may lack something. */
  indexHas(content: string): void {
    this.content = content;
    this.freshen();
  }

  /** Asks again what was asked of an older index. What failed is asked again by whoever knows why it should work now. */
  freshen(): void {
    const { answered, busy, fault, content, askedOf } = this;
    if (answered !== undefined && !busy && fault === undefined && content !== askedOf && !this.stays()) {
      this.want(answered); // its row and its keyboard place are kept
    }
  }

  /** What holds of the answer now: what it said of an older index, while it has to stay, may be so no more. */
  get notes(): readonly string[] {
    const isOld = this.content !== this.askedOf && this.stays();
    return isOld ? [] : (this.answer?.notes ?? []);
  }

  /** Takes the better order. */
  takeBetter(): void {
    this.answer = this.better ?? this.answer;
    this.better = undefined;
    this.changed();
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
    this.better = undefined;
  }

  private async ask(wanted: Wanted, again = false): Promise<void> {
    const { turn, content } = this;
    const source = cancelSource();
    this.cancel = () => source.cancel();
    try {
      const answer = await this.request(wanted, 0, source.token);
      if (turn === this.turn) {
        this.answer = answer;
        this.answered = wanted;
        this.askedOf = content;
        this.fault = undefined;
        // While files are still coming in, the same is asked again anyway.
        if ((answer.uncompared ?? 0) > 0 && answer.pending === 0) {
          void this.askBetter(wanted, turn, source.token);
        }
      }
    } catch (error) {
      const fault = asFault(error);
      if (turn === this.turn && fault.code === 'cancelled' && !again) {
        // Nobody here has cancelled it: it is still wanted.
        await this.ask(wanted, true);
        return;
      }
      if (turn === this.turn) {
        this.fault = fault;
      }
    }
    if (turn === this.turn) {
      this.busy = false;
      this.changed();
      this.freshen();
    }
  }

  private async askBetter(wanted: Wanted, turn: number, token: Token): Promise<void> {
    // Should it fail, the answer stands as it is.
    const better = await this.request(wanted, PATIENCE_MS, token).catch(() => undefined);
    if (turn !== this.turn || better === undefined || this.answer === undefined) {
      return;
    }
    if (sameOrder(better, this.answer)) {
      this.answer = { ...this.answer, notes: better.notes };
      this.changed();
      return;
    }
    this.better = better;
    if (this.inUse()) {
      this.changed();
    } else {
      this.takeBetter();
    }
  }

  private request(wanted: Wanted, patience: number, token: Token): Promise<SearchAnswer> {
    const { filter } = wanted;
    if ('query' in wanted) {
      return this.host.request(searchIndex, { query: wanted.query, top: TOP, filter, patience }, { token });
    }
    const { similarTo: text, except } = wanted;
    return this.host.request(
      searchSimilar,
      { text, top: TOP, filter, patience, ...(except !== undefined && { except }) },
      { token },
    );
  }
}

function sameOrder(a: SearchAnswer, b: SearchAnswer): boolean {
  return a.hits.length === b.hits.length && a.hits.every(({ chunk }, i) => chunk === b.hits[i]?.chunk);
}
