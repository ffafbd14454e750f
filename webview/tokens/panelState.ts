// What the parts of the panel agree on: the tokenizer and the token that are looked at, what was searched for, where the
// tokenizers differ. It follows the text when that changes. Knows no elements; whoever draws is told of every change.

import type { Calls } from '../../src/shared/messages.ts';
import { differences, joined } from './differences.ts';
import { find, idIn } from './find.ts';
import { Findings } from './findings.ts';
import type { Flag } from './flagNames.ts';
import { infoOf, type Loaded } from './loader.ts';
import { type Change, movedBy, NO_RANGES, nextRange, type Ranges, rangesOf, replaced } from './ranges.ts';
import type { TokenData } from './tokenData.ts';

/** Typing may pause so long before the whole text is searched again. */
const SEARCH_MS = 150;

/** A token of one of the columns. */
export interface Place {
  readonly column: number;
  readonly token: number;
}
export const NOWHERE: Place = { column: -1, token: -1 };

export class PanelState {
  loaded: Loaded | undefined;
  column: number;
  /** The current token, of the current column. */
  current: number;
  /** The one under the pointer. */
  hovered: Place = NOWHERE;
  query: string;
  /** Undefined while nothing is looked for. */
  hits: Ranges | undefined;
  /** Where the tokenizers cut differently, all that are compared taken together. */
  differing: Ranges = NO_RANGES;
  readonly findings: Findings;
  /** Goes up when the user goes to a token: then it is brought onto the screen. */
  moves = 0;
  /** Goes up when the text was changed and its tokens mended in place. */
  revision = 0;
  private readonly changed: () => void;
  /** Of each further column, against the first. */
  private pairs: readonly Ranges[] = [];
  /** Where the current token starts: what it is known by when the text changes. */
  private offset = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(calls: Calls, changed: () => void, kept: { column: number; token: number; query: string }) {
    this.changed = changed;
    this.findings = new Findings(calls, changed);
    this.column = kept.column;
    this.current = kept.token;
    this.query = kept.query;
  }

  get columns(): readonly TokenData[] {
    return this.loaded?.columns ?? [];
  }

  /** The current column's tokens. */
  get data(): TokenData | undefined {
    return this.columns[this.column];
  }

  /** How many stretches a further column cuts otherwise than the first does. */
  differenceCount(column: number): number {
    return this.pairs[column - 1]?.starts.length ?? 0;
  }

  /** Everything came anew. */
  load(loaded: Loaded | undefined): void {
    const before = this.loaded;
    this.loaded = loaded;
    this.hovered = NOWHERE;
    this.column = Math.min(this.column, Math.max(0, this.columns.length - 1));
    const { data } = this;
    if (before !== undefined && data !== undefined) {
      // The same text cut anew stays where it was; another one starts at its beginning.
      const same = before.subject.what === loaded?.subject.what && before.subject.name === loaded.subject.name;
      this.current = same ? Math.max(0, data.tokenAt(this.offset)) : 0;
    }
    // After a reload of the page the kept token is taken up again.
    if (this.current >= (data?.count ?? 0)) {
      this.current = 0;
    }
    this.noteOffset();
    this.compare();
    this.search();
    void this.findings.load(this.columns);
  }

  /** The text changed a little; its tokens have been mended. */
  patched(loaded: Loaded, change: Change): void {
    this.loaded = loaded;
    const { data } = this;
    if (data === undefined) {
      return;
    }
    this.revision++;
    this.hovered = NOWHERE;
    this.current = Math.max(0, data.tokenAt(movedBy(this.offset, change)));
    this.noteOffset();
    const [main, ...others] = this.columns;
    this.pairs = this.pairs.map((pair, index) =>
      replaced(
        pair,
        change,
        differences(
          main as TokenData,
          others[index] as TokenData,
          this.spaceCounts(others[index] as TokenData),
          change.start,
          change.newEnd,
        ),
      ),
    );
    this.differing = this.pairs.length === 0 ? NO_RANGES : joined(this.pairs);
    if (this.hits !== undefined) {
      this.hits = replaced(this.hits, change, NO_RANGES);
      this.searchSoon();
    }
    this.findings.patch(change);
  }

  choose(column: number, token: number): void {
    const count = this.columns[column]?.count ?? 0;
    if (token >= 0 && token < count) {
      const other = column !== this.column;
      this.column = column;
      this.current = token;
      this.moves++;
      this.noteOffset();
      if (other && idIn(this.query) !== undefined) {
        this.search();
      }
      this.changed();
    }
  }

  /** Goes over to another tokenizer, to the token at the same place. */
  chooseColumn(column: number): void {
    const to = this.columns[column];
    if (to !== undefined && column !== this.column) {
      this.choose(column, to.tokenAt(this.data?.start(this.current) ?? 0));
    }
  }

  hover(place: Place): void {
    if (place.column !== this.hovered.column || place.token !== this.hovered.token) {
      this.hovered = place;
      this.changed();
    }
  }

  look(query: string): void {
    this.query = query;
    this.searchSoon(true);
    this.changed();
  }

  /** To the next hit, or the one before. */
  stepHit(forward: boolean): void {
    this.step(this.hits, forward);
  }

  stepDifference(forward: boolean): void {
    this.step(this.differing, forward);
  }

  stepFlag(flag: Flag, forward: boolean): void {
    this.step(this.findings.of(flag, this.column), forward);
  }

  private step(ranges: Ranges | undefined, forward: boolean): void {
    const { data } = this;
    const length = ranges?.starts.length ?? 0;
    if (ranges === undefined || data === undefined || data.count === 0 || length === 0) {
      return;
    }
    const from = forward ? Math.max(this.offset, data.end(this.current) - 1) : this.offset;
    const first = nextRange(ranges, from, forward);
    // Several may lie in one token, and what no token covers is shown by the token behind it.
    for (let tries = 0; tries < length; tries++) {
      const at = (first + (forward ? tries : length - tries)) % length;
      const token = data.tokenAt(ranges.starts[at] as number);
      if (token !== this.current || length === 1) {
        this.choose(this.column, token);
        return;
      }
    }
  }

  private noteOffset(): void {
    this.offset = this.data === undefined || this.data.count === 0 ? 0 : this.data.start(this.current);
  }

  private searchSoon(go = false): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.search();
      const { hits, data } = this;
      if (go && hits !== undefined && data !== undefined && hits.starts.length > 0) {
        const first = nextRange(hits, this.offset - 1, true);
        this.choose(this.column, data.tokenAt(hits.starts[first] as number));
      }
      this.changed();
    }, SEARCH_MS);
  }

  private search(): void {
    this.hits = this.data === undefined || this.query === '' ? undefined : find(this.data, this.query);
  }

  private compare(): void {
    const [main, ...others] = this.columns;
    this.pairs = main === undefined ? [] : others.map((other) => differences(main, other, this.spaceCounts(other)));
    this.differing = this.pairs.length === 0 ? rangesOf([]) : joined(this.pairs);
  }

  /** White space tells two tokenizers apart only where both have tokens for all of it. */
  private spaceCounts(other: TokenData): boolean {
    const loaded = this.loaded as Loaded;
    const whole = (data: TokenData) => infoOf(loaded, data.encoding)?.byteLevel ?? data.pieces.size === 0;
    return whole(other) && whole(loaded.columns[0] as TokenData);
  }
}
