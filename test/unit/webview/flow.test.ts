// The layout of a flow without a browser: everything to the right of what it was made of, and no box on another one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphValue } from '../../../src/shared/trace.ts';
import { type FlowWidths, flowLayout, HALF_BOX, middleOf } from '../../../webview/elements/graph/flowLayout.ts';

/** Each node but the first may use any two before it, also one of them twice. */
const flows = fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 14 }).map(
  (made): GraphValue => ({
    kind: 'graph',
    look: 'flow',
    nodes: made.map((_, i) => ({ label: String(i) })),
    edges: made.flatMap(([given, a, b], to) =>
      given || to === 0 ? [] : [a, b].map((from) => ({ from: from % to, to, label: '×2' })),
    ),
  }),
);
const widths = fc
  .tuple(fc.integer({ min: 20, max: 120 }), fc.integer({ min: 5, max: 60 }))
  .map(([node, edge]): FlowWidths => ({ node: ({ label }) => node + Number(label), edge: () => edge }));

describe('a flow', () => {
  it('goes from left to right, with no box on another one and each inside of the picture', () => {
    fc.assert(
      fc.property(flows, widths, fc.integer({ min: 100, max: 1600 }), (graph, of, room) => {
        const { boxes, width, height } = flowLayout(graph, of, room);
        for (const { from, to } of graph.edges) {
          const [start, end] = [boxes[from]!, boxes[to]!];
          expect(start.x + start.width / 2 + of.edge(graph.edges[0]!)).toBeLessThan(end.x - end.width / 2);
        }
        boxes.forEach((box, i) => {
          expect(box.x - box.width / 2).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width / 2).toBeLessThanOrEqual(width);
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.y + 2 * HALF_BOX).toBeLessThanOrEqual(height);
          expect(box.width).toBeGreaterThanOrEqual(of.node(graph.nodes[i]!));
          for (const other of boxes.slice(i + 1)) {
            const apart = Math.abs(box.x - other.x) >= (box.width + other.width) / 2;
            expect(apart || Math.abs(box.y - other.y) >= 2 * HALF_BOX).toBe(true);
          }
        });
      }),
    );
  });

  it('has all that a step has marked in sight where there is room, else what it is about', () => {
    const roles = [undefined, 'new', 'chosen', undefined] as const;
    const chain: GraphValue = {
      kind: 'graph',
      look: 'flow',
      nodes: roles.map((role, i) => ({ label: String(i), ...(role !== undefined && { role }) })),
      edges: [0, 1, 2].map((from) => ({ from, to: from + 1, label: '' })),
    };
    const layout = flowLayout(chain, { node: () => 80, edge: () => 10 }, 100);
    const [, made, chosen] = layout.boxes.map(({ x }) => x);
    expect(middleOf(chain, layout, 250)).toBe((made! + chosen!) / 2);
    expect(middleOf(chain, layout, 150)).toBe(chosen);
    expect(middleOf({ ...chain, nodes: chain.nodes.map(({ label }) => ({ label })) }, layout, 150)).toBeUndefined();
  });

  it('parts two edges between the same two boxes', () => {
    const edges = [0, 0].map((from) => ({ from, to: 1, label: '' }));
    const square: GraphValue = { kind: 'graph', look: 'flow', nodes: [{ label: 'e' }, { label: 'L' }], edges };
    const [one, two] = flowLayout(square, { node: () => 60, edge: () => 10 }, 300).ways;
    expect(Math.abs(one!.y - two!.y)).toBeGreaterThan(26);
    expect(one!.path).not.toBe(two!.path);
  });
});
