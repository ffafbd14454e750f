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
  /** The edge under the pointer, or with the focus. */
  readonly pointed: number | undefined;
  /** The edge that is pulled, and how far. */
  readonly pulled?: { readonly index: number; readonly lift: number } | undefined;
}

/**
 * Nodes, characters and edges. What takes the focus stays in one order, whatever is chosen: to move it would be to lose
 * the focus. The lines that are seen are a layer of their own, with chosen ones on top; labels are above all.
 */
export function row(
  value: GraphValue,
  { cell, arcs }: RowLayout,
  offered: Readonly<Record<string, NumberParam>>,
  { current, pointed, pulled }: Touch,
): TemplateResult {
  const drawn = value.edges.map((edge, index): Drawn => {
    const lift = pulled?.index === index ? pulled.lift : 0;
    const param = edge.adjust === undefined ? undefined : offered[edge.adjust.param];
    return { edge, index, arc: arcs[index] as Arc, lift, param, pointed: index === pointed };
  });
  const chosenLast = [false, true].flatMap((last) => drawn.filter(({ edge }) => (edge.role === 'chosen') === last));
  return svg`
    <g aria-hidden="true">
      ${(value.between ?? []).map((text, i) => between(text, SIDE + (i + 0.5) * cell, cell))}
      ${value.nodes.map((node, i) => nodeAt(node, SIDE + i * cell))}
    </g>
    ${drawn.map((one) => edgeAt(value, one, one.index === current))}
    <g aria-hidden="true" class="lines">${chosenLast.map(lineOf)}</g>
    <g aria-hidden="true" class="labels">${drawn.map(gripOf)} ${drawn.map(labelOf)}</g>` as TemplateResult;
}

/** An edge with all that its drawing needs. */
interface Drawn {
  readonly edge: GraphEdge;
  readonly index: number;
  readonly arc: Arc;
  /** How much higher than by itself, while it is pulled. */
  readonly lift: number;
  /** Where its number may be set. */
  readonly param: NumberParam | undefined;
  readonly pointed: boolean;
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

/** An edge as something to come to by keys, and to pull where its parameter may be set; to be seen only by its focus. */
function edgeAt(value: GraphValue, { edge, index, arc, lift, param }: Drawn, current: boolean): TemplateResult {
  const path = arcPath(arc, lift);
  const drawing = svg`<path class="hit" d=${path} /><path class="focus" d=${path} /><path class="gap" d=${path} />`;
  return (
    param === undefined
      ? svg`<g class="edge" data-index=${index} tabindex=${current ? 0 : -1} role="img"
          aria-label=${edgeText(edge, value)}>${drawing}</g>`
      : svg`<g class="edge adjustable" data-index=${index} tabindex=${current ? 0 : -1} role="slider"
          aria-label=${t('{0}: change its number', edgeText(edge, value))} aria-orientation="vertical"
          aria-valuemin=${param.min} aria-valuemax=${param.max} aria-valuenow=${edge.adjust?.value ?? param.min}
          aria-valuetext=${adjustText(edge)}>${drawing}</g>`
  ) as TemplateResult;
}

function lineOf({ edge: { role }, arc, lift, pointed }: Drawn): TemplateResult {
  return svg`<g class="${role ?? 'plain'} ${pointed ? 'pointed' : ''}"><path class="line" d=${arcPath(arc, lift)} />
    <path class="tip" d="M${arc.right.toFixed(1)} -1l-4 -8l8 0z" /></g>` as TemplateResult;
}

/** What an edge is pulled by: a disc with an arrow up and one down. */
function gripOf({ arc, lift, param, pointed, index }: Drawn): TemplateResult | typeof nothing {
  if (param === undefined) {
    return nothing;
  }
  const at = `translate(${((arc.left + arc.right) / 2).toFixed(1)} ${(-(arc.height + lift)).toFixed(1)})`;
  return svg`<g class="grip ${pointed ? 'pointed' : ''}" data-of=${index} transform=${at}>
    <circle r="9" /><path d="M-3.4 -1.8L0 -5.6L3.4 -1.8M-3.4 1.8L0 5.6L3.4 1.8" />
  </g>` as TemplateResult;
}

function labelOf({ edge: { label, note = '', role, adjust }, arc, lift }: Drawn): TemplateResult {
  const x = ((arc.left + arc.right) / 2).toFixed(1);
  const y = -(arc.height + lift) - (adjust === undefined ? 5 : 11);
  return svg`<text class="label ${role ?? ''}" x=${x} y=${y.toFixed(1)}>
    <tspan class="piece" x=${x} dy=${note === '' ? 0 : -12}>${drawnLabel(label, role)}</tspan>${
      note === '' ? nothing : svg`<tspan class="number" x=${x} dy="12">${note}</tspan>`
    }</text>` as TemplateResult;
}
