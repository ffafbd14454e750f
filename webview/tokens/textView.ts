// The text with its tokens side by side: a list box in which the arrow keys go from token to token and line to line.
// With several tokenizers each line stands there once for each of them; the keys 1 to 4 go from one to another.

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { button } from '../elements/controls.ts';
import { t } from '../l10n.ts';
import { CURRENT, CurrentMark, elementsAt, marked, unmark } from './currentMark.ts';
import { lineStep } from './lines.ts';
import { PageScroller } from './pageScroller.ts';
import type { Place } from './panelState.ts';
import { type Change, overlapping, type Ranges } from './ranges.ts';
import { textStyles } from './textStyles.ts';
import type { TokenData } from './tokenData.ts';
import { tokenStyles } from './tokenStyles.ts';

/** A token was chosen (`reveal`: show it in the editor too), or the pointer is over it (-1: over none). */
export type TokenEvent = CustomEvent<Place & { readonly reveal?: boolean }>;

/** Below this width the lines of several tokenizers stand one under the other, in px for each. */
const NARROW = 240;

export class TokensText extends LitElement {
  static override properties = {
    columns: { attribute: false },
    labels: { attribute: false },
    column: { type: Number },
    current: { type: Number },
    hovered: { attribute: false },
    hits: { attribute: false },
    differing: { attribute: false },
    flagged: { attribute: false },
    moves: { type: Number },
    stacked: { type: Boolean, reflect: true },
  };
  static override styles = [baseStyles, tokenStyles, textStyles];

  declare columns: readonly TokenData[];
  /** The tokenizers' names. */
  declare labels: readonly string[];
  declare column: number;
  declare current: number;
  declare hovered: Place;
  declare hits: Ranges | undefined;
  declare differing: Ranges | undefined;
  /** Of each column, where something is worth a look. */
  declare flagged: readonly Ranges[];
  /** Goes up when the current token shall be brought onto the screen. */
  declare moves: number;
  /** One under the other, and not side by side. */
  declare stacked: boolean;
  private scroller: PageScroller | undefined;
  private readonly sizes = new ResizeObserver(() => this.resized());
  private height = 0;
  private readonly currentMark = new CurrentMark();
  private lit: readonly HTMLElement[] = [];

