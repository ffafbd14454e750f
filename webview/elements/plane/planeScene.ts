// The picture over the shades: axes outside, and inside lines, paths, arrows, points, their labels and the handles of what
// can be moved.

import { nothing, svg, type TemplateResult } from 'lit';
import type { PlaneAxis, PlanePoint, PlaneValue } from '../../../src/shared/planeValue.ts';
import { formatNumber, t } from '../../l10n.ts';
import { type LabelWish, placeLabels } from '../points/labels.ts';
import type { Handle } from '../points/moves.ts';
import { type Place, ticksBetween } from '../points/plane.ts';
import { clipped, type Ground, inside, MARGINS, pixelOf } from './ground.ts';
import type { Relief } from './heights.ts';
import { arrowMark, KINDS, pathMark, pointMark } from './marks.ts';
import { groupsOf, placeText } from './planeWords.ts';

/** Least distance of two numbers on an axis, in pixels. */
const GAP = { x: 48, y: 34 };
/** Up to so many points have their labels drawn. */
const MOST_LABELS = 80;
/** Half of what a mark takes up, in pixels. */
const HALF = 6;
/** An arrow keeps labels off at so many places at most. */
const MOST_ON_ARROW = 100;
/** How long the arrow to a line's positive side is, in pixels. */
const SIDE = 20;

export function axes(ground: Ground, { x, y }: PlaneValue, shaded: boolean): TemplateResult {
  const { width, height } = ground.size;
  const { left: x0, top: y0 } = MARGINS;
  const xs = marksOf(x, ground.scaleX, GAP.x);
  const ys = marksOf(y, ground.scaleY, GAP.y);
  const grid = shaded ? 'grid faint' : 'grid';
  const middle = y0 + height / 2;
  const short = y.label.length <= 2; // stands upright
  return svg`${xs.map(({ at, text }) => {
    const px = x0 + pixelOf(ground, { x: at, y: y.from }).x;
    return svg`<line class=${grid} x1=${px} x2=${px} y1=${y0} y2=${y0 + height} />
      <text class="tick" x=${px} y=${y0 + height + 15} text-anchor="middle">${text}</text>`;
  })}
  ${ys.map(({ at, text }) => {
    const py = y0 + pixelOf(ground, { x: x.from, y: at }).y;
    return svg`<line class=${grid} x1=${x0} x2=${x0 + width} y1=${py} y2=${py} />
      <text class="tick" x=${x0 - 6} y=${py} dy="0.32em" text-anchor="end">${text}</text>`;
  })}
  <rect class="frame" x=${x0} y=${y0} width=${width} height=${height} />
  <text class="axis-label" x=${x0 + width} y=${y0 + height + 32} text-anchor="end">${x.label}</text>
  <text
    class="axis-label" x="12" y=${middle} text-anchor="middle" dy=${short ? '0.32em' : nothing}
    transform=${short ? nothing : `rotate(-90 12 ${middle})`}
  >${y.label}</text>` as TemplateResult;
}

function marksOf({ from, to, names }: PlaneAxis, scale: number, gap: number) {
  return names ?? ticksBetween(from, to, scale, gap).map((at) => ({ at, text: tickText(at) }));
}

function tickText(value: number): string {
  const size = Math.abs(value);
  return value !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential() : formatNumber(value, 4);
}

/** Lines below, then paths and arrows, points, and labels on top. */
export function scene(value: PlaneValue, ground: Ground, labels: Labels, stop: PlanePoint | undefined): TemplateResult {
  const groups = groupsOf(value);
  const { points = [], lines = [], paths = [] } = value;
  return svg`${lines.map((line) => {
    const ends = clipped(ground, line.weights, line.bias);
    return ends === undefined
      ? nothing
      : svg`<g class="straight ${line.role ?? 'plain'}">${straight(ends, sideOf(line.weights, ground))}</g>`;
  })}
  ${paths.map(({ points: way }, index) =>
    pathMark(
      way.map(([px, py]) => pixelOf(ground, { x: px, y: py })),
      index,
    ),
  )}
  ${points.map((point) =>
    point.from === undefined
      ? nothing
      : arrowMark(
          pixelOf(ground, { x: point.from[0], y: point.from[1] }),
          pixelOf(ground, point),
          `${point.group === undefined ? 'plain' : `kind${groups.indexOf(point.group) % KINDS}`} ${point.role ?? ''}`,
        ),
  )}
  ${points.map((point) => {
    const kind = Math.max(0, groups.indexOf(point.group ?? ''));
    const { role, wrong = false } = point;
    return point.from === undefined
      ? pointMark(pixelOf(ground, point), {
          kind,
          wrong,
          dim: role === 'dim',
          chosen: role === 'chosen' || role === 'new',
        })
      : nothing;
  })}
  ${labels.placed.map(({ index, x, y, led }) => {
    const { text, anchor, kind } = labels.wishes[index] as Wish;
    return svg`${led ? svg`<line class="leader" x1=${anchor.x} y1=${anchor.y} x2=${x} y2=${y} />` : nothing}
      <text class="label ${kind}" x=${x.toFixed(1)} y=${y.toFixed(1)} text-anchor="middle" dy="0.32em">${text}</text>`;
  })}
  ${stop === undefined ? nothing : halo(pixelOf(ground, stop))}` as TemplateResult;
}

