// The tokens as a table: one row a token, of which only those on the screen exist. Past some millions of px, where
// browsers stop drawing, the scroll bar is scaled and the wheel still moves by single rows.

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { baseStyles } from '../elements/base.ts';
import { hexBytes } from '../elements/visibleText.ts';
import { t } from '../l10n.ts';
import { looks, nextPlace, placeInLine } from './colours.ts';
import { partsOf, partsOfText } from './display.ts';
import { partTemplates } from './partTemplates.ts';
import { overlapping, type Ranges } from './ranges.ts';
import { tableStyles } from './tableStyles.ts';
import type { TokenData } from './tokenData.ts';
import { tokenStyles } from './tokenStyles.ts';

/** Height of a row, and of the heading, in px; stated in the styles too. */
export const ROW = 26;
/** Highest scroller that every browser draws, in px. */
export const MOST_HEIGHT = 8_000_000;

export class TokensTable extends LitElement {
  static override properties = {
    data: { attribute: false },
    current: { type: Number },
    hovered: { type: Number },
    hits: { attribute: false },
    revision: { type: Number },
    column: { type: Number },
    moves: { type: Number },
    top: { state: true },
    height: { state: true },
  };
  static override styles = [baseStyles, tokenStyles, tableStyles];

  declare data: TokenData | undefined;
  declare current: number;
  declare hovered: number;
  declare hits: Ranges | undefined;
  /** Goes up when the data was mended in place. */
  declare revision: number;
  /** Goes up when the current token shall be brought onto the screen. */
  declare moves: number;
  /** Which of the columns the data are: said with every event. */
  declare column: number;
  /** What the top of the screen shows, in px of the unscaled table. */
  declare top: number;
  /** Px of rows on the screen. */
  declare height: number;
  private readonly sizes = new ResizeObserver(() => this.measure());

  constructor() {
    super();
    this.current = -1;
    this.hovered = -1;
    this.revision = 0;
    this.column = 0;
    this.moves = 0;
    this.top = 0;
    this.height = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  override firstUpdated(): void {
    const scroller = this.scroller();
    this.sizes.observe(scroller);
    scroller.addEventListener('wheel', (event) => this.onWheel(event), { passive: false });
    this.measure();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('data')) {
      this.top = 0;
    }
    if (changed.has('moves') || changed.has('data')) {
      this.bring(this.current);
    }
    this.top = Math.max(0, Math.min(this.top, this.mostTop()));
  }

  override render() {
    const count = this.data?.count ?? 0;
    const first = Math.floor(this.top / ROW);
    const rows = Math.min(count - first, Math.ceil(this.height / ROW) + 1);
    const pieces = (this.data?.pieces.size ?? 0) > 0;
    return html`<div
      class="scroller"
      role="grid"
      tabindex="0"
      aria-label=${t('Tokens as a table')}
      aria-rowcount=${count + 1}
      aria-colcount=${pieces ? 6 : 5}
      aria-activedescendant=${this.current >= first && this.current < first + rows ? `r${this.current}` : nothing}
      @scroll=${() => this.onScroll()}
      @keydown=${(event: KeyboardEvent) => this.onKey(event)}
      @pointerleave=${() => this.hover(-1)}
    >
      <div class="space" role="presentation">
        <div class="window" role="presentation">
          <div class=${pieces ? 'line heading pieces' : 'line heading'} role="row" aria-rowindex="1">
            <span class="end" role="columnheader">#</span>
            <span class="end" role="columnheader">${t('Id')}</span>
            <span role="columnheader">${t('Text')}</span>
            ${pieces ? html`<span role="columnheader" title=${t('As the vocabulary writes it')}>${t('Piece')}</span>` : nothing}
            <span role="columnheader">${t('Bytes')}</span>
            <span role="columnheader" title=${t('UTF-16 offsets, the end not included')}>${t('Start–end')}</span>
          </div>
          <div class="rows" role="presentation">
            ${this.rows(first, Math.max(0, rows), pieces)}
          </div>
        </div>
      </div>
    </div>`;
  }

  override updated(): void {
    const { clientHeight } = this.scroller();
    const find = (name: string) => this.renderRoot.querySelector<HTMLElement>(name) as HTMLElement;
    find('.space').style.height = `${this.spaceHeight()}px`;
    find('.window').style.height = `${Math.min(clientHeight, this.spaceHeight())}px`;
    find('.rows').style.transform = `translateY(${-(this.top % ROW)}px)`;
    this.scrollTo_();
  }

  override focus(): void {
    this.scroller().focus();
  }

  private rows(first: number, count: number, pieces: boolean) {
    const { data } = this;
    if (data === undefined || count === 0) {
      return nothing;
    }
    let place = placeInLine(data, first);
    return Array.from({ length: count }, (_, at) => {
      const row = this.row(data, first + at, place, pieces);
      place = nextPlace(data, first + at, place);
      return row;
    });
  }

