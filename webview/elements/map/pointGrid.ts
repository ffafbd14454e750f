// Which points are near a place, without looking at all of them: a grid of buckets, about four points each. Hidden
// points are left out by the caller's own test. Pure.

import type { Extent, Place } from '../points/plane.ts';
import { extentOfMap } from './mapData.ts';

const POINTS_A_BUCKET = 4;
const MOST_ACROSS = 512;

export class PointGrid {
  private readonly xy: Float32Array;
  private readonly extent: Extent;
  private readonly across: number;
  /** Side of a bucket, in the map's own unit. */
  private readonly side: number;
  private readonly down: number;
  /** Bucket b holds `items[starts[b] .. starts[b + 1]]`. */
  private readonly starts: Uint32Array;
  private readonly items: Uint32Array;

  constructor(xy: Float32Array) {
    this.xy = xy;
    this.extent = extentOfMap(xy);
    const count = xy.length / 2;
    const { left, right, bottom, top } = this.extent;
    const area = Math.max((right - left) * (top - bottom), (Math.max(right - left, top - bottom) / 64) ** 2);
    const wanted = Math.sqrt((area * POINTS_A_BUCKET) / Math.max(1, count));
    this.side = Math.max(wanted, Math.max(right - left, top - bottom) / MOST_ACROSS);
    this.across = Math.max(1, Math.ceil((right - left) / this.side) + 1);
    this.down = Math.max(1, Math.ceil((top - bottom) / this.side) + 1);
    this.starts = new Uint32Array(this.across * this.down + 1);
    const buckets = new Int32Array(count);
    for (let index = 0; index < count; index++) {
      const bucket = this.bucketOf(xy[index * 2] as number, xy[index * 2 + 1] as number);
      buckets[index] = bucket;
      if (bucket >= 0) {
        this.starts[bucket + 1] = (this.starts[bucket + 1] as number) + 1;
      }
    }
    for (let bucket = 1; bucket < this.starts.length; bucket++) {
      this.starts[bucket] = (this.starts[bucket] as number) + (this.starts[bucket - 1] as number);
    }
    const next = this.starts.slice();
    this.items = new Uint32Array(this.starts.at(-1) as number);
    for (let index = 0; index < count; index++) {
      const bucket = buckets[index] as number;
      if (bucket >= 0) {
        this.items[next[bucket] as number] = index;
        next[bucket] = (next[bucket] as number) + 1;
      }
    }
  }

  /** The nearest point that `takes` takes, at most `reach` away; of equally near ones the later, which is drawn on top. */
  nearest(at: Place, reach: number, takes: (index: number) => boolean): number | undefined {
    let found: number | undefined;
    let least = reach * reach;
    this.each({ left: at.x - reach, right: at.x + reach, bottom: at.y - reach, top: at.y + reach }, (index) => {
      const dx = (this.xy[index * 2] as number) - at.x;
      const dy = (this.xy[index * 2 + 1] as number) - at.y;
      const distance = dx * dx + dy * dy;
      if ((distance < least || (distance === least && index > (found ?? -1))) && takes(index)) {
        least = distance;
        found = index;
      }
    });
    return found;
  }

  /** Up to `count` points, the nearest first, `except` left out: rings of buckets further and further off. */
  nearestFew(at: Place, count: number, takes: (index: number) => boolean, except?: number): number[] {
    const { left, right, bottom, top } = this.extent;
    const most = Math.hypot(right - left, top - bottom) + Math.hypot(at.x - left, at.y - bottom);
    let found: { index: number; distance: number }[] = [];
    for (let reach = this.side; ; reach *= 2) {
      found = [];
      this.each({ left: at.x - reach, right: at.x + reach, bottom: at.y - reach, top: at.y + reach }, (index) => {
        const distance = Math.hypot((this.xy[index * 2] as number) - at.x, (this.xy[index * 2 + 1] as number) - at.y);
        if (distance <= reach && index !== except && takes(index)) {
          found.push({ index, distance });
        }
      });
      if (found.length >= count || reach > most) {
        break;
      }
    }
    found.sort((a, b) => a.distance - b.distance || a.index - b.index);
    return found.slice(0, count).map(({ index }) => index);
  }

  /** Calls back for every point of the buckets that a rectangle touches: for those in it, and for some beside it. */
  each({ left, right, bottom, top }: Extent, callback: (index: number) => void): void {
    const column = (x: number) =>
      Math.min(this.across - 1, Math.max(0, Math.floor((x - this.extent.left) / this.side)));
    const row = (y: number) => Math.min(this.down - 1, Math.max(0, Math.floor((y - this.extent.bottom) / this.side)));
    const [from, to] = [column(left), column(right)];
    const last = row(top);
    for (let at = row(bottom); at <= last; at++) {
      const end = this.starts[at * this.across + to + 1] as number;
      for (let item = this.starts[at * this.across + from] as number; item < end; item++) {
        callback(this.items[item] as number);
      }
    }
  }

  private bucketOf(x: number, y: number): number {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      return -1;
    }
    const column = Math.min(this.across - 1, Math.floor((x - this.extent.left) / this.side));
    const row = Math.min(this.down - 1, Math.floor((y - this.extent.bottom) / this.side));
    return row * this.across + column;
  }
}
