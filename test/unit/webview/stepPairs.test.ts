// Two runs' steps beside each other: every step once, in order, and those together that belong together.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame, Trace, Value } from '../../../src/shared/trace.ts';
import { markedBeside, valueApart } from '../../../webview/elements/trace/beside.ts';
import { pairSteps, partingRow, sameResult } from '../../../webview/tensor/steps/pairSteps.ts';

/** A trace of steps `op` or `op=number`. */
function trace(steps: readonly string[]): Trace {
  const values: Value[] = [];
  const frames = steps.map((step): Frame => {
    const [op = '', number] = step.split('=');
    if (number === undefined) {
      return { op, label: op, inputs: [], outputs: [] };
    }
    values.push({ kind: 'scalar', value: Number(number) });
    return { op, label: op, inputs: [], outputs: [{ name: op, value: values.length - 1 }] };
  });
  return { schema: 1, program: 'test', params: {}, values, frames };
}
const paired = (mine: string[], reference: string[], parting?: { mine: number; reference: number }) =>
  pairSteps(trace(mine), trace(reference), parting).map(
    ({ mine: m, reference: r, state }) =>
      `${m === undefined ? '' : mine[m]} ${state} ${r === undefined ? '' : reference[r]}`,
  );

describe('the steps of two runs', () => {
  it('are paired by what they come to, whatever only one of them does', () => {
    expect(paired(['inputs=1', 'mul=4', 'result=6'], ['inputs=1', 'add=2', 'mul=4', 'sub=3', 'result=6'])).toEqual([
      'inputs=1 same inputs=1',
      ' alone add=2',
      'mul=4 same mul=4',
      ' alone sub=3',
      'result=6 same result=6',
    ]);
  });

  it('part where they are known to, and go on by name', () => {
    const mine = ['inputs=1', 'mul=5', 'exp=7', 'result=9'];
    const reference = ['inputs=1', 'mul=4', 'exp=6', 'result=6'];
    const all = pairSteps(trace(mine), trace(reference), { mine: 1, reference: 1 });
    expect(all.map(({ state }) => state)).toEqual(['same', 'differs', 'differs', 'differs']);
    expect(partingRow(all)).toBe(1);
    expect(sameResult(all)).toBe(false);
  });

  it('end together, one of them with an error', () => {
    const all = paired(['inputs=1', 'error'], ['inputs=1', 'mul=4', 'result=4'], { mine: 1, reference: 1 });
    expect(all).toEqual(['inputs=1 same inputs=1', 'error ended mul=4', ' alone result=4']);
  });

  it('are each there once and in order, whatever they are', () => {
    const run = fc.array(
      fc.tuple(fc.constantFrom('mul', 'add', 'watch'), fc.nat(3)).map(([op, n]) => `${op}=${n}`),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(run, run, (mine, reference) => {
        const all = pairSteps(trace(mine), trace(reference), undefined);
        const ids = (side: 'mine' | 'reference') => all.flatMap((pair) => pair[side] ?? []);
        expect(ids('mine')).toEqual(mine.map((_, i) => i));
        expect(ids('reference')).toEqual(reference.map((_, i) => i));
      }),
    );
  });

  it('too many to be weighed are paired in turn', () => {
    const many = Array.from({ length: 600 }, (_, i) => `mul=${i}`);
    const all = pairSteps(trace(many), trace(['add=7', ...many]), undefined);
    expect(all.filter(({ state }) => state === 'same')).toHaveLength(600);
  });
});

describe('two values', () => {
  const tensor = (numbers: number[], shape: number[]) => {
    const buffer = Float32Array.from(numbers).buffer;
    const statistics = {
      min: null,
      max: null,
      mean: null,
      std: null,
      nan: 0,
      inf: 0,
      histogram: { from: 0, to: 0, counts: [] },
    };
    return [
      { kind: 'tensor', dtype: 'f32', shape, bytes: { offset: 0, length: numbers.length * 4 }, statistics },
      buffer,
    ] as const;
  };

  it('of numbers differ by more than what is rounded away, and an infinite one from every other', () => {
    const one = tensor([1, 2, 3, 4], [2, 2]);
    const apart = (numbers: number[], shape = [2, 2]) => valueApart(...one, ...tensor(numbers, shape));
    expect(apart([1, 2, 3, 4.0001])).toBeUndefined();
    expect(apart([1, 2, 3.1, 5])).toMatchObject({
      kind: 'cells',
      count: 2,
      of: 4,
      first: [1, 0],
      values: [3, expect.closeTo(3.1)],
    });
    expect(apart([1, 2, 3, 4], [4])).toEqual({ kind: 'shape', shapes: [[2, 2], [4]] });
    const masked = tensor([-Infinity, NaN], [2]);
    expect(valueApart(...masked, ...tensor([-Infinity, NaN], [2]))).toBeUndefined();
    expect(valueApart(...masked, ...tensor([-1e9, NaN], [2]))).toMatchObject({ count: 1 });
  });

  it('of rows, texts and tokens have marked in them what differs', () => {
    const columns = [{ id: 'a', label: 'a', type: 'number' as const }];
    const table = (...rows: number[][]): Value => ({ kind: 'table', columns, rows });
    const against = (value: Value) => ({ value, buffer: undefined, differs: String, same: '' });
    expect(markedBeside(table([1], [2]), against(table([1], [3])))).toMatchObject({
      marks: [{ row: 1, role: 'warn' }],
    });
    expect(markedBeside(table([1]), against(table([1])))).toEqual(table([1]));
    const text = (words: string): Value => ({ kind: 'text', text: words });
    expect(markedBeside(text('abc'), against(text('abd')))).toMatchObject({ marks: [{ start: 2, end: 3 }] });
    const tokens = (...all: string[]): Value => ({ kind: 'tokens', pieces: all.map((piece) => ({ text: piece })) });
    expect(markedBeside(tokens('a', 'b'), against(tokens('a', 'c')))).toMatchObject({
      pieces: [{ text: 'a' }, { text: 'b', role: 'warn' }],
    });
  });
});
