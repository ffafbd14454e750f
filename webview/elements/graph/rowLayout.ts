// Where the parts of a row of nodes stand: how far the nodes are apart, and how high each edge's arc rises, so that no
// label covers another one. Pure; pixels, y downwards, the row at y 0.

import type { GraphValue } from '../../../src/shared/trace.ts';

/** How wide labels will be drawn. */
export interface Widths {
  /** Of an edge's label with its note below it. */
  readonly edge: (index: number) => number;
  readonly node: (index: number) => number;
  readonly between: (index: number) => number;
}

/** An edge's arc: it rises from its first node, is highest half way, and comes down at its second one. */
export interface Arc {
  readonly left: number;
  readonly right: number;
  /** How far its middle is above the row. */
  readonly height: number;
}

export interface RowLayout {
  /** From node to node. */
  readonly cell: number;
  readonly arcs: readonly Arc[];
  /** Above the row, the highest label included. */
  readonly height: number;
  readonly width: number;
}

/** Room beyond the first and the last node. */
export const SIDE = 26;
/** The lowest arc, and how much higher each further one is: two lines of text and air. */
const LOWEST = 26;
const RISE = 42;
/** What an arc's label needs above it. */
const LABEL = 34;
const [LEAST_CELL, MOST_CELL] = [44, 112];
/** Between two labels at one height. */
const AIR = 8;

/**
 * Arcs over as many nodes have one height, longer ones a greater height; of edges between the same two nodes each has a
 * height of its own. Nodes stand as far apart as the labels at one height need, and further where there is room.
 *
 * @param room pixels that the row should fill where it can
 */
export function rowLayout({ nodes, edges }: GraphValue, widths: Widths, room: number): RowLayout {
  const lanes = lanesOf(edges);
  const heights = [...new Set(lanes)].sort((a, b) => a - b);
  const gaps = Math.max(1, nodes.length - 1);
  const cell = Math.max(
    Math.min(MOST_CELL, (room - 2 * SIDE) / gaps),
    LEAST_CELL,
    ...nodes.map((_, i) => widths.node(i) + AIR),
    ...Array.from({ length: gaps }, (_, i) => widths.between(i) + 2 * AIR),
    ...crowding(edges, lanes, widths.edge),
  );
  const arcs = edges.map(({ from, to }, index) => ({
    left: SIDE + Math.min(from, to) * cell,
    right: SIDE + Math.max(from, to) * cell,
    height: LOWEST + RISE * heights.indexOf(lanes[index] as number),
  }));
  const highest = Math.max(0, ...arcs.map(({ height }) => height));
  return { cell, arcs, height: highest + LABEL, width: 2 * SIDE + (nodes.length > 1 ? gaps * cell : 0) };
}

/** A number an edge: those with the same one have the same height, those with a greater one a greater height. */
function lanesOf(edges: GraphValue['edges']): number[] {
  const twins = new Map<string, number>();
  return edges.map(({ from, to }) => {
    const twin = twins.get(`${from} ${to}`) ?? 0;
    twins.set(`${from} ${to}`, twin + 1);
    return Math.abs(to - from) + twin / edges.length;
  });
}

/** How far apart nodes must be for each two neighbouring labels at one height not to touch. */
function crowding(
  edges: GraphValue['edges'],
  lanes: readonly number[],
  width: (index: number) => number,
): readonly number[] {
  const order = edges.map((_, index) => index).sort((a, b) => (lanes[a] ?? 0) - (lanes[b] ?? 0) || at(a) - at(b));
  function at(index: number): number {
    const { from, to } = edges[index] as GraphValue['edges'][number];
    return (from + to) / 2;
  }
  return order.slice(1).map((index, i) => {
    const before = order[i] as number;
    const apart = at(index) - at(before);
    return lanes[index] === lanes[before] && apart > 0 ? ((width(index) + width(before)) / 2 + AIR) / apart : 0;
  });
}

/** The arc as an SVG path, its middle `lift` pixels higher than it would be. */
export function arcPath({ left, right, height }: Arc, lift = 0): string {
  // A Bezier curve with its two handles at one height rises to three quarters of it.
  const handle = (-(height + lift) * 4) / 3;
  const [l, r, h] = [left, right, handle].map((pixel) => pixel.toFixed(1));
  return `M${l} 0C${l} ${h} ${r} ${h} ${r} 0`;
}