function halo({ x, y }: Place): TemplateResult {
  return svg`<g class="halo"><circle class="under" cx=${x} cy=${y} r="13" /><circle cx=${x} cy=${y} r="13" /></g>` as TemplateResult;
}

/** Which way a line's positive side lies, in pixels, of length 1. */
function sideOf([a, b]: readonly [number, number], { scaleX, scaleY }: Ground): Place {
  // The gradient of a x + b y + c, by pixels.
  const [gx, gy] = [a / scaleX, -b / scaleY];
  const length = Math.hypot(gx, gy) || 1;
  return { x: gx / length, y: gy / length };
}

function straight([from, to]: readonly [Place, Place], side: Place): TemplateResult {
  const d = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const tip = { x: middle.x + side.x * SIDE, y: middle.y + side.y * SIDE };
  return svg`<path class="casing" d=${d} /><path class="edge" d=${d} />${arrowMark(middle, tip, 'side')}` as TemplateResult;
}

type Wish = LabelWish & { readonly kind: string };

export interface Labels {
  readonly wishes: readonly Wish[];
  readonly placed: ReturnType<typeof placeLabels>;
}

/** The labels of points and lines, and where they stand. */
export function labelsOf(value: PlaneValue, ground: Ground, font: Parameters<typeof placeLabels>[2]): Labels {
  const { points = [], lines = [] } = value;
  const marks = points.map((point) => pixelOf(ground, point));
  const named = points.map((point, i): Wish => {
    const anchor = marks[i] as Place;
    const tail = point.from === undefined ? undefined : pixelOf(ground, { x: point.from[0], y: point.from[1] });
    return {
      text: point.label ?? '',
      anchor,
      ...(tail !== undefined && { toward: { x: anchor.x - tail.x, y: anchor.y - tail.y } }),
      rank:
        point.move !== undefined
          ? 5
          : point.role === 'chosen' || point.role === 'new'
            ? 4
            : point.wrong === true
              ? 2
              : 0,
      clear: point.wrong === true ? 15 : point.move === undefined ? 9 : 12,
      kind: point.role ?? '',
    };
  });
  const ofLines = lines.flatMap((line): Wish[] => {
    const ends = clipped(ground, line.weights, line.bias);
    if (ends === undefined || line.label === undefined) {
      return [];
    }
    const [from, to] = ends;
    const side = sideOf(line.weights, ground);
    // A quarter of the way along, on the side where it is less: the arrow is on the other.
    const anchor = { x: from.x + (to.x - from.x) / 4, y: from.y + (to.y - from.y) / 4 };
    return [{ text: line.label, anchor, toward: { x: -side.x, y: -side.y }, rank: 3, clear: 6, kind: 'of-line' }];
  });
  const wishes = [...named, ...ofLines]
    .filter(({ text, anchor }) => text !== '' && inside(ground, anchor))
    .slice(0, MOST_LABELS);
  const taken = [...marks, ...points.flatMap((point) => moreTaken(point, ground))];
  return { wishes, placed: placeLabels(wishes, ground.size, font, taken, HALF) };
}

/** What a point takes up beside its mark: the ring of a wrong one, and along the arrow that leads to it. */
function moreTaken(point: PlanePoint, ground: Ground): readonly Place[] {
  const tip = pixelOf(ground, point);
  const ring = point.wrong === true ? [-HALF, HALF].flatMap((x) => [-HALF, HALF].map((y) => ({ x, y }))) : [];
  const around = ring.map(({ x, y }) => ({ x: tip.x + x, y: tip.y + y }));
  if (point.from === undefined) {
    return around;
  }
  const tail = pixelOf(ground, { x: point.from[0], y: point.from[1] });
  const count = Math.min(MOST_ON_ARROW, Math.ceil(Math.hypot(tip.x - tail.x, tip.y - tail.y) / HALF));
  const along = (part: number) => ({ x: tail.x + (tip.x - tail.x) * part, y: tail.y + (tip.y - tail.y) * part });
  return [...around, ...Array.from({ length: count }, (_, i) => along(i / count))];
}

/** What a movable point is taken by: a slider in two directions, to screen readers. */
export function handleAt(
  value: PlaneValue,
  relief: Relief | undefined,
  ground: Ground,
  point: PlanePoint,
  index: number,
  handle: Handle,
): TemplateResult | typeof nothing {
  const at = pixelOf(ground, point);
  if (!inside(ground, at)) {
    return nothing;
  }
  return svg`<g
    class="handle" data-index=${index} tabindex="0" role="slider"
    aria-label=${t('Move {0}', point.label ?? t('point {0}', index + 1))}
    aria-valuemin=${handle.x.min} aria-valuemax=${handle.x.max} aria-valuenow=${point.x}
    aria-valuetext=${placeText(value, relief, point)}
    transform="translate(${at.x} ${at.y})"
  ><circle class="hit" r="18" /><circle class="focus" r="14" /><circle class="grip" r="9" /></g>` as TemplateResult;
}
