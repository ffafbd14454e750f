// A trace's points as a map: where a program makes hundreds of them and more (`look: 'map'`). The one that is `chosen`
// has lines to those that `match`.

import { html, type TemplateResult } from 'lit';
import type { PointsValue } from '../../../src/shared/trace.ts';
import { type MapData, mapOfPoints } from './mapData.ts';
import './scatterMap.ts';

interface Shown {
  readonly data: MapData;
  readonly nameOf: (index: number) => string | undefined;
  readonly chosen: number | undefined;
  readonly linked: readonly number[];
}

/** A value that is drawn again is the same map: what was zoomed to stays. */
const made = new WeakMap<PointsValue, Shown>();

function shownOf(value: PointsValue): Shown {
  const { points } = value;
  const chosen = points.findIndex(({ role }) => role === 'chosen');
  return {
    data: mapOfPoints(value),
    nameOf: (index) => points[index]?.label,
    chosen: chosen < 0 ? undefined : chosen,
    linked: points.flatMap(({ role }, index) => (role === 'match' ? [index] : [])),
  };
}

export function pointsMap(value: PointsValue, label: string): TemplateResult {
  const shown = made.get(value) ?? shownOf(value);
  made.set(value, shown);
  return html`<scatter-map
    .data=${shown.data}
    .nameOf=${shown.nameOf}
    .chosen=${shown.chosen}
    .linked=${shown.linked}
    .label=${label}
  ></scatter-map>`;
}
