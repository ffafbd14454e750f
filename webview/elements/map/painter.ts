// What draws the points of a map, whichever way: the same call, the same pixels. webglPainter.ts has the graphics
// processor do it, canvasPainter.ts does it where there is none.

import type { Plane } from '../points/plane.ts';
import type { Sprites } from './sprites.ts';

/** Points as they are drawn. */
export interface DrawnPoints {
  /** x and y of each point, where it comes from and where it goes: the same array where nothing moves. */
  readonly from: Float32Array;
  readonly to: Float32Array;
  /** Which mark each has: see sprites.ts. */
  readonly sprites: Uint8Array;
}

export interface MapFrame {
  readonly plane: Plane;
  /** Pixels of the screen for one of the page's. */
  readonly density: number;
  readonly sprites: Sprites;
  /** How far the points have gone, 0 to 1. */
  readonly moved: number;
  /** Bit s is set where the points of slot s are shown. */
  readonly shown: number;
}

export interface MapPainter {
  readonly kind: 'webgl' | 'canvas';
  /** Points to draw from now on. */
  take(points: DrawnPoints): void;
  draw(frame: MapFrame): void;
  dispose(): void;
}

/** Pixels of the screen that the picture has. */
export function pixelsOf({ plane: { size }, density }: MapFrame): { readonly width: number; readonly height: number } {
  return { width: Math.round(size.width * density), height: Math.round(size.height * density) };
}
