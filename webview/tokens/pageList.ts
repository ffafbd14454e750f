// The pages of a text by several tokenizers, as numbers: where each begins, which tokens are on it, in which part of an
// extremely high text it stands. Pure, no DOM.

import { cutPages, cutParts, cutStretch, guessHeight, type Metrics, pageAt, pageSize } from './pages.ts';
import { type Change, countUpTo } from './ranges.ts';
import type { TokenData } from './tokenData.ts';

/** Pages `first .. last` gave way to as many as there are `heights`. */
export interface PagesChange {
  readonly first: number;
  readonly last: number;
  readonly added: number;
}

export class PageList {
  readonly columns: readonly TokenData[];
  /** First page of each part, and the number of pages. */
  parts: readonly number[] = [0, 0];
  /** Where each page starts, and the text's length. */
  private starts: Uint32Array;

  constructor(columns: readonly TokenData[]) {
    this.columns = columns;
    this.starts = columns[0] === undefined ? Uint32Array.of(0) : cutPages(columns[0]);
  }

  get count(): number {
    return this.starts.length - 1;
  }

  /** UTF-16 offsets of a page's stretch of the text. */
  stretch(page: number): readonly [from: number, to: number] {
    return [this.starts[page] ?? 0, this.starts[page + 1] ?? 0];
  }

  /** The page that a token starts on. */
  pageOf(column: number, token: number): number {
    return pageAt(this.starts, this.columns[column]?.start(token) ?? 0);
  }

  /** First token of a page, and the first behind it. */
  tokensOf(column: number, page: number): readonly [first: number, behind: number] {
    const data = this.columns[column];
    if (data === undefined) {
      return [0, 0];
    }
    const [from, to] = this.stretch(page);
    const first = page >= this.count ? data.count : from === 0 ? 0 : data.firstFrom(from);
    return [first, page + 1 >= this.count ? data.count : data.firstFrom(to)];
  }

  partOf(page: number): number {
    return Math.max(0, countUpTo(Uint32Array.from(this.parts), page) - 1);
  }

  /** About how high a page will be, in px. */
  guess(page: number, metrics: Metrics): number {
    const [main] = this.columns;
    return main === undefined ? 0 : guessHeight(main, ...this.stretch(page), metrics);
  }

  /** Guesses the heights of all pages, and parts them by these. */
  part(metrics: Metrics): Float64Array {
    const heights = Float64Array.from({ length: this.count }, (_, page) => this.guess(page, metrics));
    this.parts = cutParts(heights);
    return heights;
  }

  /** The text changed, and its tokens have already: cuts the pages of the change anew, and moves the others. */
  patch(change: Change): PagesChange {
    const main = this.columns[0] as TokenData;
    const first = pageAt(this.starts, change.start);
    const last = Math.max(first, pageAt(this.starts, Math.max(change.start, change.oldEnd - 1)));
    const by = change.newEnd - change.oldEnd;
    const to = (this.starts[last + 1] as number) + by;
    const fresh = cutStretch(main, this.starts[first] as number, to, pageSize(main.count));
    const behind = this.starts.subarray(last + 1).map((offset) => offset + by);
    this.starts = Uint32Array.from([...this.starts.subarray(0, first), ...fresh, ...behind]);
    if (this.parts.length === 2) {
      this.parts = [0, this.count];
    }
    return { first, last, added: fresh.length };
  }
}
