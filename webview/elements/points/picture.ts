// From a value to what is drawn of it: the part of the plane that it needs, its labels, which point is meant by a pixel
// or a key, and its numbers as a table. Pure but for the text measuring that it is given.

import type { MapPoint, PointsValue, Role, TableValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { roleName } from '../tokenChip.ts';
import { type LabelWish, type PlacedLabel, placeLabels } from './labels.ts';
import { DOT, signed } from './looks.ts';
import { handleOf, type PointsOffer } from './moves.ts';
import { type Extent, extentOf, type Place, type Plane, pixelOf } from './plane.ts';

/** How far from a point the pointer may be to mean it, in pixels. */
const NEAR = 18;

/** What must be in sight: the origin, all points and lines, the room asked for, and wherever a point can be moved to. */
export function extentFor(value: PointsValue, offered: PointsOffer['params']): Extent {
  const ends = (value.lines ?? []).flatMap(({ from, to }) => [from, to].map(([x, y]) => ({ x, y })));
  const corners = value.points.flatMap((point) => {
    const handle = handleOf(point, offered);
    return handle === undefined
      ? []
      : [
          { x: handle.x.min, y: handle.y.min },
          { x: handle.x.max, y: handle.y.max },
        ];
  });
  const room = (value.room ?? []).map(([x, y]) => ({ x, y }));
  return extentOf([{ x: 0, y: 0 }, ...value.points, ...ends, ...room, ...corners]);
}

interface Labels {
  readonly wishes: readonly (LabelWish & { readonly kind: string })[];
  readonly placed: readonly PlacedLabel[];
}

/** The labels of points and lines, and where they stand. */
export function labelsFor(value: PointsValue, plane: Plane, font: Parameters<typeof placeLabels>[2]): Labels {
  const origin = pixelOf(plane, { x: 0, y: 0 });
  const marks = value.points.map((point) => pixelOf(plane, point));
  const ofPoints = value.points.map((point, index) => {
    const anchor = marks[index] as Place;
    const out = { x: anchor.x - origin.x, y: anchor.y - origin.y };
    return {
      text: point.label === undefined ? '' : signed(point.label, point.role),
      anchor,
      // Beyond an arrow's tip there is room; a dot's label stands beside it.
      ...(value.look === 'arrows' && (out.x !== 0 || out.y !== 0) && { toward: out }),
      rank: rankOf(point),
      clear: point.move === undefined ? DOT + 3 : DOT + 6,
      kind: point.role ?? '',
    };
  });
  const ofLines = (value.lines ?? []).map(({ from, to, label = '', role }) => {
    const [a, b] = [from, to].map(([x, y]) => pixelOf(plane, { x, y })) as [Place, Place];
    return {
      text: label === '' ? '' : signed(label, role),
      anchor: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
      toward: { x: Math.abs(b.y - a.y), y: b.y - a.y === 0 ? 1 : -Math.abs(b.x - a.x) },
      rank: 1,
      clear: 4,
      kind: `${role ?? ''} of-line`,
    };
  });
  const { width, height } = plane.size;
  const inside = ({ anchor: { x, y }, text }: LabelWish) =>
    text !== '' && x >= 0 && y >= 0 && x <= width && y <= height;
  const wishes = [...ofPoints, ...ofLines].filter(inside);
  const grounds = [
    ...along({ x: 0, y: origin.y }, { x: width, y: origin.y }),
    ...along({ x: origin.x, y: 0 }, { x: origin.x, y: height }),
  ];
  const shafts = value.look === 'arrows' ? marks.flatMap((tip) => along(origin, tip)) : [];
  const taken = [...marks, ...shafts, ...grounds];
  return { wishes, placed: placeLabels(wishes, plane.size, font, taken, DOT) };
}

/** Pixels along an arrow or an axis, close enough that no label crosses it. */
function along(from: Place, tip: Place): Place[] {
  const count = Math.min(60, Math.floor(Math.hypot(tip.x - from.x, tip.y - from.y) / 12));
  return Array.from({ length: count }, (_, i) => ({
    x: from.x + ((tip.x - from.x) * i) / count,
    y: from.y + ((tip.y - from.y) * i) / count,
  }));
}

const RANKS: Readonly<Record<Role, number>> = { chosen: 4, new: 3, match: 3, warn: 3, dim: -1 };

function rankOf({ role, move }: MapPoint): number {
  return move !== undefined ? 5 : role === undefined ? 0 : RANKS[role];
}

/** The point nearest to a pixel, if it is near enough. */
export function nearestTo(pixel: Place, points: readonly MapPoint[], plane: Plane): number | undefined {
  let [found, least]: [number | undefined, number] = [undefined, NEAR];
  points.forEach((point, index) => {
    const { x, y } = pixelOf(plane, point);
    const distance = Math.hypot(x - pixel.x, y - pixel.y);
    if (distance < least) {
      [found, least] = [index, distance];
    }
  });
  return found;
}

/**
 * The point to go to from one, by a key that points along (dx, dy), y upwards: the nearest of those on that side, where
 * what lies off the straight way counts double. The first point where none was chosen; the same where none is there.
 */
export function neighbour(
  points: readonly MapPoint[],
  from: number | undefined,
  dx: number,
  dy: number,
): number | undefined {
  const start = from === undefined ? undefined : points[from];
  if (start === undefined) {
    return points.length > 0 ? 0 : undefined;
  }
  let [found, least] = [from, Infinity];
  points.forEach(({ x, y }, index) => {
    const along = (x - start.x) * dx + (y - start.y) * dy;
    const across = Math.abs((x - start.x) * dy) + Math.abs((y - start.y) * dx);
    if (index !== from && along > 0 && along >= across / 2 && along + 2 * across < least) {
      [found, least] = [index, along + 2 * across];
    }
  });
  return found;
}

/** All of it as a table: points first, then lines. */
export function numbersOf({ points, lines = [], xLabel = 'x', yLabel = 'y' }: PointsValue): TableValue {
  const named = [...points, ...lines].some(({ role }) => role !== undefined);
  const number = (id: string, label: string) => ({ id, label, type: 'number' as const });
  const role = (of: Role | undefined) => (named ? [of === undefined ? null : roleName(of)] : []);
  const ends = lines.length > 0;
  return {
    kind: 'table',
    columns: [
      { id: 'label', label: t('name'), type: 'text' },
      ...(named ? [{ id: 'role', label: t('mark'), type: 'text' as const }] : []),
      number('x', xLabel),
      number('y', yLabel),
      ...(ends ? [number('toX', t('to: {0}', xLabel)), number('toY', t('to: {0}', yLabel))] : []),
    ],
    rows: [
      ...points.map((point) => [
        point.label ?? null,
        ...role(point.role),
        point.x,
        point.y,
        ...(ends ? [null, null] : []),
      ]),
      ...lines.map(({ label, role: of, from, to }) => [label ?? t('line'), ...role(of), ...from, ...to]),
    ],
  };
}
