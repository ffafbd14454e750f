// A grid of numbers as coloured cells: canvas for the cells, SVG for the axes, a focusable box with a cell cursor. Draws
// only what is on the screen. It knows no tensors: tensorView.ts chooses the grid, the colours and what lights up.
// Emits `cell-move` with a {@link CellPlace}, `cell-hover` with one or null, and `view-change` with {@link Shown}.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { systemClock } from '../../../src/shared/environment.ts';
import type { DType } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { type AxisText, acrossAxis, downAxis, type Gutters, guttersFor } from './axes.ts';
import { cellAt, type Grid } from './grid.ts';
import { drawMarks, drawNumbers, type Inks, type Region } from './heatmapInk.ts';
import { type CellPlace, keyAction } from './heatmapKeys.ts';
import { heatmapStyles } from './heatmapStyles.ts';
import { type Look, levelFor, type Picture, paint } from './paint.ts';
import { type Pooling, Pyramid } from './pyramid.ts';
import {
  cellUnder,
  clamped,
  type Extent,
  fitted,
  fittedHeight,
  panned,
  type Range,
  revealing,
  type Size,
  type Viewport,
  visible,
  zoomed,
} from './viewport.ts';

/** What `view-change` carries. */
export interface Shown {
  readonly rows: Range;
  readonly columns: Range;
  /** So many cells by so many are one point of the picture. */
  readonly pooled: number;
  /** Every so-manieth cell is held of what is shown. */
  readonly sampled: number;
}

const TALLEST = 420;
const ZOOM = 1.5;
/** Milliseconds of work between two looks at what else there is to do. */
const SLICE_OF_WORK = 10;

export class TensorHeatmap extends LitElement {
  static override properties = {
    extent: { attribute: false },
    layers: { attribute: false },
    look: { attribute: false },
    dtype: {},
    pooling: {},
    cursor: { attribute: false },
    regions: { attribute: false },
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
  declare down: AxisText;
  declare across: AxisText;
  declare label: string;
  declare view: Viewport | undefined;
  /** Pixels of the whole element's width. */
  declare room: number;
  private pyramids = new Map<Grid, Pyramid>();
  private picture: (Picture & { readonly image: ImageData }) | undefined;
  private observer: ResizeObserver | undefined;
  private frame = 0;
  private work: ReturnType<typeof setTimeout> | undefined;
  private drag: { x: number; y: number; moved: boolean } | undefined;

  constructor() {
    super();
    this.layers = [];
    this.regions = [];
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
    clearTimeout(this.work);
    this.work = undefined;
  }

  private get gutters(): Gutters {
    return guttersFor(this.down, this.across, this.extent, this.room);
  }

  /** Pixels of the box of cells. */
  private get size(): Size {
    const width = Math.max(1, this.room - this.gutters.left - 1);
    return { width, height: fittedHeight(this.extent, { width, height: TALLEST }) };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('layers') || changed.has('pooling')) {
      const kept = this.layers.map((grid) => [grid, this.pyramids.get(grid)] as const);
      this.pyramids = new Map(
        kept.map(([grid, old]) => [grid, old?.pooling === this.pooling ? old : new Pyramid(grid, this.pooling)]),
      );
      clearTimeout(this.work);
      this.work = undefined;
    }
    if (this.room === 0) {
      return;
    }
    const before = changed.get('extent') as Extent | undefined;
    const { rows, columns } = this.extent;
    const other = changed.has('extent') && (before?.rows !== rows || before?.columns !== columns);
    if (this.view === undefined || other || (changed.has('room') && this.fits)) {
      this.view = fitted(this.extent, this.size);
      this.fits = true;
    } else if (changed.has('room')) {
      this.view = clamped(this.view, this.extent, this.size);
    }
  }

  private fits = true;

