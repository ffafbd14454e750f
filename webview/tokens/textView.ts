// The text with its tokens side by side: a list box in which the arrow keys go from token to token and line to line.

import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { button } from '../elements/controls.ts';
import { t } from '../l10n.ts';
import { type Found, isHit } from './find.ts';
import { PageScroller } from './pageScroller.ts';
import type { TokenData } from './tokenData.ts';
import { tokenStyles } from './tokenStyles.ts';

/** `token` was chosen (`reveal`: show it in the editor too), or the pointer is over it (-1: over none). */
export type TokenEvent = CustomEvent<{ readonly token: number; readonly reveal?: boolean }>;

export class TokensText extends LitElement {
  static override properties = {
    data: { attribute: false },
    current: { type: Number },
    hovered: { type: Number },
    found: { attribute: false },
  };
  static override styles = [
    baseStyles,
    tokenStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        height: 100%;
      }
      .scroller {
        flex: 1;
        min-height: 0;
        position: relative;
        overflow: auto;
        overflow-anchor: none;
        scrollbar-color: var(--vscode-scrollbarSlider-background) transparent;
        outline-offset: -2px;
      }
      .pages {
        padding: var(--space-2) var(--space-3);
        font-family: var(--mono);
        font-size: var(--vscode-editor-font-size, 14px);
        line-height: 1.9;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        tab-size: 4;
      }
      .page {
        contain: layout style;
      }
      .parts {
        padding: var(--space-1) var(--space-3);
        border-bottom: 1px solid var(--line);
      }
    `,
  ];

  declare data: TokenData | undefined;
  declare current: number;
  declare hovered: number;
  declare found: Found | undefined;
  private scroller: PageScroller | undefined;
  private readonly sizes = new ResizeObserver(() => this.resized());
  private height = 0;
  private marked: HTMLElement | undefined;
  private lit: HTMLElement | undefined;

  constructor() {
    super();
    this.current = -1;
    this.hovered = -1;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  override render() {
    return html`${this.partBar()}
      <div
        class="scroller"
        role="listbox"
        tabindex="0"
        aria-label=${t('Text, token by token')}
        aria-activedescendant=${this.current < 0 ? nothing : `t${this.current}`}
        @scroll=${() => this.scroller?.draw()}
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
        @click=${(event: Event) => this.choose(tokenOf(event))}
        @dblclick=${(event: Event) => this.choose(tokenOf(event), true)}
        @pointerover=${(event: Event) => this.hover(tokenOf(event))}
        @pointerleave=${() => this.hover(-1)}
      >
        <div class="pages" role="none"></div>
      </div>`;
  }

  override firstUpdated(): void {
    const root = this.renderRoot;
    const scroller = root.querySelector<HTMLElement>('.scroller') as HTMLElement;
    this.scroller = new PageScroller(scroller, root.querySelector<HTMLElement>('.pages') as HTMLElement);
    this.scroller.mark = (element, token) => this.mark(element, token);
    this.sizes.observe(scroller);
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('current')) {
      this.unmark(this.marked);
    }
    if (changed.has('data') && this.data !== undefined) {
      this.scroller?.load(this.data);
      this.requestUpdate();
    } else if (changed.has('found')) {
      this.renderRoot.querySelectorAll<HTMLElement>('.token').forEach((element) => {
        this.mark(element, Number(element.id.slice(1)));
      });
    }
    if (changed.has('current') || changed.has('data')) {
      this.scroller?.reveal(this.current);
      const element = this.scroller?.element(this.current);
      if (element !== undefined) {
        this.mark(element, this.current);
      }
      if (changed.has('current') && (this.scroller?.partCount ?? 1) > 1) {
        this.requestUpdate();
      }
    }
    if (changed.has('hovered')) {
      this.lit?.classList.remove('hovered');
      this.lit = this.scroller?.element(this.hovered);
      this.lit?.classList.add('hovered');
    }
  }

  /** Keeps the current token on the screen where a readout that grew would hide it. */
  private resized(): void {
    const view = this.renderRoot.querySelector('.scroller')?.getBoundingClientRect();
    const token = this.scroller?.element(this.current)?.getBoundingClientRect();
    const seen = view && token && token.bottom > view.top && token.top < view.top + this.height;
    this.height = view?.height ?? 0;
    this.scroller?.resize();
    if (seen) {
      this.scroller?.reveal(this.current);
    }
  }

  /** Puts the keyboard on the text. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.scroller')?.focus();
  }

  private partBar() {
    const scroller = this.scroller;
    if (scroller === undefined || scroller.partCount < 2 || this.data === undefined) {
      return nothing;
    }
    const { part, partCount } = scroller;
    const go = (to: number) => {
      scroller.showPart(to);
      this.requestUpdate();
    };
    return html`<div class="parts row small">
      <span
        >${t('Part {0} of {1}: tokens {2} to {3}', part + 1, partCount, scroller.firstOfPart(part) + 1, scroller.firstOfPart(part + 1))}</span
      >
      ${button({ label: t('Previous part'), disabled: part === 0, onClick: () => go(part - 1) })}
      ${button({ label: t('Next part'), disabled: part + 1 >= partCount, onClick: () => go(part + 1) })}
    </div>`;
  }

  private mark(element: HTMLElement, token: number): void {
    element.classList.toggle('hit', this.found !== undefined && isHit(this.found, token));
    element.classList.toggle('hovered', token === this.hovered);
    if (token === this.current) {
      element.classList.add('current');
      element.setAttribute('aria-selected', 'true');
      this.marked = element;
    }
  }

  private unmark(element: HTMLElement | undefined): void {
    element?.classList.remove('current');
    element?.setAttribute('aria-selected', 'false');
  }

  private choose(token: number, reveal = false): void {
    if (token >= 0) {
      this.dispatchEvent(new CustomEvent('token-choose', { detail: { token, reveal } }));
    }
  }

  private hover(token: number): void {
    if (token !== this.hovered) {
      this.dispatchEvent(new CustomEvent('token-hover', { detail: { token } }));
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const to = this.keyTarget(event.key);
    if (to !== undefined) {
      event.preventDefault();
      this.choose(Math.max(0, Math.min(to, (this.data?.count ?? 0) - 1)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.choose(this.current, true);
    }
  }

  private keyTarget(key: string): number | undefined {
    switch (key) {
      case 'ArrowRight':
        return this.current + 1;
      case 'ArrowLeft':
        return this.current - 1;
      case 'Home':
        return 0;
      case 'End':
        return (this.data?.count ?? 0) - 1;
      case 'ArrowDown':
        return this.lines(1);
      case 'ArrowUp':
        return this.lines(-1);
      case 'PageDown':
        return this.lines(this.linesOnScreen());
      case 'PageUp':
        return this.lines(-this.linesOnScreen());
      default:
        return undefined;
    }
  }

  private linesOnScreen(): number {
    const height = this.renderRoot.querySelector('.scroller')?.clientHeight ?? 0;
    const line = Number.parseFloat(getComputedStyle(this.renderRoot.querySelector('.pages') as Element).lineHeight);
    return Math.max(1, Math.floor(height / (line || 24)) - 1);
  }

  /** The token so many lines below (or, negative, above) the current one, nearest to straight. */
  private lines(count: number): number {
    const direction = Math.sign(count);
    const here = this.scroller?.drawnElement(this.current);
    if (here === undefined) {
      return this.current;
    }
    const middle = centre(edge(here, direction));
    let at = this.current;
    for (let line = 0; line < Math.abs(count); line++) {
      const next = this.nextLine(at, direction, middle);
      if (next === at) {
        break;
      }
      at = next;
    }
    // At the first or last line the key goes to its end.
    return at === this.current ? (direction > 0 ? (this.data?.count ?? 1) - 1 : 0) : at;
  }

  private nextLine(from: number, direction: number, x: number): number {
    const start = this.scroller?.drawnElement(from);
    if (start === undefined) {
      return from;
    }
    let line: DOMRect | undefined;
    let best = from;
    let distance = Number.POSITIVE_INFINITY;
    for (let token = from + direction; ; token += direction) {
      // Drawing a page may move what was measured: heights are compared within what stands on the screen now.
      const element = this.scroller?.drawnElement(token);
      const rect = element && edge(element, -direction);
      const left = this.scroller?.element(from);
      if (rect === undefined || left === undefined) {
        return best;
      }
      const base = edge(left, direction);
      if (
        line === undefined
          ? direction * (rect.top - base.top) < base.height / 2
          : Math.abs(rect.top - line.top) > rect.height / 2
      ) {
        if (line === undefined) {
          continue;
        }
        return best;
      }
      line = rect;
      const off = Math.abs(centre(rect) - x);
      if (off < distance) {
        distance = off;
        best = token;
      }
    }
  }
}

/** The first line box of an element, or its last. */
function edge(element: HTMLElement, direction: number): DOMRect {
  const boxes = element.getClientRects();
  return (direction > 0 ? boxes[boxes.length - 1] : boxes[0]) ?? element.getBoundingClientRect();
}

function centre({ left, width }: DOMRect): number {
  return left + width / 2;
}

function tokenOf(event: Event): number {
  const element = event.target instanceof Element ? event.target.closest('.token') : null;
  return element === null ? -1 : Number(element.id.slice(1));
}

customElements.define('tokens-text', TokensText);