  private row(data: TokenData, token: number, place: number, pieces: boolean) {
    const classes = {
      line: true,
      pieces,
      current: token === this.current,
      hovered: token === this.hovered,
      hit: this.hits !== undefined && overlapping(this.hits, data.start(token), data.end(token)) >= 0,
    };
    return html`<div
      id=${`r${token}`}
      class=${classMap(classes)}
      role="row"
      aria-rowindex=${token + 2}
      aria-selected=${token === this.current}
      @click=${() => this.choose(token)}
      @dblclick=${() => this.choose(token, true)}
      @pointerenter=${() => this.hover(token)}
    >
      <span class="end number" role="gridcell">${token + 1}</span>
      <span class="end" role="gridcell">${data.id(token)}</span>
      <span class="mono" role="gridcell"
        ><span class=${looks(place)}>${partTemplates(partsOf(data, token))}</span></span
      >
      ${pieces ? html`<span class="mono" role="gridcell">${partTemplates(partsOfText(data.pieces.get(data.id(token)) ?? ''))}</span>` : nothing}
      <span class="mono" role="gridcell">${hexBytes(data.bytesOf(token))}</span>
      <span class="tabular" role="gridcell">${data.start(token)}–${data.end(token)}</span>
    </div>`;
  }

  private scroller(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.scroller') as HTMLElement;
  }

  private measure(): void {
    const before = this.height;
    const at = this.current * ROW;
    const seen = at + ROW > this.top && at < this.top + before;
    this.height = Math.max(0, this.scroller().clientHeight - ROW);
    if (before === 0 || seen) {
      this.bring(this.current);
    }
  }

  /** Px of all rows. */
  private wholeHeight(): number {
    return (this.data?.count ?? 0) * ROW;
  }

  /** Px that the scroller is given: all rows and the heading, or as much as browsers draw. */
  private spaceHeight(): number {
    return Math.min(this.wholeHeight(), MOST_HEIGHT) + ROW;
  }

  private mostTop(): number {
    return Math.max(0, this.wholeHeight() - this.height);
  }

  /** Px of the table for each px of the scroll bar. */
  private scale(): number {
    const scrollable = this.spaceHeight() - ROW - this.height;
    return scrollable > 0 ? Math.max(1, this.mostTop() / scrollable) : 1;
  }

  /** Moves the scroll bar to where `top` is. */
  private scrollTo_(): void {
    const wanted = this.top / this.scale();
    const scroller = this.scroller();
    if (Math.abs(scroller.scrollTop - wanted) >= 1) {
      scroller.scrollTop = wanted;
    }
  }

  private onScroll(): void {
    const { scrollTop, clientHeight } = this.scroller();
    if (clientHeight - ROW !== this.height) {
      // The scroller got another height and moved by itself: nobody scrolled.
      this.measure();
      return;
    }
    // What was scrolled from here is already exact; the scroll bar only knows whole px.
    if (Math.abs(scrollTop - this.top / this.scale()) >= 1) {
      this.top = scrollTop * this.scale();
    }
  }

  private onWheel(event: WheelEvent): void {
    if (this.scale() === 1 || event.ctrlKey || event.deltaY === 0) {
      return;
    }
    event.preventDefault();
    const unit =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE
        ? ROW
        : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
          ? this.height
          : 1;
    this.top += event.deltaY * unit;
    this.scroller().scrollLeft += event.deltaX;
  }

  /** Brings a row onto the screen, moving as little as needed; a far one to the middle. */
  private bring(token: number): void {
    if (token < 0 || this.height === 0) {
      return;
    }
    const at = token * ROW;
    if (at < this.top - this.height || at > this.top + 2 * this.height) {
      this.top = at - this.height / 2;
    } else if (at < this.top) {
      this.top = at;
    } else if (at + ROW > this.top + this.height) {
      this.top = at + ROW - this.height;
    }
  }

  private choose(token: number, reveal = false): void {
    this.dispatchEvent(new CustomEvent('token-choose', { detail: { column: this.column, token, reveal } }));
  }

  private hover(token: number): void {
    if (token !== this.hovered) {
      this.dispatchEvent(new CustomEvent('token-hover', { detail: { column: token < 0 ? -1 : this.column, token } }));
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const last = (this.data?.count ?? 0) - 1;
    const page = Math.max(1, Math.floor(this.height / ROW) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: this.current + 1,
      ArrowUp: this.current - 1,
      PageDown: this.current + page,
      PageUp: this.current - page,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.choose(Math.max(0, Math.min(to, last)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.choose(this.current, true);
    }
  }
}

customElements.define('tokens-table', TokensTable);
