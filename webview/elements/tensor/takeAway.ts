// What is taken out of the view: texts to the clipboard, the picture to a file. Whoever shows the view may do either for
// it, by answering `copy-text` or `export-picture` with preventDefault(); else the page does what a page can.

import { short } from './numberText.ts';
import { COLORS, colorsOf, type ThemeKind } from './palette.ts';
import type { Scale } from './range.ts';

/** @throws whatever the clipboard throws where it is refused. */
export async function copyOut(from: HTMLElement, text: string): Promise<void> {
  const asked = new CustomEvent('copy-text', { detail: { text }, bubbles: true, composed: true, cancelable: true });
  if (from.dispatchEvent(asked)) {
    await navigator.clipboard.writeText(text);
  }
}

export function saveOut(from: HTMLElement, blob: Blob, name: string): void {
  const detail = { blob, name };
  const asked = new CustomEvent('export-picture', { detail, bubbles: true, composed: true, cancelable: true });
  if (from.dispatchEvent(asked)) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

const MARGIN = 12;
const LINE = 20;

/** The cells as they are on the screen, under their title and over their colour bar. */
export async function pictureOf(
  cells: HTMLCanvasElement,
  title: string,
  scale: Scale,
  theme: ThemeKind,
  inks: { readonly ink: string; readonly paper: string; readonly family: string },
): Promise<Blob> {
  const density = window.devicePixelRatio;
  const canvas = document.createElement('canvas');
  const width = Math.max(cells.width / density, 260);
  canvas.width = (width + 2 * MARGIN) * density;
  canvas.height = cells.height + (2 * MARGIN + 2 * LINE) * density;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = inks.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(cells, MARGIN * density, (MARGIN + LINE) * density);
  context.scale(density, density);
  context.fillStyle = inks.ink;
  context.font = `12px ${inks.family}`;
  context.textBaseline = 'middle';
  context.fillText(title, MARGIN, MARGIN + LINE / 2 - 2, width);
  const y = MARGIN + LINE + cells.height / density + LINE / 2 + 4;
  const [low, high] = [short(scale.low), short(scale.high)];
  context.fillText(low, MARGIN, y);
  const start = MARGIN + context.measureText(low).width + 6;
  for (const [at, color] of colorsOf(scale.map, theme).entries()) {
    context.fillStyle = `rgb(${color.join(' ')})`;
    context.fillRect(start + (at * 128) / COLORS, y - 6, 1, 10);
  }
  context.fillStyle = inks.ink;
  context.fillText(high, start + 134, y);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture is too large.')) : resolve(blob)),
      'image/png',
    ),
  );
}
