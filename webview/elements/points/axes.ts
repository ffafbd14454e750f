// The ground of the plane: grid lines at round numbers, the two axes where they are in sight, and the numbers and names
// outside the picture, where they cover nothing.

import { nothing, svg, type TemplateResult } from 'lit';
import { formatNumber } from '../../l10n.ts';
import { type Plane, pixelOf, ticksBetween, visible } from './plane.ts';

/** Around the picture, in pixels. */
export const MARGINS = { left: 50, right: 6, top: 6, bottom: 38 };
/** Least distance of two grid lines, in pixels. */
const GAP = 44;

export function axes(plane: Plane, xLabel: string, yLabel: string): TemplateResult {
  const { left, right, bottom, top } = visible(plane);
  const { width, height } = plane.size;
  const { left: x0, top: y0 } = MARGINS;
  const xs = ticksBetween(left, right, plane.scale, GAP);
  const ys = ticksBetween(bottom, top, plane.scale, GAP);
  const origin = pixelOf(plane, { x: 0, y: 0 });
  const inX = origin.x >= 0 && origin.x <= width;
  const inY = origin.y >= 0 && origin.y <= height;
  const vertical = (x: number, kind: string) =>
    svg`<line class=${kind} x1=${x0 + x} x2=${x0 + x} y1=${y0} y2=${y0 + height} />`;
  const horizontal = (y: number, kind: string) =>
    svg`<line class=${kind} x1=${x0} x2=${x0 + width} y1=${y0 + y} y2=${y0 + y} />`;
  const middle = y0 + height / 2;
  return svg`<rect class="paper" x=${x0} y=${y0} width=${width} height=${height} />
    ${xs.map((x) => {
      const at = pixelOf(plane, { x, y: 0 }).x;
      return svg`${vertical(at, 'grid')}
        <text class="tick" x=${x0 + at} y=${y0 + height + 14} text-anchor="middle">${tickText(x)}</text>`;
    })}
    ${ys.map((y) => {
      const at = pixelOf(plane, { x: 0, y }).y;
      return svg`${horizontal(at, 'grid')}
        <text class="tick" x=${x0 - 6} y=${y0 + at} dy="0.32em" text-anchor="end">${tickText(y)}</text>`;
    })}
    ${inX ? vertical(origin.x, 'axis') : nothing} ${inY ? horizontal(origin.y, 'axis') : nothing}
    <text class="axis-label" x=${x0 + width} y=${y0 + height + 30} text-anchor="end">${xLabel}</text>
    <text class="axis-label" x="11" y=${middle} text-anchor="middle" transform="rotate(-90 11 ${middle})"
      >${yLabel}</text>` as TemplateResult;
}

/** A round number, short enough for the margin. */
function tickText(value: number): string {
  const size = Math.abs(value);
  return value !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential() : formatNumber(value, 4);
}
