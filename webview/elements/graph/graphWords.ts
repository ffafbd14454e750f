// What is said of a graph in words: its labels with their signs, one edge as it is read out, the whole, and its tables.

import type { GraphEdge, GraphValue, Role, TableValue } from '../../../src/shared/trace.ts';
import { formatNumber, t } from '../../l10n.ts';
import { signed } from '../points/looks.ts';
import { roleName } from '../tokenChip.ts';
import { visibleStretches } from '../visibleText.ts';

/** A label as it is drawn: white space and invisible characters as signs, its role's sign in front. */
export function drawnLabel(label: string, role?: Role): string {
  const shown = visibleStretches(label)
    .map(({ real, sign }) => sign ?? real)
    .join('');
  return signed(shown, role);
}

/** `hug, from 0 to 3: −2.4 (chosen)`. */
export function edgeText({ label, from, to, note, role }: GraphEdge, { nodes }: GraphValue): string {
  const [start, end] = [from, to].map((index) => nodes[index]?.label ?? '');
  const way = t('{0}, from {1} to {2}', drawnLabel(label), start as string, end as string);
  const number = note === undefined ? '' : `: ${note}`;
  return `${way}${number}${role === undefined ? '' : ` (${roleName(role)})`}`;
}

/** The whole: how much of it there is, the way that is chosen, and what the keys do. */
export function describeGraph(name: string, value: GraphValue): string {
  const chosen = value.edges.filter(({ role }) => role === 'chosen').map(({ label }) => drawnLabel(label));
  const best = chosen.length === 0 ? '' : `${t('Chosen: {0}.', chosen.join(', '))} `;
  const size = t('{0} nodes and {1} edges.', value.nodes.length, value.edges.length);
  return `${name}. ${size} ${best}${t('The left and right arrow keys go from edge to edge.')}`;
}

/** How to pull those edges that can be; nothing where none can. */
export function pullHint(adjustable: readonly GraphEdge[]): string {
  const names = [...new Set(adjustable.map(({ label }) => `“${drawnLabel(label)}”`))].join(t(' or '));
  return names === '' ? '' : t('Pull {0} up or down, or come to it by Tab and use the arrow keys.', names);
}

/** What an edge's parameter is now, to screen readers. */
export function adjustText({ label, note, adjust }: GraphEdge): string {
  return `${drawnLabel(label)} ${note ?? formatNumber(adjust?.value ?? 0)}`;
}

/** All edges, in the order in which the keys go through them. */
export function edgesTable({ nodes, edges }: GraphValue, order: readonly number[]): TableValue {
  const noted = edges.some(({ note }) => note !== undefined);
  const marked = edges.some(({ role }) => role !== undefined);
  return {
    kind: 'table',
    columns: [
      { id: 'label', label: t('edge'), type: 'piece' },
      { id: 'from', label: t('from'), type: 'text' },
      { id: 'to', label: t('to'), type: 'text' },
      ...(noted ? [{ id: 'note', label: t('number'), type: 'text' as const }] : []),
      ...(marked ? [{ id: 'role', label: t('mark'), type: 'text' as const }] : []),
    ],
    rows: order.map((index) => {
      const { label, from, to, note, role } = edges[index] as GraphEdge;
      return [
        label,
        nodes[from]?.label ?? null,
        nodes[to]?.label ?? null,
        ...(noted ? [note ?? null] : []),
        ...(marked ? [role === undefined ? null : roleName(role)] : []),
      ];
    }),
  };
}

/** The nodes with what is noted at them; undefined where nothing is. */
export function nodesTable({ nodes }: GraphValue): TableValue | undefined {
  if (nodes.every(({ note, role }) => note === undefined && role === undefined)) {
    return undefined;
  }
  const came = nodes.some(({ under }) => under !== undefined);
  return {
    kind: 'table',
    columns: [
      { id: 'label', label: t('node'), type: 'text' },
      { id: 'note', label: t('number'), type: 'text' },
      ...(came ? [{ id: 'under', label: t('came back'), type: 'text' as const }] : []),
      { id: 'role', label: t('mark'), type: 'text' },
    ],
    rows: nodes.map(({ label, note, under, role }) => [
      label,
      note ?? null,
      ...(came ? [under ?? null] : []),
      role === undefined ? null : roleName(role),
    ]),
  };
}
