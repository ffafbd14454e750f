// What the newest frame shows beside the curve. Planes stand next to it where there is room: they are pictures of its size.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { PointsMove, PointsOffer } from '../points/moves.ts';
import { valueView } from '../values/valueView.ts';
import type { Series } from './series.ts';

type Beside = Series['beside'];

/** What can be dragged, and who is told. */
export interface Offer {
  readonly params: PointsOffer['params'];
  readonly move: (params: PointsMove['params']) => void;
}

export const besideStyles = css`
  .beside {
    margin-top: var(--space-3);
    font-size: var(--text-small);
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
    gap: var(--space-4);
    align-items: start;
  }
  .pair > .beside {
    margin-top: 0;
  }
`;

export function besideOf(series: Series | undefined): { readonly planes: Beside; readonly rest: Beside } {
  const all = series?.beside ?? [];
  return {
    planes: all.filter(({ value }) => value.kind === 'plane'),
    rest: all.filter(({ value }) => value.kind !== 'plane'),
  };
}

export function besideView(beside: Beside, { params, move }: Offer): TemplateResult | typeof nothing {
  return beside.length === 0
    ? nothing
    : html`<div
        class="beside"
        @points-offer=${(event: CustomEvent<PointsOffer>) => {
          event.detail.params = params;
        }}
        @points-move=${(event: CustomEvent<PointsMove>) => move(event.detail.params)}
      >${beside.map(({ name, value }) => valueView(value, name))}</div>`;
}
