// Draws only those pages of a long text that are near the screen, in a real scroller. A page that was never drawn has a
// guessed height; when it turns out otherwise, what the reader looks at stays where it is. A change of the text redraws
// its own pages alone. No lit, no events.

import { drawPage, emptyPage } from './drawPage.ts';
import { measure } from './measure.ts';
import { PageList } from './pageList.ts';
import type { Metrics } from './pages.ts';
import { pagesWithin } from './pagesWithin.ts';
import type { Change } from './ranges.ts';
import { holdStill, scrollDistance } from './scrolling.ts';
import type { TokenData } from './tokenData.ts';

/** How many screens above and below are drawn, and how many stay drawn. */
const DRAW_SCREENS = 1;
const KEEP_SCREENS = 2;

/** Called for each token that is drawn, and for all of them when what is marked changes. */
export type Mark = (element: HTMLElement, column: number, token: number) => void;

export class PageScroller {
  mark: Mark = () => {};
  /** True: the lines of several tokenizers stand one under the other, else beside each other. */
  stacked = false;
  /** Part that is shown; only texts of extreme height have more than one. */
  part = 0;

  private readonly scroller: HTMLElement;
  private readonly holder: HTMLElement;
  private pages = new PageList([]);
  /** The tokens of each page that is drawn, by column. */
  private readonly drawn = new Map<HTMLElement, HTMLElement[][]>();
  private width = 0;

  constructor(scroller: HTMLElement, holder: HTMLElement) {
    this.scroller = scroller;
    this.holder = holder;
  }

  get partCount(): number {
    return this.pages.parts.length - 1;
  }

  /** First token of a part, of the first column; with `partCount` the number of tokens. */
  firstOfPart(part: number): number {
    return this.pages.tokensOf(0, this.pages.parts[part] ?? 0)[0];
  }

  /** @returns true where the text is the same as before: then what stood at the top stands there still. */
  load(columns: readonly TokenData[]): boolean {
    const [before] = this.pages.columns;
    const [main] = columns;
    const same = before !== undefined && before.text === main?.text && this.drawn.size > 0;
    const top = same ? this.firstVisible() : undefined;
    const offset = top === undefined ? 0 : (before?.start(top[1]) ?? 0);
    this.pages = new PageList(columns);
    this.showPart(0);
    if (same && offset > 0) {
      this.reveal(0, main?.tokenAt(offset) ?? 0, 'start');
    }
    return same;
  }

  showPart(part: number): void {
    this.part = part;
    this.lay();
    this.scroller.scrollTop = 0;
    this.draw();
  }

  /** Lays everything anew; what stands at the top stays there. */
  refresh(): void {
    const top = this.firstVisible();
    const part = this.part;
    this.part = 0;
    this.lay();
    this.part = Math.min(part, this.partCount - 1);
    if (top !== undefined) {
      this.reveal(top[0], top[1], 'start');
    } else {
      this.draw();
    }
  }

  /** The width may have changed: then all guesses are anew. */
  resize(): void {
    const { clientWidth } = this.holder;
    if (this.pages.columns.length === 0 || clientWidth === this.width || clientWidth === 0) {
      this.draw();
    } else {
      this.refresh();
    }
  }

  /** The text changed, and its tokens have already: redraws the pages of the change, and moves the others. */
  patch(change: Change): void {
    const { pages } = this;
    if (pages.columns.length === 0) {
      return;
    }
    const above = this.within(0, 1)[0] ?? 0;
    const { first, last, added } = pages.patch(change);
    if (this.partCount > 1 || this.width === 0) {
      this.refresh();
      return;
    }
    const metrics = this.metrics();
    const replace = () => {
      const old = Array.from(this.holder.children).slice(first, last + 1) as HTMLElement[];
      const seen = old.some((page) => this.drawn.has(page));
      old[0]?.before(...Array.from({ length: added }, (_, index) => emptyPage(pages.guess(first + index, metrics))));
      for (const page of old) {
        this.drawn.delete(page);
        page.remove();
      }
      for (let page = first; seen && page < first + added; page++) {
        this.drawPage(page);
      }
    };
    // What changed above the screen must not move what is on it.
    if (above > last) {
      this.hold(replace);
    } else {
      replace();
    }
    this.draw();
  }

  /** The token's element if it is drawn. */
  element(column: number, token: number): HTMLElement | undefined {
    if (!this.has(column, token)) {
      return undefined;
    }
    const page = this.pages.pageOf(column, token);
    const element = this.pageElement(page);
    const tokens = element && this.drawn.get(element)?.[column];
    return tokens?.[token - this.pages.tokensOf(column, page)[0]];
  }

  /** The token's element, drawn now if it wasn't; undefined in another part. */
  drawnElement(column: number, token: number): HTMLElement | undefined {
    const element = this.element(column, token);
    if (element !== undefined || !this.has(column, token)) {
      return element;
    }
    const page = this.pages.pageOf(column, token);
    if (this.pageElement(page) === undefined) {
      return undefined;
    }
    this.hold(() => this.drawPage(page));
    return this.element(column, token);
  }

