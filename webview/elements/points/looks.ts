// What points, arrows and lines look like, by role. Every role differs by shape, dash or weight as well as by colour,
// and carries the sign in front of its label that it has in tables.

import { nothing, svg, type TemplateResult } from 'lit';
import type { Role } from '../../../src/shared/trace.ts';
import type { Place } from './plane.ts';

export const SIGNS: Readonly<Record<Role, string>> = { chosen: '▸', new: '+', match: '=', warn: '!', dim: '' };

/** A label as it is drawn: its role's sign in front of it. */
export function signed(label: string, role: Role | undefined): string {
  const sign = role === undefined ? '' : SIGNS[role];
  return sign === '' ? label : `${sign} ${label}`;
}

/** Half the side of the box around a dot. */
export const DOT = 5;
const HEAD = 11;

/** The mark of a point: a disc, and another shape for each role. */
export function dot({ x, y }: Place, role: Role | undefined): TemplateResult {
  const at = `translate(${x.toFixed(2)} ${y.toFixed(2)})`;
  const kind = `dot ${role ?? 'plain'}`;
  const shape = {
    chosen: svg`<circle class="ring" r="8" /><circle r="4.5" />`,
    new: svg`<path d="M-4.5-4.5h9v9h-9z" />`,
    match: svg`<path d="M0-6.2 6.2 0 0 6.2-6.2 0z" />`,
    warn: svg`<path d="M0-6.4 6 4.6H-6z" />`,
    dim: svg`<circle class="hollow" r="3" />`,
    plain: svg`<circle r="4" />`,
  }[role ?? 'plain'];
  return svg`<g class=${kind} transform=${at}>${shape}</g>` as TemplateResult;
}

/** An arrow from one pixel to another; a mere dot where they are the same. */
export function arrow(from: Place, to: Place, role: Role | undefined): TemplateResult {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 1) {
    return dot(to, role);
  }
  const head = Math.min(HEAD, length);
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const neck = { x: to.x - ux * head, y: to.y - uy * head };
  const wing = head * 0.42;
  const side = (sign: 1 | -1) => `${(neck.x - sign * uy * wing).toFixed(2)} ${(neck.y + sign * ux * wing).toFixed(2)}`;
  return svg`<g class="arrow ${role ?? 'plain'}">
    ${line(from, neck, 'shaft')}
    <path class="head" d="M${to.x.toFixed(2)} ${to.y.toFixed(2)}L${side(1)}L${side(-1)}Z" />
  </g>` as TemplateResult;
}

/** A line between two pixels. */
export function line(from: Place, to: Place, kind: string): TemplateResult {
  return svg`<line class=${kind}
    x1=${from.x.toFixed(2)} y1=${from.y.toFixed(2)} x2=${to.x.toFixed(2)} y2=${to.y.toFixed(2)} />` as TemplateResult;
}

/** A text around its middle. */
export function text({ x, y }: Place, content: string, kind: string): TemplateResult | typeof nothing {
  return content === ''
    ? nothing
    : (svg`<text class=${kind} x=${x.toFixed(1)} y=${y.toFixed(1)} text-anchor="middle" dy="0.32em">${content}</text>` as TemplateResult);
}
