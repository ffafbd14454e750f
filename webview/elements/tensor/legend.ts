// The key to a heatmap's colours: a bar with its ends, and the patterns for what is no number.

import { css, html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { TensorValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { short } from './numberText.ts';
import { striped } from './paint.ts';
import { COLORS, colorsOf, patternTones, type Rgb, type ThemeKind } from './palette.ts';
import { MINUS_INF, NAN, PLUS_INF, type Pooling } from './pyramid.ts';
import { colorIndex, type Scale } from './range.ts';
import type { SharedRange } from './sharedRange.ts';
import type { TensorLook } from './tensorLook.ts';

export const legendStyles = css`
  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-3);
    font-size: var(--text-tiny);
    line-height: 1.4;
  }
  .legend .bar {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-family: var(--mono);
    min-width: 0;
  }
  .legend canvas {
    height: 10px;
    width: 96px;
    border: 1px solid color-mix(in srgb, var(--ink) 50%, transparent);
  }
  .legend canvas.swatch {
    width: 16px;
    height: 14px;
  }
`;

/** @param value whose colours these are: what there is none of needs no key. */
export function legend(
  { scale, theme, infinities, shared, calm }: TensorLook,
  { statistics }: TensorValue,
  notes: readonly (string | undefined)[] = [],
): TemplateResult {
  const tones = patternTones(theme, calm);
  const swatch = (flag: number) =>
    html`<canvas class="swatch" width="16" height="14" aria-hidden="true" ${ref((node) => fill(node, (x, y) => tones[striped(flag, x, y) ? 0 : 1]))}></canvas>`;
  const { plus, minus } = infinities;
  return html`<div class="legend">
    ${statistics.min === null && shared === undefined ? nothing : colorBar(scale, theme)}
    ${statistics.nan > 0 ? html`<span class="bar">${swatch(NAN)} NaN</span>` : nothing}
    ${plus || minus ? html`<span class="bar">${plus ? html`${swatch(PLUS_INF)} ∞` : nothing} ${minus ? html`${swatch(MINUS_INF)} −∞` : nothing}</span>` : nothing}
    ${[sharedNote(shared), ...notes].map((note) => (note === undefined ? nothing : html`<span class="quiet">${note}</span>`))}
  </div>`;
}

function colorBar(scale: Scale, theme: ThemeKind): TemplateResult {
  const colors = colorsOf(scale.map, theme);
  const { low, high } = scale;
  if (low === high) {
    const one = colors[colorIndex(low, scale)] as Rgb;
    return html`<span class="bar" data-map=${scale.map}
      ><canvas class="swatch" width="1" height="1" aria-hidden="true" ${ref((node) => fill(node, () => one))}></canvas>
      <span>${short(low)}</span></span
    >`;
  }
  return html`<span class="bar" data-map=${scale.map}>
    <span>${short(low)}</span>
    <canvas
      width=${COLORS}
      height="1"
      role="img"
      aria-label=${
        scale.map === 'diverging'
          ? t('Blue is below zero, orange above it')
          : t('Colours from the least to the greatest')
      }
      ${ref((node) => fill(node, (x) => colors[x] as Rgb))}
    ></canvas>
    <span>${short(high)}</span>
  </span>`;
}

/** What the range is taken from, where it is not this tensor alone. */
function sharedNote(shared: SharedRange | undefined): string | undefined {
  if (shared === undefined) {
    return undefined;
  }
  const { others, runs } = shared;
  if (runs === true) {
    return t('A number has the same colour in both runs');
  }
  return others.length === 0
    ? t('A number has the same colour in other steps')
    : t('A number has the same colour in {0}', others.join(', '));
}

/** What a point of the picture says where it stands for many cells. */
export function poolingNote(pooling: Pooling, cells: number): string | undefined {
  if (cells < 2) {
    return undefined;
  }
  switch (pooling) {
    case 'mean':
      return t('A point is the mean of {0} × {0} cells', cells);
    case 'max':
      return t('A point is the greatest of {0} × {0} cells', cells);
    case 'min':
      return t('A point is the least of {0} × {0} cells', cells);
  }
}

function fill(node: Element | undefined, color: (x: number, y: number) => Rgb): void {
  const context = (node as HTMLCanvasElement | undefined)?.getContext('2d');
  if (context === null || context === undefined) {
    return;
  }
  const { width, height } = context.canvas;
  const image = context.createImageData(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      image.data.set([...color(x, y), 255], (y * width + x) * 4);
    }
  }
  context.putImageData(image, 0, 0);
}
