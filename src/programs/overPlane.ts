// Heights of a function over a piece of the plane, for the values of kind `plane`.

import type { PlaneAxis, PlaneHeights } from '../shared/planeValue.ts';

/** So many nodes on either side: contour lines look round, and a frame of a session weighs 7 kB. */
const NODES = 41;

/** @param height of a place; NaN where there is none */
export function overPlane(
  x: PlaneAxis,
  y: PlaneAxis,
  height: (x: number, y: number) => number,
  more: Omit<PlaneHeights, 'columns' | 'rows' | 'bytes'>,
  nodes: number = NODES,
): PlaneHeights {
  const at = (axis: PlaneAxis, i: number) => axis.from + ((axis.to - axis.from) * i) / (nodes - 1);
  const data = Float32Array.from({ length: nodes * nodes }, (_, i) =>
    height(at(x, i % nodes), at(y, Math.floor(i / nodes))),
  );
  return { ...more, columns: nodes, rows: nodes, bytes: data.buffer };
}
