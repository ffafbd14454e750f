// What is nearest to one text: a list by the true cosine, beside a map that has only two of the directions. Lines on the
// map lead to the true neighbours, so that one sees how far a flat map puts some of them.

import { html, nothing, type TemplateResult } from 'lit';
import type { ComparedItems, findNeighbours, Neighbour } from '../../src/shared/embeddingMessages.ts';
import type { MapData } from '../elements/map/mapData.ts';
import type { PointPlace } from '../elements/map/mapEvents.ts';
import { withPlaces } from '../elements/tensor/numberText.ts';
import { formatNumber, t } from '../l10n.ts';
import { beginning, flatData, placeText } from './places.ts';
import '../elements/map/scatterMap.ts';

export type Neighbours = NonNullable<(typeof findNeighbours)['result']>;

/** So many of the nearest are joined with the chosen one by lines. */
const LINED = 5;

export interface NeighboursPart {
  readonly compared: ComparedItems;
  /** Place of the chosen item among all. */
  readonly chosen: number;
  /** Undefined while it is asked for. */
  readonly answer: Neighbours | undefined;
  readonly onChoose: (index: number) => void;
  readonly onOpen: (neighbour: Neighbour) => void;
}

interface Shown {
  readonly data: MapData;
  readonly nameOf: (index: number) => string | undefined;
}
const made = new WeakMap<ComparedItems, Shown>();

export function neighboursPart(part: NeighboursPart): TemplateResult {
  const { compared, chosen, answer, onChoose } = part;
  const shown = made.get(compared) ?? {
    data: flatData(compared.map),
    nameOf: (index: number) => compared.items[index]?.name,
  };
  made.set(compared, shown);
  const name = compared.items[chosen]?.name ?? '';
  const lined = (answer?.items ?? []).slice(0, LINED).flatMap(({ item }) => (item === undefined ? [] : [item]));
  return html`<div class="beside">
    <div>
      <h3>${t('Nearest to “{0}”', beginning(name, 60))}</h3>
      <p class="caption">${t('By the cosine of the whole vectors.')}</p>
      ${answer === undefined ? nothing : lists(answer, part)}
    </div>
    <div>
      <h3>${t('The same on a flat map')}</h3>
      <scatter-map
        .data=${shown.data}
        .nameOf=${shown.nameOf}
        .chosen=${chosen}
        .linked=${lined}
        .label=${t('Map of the texts')}
        @point-pick=${(event: CustomEvent<PointPlace>) => {
          if (event.detail.index !== undefined) {
            onChoose(event.detail.index);
          }
        }}
      ></scatter-map>
      <p class="caption">
        ${t('The map is flat: it has two of {0} directions, and distances on it lie.', compared.dimensions)}
        ${share(compared)}
        ${t('Lines lead to the {0} that are truly nearest.', LINED)} ${compared.map.said}
      </p>
    </div>
  </div>`;
}

function share({ map: { explained, kept } }: ComparedItems): string {
  const percent = (part: number) => formatNumber(part * 100, 0);
  const held = explained && t('Its two axes hold {0} % of all differences.', percent(explained[0] + explained[1]));
  const near = Number.isFinite(kept) ? t('Of each point’s nearest, {0} % are near it here too.', percent(kept)) : '';
  return [held, near].filter((text) => text !== undefined && text !== '').join(' ');
}

function lists(answer: Neighbours, part: NeighboursPart): TemplateResult {
  return html`${list(t('Among these texts'), answer.items, part)}
    ${
      answer.index.length > 0
        ? list(t('In the index'), answer.index, part)
        : answer.said === undefined
          ? nothing
          : html`<p class="small quiet">${answer.said}</p>`
    }`;
}

function list(heading: string, neighbours: readonly Neighbour[], { onChoose, onOpen }: NeighboursPart): TemplateResult {
  return html`<h4>${heading}</h4>
    ${neighbours.length === 0 ? html`<p class="small quiet">${t('There is no other one.')}</p>` : nothing}
    <ol class="near">
      ${neighbours.map((neighbour) => {
        const { cosine, place, item } = neighbour;
        const act = () => (item === undefined ? onOpen(neighbour) : onChoose(item));
        return html`<li>
          <button type="button" @click=${act}>
            <span class="cosine number">${withPlaces(cosine, 3)}</span>
            <meter min="0" max="1" value=${Math.max(0, cosine)} aria-hidden="true"></meter>
            <span class="name">${item === undefined && place !== undefined ? placeText(place) : neighbour.name}</span>
          </button>
          ${item === undefined ? html`<span class="from">${beginning(neighbour.text, 160)}</span>` : nothing}
        </li>`;
      })}
    </ol>`;
}
