// What points, arrows and paths of a plane look like. Every class has a shape of its own as well as a colour, every path
// a dash of its own.

import { nothing, svg, type TemplateResult } from 'lit';
import type { Place } from '../points/plane.ts';

/** So many classes and paths are told apart; then they begin anew. */
export const KINDS = 6;
const HEAD = 10;

/** Around the origin, in pixels. */
const SHAPES = [
  svg`<circle r="5" />`,
  svg`<path d="M-4.6-4.6h9.2v9.2h-9.2z" />`,
  svg`<path d="M0-6.4 6 4.6H-6z" />`,
  svg`<path d="M0-6.6 6.6 0 0 6.6-6.6 0z" />`,
  svg`<path d="M0 6.4 6-4.6H-6z" />`,
  svg`<path d="M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z" />`,
] as const;

const translate = ({ x, y }: Place) => `translate(${x.toFixed(1)} ${y.toFixed(1)})`;

/** The shape of a class or of a path's end, around the origin. */
export function shapeOf(kind: number): TemplateResult {
  return SHAPES[kind % KINDS] as TemplateResult;
}

export interface PointMark {
  /** The index of its class. */
  readonly kind: number;
  readonly wrong: boolean;
  readonly dim: boolean;
  readonly chosen: boolean;
}

export function pointMark(at: Place, { kind, wrong, dim, chosen }: PointMark): TemplateResult {
  return svg`<g class="point kind${kind % KINDS} ${dim ? 'dim' : ''}" transform=${translate(at)}>
    ${chosen ? svg`<circle class="ring" r="9.5" />` : nothing}
    ${wrong ? svg`<g class="wrong"><circle class="under" r="10.5" /><circle r="10.5" /><path d="m7 -13 5 5m0 -5-5 5" /></g>` : nothing}
    ${shapeOf(kind)}
  </g>` as TemplateResult;
}

/** An arrow between two pixels; nothing where it would be shorter than its head. */
export function arrowMark(from: Place, to: Place, kind: string): TemplateResult | typeof nothing {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 2) {
    return nothing;
  }
  const head = Math.min(HEAD, length);
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const neck = { x: to.x - ux * head, y: to.y - uy * head };
  const side = (sign: 1 | -1) =>
    `${(neck.x - sign * uy * head * 0.45).toFixed(1)} ${(neck.y + sign * ux * head * 0.45).toFixed(1)}`;
  return svg`<g class="arrow ${kind}">
    <path class="shaft" d="M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${neck.x.toFixed(1)} ${neck.y.toFixed(1)}" />
    <path class="head" d="M${to.x.toFixed(1)} ${to.y.toFixed(1)}L${side(1)}L${side(-1)}Z" />
  </g>` as TemplateResult;
}

/** The way through all places that are numbers, and its two ends. */
export function pathMark(places: readonly Place[], kind: number): TemplateResult | typeof nothing {
  const real = places.map((place) => (Number.isFinite(place.x + place.y) ? place : undefined));
  const way = real
    .map((place, i) =>
      place === undefined ? '' : `${real[i - 1] === undefined ? 'M' : 'L'}${short(place.x)} ${short(place.y)}`,
    )
    .join('');
  const [first, last] = [real.find((place) => place !== undefined), real.findLast((place) => place !== undefined)];
  if (first === undefined || last === undefined) {
    return nothing;
  }
  return svg`<g class="path kind${kind % KINDS}">
    <path class="casing" d=${way} /><path class="way" d=${way} />
    <circle class="start" transform=${translate(first)} r="5.5" />
    <g class="point" transform=${translate(last)}>${shapeOf(kind)}</g>
  </g>` as TemplateResult;
}

/** A coordinate in pixels that SVG can draw: far out is far out. */
function short(pixel: number): string {
  return Math.min(1e5, Math.max(-1e5, pixel)).toFixed(1);
}
