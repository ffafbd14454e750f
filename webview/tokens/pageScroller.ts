// Draws only those pages of a long text that are near the screen, in a real scroller. A page that was never drawn has a
// guessed height; when it turns out otherwise, what the reader looks at stays where it is. No lit, no events.

import { partsOf, spoken } from './display.ts';
import { drawParts } from './drawParts.ts';
import { cutPages, cutParts, guessHeights, pageOf } from './pages.ts';
import type { TokenData } from './tokenData.ts';

/** How many screens above and below are drawn, and how many stay drawn. */
const DRAW_SCREENS = 1;
const KEEP_SCREENS = 2;
const COLOURS = 4;
const LINE_FEED = 10;
/** Borders and gap of a token, in px; see tokenStyles. */
const TOKEN_EXTRA = 2;

export class PageScroller {
  /** Called for each token as it is drawn. */
  mark: (element: HTMLElement, token: number) => void = () => {};
  /** Part that is shown; only texts of extreme height have more than one. */
  part = 0;

  private readonly scroller: HTMLElement;
  private readonly holder: HTMLElement;
  private data: TokenData | undefined;
  private pages: Uint32Array = Uint32Array.of(0);
  private parts: number[] = [0, 0];
  private readonly drawn = new Set<number>();
  private width = 0;

  constructor(scroller: HTMLElement, holder: HTMLElement) {
    this.scroller = scroller;
    this.holder = holder;
  }

  get partCount(): number {
    return this.parts.length - 1;
  }

  /** First token of a part; with `partCount` the number of tokens. */
  firstOfPart(part: number): number {
    return this.pages[this.parts[part] ?? 0] ?? 0;
  }

  load(data: TokenData): void {
    this.data = data;
    this.pages = cutPages(data);
    this.part = 0;
    this.lay();
    this.scroller.scrollTop = 0;
    this.draw();
  }

  showPart(part: number): void {
    this.part = part;
    this.lay();
    this.scroller.scrollTop = 0;
    this.draw();
  }

  /** The width changed: all guesses are anew, what stands at the top stays there. */
  resize(): void {
    if (this.data === undefined || this.holder.clientWidth === this.width || this.holder.clientWidth === 0) {
      this.draw();
      return;
    }
    const top = this.firstVisible();
    const part = this.part;
    this.part = 0;
    this.lay();
    this.part = Math.min(part, this.partCount - 1);
    if (top >= 0) {
      this.reveal(top, 'start');
    } else {
      this.draw();
    }
  }

  /** The token's element if it is drawn. */
  element(token: number): HTMLElement | undefined {
    if (this.data === undefined || token < 0 || token >= this.data.count) {
      return undefined;
    }
    const page = pageOf(this.pages, token);
    const element = this.drawn.has(page) ? this.pageElement(page) : undefined;
    return element?.children[token - (this.pages[page] as number)] as HTMLElement | undefined;
  }

  /** The token's element, drawn now if it wasn't; undefined in another part. */
  drawnElement(token: number): HTMLElement | undefined {
    const element = this.element(token);
    if (element !== undefined || this.data === undefined || token < 0 || token >= this.data.count) {
      return element;
    }
    const page = pageOf(this.pages, token);
    if (this.pageElement(page) === undefined) {
      return undefined;
    }
    this.hold(() => this.drawPage(page));
    return this.element(token);
  }

  /** Scrolls to a token; `nearest` moves only as far as needed. */
  reveal(token: number, where: 'nearest' | 'start' = 'nearest'): void {
    if (this.data === undefined || token < 0 || token >= this.data.count) {
      return;
    }
    const page = pageOf(this.pages, token);
    const part = this.parts.findLastIndex((first) => first <= page);
    if (part !== this.part) {
      this.part = Math.min(part, this.partCount - 1);
      this.lay();
    }
    // Pages drawn around it may change its place: go, draw, and look again.
    for (let round = 0; round < 3; round++) {
      const element = this.drawnElement(token);
      if (element === undefined) {
        return;
      }
      const line = element.getClientRects()[0] ?? element.getBoundingClientRect();
      const view = this.scroller.getBoundingClientRect();
      const margin = Math.min(line.height, view.height / 4);
      const far = line.bottom < view.top - view.height || line.top > view.bottom + view.height;
      let by = 0;
      if (where === 'start') {
        by = line.top - view.top - margin / 2;
      } else if (far) {
        by = line.top - view.top - view.height / 2;
      } else if (line.top < view.top + margin) {
        by = line.top - view.top - margin;
      } else if (line.bottom > view.bottom - margin) {
        by = line.bottom - view.bottom + margin;
      }
      this.scroller.scrollTop += by;
      this.draw();
    }
  }

