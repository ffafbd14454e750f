// Where the parts of a flow stand: nodes as boxes in columns, each to the right of what it was made of; edges between
// them. Pure; pixels, y downwards, the middle of the first row at y 0.

import type { GraphEdge, GraphNode, GraphValue, Role } from '../../../src/shared/trace.ts';

/** A node's box: its middle and its size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** An edge from the right side of one box to the left side of another. */
export interface Way {
  readonly path: string;
  /** Half way along it. */
  readonly x: number;
  readonly y: number;
}

export interface FlowLayout {
  readonly boxes: readonly Box[];
  readonly ways: readonly Way[];
  readonly width: number;
  readonly height: number;
}

/** How wide the texts of a node and of an edge will be drawn. */
export interface FlowWidths {
  readonly node: (node: GraphNode) => number;
  readonly edge: (edge: GraphEdge) => number;
}

/** Half of a box's height. */
export const HALF_BOX = 25;
const ROW = 2 * HALF_BOX + 12;
const SIDE = 6;
/** Between two columns: at least so much, and no more however much room there is. */
const [LEAST_GAP, MOST_GAP] = [34, 110];
/** How far two edges between the same nodes bow apart. */
const BOW = 17;

/** @param room pixels that the flow should fill where it can */
export function flowLayout(value: GraphValue, widths: FlowWidths, room: number): FlowLayout {
  const columns = columnsOf(value);
  const rows = rowsOf(value, columns);
  const count = Math.max(0, ...columns) + 1;
  const wide = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...value.nodes.flatMap((node, i) => (columns[i] === column ? [widths.node(node)] : []))),
  );
  const spare = (room - 2 * SIDE - wide.reduce((sum, width) => sum + width, 0)) / Math.max(1, count - 1);
  const gap = Math.max(LEAST_GAP, ...value.edges.map((edge) => widths.edge(edge) + 8), Math.min(MOST_GAP, spare));
  const lefts = wide.map((_, column) => SIDE + wide.slice(0, column).reduce((sum, width) => sum + width + gap, 0));
  const boxes = value.nodes.map((_, node) => {
    const [column, width] = [columns[node] as number, wide[columns[node] as number] as number];
    return { x: (lefts[column] as number) + width / 2, y: (rows[node] as number) * ROW, width };
  });
  return {
    boxes,
    ways: value.edges.map((_, edge) => wayOf(value, edge, boxes)),
    width: (lefts.at(-1) ?? SIDE) + (wide.at(-1) ?? 0) + SIDE,
    height: (Math.max(0, ...rows) + 1) * ROW + SIDE,
  };
}

/** What should be in sight: the middle of all that a step has marked, or where that's too wide, of what it is about. */
export function middleOf({ nodes }: GraphValue, { boxes }: FlowLayout, room: number): number | undefined {
  const of = (...roles: readonly (Role | undefined)[]) => boxes.filter((_, i) => roles.includes(nodes[i]?.role));
  const [about] = of('match', 'chosen');
  if (about === undefined) {
    return undefined;
  }
  const all = of('match', 'chosen', 'new');
  const left = Math.min(...all.map(({ x, width }) => x - width / 2));
  const right = Math.max(...all.map(({ x, width }) => x + width / 2));
  return right - left <= room ? (left + right) / 2 : about.x;
}

/** Each node one column after the last of its inputs; one without inputs directly before the first that uses it. */
function columnsOf({ nodes, edges }: GraphValue): number[] {
  const columns = nodes.map(() => 0);
  nodes.forEach((_, node) => {
    for (const { from, to } of edges) {
      if (to === node) {
        columns[node] = Math.max(columns[node] as number, (columns[from] as number) + 1);
      }
    }
  });
  nodes.forEach((_, node) => {
    const users = edges.filter(({ from }) => from === node).map(({ to }) => columns[to] as number);
    if (users.length > 0 && edges.every(({ to }) => to !== node)) {
      columns[node] = Math.min(...users) - 1;
    }
  });
  return columns;
}

/** As a tree is drawn: what has no inputs gets a row of its own, and the rest stands half way between its inputs. */
function rowsOf({ nodes, edges }: GraphValue, columns: readonly number[]): number[] {
  const rows = new Map<number, number>();
  let next = 0;
  const visit = (node: number): void => {
    if (rows.has(node)) {
      return;
    }
    const inputs = [...new Set(edges.filter(({ to }) => to === node).map(({ from }) => from))];
    const own = inputs.filter((input) => !rows.has(input));
    inputs.forEach(visit);
    const stand = (own.length > 0 ? own : inputs).map((input) => rows.get(input) as number);
    const middle = stand.length === 0 ? next++ : (Math.min(...stand) + Math.max(...stand)) / 2;
    rows.set(node, freeRow(middle, columns, rows, node));
    next = Math.max(next, Math.ceil(rows.get(node) as number));
  };
  for (let node = nodes.length - 1; node >= 0; node--) {
    visit(node);
  }
  const highest = Math.min(0, ...rows.values());
  return nodes.map((_, node) => (rows.get(node) ?? 0) - highest);
}

/** The row wanted, or the next one below at which no other box of the column is in the way. */
function freeRow(wanted: number, columns: readonly number[], rows: ReadonlyMap<number, number>, node: number): number {
  const taken = [...rows].filter(([other]) => columns[other] === columns[node]).map(([, row]) => row);
  let row = wanted;
  while (taken.some((other) => Math.abs(other - row) < 1)) {
    row += 0.5;
  }
  return row;
}

function wayOf({ edges }: GraphValue, edge: number, boxes: readonly Box[]): Way {
  const { from, to } = edges[edge] as GraphValue['edges'][number];
  const twins = edges.flatMap((other, i) => (other.from === from && other.to === to ? [i] : []));
  const bow = twins.length === 1 ? 0 : (twins.indexOf(edge) - (twins.length - 1) / 2) * 2 * BOW;
  const [start, end] = [boxes[from] as Box, boxes[to] as Box];
  const [left, right] = [start.x + start.width / 2, end.x - end.width / 2 - 5];
  const third = (right - left) / 3;
  const points = [left, start.y, left + third, start.y + bow * 1.33, right - third, end.y + bow * 1.33, right, end.y];
  const [a, b, c, d, e, f, g, h] = points.map((pixel) => pixel.toFixed(1));
  return {
    path: `M${a} ${b}C${c} ${d} ${e} ${f} ${g} ${h}`,
    x: (left + right) / 2,
    y: (start.y + end.y) / 2 + bow,
  };
}
