// Under a heatmap whose columns go on beyond its box: which part of them is on the screen, as a bar of SVG. It only shows:
// dragging the cells, the wheel and the arrow keys move them.

import { type LitElement, nothing, svg, type TemplateResult } from 'lit';
import type { Gutters } from './axes.ts';
import type { Extent, Size, Viewport } from './viewport.ts';

/** Pixels that it takes under the cells. */
const SCROLL = 9;

/** True when there are more columns than the box shows. */
export function scrolls({ columnSize }: Viewport, { columns }: Extent, { width }: Size): boolean {
  return columns * columnSize > width + 1;
}

export function scrollMark(
  view: Viewport,
  extent: Extent,
  size: Size,
  { left, top }: Gutters,
): TemplateResult | typeof nothing {
  if (!scrolls(view, extent, size)) {
    return nothing;
  }
  const part = size.width / (extent.columns * view.columnSize);
  const length = Math.max(12, part * size.width);
  const free = extent.columns - size.width / view.columnSize;
  const x = left + (size.width - length) * Math.min(1, view.x / free);
  const y = top + size.height + 3;
  return svg`<rect class="track" x=${left} y=${y} width=${size.width} height="4" rx="2"></rect>
    <rect class="thumb" x=${x} y=${y} width=${length} height="4" rx="2"></rect>` as TemplateResult;
}

/** Puts the box of cells between the axes, and makes the heatmap as high as all of it. */
export function placeCells(
  heatmap: LitElement,
  { left, top }: Gutters,
  { width, height }: Size,
  scrolling: boolean,
): void {
  heatmap.style.height = `${top + height + (scrolling ? SCROLL : 1)}px`;
  const box = heatmap.renderRoot.querySelector<HTMLElement>('.cells') as HTMLElement;
  Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}
