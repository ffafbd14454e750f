// The programs of the lesson on gradients, against finite differences of plain arithmetic.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphValue, ParamValues, Trace } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table } from './run.ts';
import { tensorOf } from './tensorOf.ts';

interface Numbers {
  readonly w: number;
  readonly b: number;
  readonly x: number;
  readonly t: number;
  readonly v: number;
}

/** The three losses, as one would write them down. */
const losses: Readonly<Record<string, (n: Numbers) => number>> = {
  breakfast: ({ w, b, x, t }) => (w * x + b - t) ** 2,
  weekend: ({ w, b, x, t }) => (w * x + b - t) ** 2 + (w * 1 + b - 4) ** 2,
  squash: ({ w, b, x, t, v }) => (Math.tanh(w * x + b) * v - t) ** 2,
};
const tenths = (min: number, max: number) => fc.integer({ min: 10 * min, max: 10 * max }).map((value) => value / 10);
const given = fc.record({
  kind: fc.constantFrom('breakfast', 'weekend', 'squash'),
  w: tenths(-2, 2),
  b: tenths(-2, 2),
  x: fc.integer({ min: 0, max: 3 }),
  t: fc.integer({ min: 0, max: 6 }),
  v: tenths(-2, 2),
});
const few = { numRuns: 15 };

function slope(kind: string, numbers: Numbers, name: keyof Numbers): number {
  const at = (move: number) => losses[kind]!({ ...numbers, [name]: numbers[name] + move });
  return (at(1e-5) - at(-1e-5)) / 2e-5;
}

describe('backward-by-hand', () => {
  it('arrives at the slopes that are measured, and at a smaller loss', async () => {
    await fc.assert(
      fc.asyncProperty(given, async ({ kind, ...numbers }) => {
        const trace = await run('backward-by-hand', { kind, ...numbers, rate: 0.005 });
        const [move] = framesOf(trace, 'move');
        const rows = table(trace, move, 'moves').rows as [string, number, number, number][];
        expect(rows.map(([name]) => name)).toEqual(kind === 'squash' ? ['w', 'b', 'v'] : ['w', 'b']);
        const steep = rows.map(([name, was, gradient, becomes]) => {
          expect(gradient).toBeCloseTo(slope(kind, numbers, name as keyof Numbers), 2);
          expect(becomes).toBeCloseTo(was - 0.005 * gradient, 3);
          return Math.abs(gradient);
        });
        const then = output(trace, move, 'loss') as { value: number };
        const before = losses[kind]!(numbers);
        expect(then.value).toBeLessThanOrEqual(before + 1e-3);
        if (Math.max(...steep) > 0.5) {
          expect(then.value).toBeLessThan(before);
        }
      }),
      few,
    );
  });

  it('asks with the answer among different guesses, which only the table afterwards explains', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (params) => {
        const trace = await run('backward-by-hand', params);
        for (const frame of framesOf(trace, 'pass-back')) {
          const { rows, marks } = table(trace, frame, 'guesses');
          const numbers = rows.map(([number]) => number);
          expect(marks).toEqual([{ row: 0, role: 'chosen' }]);
          expect(new Set(numbers).size).toBe(numbers.length);
          expect(numbers.length).toBeGreaterThan(1);
          expect(frame.formula).toBeUndefined();
          // What is asked about is marked, and the right guess is what the box has afterwards.
          const before = graph(trace, frame, 'before');
          const asked = before.nodes.findIndex(({ role }) => role === 'match');
          expect(asked).toBeGreaterThanOrEqual(0);
          const { under } = graph(trace, frame, 'graph').nodes[asked]!;
          expect(under).toBe(`grad ${numbers[0]}`);
        }
      }),
      few,
    );
  });

  it('shows no gradient before it has arrived, and each edge’s share once it was passed', async () => {
    const trace = await run('backward-by-hand', {});
    const graphs = trace.frames.slice(0, -1).map((frame) => graph(trace, frame, 'graph'));
    expect(graphs.map(({ nodes }) => nodes.filter(({ under }) => under !== undefined).length)).toEqual([
      0, 0, 1, 2, 4, 6, 8,
    ]);
    expect(graphs.at(-1)!.edges.map(({ note }) => note)).toEqual(['12', '8', '4', '4', '4', '−4', '2', '2']);
  });

  it('is asked twice over a weekend: where the second share arrives', async () => {
    const trace = await run('backward-by-hand', { kind: 'weekend' });
    expect(framesOf(trace, 'pass-back').map((frame) => table(trace, frame, 'guesses').rows[0])).toEqual([
      ['2', '−2 + 4 × 1'],
      ['10', '−2 + 4 × 3'],
    ]);
  });

  it('shows a small slope with enough digits that the products in its notes come out', async () => {
    const trace = await run('backward-by-hand', { kind: 'squash', w: 4, b: 0, x: 1, t: 3, v: 2 });
    const [through] = framesOf(trace, 'pass-back').filter(({ label }) => label.includes('tanh'));
    const [gradient, slope, product] = [-4.005, 0.00134, -0.00537];
    expect(gradient * slope).toBeCloseTo(product, 5);
    expect(through!.note).toContain('−4.005 × 0.00134 is −0.00537');
  });
});