  /** Which token an element of a page stands for, or stands in. */
  tokenOf(target: EventTarget | null): readonly [column: number, token: number] | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>('.token') : null;
    const page = element?.closest<HTMLElement>('.page');
    const columns = page ? this.drawn.get(page) : undefined;
    if (!element || !page || columns === undefined) {
      return undefined;
    }
    const column = columns.findIndex((tokens) => tokens.includes(element));
    if (column === -1) {
      return undefined;
    }
    const index = (columns[column] as HTMLElement[]).indexOf(element);
    return [column, this.pages.tokensOf(column, this.indexOf(page))[0] + index];
  }

  /** Calls {@link mark} for every token that is drawn. */
  markAll(): void {
    for (const [page, columns] of this.drawn) {
      const index = this.indexOf(page);
      for (const [column, tokens] of columns.entries()) {
        const [first] = this.pages.tokensOf(column, index);
        for (const [at, element] of tokens.entries()) {
          this.mark(element, column, first + at);
        }
      }
    }
  }

  /** Scrolls to a token; `nearest` moves only as far as needed. */
  reveal(column: number, token: number, where: 'nearest' | 'start' = 'nearest'): void {
    if (!this.has(column, token)) {
      return;
    }
    const part = this.pages.partOf(this.pages.pageOf(column, token));
    if (part !== this.part) {
      this.part = Math.min(part, this.partCount - 1);
      this.lay();
    }
    // Pages drawn around it may change its place: go, draw, and look again.
    for (let round = 0; round < 3; round++) {
      const element = this.drawnElement(column, token);
      if (element === undefined) {
        return;
      }
      this.scroller.scrollTop += scrollDistance(this.scroller, this.holder, element, where);
      this.draw();
    }
  }

  /** Draws what is near the screen and drops what is far from it. */
  draw(): void {
    const height = this.scroller.clientHeight;
    if (this.pages.columns.length === 0 || height === 0) {
      return;
    }
    // A page that comes out lower than guessed makes room for more.
    for (let round = 0; round < 8; round++) {
      const near = this.within(-DRAW_SCREENS * height, (1 + DRAW_SCREENS) * height);
      const missing = near.filter((page) => !this.drawn.has(this.pageElement(page) as HTMLElement));
      const keep = new Set(
        [...near, ...this.within(-KEEP_SCREENS * height, (1 + KEEP_SCREENS) * height)].map((page) =>
          this.pageElement(page),
        ),
      );
      const far = [...this.drawn.keys()].filter((page) => !keep.has(page));
      if (missing.length === 0 && far.length === 0) {
        return;
      }
      this.hold(() => {
        for (const page of far) {
          this.dropPage(page);
        }
        for (const page of missing) {
          this.drawPage(page);
        }
      });
    }
  }

  /** The first token on the screen, as far as pages tell. */
  private firstVisible(): readonly [column: number, token: number] | undefined {
    const [page] = this.within(0, 1);
    const element = page === undefined ? undefined : this.pageElement(page);
    if (page === undefined || element === undefined) {
      return undefined;
    }
    const top = this.scroller.getBoundingClientRect().top + this.holder.offsetTop;
    const tokens = this.drawn.get(element)?.[0] ?? [];
    const at = tokens.findIndex((token) => token.getBoundingClientRect().bottom > top);
    return [0, this.pages.tokensOf(0, page)[0] + Math.max(0, at)];
  }

  /** Empty pages with guessed heights, for the part that is shown. */
  private lay(): void {
    const { pages } = this;
    this.width = this.holder.clientWidth;
    this.drawn.clear();
    const heights = pages.part(this.metrics());
    const shown = heights.subarray(pages.parts[this.part] ?? 0, pages.parts[this.part + 1] ?? 0);
    this.holder.replaceChildren(...Array.from(shown, emptyPage));
  }

  private metrics(): Metrics {
    const columns = this.pages.columns.length;
    return measure(
      this.holder,
      this.stacked ? { lanes: columns, beside: 1 } : { lanes: 1, beside: Math.max(1, columns) },
    );
  }

  private pageElement(page: number): HTMLElement | undefined {
    const first = this.pages.parts[this.part] ?? 0;
    return page < first ? undefined : (this.holder.children[page - first] as HTMLElement | undefined);
  }

  /** Which page an element is. */
  private indexOf(page: HTMLElement): number {
    return (this.pages.parts[this.part] ?? 0) + Array.prototype.indexOf.call(this.holder.children, page);
  }

  private has(column: number, token: number): boolean {
    return token >= 0 && token < (this.pages.columns[column]?.count ?? 0);
  }

  /** Pages that reach into a stretch of the screen, in px from its top. */
  private within(from: number, to: number): number[] {
    const first = this.pages.parts[this.part] ?? 0;
    const top = this.scroller.scrollTop;
    return pagesWithin(this.holder, top + from, top + to).map((page) => first + page);
  }

  /** Does something that changes heights, and puts what stood at the top of the screen back there. */
  private hold(change: () => void): void {
    const [page] = this.within(0, 1);
    const anchor = page === undefined ? undefined : this.pageElement(page);
    if (anchor === undefined) {
      change();
      return;
    }
    holdStill(this.scroller, anchor, this.drawn.has(anchor), change);
  }

  private drawPage(page: number): void {
    const element = this.pageElement(page);
    if (element === undefined || this.drawn.has(element)) {
      return;
    }
    const columns = drawPage(element, this.pages.columns, ...this.pages.stretch(page));
    element.style.height = '';
    this.drawn.set(element, columns);
    for (const [column, tokens] of columns.entries()) {
      const [first] = this.pages.tokensOf(column, page);
      for (const [at, token] of tokens.entries()) {
        this.mark(token, column, first + at);
      }
    }
  }

  private dropPage(page: HTMLElement): void {
    page.style.height = `${page.getBoundingClientRect().height}px`;
    page.replaceChildren();
    this.drawn.delete(page);
  }
}