  protected override render(): TemplateResult | typeof nothing {
    const { view, gutters, size, extent } = this;
    if (view === undefined) {
      return nothing;
    }
    return html`<svg aria-hidden="true">
        ${acrossAxis(this.across, view, extent, size, gutters)}${downAxis(this.down, view, extent, size, gutters)}
      </svg>
      <div
        class="cells"
        tabindex="0"
        role="application"
        aria-roledescription=${t('heatmap')}
        aria-label=${this.label}
        @keydown=${this.onKey}
        @wheel=${{ handleEvent: (event: WheelEvent) => this.onWheel(event), passive: false }}
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @pointercancel=${this.onUp}
        @pointerleave=${() => this.hover(null)}
      >
        <canvas class="data"></canvas>
        <canvas class="marks"></canvas>
      </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.view === undefined) {
      return;
    }
    const { gutters, size } = this;
    const box = this.renderRoot.querySelector<HTMLElement>('.cells') as HTMLElement;
    this.style.height = `${gutters.top + size.height + 1}px`;
    Object.assign(box.style, {
      left: `${gutters.left}px`,
      top: `${gutters.top}px`,
      width: `${size.width}px`,
      height: `${size.height}px`,
    });
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
      const detail: Shown = { ...visible(this.view, this.extent, size), ...this.detail() };
      this.dispatchEvent(new CustomEvent('view-change', { detail }));
    }
  }

  private stale = true;

  /** Draws the cells at once. What it costs depends on the box's pixels and not on how many cells there are. */
  draw(): void {
    const view = this.view;
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('canvas.data');
    const context = canvas?.getContext('2d');
    if (view === undefined || canvas === null || context === null || context === undefined) {
      return;
    }
    this.stale = false;
    const { size } = this;
    const density = window.devicePixelRatio;
    const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
    }
    if (this.picture?.width !== width || this.picture.height !== height) {
      const image = new ImageData(width, height);
      this.picture = { image, pixels: new Uint32Array(image.data.buffer), width, height, density };
    }
    const { picture } = this;
    picture.pixels.fill(0);
    for (const grid of this.layers) {
      const wanted = levelFor(view, grid, density);
      const pyramid = this.pyramids.get(grid);
      paint(picture, view, grid, this.look, pyramid?.level(wanted));
      if (pyramid !== undefined && pyramid.levels.length < wanted) {
        this.buildLater(pyramid, wanted);
      }
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.putImageData(picture.image, 0, 0);
    context.setTransform(density, 0, 0, density, 0, 0);
    drawNumbers(
      context,
      view,
      this.extent,
      size,
      { ...this.look, dtype: this.dtype, inks: this.inks() },
      (row, column) => this.cell(row, column),
    );
  }

  private detail(): { pooled: number; sampled: number } {
    const grid = this.layers.at(-1);
    return grid === undefined || this.view === undefined
      ? { pooled: 1, sampled: 1 }
      : {
          pooled: 2 ** levelFor(this.view, grid, window.devicePixelRatio),
          sampled: Math.max(grid.rowStep, grid.columnStep),
        };
  }

  /** True when nothing is left to be pooled for what is on the screen. */
  get complete(): boolean {
    return this.view !== undefined && !this.stale && this.work === undefined;
  }

  private drawMarks(): void {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('canvas.marks');
    const context = canvas?.getContext('2d');
    if (this.view === undefined || canvas === null || context === null || context === undefined) {
      return;
    }
    const { size } = this;
    const density = window.devicePixelRatio;
    const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
    }
    context.setTransform(density, 0, 0, density, 0, 0);
    drawMarks(context, this.view, size, this.inks(), { cursor: this.cursor, regions: this.regions });
  }

  /** The number at a cell, from the topmost layer that holds it. */
  private cell(row: number, column: number): number | undefined {
    for (const grid of this.layers.toReversed()) {
      const value = cellAt(grid, row, column);
      if (value !== undefined) {
        return value;
      }
    }
    return undefined;
  }

  private inks(): Inks {
    const style = getComputedStyle(this);
    const color = (name: string) => style.getPropertyValue(name).trim();
    return {
      ink: color('--vscode-editor-foreground'),
      paper: color('--vscode-editor-background'),
      font: `10.5px ${color('--vscode-editor-font-family') || 'monospace'}`,
    };
  }

  /** Pools cells in pieces of work, so that the page goes on answering, and draws again when the level is there. */
  private buildLater(pyramid: Pyramid, wanted: number): void {
    if (this.work !== undefined) {
      return;
    }
    const building = pyramid.build(wanted);
    const go = () => {
      const until = systemClock.elapsed() + SLICE_OF_WORK;
      while (systemClock.elapsed() < until) {
        if (building.next().done) {
          this.work = undefined;
          this.stale = true;
          this.requestUpdate();
          this.dispatchEvent(new CustomEvent('pooled'));
          return;
        }
      }
      this.work = setTimeout(go);
    };
    this.work = setTimeout(go);
  }

  /** Zooms about the cursor's cell, or to the whole. */
  zoom(how: 'in' | 'out' | 'fit'): void {
    if (this.view === undefined) {
      return;
    }
    if (how === 'fit') {
      this.view = fitted(this.extent, this.size);
      this.fits = true;
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

  private zoomAt(factor: number, at: { x: number; y: number }): void {
    this.view = zoomed(this.view as Viewport, factor, at, this.extent, this.size);
    this.fits = false;
  }

  /** Moves the cursor and brings it into view. */
  moveTo(row: number, column: number): void {
    const { rows, columns } = this.extent;
    const place = { row: Math.max(0, Math.min(rows - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) };
    this.cursor = place;
    this.reveal(place);
    this.dispatchEvent(new CustomEvent('cell-move', { detail: place }));
  }

  reveal({ row, column }: CellPlace): void {
    if (this.view !== undefined) {
      this.view = revealing(this.view, row, column, this.extent, this.size);
    }
  }

  private onKey(event: KeyboardEvent): void {
    const page = this.view === undefined ? 1 : Math.max(1, Math.floor(this.size.height / this.view.rowSize) - 1);
    const action = keyAction(event, this.cursor, this.extent, page);
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

  private onWheel(event: WheelEvent): void {
    // Without Ctrl the wheel scrolls the page; a pinch on a touchpad arrives as a wheel with Ctrl.
    if ((event.ctrlKey || event.metaKey) && this.view !== undefined) {
      event.preventDefault();
      this.zoomAt(2 ** (-event.deltaY / (event.deltaMode === 1 ? 6 : 200)), { x: event.offsetX, y: event.offsetY });
    }
  }

  private onDown(event: PointerEvent): void {
    if (event.button === 0) {
      this.drag = { x: event.clientX, y: event.clientY, moved: false };
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    }
  }

  private onMove(event: PointerEvent): void {
    if (this.drag === undefined || this.view === undefined) {
      this.hover(this.view === undefined ? null : (this.under(event) ?? null));
      return;
    }
    const [dx, dy] = [event.clientX - this.drag.x, event.clientY - this.drag.y];
    if (!this.drag.moved && Math.hypot(dx, dy) < 4) {
      return;
    }
    this.drag = { x: event.clientX, y: event.clientY, moved: true };
    (event.currentTarget as Element).classList.add('dragging');
    this.view = panned(this.view, dx, dy, this.extent, this.size);
    this.fits = false;
  }

  private onUp(event: PointerEvent): void {
    const place = this.drag?.moved === false ? this.under(event) : undefined;
    this.drag = undefined;
    (event.currentTarget as Element).classList.remove('dragging');
    if (place !== undefined) {
      this.moveTo(place.row, place.column);
    }
  }

  private under(event: PointerEvent): CellPlace | undefined {
    return cellUnder(this.view as Viewport, event.offsetX, event.offsetY, this.extent);
  }

  private hover(place: CellPlace | null): void {
    this.dispatchEvent(new CustomEvent('cell-hover', { detail: place }));
  }
}
customElements.define('tensor-heatmap', TensorHeatmap);
