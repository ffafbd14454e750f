// The key to a map's colours and shapes; each line switches its points off and on.

import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { formatNumber, t } from '../../l10n.ts';
import type { ThemeKind } from '../tensor/palette.ts';
import type { LegendItem } from './mapData.ts';
import { colorsOfMap, groundOf } from './mapPalette.ts';
import { spriteOf, spritesOf } from './sprites.ts';

const SIDE = 16;

export function mapLegend(
  items: readonly LegendItem[],
  shown: number,
  theme: ThemeKind,
  onToggle: (slot: number, alone: boolean) => void,
): TemplateResult | typeof nothing {
  return items.length < 2
    ? nothing
    : html`<ul class="legend" aria-label=${t('Kinds of points: switch one off or on')}>
        ${items.map(({ slot, name, count }) => {
          const label = name ?? t('others');
          return html`<li>
            <button
              type="button"
              aria-pressed=${String(((shown >> slot) & 1) === 1)}
              title=${t('Switch off or on; with Shift, only these')}
              @click=${(event: MouseEvent) => onToggle(slot, event.shiftKey)}
            >
              <canvas width=${SIDE * 2} height=${SIDE * 2} aria-hidden="true" ${ref((node) => swatch(node, slot, theme))}></canvas>
              <span class="name">${label}</span>
              <span class="quiet number">${formatNumber(count)}</span>
            </button>
          </li>`;
        })}
      </ul>`;
}

/** The very mark that the points have, larger. */
function swatch(node: Element | undefined, slot: number, theme: ThemeKind): void {
  const context = (node as HTMLCanvasElement | undefined)?.getContext('2d');
  if (context === null || context === undefined) {
    return;
  }
  const { side, pixels } = spritesOf(SIDE * 0.7, colorsOfMap(theme), groundOf(theme));
  const image = context.createImageData(side, side);
  const start = spriteOf(slot, 1) * side * side * 4;
  for (let at = 0; at < image.data.length; at += 4) {
    const alpha = pixels[start + at + 3] as number;
    for (let channel = 0; channel < 3; channel++) {
      image.data[at + channel] = alpha === 0 ? 0 : ((pixels[start + at + channel] as number) * 255) / alpha;
    }
    image.data[at + 3] = alpha;
  }
  context.clearRect(0, 0, SIDE * 2, SIDE * 2);
  context.putImageData(image, Math.floor(SIDE - side / 2), Math.floor(SIDE - side / 2));
}
