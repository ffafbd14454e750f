// A heatmap's two axes, as SVG: the axis's name, and the number or the label of as many places as fit.

import { nothing, svg, type TemplateResult } from 'lit';
import { LETTER, shortened, widestOf } from './labelText.ts';
import { type Extent, type Size, ticks, type Viewport, visible } from './viewport.ts';

export interface AxisText {
  readonly name: string;
  readonly labels: readonly string[] | undefined;
}

/** Pixels of a line of the axes' font. */
const LINE = 14;
const LONGEST = 96;
/** A level label of so many pixels is good enough to be cut short. */
const ENOUGH = 38;

/** Pixels that the axes need at the left and at the top. */
export interface Gutters {
  readonly left: number;
  readonly top: number;
  /** Column labels stand upright. */
  readonly upright: boolean;
}

/** @param least pixels that a column has at the least. */
export function guttersFor(down: AxisText, across: AxisText, extent: Extent, width: number, least = 0): Gutters {
  const longest = (labels: readonly string[] | undefined, count: number) =>
    labels === undefined ? String(Math.max(0, count - 1)).length * LETTER : Math.min(LONGEST, widestOf(labels));
  const columns = longest(across.labels, extent.columns);
  const columnSize = Math.max(least, width / Math.max(1, extent.columns));
  const upright = across.labels !== undefined && columnSize < Math.min(columns + 6, ENOUGH);
  return {
    left: Math.min(width * 0.3, Math.max(28, longest(down.labels, extent.rows) + 10)),
    top: upright ? columns + 8 : LINE + 4,
    upright,
  };
}

/** The text of a place along an axis: its label shortened to what fits, or its number. */
function placeText({ labels }: AxisText, at: number, room: number): string {
  return shortened(labels?.[at] ?? String(at), room);
}

export function acrossAxis(
  text: AxisText,
  view: Viewport,
  extent: Extent,
  size: Size,
  gutters: Gutters,
): TemplateResult {
  const range = visible(view, extent, size).columns;
  const gap = gutters.upright
    ? LINE
    : text.labels === undefined
      ? String(range.end).length * LETTER + 8
      : Math.max(ENOUGH, view.columnSize);
  return svg`${ticks(range, view.columnSize, gap).map((at) => {
    const x = Math.min(size.width, gutterless((at + 0.5 - view.x) * view.columnSize)) + gutters.left;
    return gutters.upright
      ? svg`<text x=${x} y=${gutters.top - 4} transform="rotate(-90 ${x} ${gutters.top - 4})" dy="0.32em">${placeText(text, at, gutters.top - 8)}</text>`
      : svg`<text x=${x} y=${gutters.top - 5} text-anchor="middle">${placeText(text, at, gap)}</text>`;
  })}` as TemplateResult;
}

export function downAxis(text: AxisText, view: Viewport, extent: Extent, size: Size, gutters: Gutters): TemplateResult {
  const range = visible(view, extent, size).rows;
  return svg`${ticks(range, view.rowSize, LINE).map((at) => {
    const y = gutterless((at + 0.5 - view.y) * view.rowSize) + gutters.top;
    return y > gutters.top + size.height
      ? nothing
      : svg`<text x=${gutters.left - 6} y=${y} dy="0.32em" text-anchor="end">${placeText(text, at, gutters.left - 8)}</text>`;
  })}` as TemplateResult;
}

/** A cell that is only partly on the screen is labelled at the edge. */
function gutterless(at: number): number {
  return Math.max(4, at);
}
