// The key to a similarity matrix's colours: a bar from the least cosine to the greatest.

import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { t } from '../../l10n.ts';
import type { Look } from '../tensor/paint.ts';
import { COLORS, colorsOf, type Rgb } from '../tensor/palette.ts';

export function colorKey({ scale, theme }: Look): TemplateResult {
  const colors = colorsOf(scale.map, theme);
  return html`<span class="bar">
    <span>${scale.low}</span>
    <canvas
      width=${COLORS}
      height="1"
      role="img"
      aria-label=${t('Colours from unlike to alike')}
      ${ref((node) => fill(node, colors))}
    ></canvas>
    <span>${scale.high}</span>
  </span>`;
}

function fill(node: Element | undefined, colors: readonly Rgb[]): void {
  const context = (node as HTMLCanvasElement | undefined)?.getContext('2d');
  const image = context?.createImageData(COLORS, 1);
  if (context && image) {
    colors.forEach((color, x) => {
      image.data.set([...color, 255], x * 4);
    });
    context.putImageData(image, 0, 0);
  }
}