  /** Draws what is near the screen and drops what is far from it. */
  draw(): void {
    const height = this.scroller.clientHeight;
    if (this.data === undefined || height === 0) {
      return;
    }
    // A page that comes out lower than guessed makes room for more.
    for (let round = 0; round < 8; round++) {
      const near = this.pagesBetween(-DRAW_SCREENS * height, (1 + DRAW_SCREENS) * height);
      const missing = near.filter((page) => !this.drawn.has(page));
      const [first, last] = [near[0] ?? 0, near.at(-1) ?? 0];
      const kept = this.pagesBetween(-KEEP_SCREENS * height, (1 + KEEP_SCREENS) * height);
      const far = [...this.drawn].filter((page) => !kept.includes(page) && (page < first || page > last));
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

  /** The first token on the screen, as far as pages tell; -1 when there is none. */
  private firstVisible(): number {
    const [page] = this.pagesBetween(0, 1);
    if (page === undefined || this.data === undefined) {
      return -1;
    }
    const element = this.drawn.has(page) ? this.pageElement(page) : undefined;
    const first = this.pages[page] as number;
    const top = this.scroller.getBoundingClientRect().top;
    const at = element
      ? Array.from(element.children).findIndex((token) => token.getBoundingClientRect().bottom > top)
      : 0;
    return first + Math.max(0, at);
  }

  /** Empty pages with guessed heights, for the part that is shown. */
  private lay(): void {
    const data = this.data as TokenData;
    this.width = this.holder.clientWidth;
    this.drawn.clear();
    const heights = guessHeights(data, this.pages, this.measure());
    this.parts = cutParts(heights);
    const pages: HTMLElement[] = [];
    for (let page = this.parts[this.part] ?? 0; page < (this.parts[this.part + 1] ?? 0); page++) {
      const element = document.createElement('div');
      element.className = 'page';
      element.setAttribute('role', 'none');
      element.style.height = `${heights[page]}px`;
      pages.push(element);
    }
    this.holder.replaceChildren(...pages);
  }

  private measure() {
    const probe = document.createElement('span');
    probe.textContent = 'n'.repeat(20);
    this.holder.replaceChildren(probe);
    const character = probe.getBoundingClientRect().width / 20 || 8;
    const lineHeight = Number.parseFloat(getComputedStyle(this.holder).lineHeight) || 24;
    return { width: Math.max(50, this.width), lineHeight, character, token: TOKEN_EXTRA };
  }

  private pageElement(page: number): HTMLElement | undefined {
    const first = this.parts[this.part] ?? 0;
    return page < first ? undefined : (this.holder.children[page - first] as HTMLElement | undefined);
  }

  /** Pages that reach into a stretch of the screen, in px from its top. */
  private pagesBetween(from: number, to: number): number[] {
    const first = this.parts[this.part] ?? 0;
    const elements = this.holder.children;
    const top = this.scroller.scrollTop - this.holder.offsetTop;
    let low = 0;
    let high = elements.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const element = elements[middle] as HTMLElement;
      if (element.offsetTop - this.holder.offsetTop + element.offsetHeight > top + from) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    const found: number[] = [];
    for (let at = low; at < elements.length; at++) {
      if ((elements[at] as HTMLElement).offsetTop - this.holder.offsetTop >= top + to) {
        break;
      }
      found.push(first + at);
    }
    return found;
  }

  /** Does something that changes heights, and puts what stood at the top of the screen back there. */
  private hold(change: () => void): void {
    const [page] = this.pagesBetween(0, 1);
    const anchor = page === undefined ? undefined : this.pageElement(page);
    if (page === undefined || anchor === undefined) {
      change();
      return;
    }
    const solid = this.drawn.has(page);
    const into = this.scroller.scrollTop - anchor.offsetTop;
    const share = into / Math.max(1, anchor.offsetHeight);
    change();
    const wanted = anchor.offsetTop + (solid ? into : share * anchor.offsetHeight);
    if (Math.abs(wanted - this.scroller.scrollTop) >= 1) {
      this.scroller.scrollTop = wanted;
    }
  }

  private drawPage(page: number): void {
    const element = this.pageElement(page);
    const data = this.data;
    if (element === undefined || data === undefined || this.drawn.has(page)) {
      return;
    }
    const to = this.pages[page + 1] as number;
    const tokens: HTMLElement[] = [];
    for (let token = this.pages[page] as number; token < to; token++) {
      const span = document.createElement('span');
      span.id = `t${token}`;
      const breaks = data.text.charCodeAt(data.end(token) - 1) === LINE_FEED;
      span.className = `token k${token % COLOURS}${token % 2 === 1 ? ' odd' : ''}${breaks ? ' breaks' : ''}`;
      span.setAttribute('role', 'option');
      span.setAttribute('aria-posinset', String(token + 1));
      span.setAttribute('aria-setsize', String(data.count));
      span.setAttribute('aria-selected', 'false');
      span.setAttribute('aria-label', `${spoken(data, token)}, ${data.id(token)}`);
      drawParts(span, partsOf(data, token));
      this.mark(span, token);
      tokens.push(span);
    }
    element.replaceChildren(...tokens);
    element.style.height = '';
    this.drawn.add(page);
  }

  private dropPage(page: number): void {
    const element = this.pageElement(page);
    if (element !== undefined) {
      element.style.height = `${element.getBoundingClientRect().height}px`;
      element.replaceChildren();
    }
    this.drawn.delete(page);
  }
}
