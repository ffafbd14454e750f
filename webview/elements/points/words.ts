// What is said of points in words: for the readout below the plane, and for screen readers.

import type { MapPoint, PointsValue } from '../../../src/shared/trace.ts';
import { formatNumber, t } from '../../l10n.ts';
import { roleName } from '../tokenChip.ts';
import type { Place } from './plane.ts';

/** Up to so many points are named in the description of the whole. */
const MOST_SAID = 12;

type Axes = Pick<PointsValue, 'xLabel' | 'yLabel'>;

/** `x 3, y −1`. */
export function placeText({ x, y }: Place, { xLabel = 'x', yLabel = 'y' }: Axes): string {
  return `${xLabel} ${formatNumber(x)}, ${yLabel} ${formatNumber(y)}`;
}

/** A point with its name, its role and its place. */
export function pointText(point: MapPoint, axes: Axes): string {
  const role = point.role === undefined ? '' : ` (${roleName(point.role)})`;
  return `${point.label ?? t('a point')}${role}: ${placeText(point, axes)}`;
}

/** The whole: how many points there are, a few of them one by one, and what the keys do. */
export function describe(name: string, value: PointsValue): string {
  const { points } = value;
  const all = points.length <= MOST_SAID ? points.map((point) => `${pointText(point, value)}. `).join('') : '';
  const count = points.length === 1 ? t('One point.') : t('{0} points.', points.length);
  return `${name}. ${count} ${all}${t('Arrow keys go from point to point, plus and minus zoom.')}`;
}

/** How to move those that can be moved; nothing where none can. */
export function moveHint(movable: readonly MapPoint[]): string {
  const names = movable.map(({ label }) => (label === undefined ? t('a point') : `“${label}”`)).join(t(' or '));
  return names === '' ? '' : t('Drag {0}, or use the arrow keys (Shift for large steps).', names);
}

/** That some labels aren't there; nothing where all are. */
export function hiddenText(count: number): string {
  return count === 0 ? '' : count === 1 ? t('One label has no room here.') : t('{0} labels have no room here.', count);
}
