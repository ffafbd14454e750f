// Colours and shapes of a map's kinds: eight colours that stay apart to every kind of colour vision on the page's own
// ground, and a shape for each, so that colour is never the only sign. Made in OKLCH, as the heatmap's.

import { type Rgb, rgbOf, type ThemeKind } from '../tensor/palette.ts';
import { OTHER_SLOT } from './mapData.ts';

/** Lightness, chroma, hue in degrees. */
type Lch = readonly [l: number, c: number, h: number];

const ON_DARK: readonly Lch[] = [
  [0.6, 0.2, 272],
  [0.78, 0.2, 64],
  [0.72, 0.15, 176],
  [0.6, 0.2, 344],
  [0.92, 0.2, 120],
  [0.8, 0.15, 304],
  [0.92, 0.1, 200],
  [0.6, 0.15, 96],
  [0.66, 0, 0],
];
const ON_LIGHT: readonly Lch[] = [
  [0.64, 0.2, 256],
  [0.54, 0.1, 48],
  [0.64, 0.2, 120],
  [0.4, 0.2, 336],
  [0.54, 0.1, 192],
  [0.64, 0.2, 336],
  [0.4, 0.2, 264],
  [0.38, 0.1, 104],
  [0.58, 0, 0],
];

const isDark = (theme: ThemeKind) => theme === 'dark' || theme === 'hc-dark';

/** One colour a slot; the last is grey, for what has none of its own. */
export function colorsOfMap(theme: ThemeKind): readonly Rgb[] {
  return (isDark(theme) ? ON_DARK : ON_LIGHT).map(([l, c, h]) => rgbOf({ l, c, h }));
}

/** The ground that the colours are made for, where the theme names none. */
export function groundOf(theme: ThemeKind): Rgb {
  return isDark(theme) ? [31, 31, 31] : [255, 255, 255];
}

export const SHAPES = ['disc', 'square', 'triangle', 'diamond', 'plus', 'wedge', 'cross', 'ring', 'dot'] as const;
export type Shape = (typeof SHAPES)[number];

export function shapeOf(slot: number): Shape {
  return SHAPES[Math.min(slot, OTHER_SLOT)] as Shape;
}

/**
 * How far (x, y) is outside of a shape of radius 1 around the origin, y downwards; negative inside. Distances to the
 * edges, as in Inigo Quilez's collection of two-dimensional distance functions, exact but near corners.
 */
export function outside(shape: Shape, x: number, y: number): number {
  const [ax, ay] = [Math.abs(x), Math.abs(y)];
  switch (shape) {
    case 'disc':
      return Math.hypot(x, y) - 1;
    case 'dot':
      return Math.hypot(x, y) - 0.8;
    case 'ring':
      return Math.abs(Math.hypot(x, y) - 0.78) - 0.27;
    case 'square':
      return Math.max(ax, ay) - 0.86;
    case 'diamond':
      return (ax + ay - 1.2) * Math.SQRT1_2;
    case 'triangle':
      return triangle(ax, y);
    case 'wedge':
      return triangle(ax, -y);
    case 'plus':
      return Math.min(bar(ax, ay), bar(ay, ax));
    case 'cross': {
      const [u, v] = [Math.abs(x + y) * Math.SQRT1_2, Math.abs(x - y) * Math.SQRT1_2];
      return Math.min(bar(u, v), bar(v, u));
    }
  }
}

/** Point up: its foot at y = 0.75, its tip at y = -1.05. */
function triangle(ax: number, y: number): number {
  return Math.max(y - 0.75, ax * 0.874 - (y + 1.05) * 0.486);
}

function bar(along: number, across: number): number {
  return Math.max(along - 1.1, across - 0.36);
}

/** A colour as CSS computes it: `#1f1f1f` or `rgb(31, 31, 31)`; undefined for any other. */
export function rgbOfText(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?$/i.exec(text);
  if (hex !== null) {
    return hex.slice(1, 4).map((part) => Number.parseInt(part, 16)) as unknown as Rgb;
  }
  const numbers = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/.exec(text);
  return numbers === null ? undefined : (numbers.slice(1, 4).map(Number) as unknown as Rgb);
}
