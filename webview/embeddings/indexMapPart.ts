// Every chunk of the index as a point: at once by its principal components, then as UMAP lays it out. A point opens its
// file.

import { html, nothing, type TemplateResult } from 'lit';
import type { ChunkPlace, IndexMap } from '../../src/shared/embeddingMessages.ts';
import { button, dropdown } from '../elements/controls.ts';
import type { MapData } from '../elements/map/mapData.ts';
import type { NamesWanted, PointPlace } from '../elements/map/mapEvents.ts';
import { formatNumber, t } from '../l10n.ts';
import { beginning, indexData, placeText } from './places.ts';
import type { PointNames } from './pointNames.ts';
import '../elements/map/scatterMap.ts';

export type ColoredBy = 'folders' | 'languages';

export interface IndexMapPart {
  readonly pca: IndexMap | undefined;
  readonly umap: IndexMap | undefined;
  readonly method: 'pca' | 'umap';
  readonly by: ColoredBy;
  readonly names: PointNames;
  readonly chosen: number | undefined;
  /** Points of the chosen one's true neighbours. */
  readonly linked: readonly number[];
  /** What is being asked for, or what went wrong. */
  readonly waiting: TemplateResult | typeof nothing;
  readonly onMethod: (method: 'pca' | 'umap') => void;
  readonly onColors: (by: ColoredBy) => void;
  readonly onChoose: (index: number | undefined) => void;
  readonly onOpen: (place: ChunkPlace) => void;
  readonly onInspect: (chunk: number) => void;
}

const made = new WeakMap<IndexMap, Partial<Record<ColoredBy, MapData>>>();

function dataOf(map: IndexMap, by: ColoredBy): MapData {
  const known = made.get(map) ?? {};
  made.set(map, known);
  known[by] ??= indexData(map, by);
  return known[by];
}

export function indexMapPart(part: IndexMapPart): TemplateResult {
  const map = part.method === 'umap' ? (part.umap ?? part.pca) : (part.pca ?? part.umap);
  if (map === undefined) {
    return html`${part.waiting}`;
  }
  const { names, by } = part;
  names.of(map);
  return html`${bar(part, map)} ${part.waiting}
    <scatter-map
      .data=${dataOf(map, by)}
      .nameOf=${names.nameOf}
      .chosen=${part.chosen}
      .linked=${part.linked}
      .label=${t('Map of the workspace')}
      @names-wanted=${(event: CustomEvent<NamesWanted>) => void names.ask(event.detail.indexes)}
      @point-pick=${(event: CustomEvent<PointPlace>) => part.onChoose(event.detail.index)}
      @point-open=${(event: CustomEvent<PointPlace>) => void openPoint(part, event.detail.index as number)}
    ></scatter-map>
    <p class="caption">${said(map)}</p>
    ${card(part)}`;
}

/** What it is may not be known yet: it is opened once it is. */
async function openPoint({ names, onOpen }: IndexMapPart, index: number): Promise<void> {
  const place = await names.find(index);
  if (place !== undefined) {
    onOpen(place);
  }
}

function bar({ pca, umap, method, by, onMethod, onColors }: IndexMapPart, map: IndexMap): TemplateResult {
  return html`<div class="row bar">
    <label
      ><span>${t('Coloured by')}</span>
      ${dropdown({
        label: t('Coloured by'),
        value: by,
        options: [
          { value: 'folders', label: t('folder') },
          { value: 'languages', label: t('language') },
        ],
        onChange: (value) => onColors(value as ColoredBy),
      })}</label
    >
    ${
      pca !== undefined && umap !== undefined
        ? html`<label
            ><span>${t('Laid out by')}</span>
            ${dropdown({
              label: t('Laid out by'),
              value: method,
              options: [
                { value: 'umap', label: 'UMAP' },
                { value: 'pca', label: 'PCA' },
              ],
              onChange: (value) => onMethod(value as 'pca' | 'umap'),
            })}</label
          >`
        : nothing
    }
    <span class="small quiet number">${counted(map)}</span>
  </div>`;
}

function counted({ count, chunks }: IndexMap): string {
  if (count === 1 && chunks === 1) {
    return t('1 chunk');
  }
  return count < chunks
    ? t('{0} of {1} chunks are on the map', formatNumber(count), formatNumber(chunks))
    : t('{0} chunks', formatNumber(count));
}

/** How the map was made, what it leaves out, and how far it is to be trusted. */
function said(map: IndexMap): string {
  const placed = new Uint8Array(map.sampled).includes(0);
  const faint = placed ? t('The faint ones stand where their neighbours put them.') : '';
  const kept = Number.isFinite(map.kept)
    ? t('Of each point’s true neighbours, {0} % are near it on the map.', formatNumber(map.kept * 100, 0))
    : '';
  return [
    map.said,
    faint,
    kept,
    t('Lines lead from a chosen point to its true neighbours; double click or Enter opens the file.'),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function card({ chosen, names, onOpen, onInspect }: IndexMapPart): TemplateResult | typeof nothing {
  const place = chosen === undefined ? undefined : names.placeOf(chosen);
  return place === undefined
    ? nothing
    : html`<article class="card place">
        <h3>${placeText(place)}</h3>
        <p class="excerpt">${beginning(place.text, 400)}</p>
        <div class="row">
          ${button({ label: t('Open'), primary: true, onClick: () => onOpen(place) })}
          ${button({ label: t('Look at its vector'), onClick: () => onInspect(place.chunk) })}
        </div>
      </article>`;
}
