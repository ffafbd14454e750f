// Which part of a map is on the screen: all of it, or what was zoomed and panned to.

import { type Extent, fitted, type Place, type Plane, panned, pixelOf, revealing, zoomed } from '../points/plane.ts';
import { extentOfMap, NO_POINTS } from './mapData.ts';

const [LEAST_HEIGHT, MOST_HEIGHT] = [220, 620];
/** Pixels of the border on both sides. */
const BORDER = 2;

export class MapCamera {
  private readonly onChange: () => void;
  private extent: Extent = extentOfMap(NO_POINTS.xy);
  private width = 0;
  /** What was zoomed to; undefined shows all. */
  private zoomedTo: Pick<Plane, 'center' | 'scale'> | undefined;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** Other points: all of them are shown. */
  take(xy: Float32Array): void {
    this.extent = extentOfMap(xy);
    this.zoomedTo = undefined;
  }

  /** Pixels that the element is wide. @returns whether they are others than before. */
  resize(width: number): boolean {
    const other = width !== this.width;
    this.width = width;
    return other;
  }

  get ready(): boolean {
    return this.width > 0;
  }

  get whole(): boolean {
    return this.zoomedTo === undefined;
  }

  get home(): Plane {
    const width = Math.max(40, this.width - BORDER);
    const most = Math.min(MOST_HEIGHT, window.innerHeight * 0.62, width * 0.8);
    return fitted(this.extent, { width, height: Math.round(Math.max(LEAST_HEIGHT, most)) });
  }

  get plane(): Plane {
    return { ...this.home, ...this.zoomedTo };
  }

  /** Where a place is drawn. */
  pixelOf(place: Place): Place {
    return pixelOf(this.plane, place);
  }

  /** @param at the pixel that stays where it is; the middle if undefined. */
  zoom(factor: number, at?: Place): void {
    const { plane, home } = this;
    const next = zoomed(plane, factor, at ?? pixelOf(plane, plane.center), home);
    this.go(next === home ? undefined : next);
  }

  /** Moves what is seen by so many pixels. */
  pan(dx: number, dy: number): void {
    if (!this.whole) {
      this.go(panned(this.plane, dx, dy));
    }
  }

  fit(): void {
    this.go(undefined);
  }

  /** Brings a place into sight. */
  reveal(place: Place): void {
    if (!this.whole) {
      this.go(revealing(this.plane, place));
    }
  }

  private go(to: Plane | undefined): void {
    this.zoomedTo = to && { center: to.center, scale: to.scale };
    this.onChange();
  }
}
