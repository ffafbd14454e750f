// The points of a map as they are drawn: which painter draws them, with which marks, and how far they have gone when they
// move from one layout to another. Knows nothing of what is chosen, named or pointed at.

import { systemClock } from '../../../src/shared/environment.ts';
import type { Place, Plane } from '../points/plane.ts';
import type { Rgb, ThemeKind } from '../tensor/palette.ts';
import { CanvasPainter } from './canvasPainter.ts';
import { countOf, type MapData, NO_POINTS, slotsOf } from './mapData.ts';
import { colorsOfMap, groundOf } from './mapPalette.ts';
import type { MapPainter } from './painter.ts';
import { PointGrid } from './pointGrid.ts';
import { radiusFor, type Sprites, spriteOf, spritesOf } from './sprites.ts';
import { hasGraphics, WebglPainter } from './webglPainter.ts';

/** Milliseconds that points take from one layout to the next. */
const TRAVEL = 700;
/** From so many points on the graphics processor draws them: contexts are few, and fewer points need none. */
const MANY = 1500;

export type PainterKind = MapPainter['kind'];

export class MapPicture {
  data: MapData = NO_POINTS;
  /** Which colour and shape each point has. */
  slots: Uint8Array = new Uint8Array();
  /** Of a mark, in pixels of the page. */
  radius = 4;
  /** Of where the points are going. */
  grid = new PointGrid(NO_POINTS.xy);
  private readonly onLost: () => void;
  private from: Float32Array = NO_POINTS.xy;
  private marks: Uint8Array = new Uint8Array();
  private begun: number | undefined;
  private painter: MapPainter | undefined;
  private canvas: HTMLCanvasElement | undefined;
  private taken = false;
  private sprites: { readonly key: string; readonly made: Sprites } | undefined;
  /** WebGL was taken away, or is not there. */
  private without = false;

  /** @param onLost called when a canvas is of no more use: the next drawing wants a fresh one. */
  constructor(onLost: () => void) {
    this.onLost = onLost;
  }

  get count(): number {
    return countOf(this.data);
  }

  get kind(): PainterKind | undefined {
    return this.painter?.kind;
  }

  /** Other points, or the same ones in another layout: those go there if `travel`. */
  take(data: MapData, travel: boolean): void {
    const same = data.xy.length === this.data.xy.length && data.xy.length > 0;
    this.from = travel && same ? this.now() : data.xy;
    this.begun = travel && same ? systemClock.elapsed() : undefined;
    this.data = data;
    this.slots = slotsOf(data);
    this.marks = this.slots.map((slot, index) => spriteOf(slot, data.sampled?.[index] ?? 1));
    this.grid = new PointGrid(data.xy);
    this.taken = false;
  }

  /** How far the points have gone, 0 to 1: slow at both ends. */
  get moved(): number {
    if (this.begun === undefined) {
      return 1;
    }
    const t = Math.min(1, (systemClock.elapsed() - this.begun) / TRAVEL);
    return t * t * (3 - 2 * t);
  }

  /** Ends the journey: all points are where they were going. True if they were on their way. */
  settle(): boolean {
    const going = this.begun !== undefined;
    this.begun = undefined;
    return going;
  }

  placeOf(index: number): Place {
    const { from, data, moved } = this;
    const along = (at: number) => {
      const start = from[at] as number;
      return start + ((data.xy[at] as number) - start) * moved;
    };
    return { x: along(index * 2), y: along(index * 2 + 1) };
  }

  /**
   * Draws the points.
   *
   * @param zoom how much nearer than the whole
   * @param force a painter that a test wants
   */
  draw(
    canvas: HTMLCanvasElement,
    plane: Plane,
    {
      zoom,
      shown,
      theme,
      paper,
      force,
    }: { zoom: number; shown: number; theme: ThemeKind; paper: Rgb | undefined; force: PainterKind | undefined },
  ): void {
    const density = window.devicePixelRatio;
    this.radius = radiusFor(this.count, zoom);
    const pixels = Math.round(this.radius * density * 2) / 2;
    const key = `${pixels} ${theme} ${paper?.join()}`;
    if (this.sprites?.key !== key) {
      this.sprites = { key, made: spritesOf(pixels, colorsOfMap(theme), paper ?? groundOf(theme)) };
    }
    const painter = this.painterFor(canvas, force);
    if (!this.taken) {
      painter.take({ from: this.from, to: this.data.xy, sprites: this.marks });
      this.taken = true;
    }
    const { moved } = this;
    painter.draw({ plane, density, sprites: this.sprites.made, moved, shown });
    if (moved === 1) {
      this.begun = undefined;
    }
  }

  dispose(): void {
    this.painter?.dispose();
    this.painter = undefined;
    this.canvas = undefined;
  }

  /** Whether this canvas has been drawn on in another way than is wanted now. */
  wantsFresh(canvas: HTMLCanvasElement, force: PainterKind | undefined): boolean {
    return this.canvas === canvas && this.painter !== undefined && this.painter.kind !== this.wanted(force);
  }

  private wanted(force: PainterKind | undefined): PainterKind {
    return this.without ? 'canvas' : (force ?? (this.count >= MANY && hasGraphics() ? 'webgl' : 'canvas'));
  }

  private painterFor(canvas: HTMLCanvasElement, force: PainterKind | undefined): MapPainter {
    if (this.painter !== undefined && this.canvas === canvas) {
      return this.painter;
    }
    this.painter?.dispose();
    this.canvas = canvas;
    this.taken = false;
    const webgl =
      this.wanted(force) === 'webgl'
        ? WebglPainter.make(canvas, () => {
            if (this.canvas === canvas && this.painter?.kind === 'webgl') {
              this.without = true;
              this.dispose();
              this.onLost();
            }
          })
        : undefined;
    this.without ||= webgl === undefined && this.wanted(force) === 'webgl';
    this.painter = webgl ?? new CanvasPainter(canvas);
    return this.painter;
  }

  private now(): Float32Array {
    const { from, data, moved } = this;
    return moved === 1 ? data.xy : data.xy.map((to, at) => (from[at] as number) + (to - (from[at] as number)) * moved);
  }
}
