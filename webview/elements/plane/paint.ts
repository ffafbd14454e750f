// Paints heights on the canvas behind the picture: shades between the contour lines, the lines over them, and a strong one
// at the boundary. Knows the theme's kind and its paper colour, and no DOM but the canvas it is given.

import { rgbOfText } from '../map/mapPalette.ts';
import { colorsOf, pixelOf, type Rgb, type ThemeKind } from '../tensor/palette.ts';
import { contour, heightAt, type Relief } from './heights.ts';

/** How much of a shade is the heat map's colour, the rest being the page's: points must stand out from it. */
const STRENGTH: Readonly<Record<ThemeKind, number>> = { dark: 0.62, light: 0.55, 'hc-dark': 0.6, 'hc-light': 0.5 };
/** So many shades are told apart. */
const SHADES = 128;

export interface Look {
  readonly theme: ThemeKind;
  /** The page's own colours, as CSS computes them. */
  readonly paper: string;
  readonly ink: string;
}

const shadesMade = new Map<string, Uint32Array>();

/** The shades of a relief, least first, as pixels; the colour key is made of them too. */
export function shadesOf(boundary: boolean, { theme, paper }: Look): Uint32Array {
  const key = `${boundary} ${theme} ${paper}`;
  const found = shadesMade.get(key);
  if (found !== undefined) {
    return found;
  }
  const ground = rgbOfText(paper) ?? (theme.endsWith('dark') ? [31, 31, 31] : [255, 255, 255]);
  const colors = colorsOf(boundary ? 'diverging' : 'sequential', theme);
  const shades = Uint32Array.from({ length: SHADES }, (_, i) => {
    const color = colors[Math.round((i / (SHADES - 1)) * (colors.length - 1))] as Rgb;
    const mixed = color.map((part, channel) =>
      Math.round(part * STRENGTH[theme] + (ground[channel] as number) * (1 - STRENGTH[theme])),
    );
    return pixelOf(mixed as unknown as Rgb);
  });
  shadesMade.set(key, shades);
  return shades;
}

/** The index of a shade; undefined for what has none. */
function shadeAt(relief: Relief, height: number): number | undefined {
  const shade = relief.shade(height);
  const along = relief.boundary === undefined ? shade : (shade + 1) / 2;
  return Number.isNaN(along) ? undefined : Math.round(along * (SHADES - 1));
}

/** Paints it all. `width` and `height` are CSS pixels, `ratio` how many of the canvas's own go into one. */
export function paint(canvas: HTMLCanvasElement, relief: Relief, look: Look, ratio: number): void {
  const context = canvas.getContext('2d');
  const [width, height] = [canvas.width / ratio, canvas.height / ratio];
  if (context === null || width < 1 || height < 1) {
    return;
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  shade(context, relief, look, Math.round(width), Math.round(height));
  const toX = (u: number) => (u / (relief.columns - 1)) * width;
  const toY = (v: number) => height - (v / (relief.rows - 1)) * height;
  const stroke = (level: number, color: string, thickness: number) => {
    const pieces = contour(relief, level);
    context.beginPath();
    for (let at = 0; at < pieces.length; at += 4) {
      const [u, v, s, t] = pieces.slice(at, at + 4) as [number, number, number, number];
      context.moveTo(toX(u), toY(v));
      context.lineTo(toX(s), toY(t));
    }
    context.strokeStyle = color;
    context.lineWidth = thickness;
    context.stroke();
  };
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.lineCap = 'round';
  context.globalAlpha = look.theme.startsWith('hc') ? 0.6 : 0.32;
  for (const level of relief.levels) {
    stroke(level, look.ink, 1);
  }
  context.globalAlpha = 1;
  if (relief.boundary !== undefined) {
    stroke(relief.boundary, look.paper, 6);
    stroke(relief.boundary, look.ink, 2.5);
  }
}

/** Fills every pixel with its shade, each as large as a CSS pixel. */
function shade(context: CanvasRenderingContext2D, relief: Relief, look: Look, width: number, height: number): void {
  const shades = shadesOf(relief.boundary !== undefined, look);
  const pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    const v = (1 - (y + 0.5) / height) * (relief.rows - 1);
    for (let x = 0; x < width; x++) {
      const at = shadeAt(relief, heightAt(relief, ((x + 0.5) / width) * (relief.columns - 1), v));
      if (at !== undefined) {
        pixels[y * width + x] = shades[at] as number;
      }
    }
  }
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
  const small = new OffscreenCanvas(width, height);
  small.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, 0, 0, context.canvas.width, context.canvas.height);
}

/** Paints the colour key: all shades from left to right. */
export function paintKey(canvas: HTMLCanvasElement, boundary: boolean, look: Look): void {
  const shades = shadesOf(boundary, look);
  canvas.width = shades.length;
  canvas.height = 1;
  const image = new ImageData(new Uint8ClampedArray(shades.slice().buffer), shades.length, 1);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
