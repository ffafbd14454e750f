// The marks of a map as small pictures, drawn once for a theme and a size: one a slot, and a fainter one for points that
// were placed by their neighbours. Both painters draw from these very pixels, so both give the same picture. Pure.

import type { Rgb } from '../tensor/palette.ts';
import { OTHER_SLOT } from './mapData.ts';
import { outside, shapeOf } from './mapPalette.ts';

/** Slots, each with a mark and a faint mark. */
export const SPRITES = (OTHER_SLOT + 1) * 2;

export interface Sprites {
  /** Pixels of a mark's side; odd, so that it has a middle. */
  readonly side: number;
  /** RGBA, colours multiplied by alpha; one mark after the other. */
  readonly pixels: Uint8Array;
}

/** How faint a point is that its neighbours placed. */
const FAINT = 0.45;
/** Pixels of the page's colour around a mark, by which marks that overlap are told apart. */
const HALO = 0.9;

/** @param radius pixels of the screen. */
export function spritesOf(radius: number, colors: readonly Rgb[], paper: Rgb): Sprites {
  const halo = radius < 2 ? 0 : HALO;
  const side = 2 * Math.ceil(radius * 1.2 + halo) + 1;
  const middle = (side - 1) / 2;
  const pixels = new Uint8Array(SPRITES * side * side * 4);
  for (let sprite = 0; sprite < SPRITES; sprite++) {
    const slot = sprite >> 1;
    const strength = sprite % 2 === 0 ? 1 : FAINT;
    const color = colors[slot] as Rgb;
    for (let at = 0; at < side * side; at++) {
      const [x, y] = [(at % side) - middle, Math.floor(at / side) - middle];
      const distance = outside(shapeOf(slot), x / radius, y / radius) * radius;
      const fill = coverage(distance);
      const around = Math.max(0, coverage(distance - halo) - fill) * 0.7;
      const to = (sprite * side * side + at) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const light = (color[channel] as number) * fill + (paper[channel] as number) * around;
        pixels[to + channel] = Math.round(light * strength);
      }
      pixels[to + 3] = Math.round(255 * (fill + around) * strength);
    }
  }
  return { side, pixels };
}

/** How much of a pixel an edge leaves covered that is so many pixels away from its middle. */
function coverage(distance: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance));
}

/** Which mark a point has. */
export function spriteOf(slot: number, sampled: number): number {
  return slot * 2 + (sampled === 0 ? 1 : 0);
}

/** Pixels of the page that a mark's radius has: smaller where there are many, larger when one goes near. */
export function radiusFor(count: number, zoom: number): number {
  const least = count > 20_000 ? 1.8 : count > 5000 ? 2.4 : count > 1000 ? 3.2 : 4.6;
  return Math.min(6, least * Math.max(1, zoom) ** 0.3);
}
