// What is taken out of the view: texts to the clipboard, the picture to a file. Whoever shows the view may do either for
// it, by answering `copy-text` or `export-picture` with preventDefault(); else the page does what a page can.

import { asFault } from '../../../src/shared/errors.ts';
import type { TensorValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { type CopyFormat, copyText, MAX_COPY } from './copyText.ts';
import { elementAt, type Held, sizeOf } from './grid.ts';
import type { TensorHeatmap } from './heatmap.ts';
import { short } from './numberText.ts';
import type { Look } from './paint.ts';
import { COLORS, colorsOf, type ThemeKind } from './palette.ts';
import type { Scale } from './range.ts';
import { shapeText } from './shapeText.ts';

/** Copies all of a tensor. @returns what became of it, for people. */
export async function copyTensor(
  from: HTMLElement,
  { shape, dtype, bytes }: TensorValue,
  held: Held | undefined,
  format: CopyFormat,
): Promise<string> {
  const count = sizeOf(shape);
  if (count > MAX_COPY || bytes === undefined || held === undefined) {
    return t('Too large to copy: {0} elements.', count);
  }
  try {
    await copyOut(
      from,
      copyText(format, shape, dtype, (index) => elementAt(held, index) as number),
    );
    return t('Copied {0} elements.', count);
  } catch (error) {
    return t('Could not be copied: {0}', asFault(error).message);
  }
}

/** Saves the cells as they are on the screen. @returns what became of it, for people. */
export async function savePicture(
  from: HTMLElement,
  { shape, dtype }: TensorValue,
  label: string,
  heatmap: TensorHeatmap,
  { scale, theme }: Look,
): Promise<string> {
  try {
    heatmap.draw();
    const canvas = heatmap.renderRoot.querySelector<HTMLCanvasElement>('canvas.data') as HTMLCanvasElement;
    const style = getComputedStyle(from);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const blob = await pictureOf(canvas, `${label} ${shapeText(shape)} ${dtype}`, scale, theme, {
      ink: color('--vscode-editor-foreground'),
      paper: color('--vscode-editor-background'),
      family: color('--vscode-editor-font-family') || 'monospace',
    });
    saveOut(from, blob, `${(label || 'tensor').replace(/[^\w-]+/g, '-')}.png`);
    return t('Saved a picture of {0} kB.', Math.ceil(blob.size / 1024));
  } catch (error) {
    return t('Could not be saved: {0}', asFault(error).message);
  }
}

/** @throws whatever the clipboard throws where it is refused. */
async function copyOut(from: HTMLElement, text: string): Promise<void> {
  const asked = new CustomEvent('copy-text', { detail: { text }, bubbles: true, composed: true, cancelable: true });
  if (from.dispatchEvent(asked)) {
    await navigator.clipboard.writeText(text);
  }
}

function saveOut(from: HTMLElement, blob: Blob, name: string): void {
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
async function pictureOf(
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
