// Draws a map's points without a graphics processor: marks are laid over each other pixel by pixel in one picture, which
// a canvas then shows. The sums are those of WebGL's blending (colour over colour, both multiplied by alpha).

import { type DrawnPoints, type MapFrame, type MapPainter, pixelsOf } from './painter.ts';
import { SPRITES, type Sprites } from './sprites.ts';

export class CanvasPainter implements MapPainter {
  readonly kind = 'canvas';
  private readonly canvas: HTMLCanvasElement;
  private points: DrawnPoints = { from: new Float32Array(), to: new Float32Array(), sprites: new Uint8Array() };
  private image: ImageData | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
  }

  take(points: DrawnPoints): void {
    this.points = points;
  }

  draw(frame: MapFrame): void {
    const { canvas } = this;
    const { width, height } = pixelsOf(frame);
    const context = canvas.getContext('2d');
    if (context === null || width === 0 || height === 0) {
      return;
    }
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
    }
    if (this.image?.width !== width || this.image.height !== height) {
      this.image = context.createImageData(width, height);
    }
    const picture = new Int32Array(this.image.data.buffer).fill(0);
    blend(picture, width, height, this.points, frame);
    unmultiply(picture);
    context.putImageData(this.image, 0, 0);
  }

  dispose(): void {}
}

/** The pixels of a mark that aren't empty, from its middle. */
interface Ink {
  readonly dx: Int8Array;
  readonly dy: Int8Array;
  /** Colours multiplied by alpha, four channels in one number. */
  readonly colors: Int32Array;
}

const inked = new WeakMap<Sprites, readonly Ink[]>();

function inksOf(sprites: Sprites): readonly Ink[] {
  const found = inked.get(sprites) ?? inkOf(sprites);
  inked.set(sprites, found);
  return found;
}

function inkOf({ side, pixels }: Sprites): readonly Ink[] {
  const all = new Int32Array(pixels.buffer);
  const half = (side - 1) / 2;
  return Array.from({ length: SPRITES }, (_, sprite) => {
    const colors = all.subarray(sprite * side * side, (sprite + 1) * side * side);
    const drawn = [...colors.keys()].filter((at) => colors[at] !== 0);
    return {
      dx: Int8Array.from(drawn, (at) => (at % side) - half),
      dy: Int8Array.from(drawn, (at) => Math.floor(at / side) - half),
      colors: Int32Array.from(drawn, (at) => colors[at] as number),
    };
  });
}

/** Lays every shown point's mark over the picture, whose colours are multiplied by alpha. */
export function blend(
  picture: Int32Array,
  width: number,
  height: number,
  { from, to, sprites: which }: DrawnPoints,
  { plane, density, sprites, moved, shown }: MapFrame,
): void {
  const { center } = plane;
  const scale = plane.scale * density;
  const half = (sprites.side - 1) / 2;
  const inks = inksOf(sprites);
  const offsets = inks.map(({ dx, dy }) => Int32Array.from(dx, (x, at) => (dy[at] as number) * width + x));
  for (let index = 0; index < which.length; index++) {
    const sprite = which[index] as number;
    if (((shown >> (sprite >> 1)) & 1) === 0) {
      continue;
    }
    const x0 = from[index * 2] as number;
    const y0 = from[index * 2 + 1] as number;
    const x = x0 + ((to[index * 2] as number) - x0) * moved;
    const y = y0 + ((to[index * 2 + 1] as number) - y0) * moved;
    const middleX = Math.floor(width / 2 + (x - center.x) * scale);
    const middleY = Math.floor(height / 2 - (y - center.y) * scale);
    if (!(middleX >= 0 && middleY >= 0 && middleX < width && middleY < height)) {
      continue; // also what is not a number
    }
    const ink = inks[sprite] as Ink;
    const whole = middleX >= half && middleY >= half && middleX < width - half && middleY < height - half;
    if (whole) {
      lay(picture, middleY * width + middleX, ink, offsets[sprite] as Int32Array);
    } else {
      layPart(picture, width, height, middleX, middleY, ink);
    }
  }
}

/** A mark that is whole in the picture, which is nearly every one: nothing is looked at but its pixels. */
function lay(picture: Int32Array, middle: number, { colors }: Ink, offsets: Int32Array): void {
  for (let at = 0; at < colors.length; at++) {
    const target = middle + (offsets[at] as number);
    picture[target] = over(colors[at] as number, picture[target] as number);
  }
}

function layPart(
  picture: Int32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  { dx, dy, colors }: Ink,
): void {
  for (let at = 0; at < colors.length; at++) {
    const column = x + (dx[at] as number);
    const row = y + (dy[at] as number);
    if (column >= 0 && row >= 0 && column < width && row < height) {
      const target = row * width + column;
      picture[target] = over(colors[at] as number, picture[target] as number);
    }
  }
}

/** One colour over another, two channels at a time. */
function over(color: number, ground: number): number {
  const alpha = color >>> 24;
  if (alpha === 255 || ground === 0) {
    return color;
  }
  const under = 256 - (alpha + (alpha >> 7));
  const odd = (Math.imul(ground & 0xff00ff, under) >>> 8) & 0xff00ff;
  const even = Math.imul((ground >>> 8) & 0xff00ff, under) & 0xff00ff00;
  return (color + (odd | even)) | 0;
}

/** Canvas pictures hold colours that are not multiplied by alpha. */
function unmultiply(picture: Int32Array): void {
  for (let at = 0; at < picture.length; at++) {
    const pixel = picture[at] as number;
    const alpha = pixel >>> 24;
    if (alpha !== 0 && alpha !== 255) {
      const factor = 255 / alpha;
      const blue = Math.min(255, ((pixel >>> 16) & 255) * factor + 0.5);
      const green = Math.min(255, ((pixel >>> 8) & 255) * factor + 0.5);
      const red = Math.min(255, (pixel & 255) * factor + 0.5);
      picture[at] = (alpha << 24) | (blue << 16) | (green << 8) | red;
    }
  }
}
