// The drawing of a row of nodes: arcs with their labels above it, characters between the nodes, notes below. Roles differ
// by weight and dash as well as by colour, and by the sign in front of a label.

import { nothing, svg, type TemplateResult } from 'lit';
import type { NumberParam } from '../../../src/shared/params.ts';
import type { GraphEdge, GraphNode, GraphValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { adjustText, drawnLabel, edgeText } from './graphWords.ts';
import { type Arc, arcPath, type RowLayout, SIDE } from './rowLayout.ts';

/** What is below the row: the nodes' labels and notes. */
export const BELOW = 46;
/** Room for what stands between two nodes, half its height. */
const HALF_BOX = 12;

/** What of a graph is touched at the moment. */
export interface Touch {
  /** The edge that the Tab key comes to. */
  readonly current: number;
  /** The edge that is pulled, and how far. */
  readonly pulled?: { readonly index: number; readonly lift: number } | undefined;
}

/** Nodes, characters and edges; chosen edges lie on top, labels on top of all. */
export function row(
  value: GraphValue,
  { cell, arcs }: RowLayout,
  offered: Readonly<Record<string, NumberParam>>,
  { current, pulled }: Touch,
): TemplateResult {
  const order = value.edges.map((_, index) => index);
  const [below, above] = [false, true].map((top) =>
    order.filter((index) => (value.edges[index]?.role === 'chosen') === top),
  ) as [number[], number[]];
  const lift = (index: number) => (pulled?.index === index ? pulled.lift : 0);
  return svg`
    <g aria-hidden="true">
      ${(value.between ?? []).map((text, i) => between(text, SIDE + (i + 0.5) * cell, cell))}
      ${value.nodes.map((node, i) => nodeAt(node, SIDE + i * cell))}
    </g>
    ${[...below, ...above].map((index) => {
      const edge = value.edges[index] as GraphEdge;
      const param = edge.adjust === undefined ? undefined : offered[edge.adjust.param];
      return edgeAt(value, index, arcs[index] as Arc, lift(index), param, index === current);
    })}
    <g aria-hidden="true" class="labels">
      ${order.map((index) => labelOf(value.edges[index] as GraphEdge, arcs[index] as Arc, lift(index)))}
    </g>` as TemplateResult;
}

function nodeAt({ label, note = '', role }: GraphNode, x: number): TemplateResult {
  return svg`<g class="node ${role ?? 'plain'}" transform="translate(${x.toFixed(1)} 0)">
    <circle r=${role === undefined ? 4.5 : 6} />
    <text class="node-label" y=${HALF_BOX + 12}>${label}</text>
    <text class="node-note" y=${HALF_BOX + 27}>${note}</text>
  </g>` as TemplateResult;
}

function between(text: string, x: number, cell: number): TemplateResult {
  const width = cell - 18;
  return svg`<g class="between">
    <rect x=${(x - width / 2).toFixed(1)} y=${-HALF_BOX} width=${width.toFixed(1)} height=${2 * HALF_BOX} rx="4" />
    <text x=${x.toFixed(1)} dy="0.34em">${drawnLabel(text)}</text>
  </g>` as TemplateResult;
}

/** An edge as something to come to by keys, and to pull where its parameter may be set. */
function edgeAt(
  value: GraphValue,
  index: number,
  arc: Arc,
  lift: number,
  param: NumberParam | undefined,
  current: boolean,
): TemplateResult {
  const edge = value.edges[index] as GraphEdge;
  const path = arcPath(arc, lift);
  const middle = (arc.left + arc.right) / 2;
  const top = -(arc.height + lift);
  const drawing = svg`<path class="hit" d=${path} /><path class="focus" d=${path} /><path class="gap" d=${path} />
    <path class="line" d=${path} />
    <path class="tip" d="M${arc.right.toFixed(1)} -1l-4 -8l8 0z" />
    ${param === undefined ? nothing : grip(middle, top)}`;
  const kind = `edge ${edge.role ?? 'plain'}`;
  return (
    param === undefined
      ? svg`<g class=${kind} data-index=${index} tabindex=${current ? 0 : -1} role="img"
          aria-label=${edgeText(edge, value)}>${drawing}</g>`
      : svg`<g class="${kind} adjustable" data-index=${index} tabindex=${current ? 0 : -1} role="slider"
          aria-label=${t('{0}: change its number', edgeText(edge, value))} aria-orientation="vertical"
          aria-valuemin=${param.min} aria-valuemax=${param.max} aria-valuenow=${edge.adjust?.value ?? param.min}
          aria-valuetext=${adjustText(edge)}>${drawing}</g>`
  ) as TemplateResult;
}

/** What an edge is pulled by: a disc with an arrow up and one down. */
function grip(x: number, y: number): TemplateResult {
  return svg`<g class="grip" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})">
    <circle r="9" /><path d="M-3.4 -1.8L0 -5.6L3.4 -1.8M-3.4 1.8L0 5.6L3.4 1.8" />
  </g>` as TemplateResult;
}

function labelOf({ label, note = '', role, adjust }: GraphEdge, arc: Arc, lift: number): TemplateResult {
  const x = ((arc.left + arc.right) / 2).toFixed(1);
  const y = -(arc.height + lift) - (adjust === undefined ? 5 : 11);
  return svg`<text class="label ${role ?? ''}" x=${x} y=${y.toFixed(1)}>
    <tspan class="piece" x=${x} dy=${note === '' ? 0 : -12}>${drawnLabel(label, role)}</tspan>${
      note === '' ? nothing : svg`<tspan class="number" x=${x} dy="12">${note}</tspan>`
    }</text>` as TemplateResult;
}
