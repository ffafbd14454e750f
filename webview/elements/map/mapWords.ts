// A map's words, its tools, and its points as a list for those who see no map.

import { html, type TemplateResult } from 'lit';
import { t } from '../../l10n.ts';
import { button } from '../controls.ts';
import { fitIcon, minusIcon, plusIcon } from '../icons.ts';
import type { MapData } from './mapData.ts';
import { ZOOM } from './mapKeys.ts';

/** The whole: how many points there are, and what the keys do. */
export function describeMap(label: string, count: number): string {
  const points = count === 1 ? t('One point.') : t('{0} points.', count);
  const keys = t(
    'Arrow keys go from point to point, with Shift they move the map; plus and minus zoom, 0 shows all, Space chooses, Enter opens.',
  );
  return `${label === '' ? t('Points') : label}. ${points} ${keys}`;
}

/** A point's name, and what kind of thing it is. */
export function pointName({ categories }: MapData, index: number, name: string | undefined): string {
  const category = categories?.names[categories.of[index] ?? -1];
  const shown = name ?? t('point {0}', index + 1);
  return category === undefined || category === '…' ? shown : `${shown} · ${category}`;
}

/** @param onZoom called with a factor, or with undefined for the whole. */
export function mapTools(whole: boolean, onZoom: (factor: number | undefined) => void): TemplateResult {
  return html`<span class="map-tools">
    ${button({ label: t('Zoom out'), icon: minusIcon, iconOnly: true, disabled: whole, onClick: () => onZoom(1 / ZOOM) })}
    ${button({ label: t('Zoom in'), icon: plusIcon, iconOnly: true, onClick: () => onZoom(ZOOM) })}
    ${button({ label: t('Show all'), icon: fitIcon, iconOnly: true, disabled: whole, onClick: () => onZoom(undefined) })}
  </span>`;
}

export function nearList(
  indexes: readonly number[],
  name: (index: number) => string,
  onPick: (index: number) => void,
): TemplateResult {
  return html`<ol class="near">
    ${indexes.map((index) => html`<li><button type="button" @click=${() => onPick(index)}>${name(index)}</button></li>`)}
  </ol>`;
}
