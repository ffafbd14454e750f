// The drawing of a flow: boxes with a name, a value and what came back to it; edges with what stands at them. Roles
// differ by weight and dash as well as by colour, and by the sign in front of a label.

import { svg, type TemplateResult } from 'lit';
import type { GraphEdge, GraphNode, GraphValue, Role } from '../../../src/shared/trace.ts';
import { signed } from '../points/looks.ts';
import { type Box, type FlowLayout, flowLayout, HALF_BOX, type Way } from './flowLayout.ts';
import { edgeText } from './graphWords.ts';
import type { Touch } from './row.ts';

/** Above the first row's middle. */
export const ABOVE = HALF_BOX + 8;

/** How wide a letter of a name is drawn, in pixels, and other texts, against the font that they are measured in. */
const [LETTER, TINY] = [6.8, 0.88];
/** Room beside a box's widest text, and the narrowest box. */
const [PADDING, LEAST] = [10, 40];

/** Lays a flow out by its texts. @param room pixels that it should fill where it can */
export function flowIn(value: GraphValue, measure: (text: string) => number, room: number): FlowLayout {
  const widest = (texts: readonly string[]) => Math.max(...texts.map((text) => measure(text) * TINY));
  const widths = {
    node: ({ label, note = '', under = '', role }: GraphNode) =>
      Math.max(LEAST, PADDING + Math.max([...boxLabel(label, role)].length * LETTER, widest([note, under]))),
    edge: ({ label, note = '' }: GraphEdge) => widest([label, note]),
  };
  return flowLayout(value, widths, room);
}

/** What takes the focus stays in one order; chosen lines lie on top of others, and labels above all. */
export function flow(value: GraphValue, layout: FlowLayout, { current, pointed }: Touch): TemplateResult {
  const drawn = value.edges.map((edge, index) => ({ edge, index, way: layout.ways[index] as Way }));
  return svg`
    ${drawn.map(({ edge, index, way }) => {
      const { path } = way;
      return svg`<g class="edge" data-index=${index} tabindex=${index === current ? 0 : -1} role="img"
        aria-label=${edgeText(edge, value)}><path class="hit" d=${path} /><path class="focus" d=${path} /><path
        class="gap" d=${path} /></g>`;
    })}
    <g aria-hidden="true" class="lines">${drawn.map(({ edge, way, index }) => lineOf(edge, way, index === pointed))}</g>
    <g aria-hidden="true" class="labels">
      ${value.nodes.map((node, i) => boxOf(node, layout.boxes[i] as Box))}
      ${drawn.map(({ edge, way }) => labelOf(edge, way))}
    </g>` as TemplateResult;
}

/** With its role's sign. What is looked for is asked for here: the equals sign of a row would read as part of a name. */
function boxLabel(label: string, role?: Role): string {
  return role === 'match' ? `? ${label}` : signed(label, role);
}

function boxOf({ label, note = '', under = '', role }: GraphNode, { x, y, width }: Box): TemplateResult {
  return svg`<g class="box ${role ?? 'plain'}" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})">
    <rect x=${(-width / 2).toFixed(1)} y=${-HALF_BOX} width=${width.toFixed(1)} height=${2 * HALF_BOX} rx="5" />
    <text class="node-label" y=${under === '' ? -4 : -11}>${boxLabel(label, role)}</text>
    <text class="node-value" y=${under === '' ? 13 : 4}>${note}</text>
    <text class="node-under" y="18">${under}</text>
  </g>` as TemplateResult;
}

function lineOf({ role }: GraphEdge, { path }: Way, pointed: boolean): TemplateResult {
  const end = path.split(' ').slice(-2).map(Number);
  return svg`<g class="${role ?? 'plain'} ${pointed ? 'pointed' : ''}"><path class="line" d=${path} />
    <path class="tip" d="M${(end[0] as number) + 5} ${end[1] as number}l-8 -4l0 8z" /></g>` as TemplateResult;
}

function labelOf({ label, note = '', role }: GraphEdge, { x, y }: Way): TemplateResult {
  return svg`<text class="label ${role ?? ''}" x=${x.toFixed(1)} y=${y.toFixed(1)}>
    <tspan class="number" x=${x.toFixed(1)} dy=${note === '' ? 4 : -3}>${label}</tspan><tspan
      class="back" x=${x.toFixed(1)} dy="13">${note}</tspan></text>` as TemplateResult;
}
