// What is taken out of the view: texts to the clipboard, the picture to a file. Whoever shows the view may do either for
// it, by answering `copy-text` or `export-picture` with preventDefault() (see takeOut.ts); else the page does what a page
// can.

import { asFault } from '../../../src/shared/errors.ts';
import type { DType, TensorValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { type CopyFormat, copyText, MAX_COPY } from './copyText.ts';
import { elementAt, type Grid, type Held, sizeOf, topCell } from './grid.ts';
import type { TensorHeatmap } from './heatmap.ts';
import { short } from './numberText.ts';
import type { Look } from './paint.ts';
import { COLORS, colorsOf, type ThemeKind } from './palette.ts';
import type { Scale } from './range.ts';
import { shapeText } from './shapeText.ts';
import type { Range } from './viewport.ts';

/** What `copy-text` carries. Who answers it sets `answer`: it fails where the text could not be copied. */
export interface CopyAsked {
  readonly text: string;
  answer?: Promise<void>;
}

/** What `export-picture` carries. Who answers it may set `answer`: what became of it, for people. */
export interface ExportAsked {
  readonly blob: Blob;
  readonly name: string;
  answer?: Promise<string>;
}

/** What is to be copied: a shape, and its numbers, undefined where the page lacks one. */
export interface ToCopy {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly read: (index: readonly number[]) => number | undefined;
}

/** All of a tensor. */
export function wholeOf({ shape, dtype, bytes }: TensorValue, held: Held | undefined): ToCopy {
  return {
    shape,
    dtype,
    read: (index) => (bytes === undefined || held === undefined ? undefined : elementAt(held, index)),
  };
}

/** The rows and columns that are on the screen; one row of them is a list, and where there is one cell, its number. */
export function shownOf(
  { shape, dtype }: TensorValue,
  { rows, columns }: { readonly rows: Range; readonly columns: Range },
  layers: readonly Grid[],
): ToCopy {
  const part = [rows.end - rows.from, columns.end - columns.from].slice(-shape.length || 2);
  return {
    shape: shape.length === 0 ? [] : part,
    dtype,
    read: (index) => topCell(layers, rows.from + (index.at(-2) ?? 0), columns.from + (index.at(-1) ?? 0)),
  };
}

/** Copies it as text. @returns what became of it, for people. */
export async function copyTensor(
  from: HTMLElement,
  { shape, dtype, read }: ToCopy,
  format: CopyFormat,
): Promise<string> {
  const count = sizeOf(shape);
  if (count > MAX_COPY) {
    return t('Too large to copy: {0} elements. Zoom in, and copy only what is on the screen.', count);
  }
  let missing = false;
  const text = copyText(format, shape, dtype, (index) => {
    const value = read(index);
    missing ||= value === undefined;
    return value ?? 0;
  });
  if (missing) {
    return t('Not all of it is in the page. Zoom in, and copy only what is on the screen.');
  }
  try {
    await copyOut(from, text);
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
    const said = await saveOut(from, blob, `${(label || 'tensor').replace(/[^\w-]+/g, '-')}.png`);
    return said ?? t('Saved a picture of {0} kB.', Math.ceil(blob.size / 1024));
  } catch (error) {
    return t('Could not be saved: {0}', asFault(error).message);
  }
}

/** @throws whatever the clipboard, or who answers for it, throws where it is refused. */
async function copyOut(from: HTMLElement, text: string): Promise<void> {
  const detail: CopyAsked = { text };
  if (asks(from, 'copy-text', detail)) {
    await detail.answer;
  } else {
    await navigator.clipboard.writeText(text);
  }
}

/** @returns what became of it, where somebody else saved it and said so. */
async function saveOut(from: HTMLElement, blob: Blob, name: string): Promise<string | undefined> {
  const detail: ExportAsked = { blob, name };
  if (asks(from, 'export-picture', detail)) {
    return detail.answer;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return undefined;
}

/** True when somebody around the element took the event up. */
function asks(from: HTMLElement, name: string, detail: CopyAsked | ExportAsked): boolean {
  return !from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
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
