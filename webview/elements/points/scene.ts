// The drawing inside the plane: lines, arrows or dots, their labels, and the handles of what can be moved.

import { nothing, svg } from 'lit';
import type { MapPoint, PointsValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { arrow, dot, line, text } from './looks.ts';
import type { Handle } from './moves.ts';
import type { labelsFor } from './picture.ts';
import { type Place, type Plane, pixelOf } from './plane.ts';
import { placeText } from './words.ts';

const ORIGIN = { x: 0, y: 0 };

/** Lines below, points above them, labels on top, and a ring around the point that is read out. */
export function scene(
  value: PointsValue,
  plane: Plane,
  labels: ReturnType<typeof labelsFor>,
  pointed?: number,
): unknown {
  const ring = value.points[pointed ?? -1];
  return svg`${(value.lines ?? []).map(({ from, to, role }) => {
    const [a, b] = [from, to].map(([x, y]) => pixelOf(plane, { x, y })) as [Place, Place];
    return svg`<g class="between ${role ?? 'plain'}">${line(a, b, '')}</g>`;
  })}
  ${value.points.map((point) => {
    const at = pixelOf(plane, point);
    return value.look === 'dots' ? dot(at, point.role) : arrow(pixelOf(plane, ORIGIN), at, point.role);
  })}
  ${labels.placed.map(({ index, x, y, led }) => {
    const { text: label, anchor, kind } = labels.wishes[index] as (typeof labels.wishes)[number];
    return svg`${led ? line(anchor, { x, y }, 'leader') : nothing}${text({ x, y }, label, `label ${kind}`)}`;
  })}
  ${ring === undefined ? nothing : halo(pixelOf(plane, ring))}`;
}

function halo({ x, y }: Place): unknown {
  return svg`<circle class="halo" cx=${x} cy=${y} r="11" />`;
}

/** What a movable point is taken by: a slider in two directions, to screen readers. Nothing where it is out of sight. */
export function handleAt(value: PointsValue, index: number, handle: Handle, plane: Plane): unknown {
  const point = value.points[index] as MapPoint;
  const { x, y } = pixelOf(plane, point);
  if (x < 0 || y < 0 || x > plane.size.width || y > plane.size.height) {
    return nothing;
  }
  return svg`<g
    class="handle" data-index=${index} tabindex="0" role="slider"
    aria-label=${t('Move {0}', point.label ?? t('point {0}', index + 1))}
    aria-valuemin=${handle.x.min} aria-valuemax=${handle.x.max} aria-valuenow=${point.x}
    aria-valuetext=${placeText(point, value)}
    transform="translate(${x} ${y})"
  ><circle class="hit" r="18" /><circle class="focus" r="13" /><circle class="grip" r="8" /></g>`;
}
