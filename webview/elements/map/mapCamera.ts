// Which part of a map is on the screen: at first all of it, but for points that lie far apart from the rest; then what was
// zoomed and panned to.

import { type Extent, fitted, type Place, type Plane, panned, pixelOf, revealing, zoomed } from '../points/plane.ts';
import { type Bulk, bulkOfMap, extentOfMap, NO_POINTS } from './mapData.ts';

const [LEAST_HEIGHT, MOST_HEIGHT] = [220, 620];
/** Pixels of the border on both sides. */
const BORDER = 2;

export class MapCamera {
  private readonly onChange: () => void;
  private extent: Extent = extentOfMap(NO_POINTS.xy);
  private bulk: Bulk = bulkOfMap(NO_POINTS.xy);
  private width = 0;
  /** What was zoomed to; undefined shows the bulk. */
  private zoomedTo: Pick<Plane, 'center' | 'scale'> | undefined;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** Other points: they are shown, but for those that lie apart. */
  take(xy: Float32Array): void {
    this.extent = extentOfMap(xy);
    this.bulk = bulkOfMap(xy);
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

  /** Points that lie far apart from all others. */
  get apart(): readonly number[] {
    return this.bulk.apart;
  }

  /** Whether nothing was zoomed or panned to. */
  get atHome(): boolean {
    return this.zoomedTo === undefined;
  }

  /** Whether every point is on the screen: there is nothing to zoom out to. */
  get whole(): boolean {
    return this.atHome ? this.apart.length === 0 : this.plane.scale <= this.all.scale;
  }

  /** As far as words and tools tell. */
  get where(): 'home' | 'whole' | 'other' {
    return this.whole ? 'whole' : this.atHome ? 'home' : 'other';
  }

  /** What is seen at first. */
  get home(): Plane {
    const width = Math.max(40, this.width - BORDER);
    const most = Math.min(MOST_HEIGHT, window.innerHeight * 0.62, width * 0.8);
    return fitted(this.bulk.extent, { width, height: Math.round(Math.max(LEAST_HEIGHT, most)) });
  }

  private get all(): Plane {
    return fitted(this.extent, this.home.size);
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
    const { plane, home, all } = this;
    const next = zoomed(plane, factor, at ?? pixelOf(plane, plane.center), all, home);
    this.go(next === all && this.apart.length === 0 ? undefined : next);
  }

  /** Moves what is seen by so many pixels. */
  pan(dx: number, dy: number): void {
    if (!this.whole) {
      this.go(panned(this.plane, dx, dy));
    }
  }

  /** Back to what is seen at first; from there to all, where points lie apart. */
  fit(): void {
    this.go(this.atHome && this.apart.length > 0 ? this.all : undefined);
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