const graph = (trace: Trace, frame: Trace['frames'][number], name: string) => output(trace, frame, name) as GraphValue;

describe('wiggle', () => {
  it('measures what plain arithmetic measures, and the gradient is where it leads', async () => {
    await fc.assert(
      fc.asyncProperty(
        given,
        fc.constantFrom('w', 'b', 'x', 't'),
        tenths(-1, 1),
        async ({ kind, ...numbers }, which, by) => {
          fc.pre(by !== 0);
          const rowOf = async (move: number) => {
            const trace = await run('wiggle', { kind, which, by: move, ...numbers });
            return table(trace, trace.frames[0], 'slopes').rows[0] as number[];
          };
          const [moved, less] = [await rowOf(by), await rowOf(by / 1000)];
          const name = which as keyof Numbers;
          const then = losses[kind]!({ ...numbers, [name]: numbers[name] + by });
          const before = losses[kind]!(numbers);
          expect(moved.slice(0, 4)).toEqual([by, then, then - before, (then - before) / by].map(near));
          expect(moved[4]).toBeCloseTo(slope(kind, numbers, name), 2);
          expect(Math.abs(less[3]! - moved[4]!)).toBeLessThan(0.1);
        },
      ),
      few,
    );
  });

  it('moves nothing by 0, and takes a number that is there', async () => {
    const rowOf = async (params: ParamValues) => {
      const trace = await run('wiggle', params);
      return table(trace, trace.frames[0], 'slopes').rows[0]!;
    };
    expect(await rowOf({ by: 0 })).toEqual([0, 4, 0, null, 12]);
    expect((await rowOf({ kind: 'weekend', which: 't', by: 0.5 }))[4]).toBe(-4);
  });
});

const near = (value: number) => expect.closeTo(value, 4) as unknown as number;

describe('slope-errors', () => {
  it('falls, and rises again; from both sides it gets further down', async () => {
    const trace = await run('slope-errors', {});
    const rows = table(trace, trace.frames[0], 'errors').rows as number[][];
    const best = (column: number) => rows.reduce((a, b) => (b[column]! < a[column]! ? b : a));
    for (const column of [1, 2]) {
      const [step] = best(column);
      expect(step).toBeLessThan(-3);
      expect(step).toBeGreaterThan(-11);
      expect(rows[0]![column]).toBeGreaterThan(best(column)[column]! + 4);
      expect(rows.at(-1)![column]).toBeGreaterThan(best(column)[column]! + 4);
    }
    expect(best(2)[2]).toBeLessThan(best(1)[1]! - 2);
    // A tenth of the step: a tenth of the error from one side, a hundredth from both.
    const at = (step: number) => rows.find(([first]) => first === step)!;
    expect(at(-3)[1]! - at(-2)[1]!).toBeCloseTo(-1, 1);
    expect(at(-3)[2]! - at(-2)[2]!).toBeCloseTo(-2, 1);
  });
});

describe('backward-table', () => {
  it('has the gradients that sums over plain numbers give', async () => {
    const trace = await run('backward-table', {});
    const { numbers: e } = tensorOf(trace, framesOf(trace, 'sub')[0], 'e');
    const { numbers: x } = tensorOf(trace, framesOf(trace, 'matmul')[0], 'x');
    const [B, C, D] = [2, 3, 4];
    const dy = (i: number, j: number) => 2 * e[i * D + j]!;
    const days = [0, 1];
    const db = Array.from({ length: D }, (_, j) => days.reduce((sum, i) => sum + dy(i, j), 0));
    expect(tensorOf(trace, framesOf(trace, 'add-backward')[0], 'db').numbers).toEqual(db);
    const dW = Array.from({ length: C * D }, (_, cell) =>
      days.reduce((sum, i) => sum + x[i * C + Math.floor(cell / D)]! * dy(i, cell % D), 0),
    );
    const shown = tensorOf(trace, framesOf(trace, 'matmul-backward')[0], 'dW');
    expect(shown.value.shape).toEqual([C, D]);
    expect(shown.numbers).toEqual(dW);
    // Words of its own, with the names that stand beside the tables: the operation's are a and b.
    const back = trace.frames.filter(({ op }) => op.endsWith('-backward'));
    expect(back.map(({ formula }) => formula?.split(' = ')[0])).toEqual(['dsquares', 'de', 'ds', 'dp', 'dW']);
    expect(Object.keys(trace.frames[0]!)).not.toContain('back');
    expect(e).toHaveLength(B * D);
  });
});
