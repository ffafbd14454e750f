// The layout of a row of nodes without a browser: no label on another one, arcs in the order of their spans.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphValue } from '../../../src/shared/trace.ts';
import { arcPath, rowLayout, type Widths } from '../../../webview/elements/graph/rowLayout.ts';

const graphs = fc
  .record({
    nodes: fc.integer({ min: 1, max: 12 }),
    edges: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 }),
  })
  .map(
    ({ nodes, edges }): GraphValue => ({
      kind: 'graph',
      look: 'row',
      nodes: Array.from({ length: nodes }, (_, i) => ({ label: String(i) })),
      edges: edges
        .map(([a, b]) => [a % nodes, b % nodes] as const)
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b), label: 'x' })),
    }),
  );
const widths = fc
  .array(fc.integer({ min: 5, max: 150 }), { minLength: 30, maxLength: 30 })
  .map((all): Widths => ({ edge: (i) => all[i]!, node: () => 20, between: () => 10 }));

describe('a row of nodes', () => {
  it('has no two labels on each other', () => {
    fc.assert(
      fc.property(graphs, widths, fc.integer({ min: 100, max: 1600 }), (graph, of, room) => {
        const { arcs } = rowLayout(graph, of, room);
        const boxes = arcs.map(({ left, right, height }, i) => {
          const middle = (left + right) / 2;
          return { from: middle - of.edge(i) / 2, to: middle + of.edge(i) / 2, low: height, high: height + 30 };
        });
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1)) {
            expect(a.from < b.to && b.from < a.to && a.low < b.high && b.low < a.high).toBe(false);
          }
        });
      }),
    );
  });

  it('draws longer arcs higher, and each inside of the picture', () => {
    fc.assert(
      fc.property(graphs, widths, (graph, of) => {
        const { arcs, height, width, cell } = rowLayout(graph, of, 600);
        arcs.forEach((arc, i) => {
          const { from, to } = graph.edges[i]!;
          expect(arc.right - arc.left).toBeCloseTo((to - from) * cell, 6);
          expect(arc.left).toBeGreaterThan(0);
          expect(arc.right).toBeLessThan(width);
          expect(arc.height).toBeLessThan(height);
          for (const [j, other] of arcs.entries()) {
            if (graph.edges[j]!.to - graph.edges[j]!.from < to - from) {
              expect(other.height).toBeLessThan(arc.height);
            }
          }
        });
      }),
    );
  });

  it('fills the room that there is, within reason', () => {
    const graph: GraphValue = { kind: 'graph', look: 'row', nodes: Array(5).fill({ label: '' }), edges: [] };
    const narrow: Widths = { edge: () => 10, node: () => 10, between: () => 10 };
    expect(rowLayout(graph, narrow, 400).width).toBeCloseTo(400, 6);
    expect(rowLayout(graph, narrow, 4000).width).toBeLessThan(600);
    expect(rowLayout(graph, narrow, 50).cell).toBeGreaterThan(40);
  });

  it('has its middle at its height', () => {
    const numbers = arcPath({ left: 0, right: 100, height: 60 })
      .match(/-?[\d.]+/g)!
      .map(Number);
    const [, y0, , y1, , y2, , y3] = numbers;
    // Half way along a cubic Bezier curve: (p0 + 3 p1 + 3 p2 + p3) / 8.
    expect((y0! + 3 * y1! + 3 * y2! + y3!) / 8).toBeCloseTo(-60, 6);
  });
});
