// Over a tensor's cells: its shape, axes by name, and for a way of reading a list its strides; what is not a number in
// it; how much of it is here; and the zoom.

import { html, nothing, type TemplateResult } from 'lit';
import type { TensorValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { button } from '../controls.ts';
import { fitIcon, minusIcon, plusIcon } from '../icons.ts';
import type { Shown } from './cellPainter.ts';
import { sizeOf } from './grid.ts';
import { axisLabel, shapeText } from './shapeText.ts';
import type { TensorLook } from './tensorLook.ts';

export interface TensorHead {
  /** The axes' names. */
  readonly names: readonly string[];
  readonly fetching: boolean;
  readonly seen: Shown | undefined;
  readonly look: TensorLook;
  onZoom(how: 'in' | 'out' | 'fit'): void;
  onNextSpecial(): void;
}

export function tensorHead(value: TensorValue, { names, fetching, seen, look, ...on }: TensorHead): TemplateResult {
  const { shape, dtype, statistics, preview, bytes, reads } = value;
  const many = sizeOf(shape) > 1;
  const tool = (label: string, icon: TemplateResult, how: 'in' | 'out' | 'fit') =>
    button({ label, icon, iconOnly: true, onClick: () => on.onZoom(how) });
  return html`<div class="head">
    <span class="shape"
      >(${shape.map((size, axis) => html`${axis > 0 ? ', ' : nothing}<span class="axis">${axisLabel(names[axis] ?? '')}</span> <b>${size}</b>`)})
      <span class="axis">${dtype}</span></span
    >
    ${
      reads === undefined
        ? nothing
        : html`<span class="shape strides"
            ><span class="axis">${t('strides')}</span> ${shapeText(reads.strides)}${
              reads.offset === 0 ? nothing : html` <span class="axis">${t('from place')}</span> ${reads.offset}`
            }</span
          >`
    }
    ${
      statistics.nan + statistics.inf === 0 || !many
        ? nothing
        : html`<span class="flagged ${look.calm ? 'calm' : ''}">
            <span>${specialNote(statistics, look)}</span>
            ${button({ label: t('Go to the next one'), onClick: () => on.onNextSpecial() })}
          </span>`
    }
    ${bytes === undefined && preview !== undefined ? html`<span class="quiet">${previewNote(fetching, seen)}</span>` : nothing}
    ${
      many
        ? html`<span class="tools">
            ${tool(t('Zoom out'), minusIcon, 'out')} ${tool(t('Show the whole'), fitIcon, 'fit')}
            ${tool(t('Zoom in'), plusIcon, 'in')}
          </span>`
        : nothing
    }
  </div>`;
}

/** How many are no numbers, of each kind that there is. */
function specialNote({ nan, inf }: TensorValue['statistics'], { infinities: { plus } }: TensorLook): string {
  const parts = [
    nan === 0 ? undefined : t('{0} NaN', nan),
    inf === 0 ? undefined : plus ? t('{0} infinite', inf) : t('{0} at −∞', inf),
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function previewNote(fetching: boolean, seen: Shown | undefined): string {
  if (fetching) {
    return t('Getting this part…');
  }
  const sampled = seen?.sampled ?? 1;
  return sampled === 1
    ? t('Only the part on the screen is here')
    : t('One cell of {0} × {0}; zoom in for the rest', sampled);
}
