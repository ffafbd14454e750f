// A grid of numbers as coloured cells: canvas for the cells (cellPainter.ts), SVG for the axes, a focusable box with a
// cell cursor. It knows no tensors: tensorView.ts chooses the grid, the colours and what lights up.
// Emits `cell-move` with a {@link CellPlace}, `cell-hover` with one or null, and `view-change` with {@link Shown}.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { DType } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { type AxisText, acrossAxis, downAxis, type Gutters, guttersFor } from './axes.ts';
import { CellPainter, type Shown, sized } from './cellPainter.ts';
import type { Grid } from './grid.ts';
import { drawMarks, inksOf, type Region } from './heatmapInk.ts';
import { type CellPlace, keyAction, within } from './heatmapKeys.ts';
import { HeatmapPointer } from './heatmapPointer.ts';
import { placeCells, scrollMark, scrolls } from './heatmapScroll.ts';
import { heatmapStyles } from './heatmapStyles.ts';
import type { Look } from './paint.ts';
import type { Pooling } from './pyramid.ts';
import {
  cellUnder,
  clamped,
  type Extent,
  fitted,
  fittedHeight,
  panned,
  readable,
  readableWidth,
  revealing,
  type Size,
  sameExtent,
  type Viewport,
  visible,
  zoomed,
} from './viewport.ts';

/** Pixels: a picture is higher in a higher window, so that much of it is seen at once with what belongs to it. */
const tallest = () => Math.max(320, Math.min(640, window.innerHeight * 0.55));
const ZOOM = 1.5;

export class TensorHeatmap extends LitElement {
  static override properties = {
    extent: { attribute: false },
    layers: { attribute: false },
    look: { attribute: false },
    dtype: {},
    pooling: {},
    cursor: { attribute: false },
    regions: { attribute: false },
    ghosts: { attribute: false },
    differing: { attribute: false },
    down: { attribute: false },
    across: { attribute: false },
    label: {},
    view: { state: true },
    room: { state: true },
  };
  static override styles = [baseStyles, heatmapStyles];
  declare extent: Extent;
  /** What is held of it; later ones are drawn over earlier ones. */
  declare layers: readonly Grid[];
  declare look: Look;
  declare dtype: DType;
  declare pooling: Pooling;
  declare cursor: CellPlace;
  /** Cells that light up. */
  declare regions: readonly Region[];
  /** Cells that are copies and exist only in the picture. */
  declare ghosts: readonly Region[];
  /** Cells that differ from what this is shown against: they get a notch. */
  declare differing: readonly Region[];
  declare down: AxisText;
  declare across: AxisText;
  declare label: string;
  declare view: Viewport | undefined;
  /** Pixels of the whole element's width. */
  declare room: number;
  private observer: ResizeObserver | undefined;
  private frame = 0;
  /** The view is what one begins with, or the whole: it stays so in a room of another width. */
  private fits: typeof readable | typeof fitted | undefined = readable;
  private stale = true;
  private leastWidth = 0; // pixels that a column needs for its numbers to be read
  private readonly painter = new CellPainter(() => {
    this.stale = true;
    this.requestUpdate();
  });
  private readonly pointer = new HeatmapPointer({
    hover: (at) => {
      const detail = at === null ? null : (this.under(at) ?? null);
      this.dispatchEvent(new CustomEvent<CellPlace | null>('cell-hover', { detail }));
    },
    pick: (at) => {
      const place = this.under(at);
      if (place !== undefined) {
        this.moveTo(place.row, place.column);
      }
    },
    pan: (dx, dy) => {
      const { view } = this;
      const next = view && panned(view, dx, dy, this.extent, this.size);
      if (view === undefined || next === undefined || (next.x === view.x && next.y === view.y)) {
        return false;
      }
      this.view = next;
      this.fits = undefined;
      return true;
    },
    zoom: (factor, at) => this.zoomAt(factor, at),
  });

  constructor() {
    super();
    this.layers = [];
    this.regions = [];
    this.ghosts = [];
    this.differing = [];
    this.room = 0;
    this.pooling = 'mean';
    this.dtype = 'f32';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer = new ResizeObserver(([entry]) => {
      this.room = Math.floor(entry?.contentRect.width ?? 0);
    });
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
    cancelAnimationFrame(this.frame);
    this.painter.stop();
  }

  private get gutters(): Gutters {
    return guttersFor(this.down, this.across, this.extent, this.room, readableWidth(this.extent, this.leastWidth));
  }

  /** Pixels that there are for the cells. */
  private get size(): Size {
    const width = Math.max(1, this.room - this.gutters.left - 1);
    return { width, height: fittedHeight(this.extent, { width, height: tallest() }) };
  }

