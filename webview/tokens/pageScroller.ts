// Draws only those pages of a long text that are near the screen, in a real scroller. A page that was never drawn has a
// guessed height; when it turns out otherwise, what the reader looks at stays where it is. A change of the text redraws
// its own pages alone. No lit, no events.

import { DrawnPages } from './drawnPages.ts';
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
  private readonly drawn = new DrawnPages();
  private width = 0;
  private metrics: Metrics = { width: 0, lineHeight: 0, character: 1, token: 0, lanes: 1 };
  /** Of the pages of the part that is shown. */
  private elements: HTMLElement[] = [];

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
    const old = this.elements.slice(first, last + 1);
    const replace = () => {
      const seen = old.some((page) => this.drawn.has(page));
      const made = Array.from({ length: added }, (_, index) => emptyPage(pages.guess(first + index, this.metrics)));
      old[0]?.before(...made);
      this.elements.splice(first, old.length, ...made);
      for (const page of old) {
        this.drawn.forget(page);
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
    return this.drawn.tokens(this.pageElement(page), column)[token - this.pages.tokensOf(column, page)[0]];
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
    const found = this.drawn.find(target);
    return found && [found.column, this.pages.tokensOf(found.column, this.indexOf(found.page))[0] + found.index];
  }

  /** Calls {@link mark} for every token that is drawn, or for those of one page. */
  markAll(only?: HTMLElement): void {
    let known: HTMLElement | undefined;
    let firsts: number[] = [];
    this.drawn.each((token, page, column, index) => {
      if (page !== known) {
        known = page;
        const number = this.indexOf(page);
        firsts = this.pages.columns.map((_, each) => this.pages.tokensOf(each, number)[0]);
      }
      this.mark(token, column, (firsts[column] as number) + index);
    }, only);
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
      const kept = this.within(-KEEP_SCREENS * height, (1 + KEEP_SCREENS) * height);
      const far = this.drawn.allBut(new Set(kept.map((page) => this.pageElement(page))));
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
    const tokens = this.drawn.tokens(element, 0);
    const at = tokens.findIndex((token) => token.getBoundingClientRect().bottom > top);
    return [0, this.pages.tokensOf(0, page)[0] + Math.max(0, at)];
  }

  /** Empty pages with guessed heights, for the part that is shown. */
  private lay(): void {
    const { pages } = this;
    this.width = this.holder.clientWidth;
    this.drawn.clear();
    const columns = pages.columns.length;
    this.metrics = measure(
      this.holder,
      this.stacked ? { lanes: columns, beside: 1 } : { lanes: 1, beside: Math.max(1, columns) },
    );
    const heights = pages.part(this.metrics);
    const shown = heights.subarray(pages.parts[this.part] ?? 0, pages.parts[this.part + 1] ?? 0);
    this.elements = Array.from(shown, emptyPage);
    this.holder.replaceChildren(...this.elements);
  }

  private pageElement(page: number): HTMLElement | undefined {
    const first = this.pages.parts[this.part] ?? 0;
    return page < first ? undefined : this.elements[page - first];
  }

  /** Which page an element is. */
  private indexOf(page: HTMLElement): number {
    return (this.pages.parts[this.part] ?? 0) + this.elements.indexOf(page);
  }

  private has(column: number, token: number): boolean {
    return token >= 0 && token < (this.pages.columns[column]?.count ?? 0);
  }

  /** Pages that reach into a stretch of the screen, in px from its top. */
  private within(from: number, to: number): number[] {
    const first = this.pages.parts[this.part] ?? 0;
    const top = this.scroller.scrollTop;
    return pagesWithin(this.elements, top + from, top + to).map((page) => first + page);
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
    this.drawn.add(element, drawPage(element, this.pages.columns, ...this.pages.stretch(page)));
    element.style.height = '';
    this.markAll(element);
  }

  private dropPage(page: HTMLElement): void {
    page.style.height = `${page.getBoundingClientRect().height}px`;
    page.replaceChildren();
    this.drawn.forget(page);
  }
}
