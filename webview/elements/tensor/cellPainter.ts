// Draws a heatmap's cells on a canvas: colours, borders, numbers, ghosts. Pools large grids in the background, a piece at
// a time, and says when a finer picture can be drawn.

import { systemClock } from '../../../src/shared/environment.ts';
import type { DType } from '../../../src/shared/trace.ts';
import { type Grid, topCell } from './grid.ts';
import { drawGhosts, drawNumbers, type Inks, type Region, widthFor } from './heatmapInk.ts';
import { lengthWith, MOST_PLACES, placesNeeded } from './numberText.ts';
import { type Look, levelFor, type Picture, paint } from './paint.ts';
import { type Pooling, Pyramid } from './pyramid.ts';
import type { Extent, Range, Size, Viewport } from './viewport.ts';

/** More numbers than this are not looked through for how many decimal places they need. */
const MOST_LOOKED = 1 << 16;
/** Milliseconds of work between two looks at what else there is to do. */
const SLICE_OF_WORK = 10;

/** The part of the cells that is on the screen, and how coarse it is. */
export interface Shown {
  readonly rows: Range;
  readonly columns: Range;
  /** So many cells by so many are one point of the picture. */
  readonly pooled: number;
  /** Every so-manieth cell is held of what is shown. */
  readonly sampled: number;
}

/** What a picture is drawn of. */
export interface Cells {
  readonly view: Viewport;
  readonly extent: Extent;
  readonly size: Size;
  readonly look: Look;
  readonly dtype: DType;
  readonly inks: Inks;
  readonly ghosts: readonly Region[];
}

export class CellPainter {
  private readonly onPooled: () => void;
  private layers: readonly Grid[] = [];
  private pyramids = new Map<Grid, Pyramid>();
  /** Decimal places that the numbers need. */
  private places = MOST_PLACES;
  private picture: (Picture & { readonly image: ImageData }) | undefined;
  private work: ReturnType<typeof setTimeout> | undefined;

  /** @param onPooled called when what was drawn coarsely can be drawn better. */
  constructor(onPooled: () => void) {
    this.onPooled = onPooled;
  }

  /** True while a level is being made. */
  get busy(): boolean {
    return this.work !== undefined;
  }

  /** What is drawn from now on; what was pooled of a grid that stays is kept. */
  take(layers: readonly Grid[], pooling: Pooling): void {
    this.layers = layers;
    const all = layers.map(({ data }) => (data.length > MOST_LOOKED ? MOST_PLACES : placesNeeded(data)));
    this.places = Math.max(0, ...all);
    const kept = layers.map((grid) => [grid, this.pyramids.get(grid)] as const);
    this.pyramids = new Map(
      kept.map(([grid, old]) => [grid, old?.pooling === pooling ? old : new Pyramid(grid, pooling)]),
    );
    this.stop();
  }

  /** Pixels that a column needs for its numbers to be read. */
  leastWidth({ scale }: Look, dtype: DType): number {
    return widthFor(lengthWith(scale, dtype, this.places));
  }

  stop(): void {
    clearTimeout(this.work);
    this.work = undefined;
  }

  /** How coarse the picture is at this zoom. */
  grain(view: Viewport): Pick<Shown, 'pooled' | 'sampled'> {
    const grid = this.layers.at(-1);
    return grid === undefined
      ? { pooled: 1, sampled: 1 }
      : {
          pooled: 2 ** levelFor(view, grid, window.devicePixelRatio),
          sampled: Math.max(grid.rowStep, grid.columnStep),
        };
  }

  /** Draws at once. What it costs depends on the box's pixels and not on how many cells there are. */
  draw(canvas: HTMLCanvasElement, { view, extent, size, look, dtype, inks, ghosts }: Cells): void {
    const context = sized(canvas, size);
    if (context === null) {
      return;
    }
    const density = window.devicePixelRatio;
    const { width, height } = canvas;
    if (this.picture?.width !== width || this.picture.height !== height) {
      const image = new ImageData(width, height);
      this.picture = { image, pixels: new Uint32Array(image.data.buffer), width, height, density };
    }
    const { picture } = this;
    picture.pixels.fill(0);
    for (const grid of this.layers) {
      const wanted = levelFor(view, grid, density);
      const pyramid = this.pyramids.get(grid);
      paint(picture, view, grid, look, pyramid?.level(wanted));
      if (pyramid !== undefined && pyramid.levels.length < wanted) {
        this.buildLater(pyramid, wanted);
      }
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.putImageData(picture.image, 0, 0);
    context.setTransform(density, 0, 0, density, 0, 0);
    drawGhosts(context, view, size, inks, ghosts);
    drawNumbers(context, view, extent, size, { ...look, dtype, places: this.places, inks, ghosts }, (row, column) =>
      topCell(this.layers, row, column),
    );
  }

  /** Pools cells in pieces of work, so that the page goes on answering. */
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
          this.onPooled();
          return;
        }
      }
      this.work = setTimeout(go);
    };
    this.work = setTimeout(go);
  }
}

/** The canvas's context, the canvas as large as the box has pixels on this screen. */
export function sized(canvas: HTMLCanvasElement, size: Size): CanvasRenderingContext2D | null {
  const density = window.devicePixelRatio;
  const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
  if (canvas.width !== width || canvas.height !== height) {
    [canvas.width, canvas.height] = [width, height];
  }
  return canvas.getContext('2d');
}