  constructor() {
    super();
    this.columns = [];
    this.flagged = [];
    this.moves = 0;
    this.labels = [];
    this.column = 0;
    this.current = -1;
    this.hovered = { column: -1, token: -1 };
    this.stacked = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  override render() {
    const several = this.columns.length > 1;
    return html`${this.partBar()}
      <div
        class=${several ? 'scroller several' : 'scroller'}
        role="listbox"
        tabindex="0"
        aria-label=${several ? t('Text, token by token, by {0} tokenizers', this.columns.length) : t('Text, token by token')}
        aria-activedescendant=${CURRENT}
        @scroll=${() => this.scroller?.draw()}
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
        @click=${(event: Event) => this.chosen(event, false)}
        @dblclick=${(event: Event) => this.chosen(event, true)}
        @pointerover=${(event: Event) => this.hover(this.scroller?.tokenOf(event.target))}
        @pointerleave=${() => this.hover(undefined)}
      >
        ${
          several && !this.stacked
            ? html`<div class="heads" role="none">
                ${this.labels.map((label, index) => html`<div class="head small" role="none"><b>${index + 1}</b> ${label}</div>`)}
              </div>`
            : nothing
        }
        <div class="pages" role="none"></div>
      </div>`;
  }

  override firstUpdated(): void {
    const root = this.renderRoot;
    const scroller = root.querySelector<HTMLElement>('.scroller') as HTMLElement;
    this.scroller = new PageScroller(scroller, root.querySelector<HTMLElement>('.pages') as HTMLElement);
    this.scroller.mark = (element, column, token) => this.mark(element, column, token);
    this.stacked = this.isNarrow();
    this.sizes.observe(scroller);
  }

  override updated(changed: PropertyValues<this>): void {
    const { scroller } = this;
    if (scroller === undefined) {
      return;
    }
    if (changed.has('columns')) {
      this.stacked = this.isNarrow();
    }
    scroller.stacked = this.stacked;
    let stays = false;
    if (changed.has('columns')) {
      stays = scroller.load(this.columns);
      this.requestUpdate();
    } else if (changed.has('stacked')) {
      scroller.refresh();
    } else if (changed.has('hits') || changed.has('differing') || changed.has('flagged')) {
      scroller.markAll();
    }
    if ((changed.has('moves') || changed.has('columns')) && !stays) {
      scroller.reveal(this.column, this.current);
      if (scroller.partCount > 1) {
        this.requestUpdate();
      }
    }
    this.markCurrent();
    if (changed.has('hovered')) {
      unmark(this.lit, 'hovered');
      this.lit = marked(elementsAt(scroller, this.columns, this.hovered), 'hovered');
    }
  }

  /** The text changed and its tokens have been mended: redraws what is seen of the change. */
  applyPatch(change: Change): void {
    this.scroller?.patch(change);
    this.markCurrent();
  }

  /** Keeps the current token on the screen where a readout that grew would hide it. */
  private resized(): void {
    const view = this.renderRoot.querySelector('.scroller')?.getBoundingClientRect();
    const token = this.scroller?.element(this.column, this.current)?.getBoundingClientRect();
    const seen = view && token && token.bottom > view.top && token.top < view.top + this.height;
    this.height = view?.height ?? 0;
    this.stacked = this.isNarrow();
    this.scroller?.resize();
    if (seen) {
      this.scroller?.reveal(this.column, this.current);
    }
  }

  private isNarrow(): boolean {
    return this.columns.length > 1 && this.clientWidth < NARROW * this.columns.length;
  }

  /** Puts the keyboard on the text. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.scroller')?.focus();
  }

  private partBar() {
    const scroller = this.scroller;
    if (scroller === undefined || scroller.partCount < 2) {
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

  private mark(element: HTMLElement, column: number, token: number): void {
    const data = this.columns[column];
    if (data === undefined) {
      return;
    }
    const [start, end] = [data.start(token), data.end(token)];
    const within = (ranges: Ranges | undefined) => ranges !== undefined && overlapping(ranges, start, end) >= 0;
    const { classList } = element;
    classList.toggle('hit', within(this.hits));
    classList.toggle('differs', within(this.differing));
    classList.toggle('flagged', within(this.flagged[column]));
  }

  private markCurrent(): void {
    if (this.scroller !== undefined) {
      this.currentMark.move(this.scroller, this.columns, this.labels, { column: this.column, token: this.current });
    }
  }

  private chosen(event: Event, reveal: boolean): void {
    const place = this.scroller?.tokenOf(event.target);
    if (place !== undefined) {
      this.choose(place[0], place[1], reveal);
    }
  }

  private choose(column: number, token: number, reveal = false): void {
    this.dispatchEvent(new CustomEvent('token-choose', { detail: { column, token, reveal } }));
  }

  private hover(place: readonly [column: number, token: number] | undefined): void {
    const [column, token] = place ?? [-1, -1];
    if (column !== this.hovered.column || token !== this.hovered.token) {
      this.dispatchEvent(new CustomEvent('token-hover', { detail: { column, token } }));
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const last = (this.columns[this.column]?.count ?? 0) - 1;
    const to = this.keyTarget(event.key, last);
    const column = Number(event.key) - 1;
    if (to !== undefined) {
      event.preventDefault();
      this.choose(this.column, Math.max(0, Math.min(to, last)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.choose(this.column, this.current, true);
    } else if (column >= 0 && column < this.columns.length && column !== this.column) {
      event.preventDefault();
      const start = this.columns[this.column]?.start(this.current) ?? 0;
      this.choose(column, (this.columns[column] as TokenData).tokenAt(start));
    }
  }

  private keyTarget(key: string, last: number): number | undefined {
    const lines = (count: number) => this.scroller && lineStep(this.scroller, this.column, this.current, count, last);
    switch (key) {
      case 'ArrowRight':
        return this.current + 1;
      case 'ArrowLeft':
        return this.current - 1;
      case 'Home':
        return 0;
      case 'End':
        return last;
      case 'ArrowDown':
        return lines(1);
      case 'ArrowUp':
        return lines(-1);
      case 'PageDown':
        return lines(this.linesOnScreen());
      case 'PageUp':
        return lines(-this.linesOnScreen());
      default:
        return undefined;
    }
  }

  private linesOnScreen(): number {
    const height = this.renderRoot.querySelector('.scroller')?.clientHeight ?? 0;
    const line = Number.parseFloat(getComputedStyle(this.renderRoot.querySelector('.pages') as Element).lineHeight);
    const lanes = this.stacked ? this.columns.length : 1;
    return Math.max(1, Math.floor(height / ((line || 24) * lanes)) - 1);
  }
}

customElements.define('tokens-text', TokensText);
