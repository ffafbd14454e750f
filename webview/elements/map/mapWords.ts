// A map's words, its tools, and its points as a list for those who see no map.

import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../l10n.ts';
import { button } from '../controls.ts';
import { fitIcon, minusIcon, plusIcon } from '../icons.ts';
import type { MapCamera } from './mapCamera.ts';
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

/** @param onZoom called with a factor, or with undefined to fit. */
export function mapTools(
  { whole, atHome, apart }: Pick<MapCamera, 'whole' | 'atHome' | 'apart'>,
  onZoom: (factor: number | undefined) => void,
): TemplateResult {
  const outliers = apart.length > 0;
  return html`<span class="map-tools">
    ${button({ label: t('Zoom out'), icon: minusIcon, iconOnly: true, disabled: whole, onClick: () => onZoom(1 / ZOOM) })}
    ${button({ label: t('Zoom in'), icon: plusIcon, iconOnly: true, onClick: () => onZoom(ZOOM) })}
    ${button({
      label: outliers && !atHome ? t('Show all but the outliers') : t('Show all'),
      icon: fitIcon,
      iconOnly: true,
      disabled: whole && !outliers,
      onClick: () => onZoom(undefined),
    })}
  </span>`;
}

/** How many points lie outside of what is seen at first. */
export function apartSays({ atHome, apart }: Pick<MapCamera, 'atHome' | 'apart'>): TemplateResult | typeof nothing {
  if (!atHome || apart.length === 0) {
    return nothing;
  }
  return html`<p class="apart">
    ${
      apart.length === 1
        ? t('1 outlier lies outside of the picture: the arrow at its edge leads to it.')
        : t('{0} outliers lie outside of the picture: the arrows at its edge lead to them.', apart.length)
    }
  </p>`;
}

/** @param indexes undefined while the list is closed. */
export function nearPart(
  indexes: readonly number[] | undefined,
  name: (index: number) => string,
  onPick: (index: number) => void,
  onToggle: (open: boolean) => void,
): TemplateResult {
  return html`<details @toggle=${(event: Event) => onToggle((event.target as HTMLDetailsElement).open)}>
    <summary>${t('What is nearest on the map, as a list')}</summary>
    ${
      indexes === undefined
        ? nothing
        : html`<ol class="near">
            ${indexes.map((index) => html`<li><button type="button" @click=${() => onPick(index)}>${name(index)}</button></li>`)}
          </ol>`
    }
  </details>`;
}