  /** Pixels of the box of cells: no wider than they are. */
  private get box(): Size {
    const { width, height } = this.size;
    const { columnSize } = this.view as Viewport;
    return { width: Math.max(1, Math.min(width, Math.ceil(this.extent.columns * columnSize))), height };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('layers') || changed.has('pooling')) {
      this.painter.take(this.layers, this.pooling);
      this.leastWidth = this.painter.leastWidth(this.look, this.dtype);
    }
    if (this.room === 0) {
      return;
    }
    const before = changed.get('extent') as Extent | undefined;
    const other = changed.has('extent') && !sameExtent(before, this.extent);
    if (this.view === undefined || other || (changed.has('room') && this.fits !== undefined)) {
      this.fits = other ? readable : (this.fits ?? readable);
      this.view = this.fits(this.extent, this.size, this.leastWidth);
    } else if (changed.has('room')) {
      this.view = clamped(this.view, this.extent, this.size);
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view, gutters, extent } = this;
    if (view === undefined) {
      return nothing;
    }
    const size = this.box;
    return html`<svg aria-hidden="true">
        ${acrossAxis(this.across, view, extent, size, gutters)}${downAxis(this.down, view, extent, size, gutters)}
        ${scrollMark(view, extent, size, gutters)}
      </svg>
      <div
        class="cells"
        tabindex="0"
        role="application"
        aria-roledescription=${t('heatmap')}
        aria-label=${this.label}
        @keydown=${this.onKey}
        @wheel=${this.pointer.wheel}
        @pointerdown=${this.pointer.down}
        @pointermove=${this.pointer.move}
        @pointerup=${this.pointer.up}
        @pointercancel=${this.pointer.up}
        @pointerleave=${this.pointer.leave}
      >
        <canvas class="data"></canvas>
        <canvas class="marks"></canvas>
      </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.view === undefined) {
      return;
    }
    const { gutters, box: size } = this;
    placeCells(this, gutters, size, scrolls(this.view, this.extent, size));
    const onlyMarks = [...changed.keys()].every((name) => name === 'cursor' || name === 'regions' || name === 'label');
    cancelAnimationFrame(this.frame);
    this.stale ||= !onlyMarks;
    this.frame = requestAnimationFrame(() => {
      if (this.stale) {
        this.draw();
      }
      this.drawMarks();
    });
    if (changed.has('view') || changed.has('layers')) {
      const detail: Shown = { ...visible(this.view, this.extent, size), ...this.painter.grain(this.view) };
      this.dispatchEvent(new CustomEvent('view-change', { detail }));
    }
  }

  /** Draws the cells at once. What it costs depends on the box's pixels and not on how many cells there are. */
  draw(): void {
    const { view, extent, look, dtype, ghosts } = this;
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('canvas.data');
    if (view !== undefined && canvas !== null) {
      this.stale = false;
      this.painter.draw(canvas, { view, extent, size: this.box, look, dtype, inks: inksOf(this), ghosts });
    }
  }

  /** True when nothing is left to be pooled for what is on the screen. */
  get complete(): boolean {
    return this.view !== undefined && !this.stale && !this.painter.busy;
  }

  private drawMarks(): void {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('canvas.marks');
    const context = canvas === null || this.view === undefined ? null : sized(canvas, this.box);
    if (this.view !== undefined && context !== null) {
      const density = window.devicePixelRatio;
      context.setTransform(density, 0, 0, density, 0, 0);
      const { cursor, regions, differing } = this;
      drawMarks(context, this.view, this.box, inksOf(this), { cursor, regions, differing });
    }
  }

  /** Zooms about the cursor's cell, or to the whole. */
  zoom(how: 'in' | 'out' | 'fit'): void {
    if (this.view === undefined) {
      return;
    }
    if (how === 'fit') {
      this.fits = fitted;
      this.view = fitted(this.extent, this.size);
      return;
    }
    const { view, cursor, size } = this;
    const near = (at: number, most: number) => Math.min(Math.max(0, at), most);
    this.zoomAt(how === 'in' ? ZOOM : 1 / ZOOM, {
      x: near((cursor.column + 0.5 - view.x) * view.columnSize, size.width),
      y: near((cursor.row + 0.5 - view.y) * view.rowSize, size.height),
    });
    this.reveal(cursor);
  }

  private zoomAt(factor: number, at: { readonly x: number; readonly y: number }): void {
    if (this.view !== undefined) {
      this.view = zoomed(this.view, factor, at, this.extent, this.size);
      this.fits = undefined;
    }
  }

  /** Moves the cursor and brings it into view. */
  moveTo(row: number, column: number): void {
    const place = within({ row, column }, this.extent);
    this.cursor = place;
    this.reveal(place);
    this.dispatchEvent(new CustomEvent('cell-move', { detail: place }));
  }

  private reveal({ row, column }: CellPlace): void {
    this.view = this.view && revealing(this.view, row, column, this.extent, this.size);
  }

  private onKey(event: KeyboardEvent): void {
    const page = Math.floor(this.size.height / (this.view?.rowSize ?? 1)) - 1;
    const action = keyAction(event, this.cursor, this.extent, Math.max(1, page));
    if (action === undefined) {
      return;
    }
    if (typeof action === 'string') {
      this.zoom(action);
    } else {
      this.moveTo(action.row, action.column);
    }
    event.preventDefault();
    event.stopPropagation(); // the same keys walk from step to step outside
  }

  private under({ x, y }: { readonly x: number; readonly y: number }): CellPlace | undefined {
    return this.view === undefined ? undefined : cellUnder(this.view, x, y, this.extent);
  }
}
customElements.define('tensor-heatmap', TensorHeatmap);
