// What a tensor's view knows of the trace: which tensors share a range of colours, and whose infinities are an alarm.

import { describe, expect, it } from 'vitest';
import type { Frame, Port, TensorValue, Trace, Value } from '../../../src/shared/trace.ts';
import { contextOf, sameContext } from '../../../webview/elements/tensor/context.ts';
import { firstRange } from '../../../webview/elements/tensor/range.ts';
import { lookOf } from '../../../webview/elements/tensor/tensorLook.ts';
import { statisticsOf } from '../../webview/harness/tensorTraces.ts';

function tensor(numbers: readonly number[], more: Partial<TensorValue> = {}): TensorValue {
  const data = Float32Array.from(numbers);
  const shape = [data.length];
  return { kind: 'tensor', dtype: 'f32', shape, statistics: statisticsOf({ shape, data }), ...more };
}
const ports = (values: readonly number[], more: Partial<Port> = {}): Port[] =>
  values.map((value) => ({ name: `v${value}`, value, ...more }));
const step = (op: string, inputs: readonly number[], outputs: readonly number[], more: Partial<Frame> = {}): Frame => ({
  op,
  label: op,
  inputs: ports(inputs),
  outputs: ports(outputs),
  ...more,
});
const traceOf = (values: readonly Value[], frames: readonly Frame[] = []): Trace => ({
  schema: 1,
  program: 'p',
  params: {},
  values,
  frames,
});
const shared = (trace: Trace, id: number, shown: readonly number[] = []) => contextOf(trace, id, ports(shown)).shared;

describe('one range of colours', () => {
  it('is a list’s for every way of reading it', () => {
    const reads = { list: 0, offset: 4, strides: [1] };
    const trace = traceOf([tensor([0, 5, 11]), tensor([5], { reads }), tensor([11], { reads }), tensor([5])]);
    expect(shared(trace, 1, [0, 1])).toEqual({ min: 0, max: 11, others: ['v0'] });
    expect(shared(trace, 0, [0, 1, 2])).toEqual({ min: 0, max: 11, others: ['v1', 'v2'] });
    expect(shared(trace, 2)).toEqual({ min: 0, max: 11, others: [] });
    expect(shared(trace, 3, [0, 1, 2, 3])).toBeUndefined();
  });

  it.each(['transpose', 'permute', 'reshape', 'squeeze', 'unsqueeze', 'expand', 'slice'])(
    'goes through %s, whatever a program calls its step, and stays in all other steps',
    (operation) => {
      const values = [tensor([1, 9]), tensor([9]), tensor([90])];
      const trace = traceOf(values, [step('of my own', [0], [1], { operation }), step('exp', [1], [2])]);
      expect(shared(trace, 1, [0, 1])).toEqual({ min: 1, max: 9, others: ['v0'] });
      expect(shared(trace, 1, [1, 2])).toEqual({ min: 1, max: 9, others: [] });
      expect(shared(trace, 2)).toBeUndefined();
    },
  );

  it('is that of all the parts that are put together', () => {
    const trace = traceOf([tensor([1, 2]), tensor([-5]), tensor([1, 2, -5])], [step('concat', [0, 1], [2])]);
    for (const id of [0, 1, 2]) {
      expect(shared(trace, id)).toMatchObject({ min: -5, max: 2 });
    }
  });

  it('is the table’s for the rows that were looked up in it, and not the ids’', () => {
    const values = [tensor([1, 9]), tensor([700]), tensor([9])];
    const trace = traceOf(values, [step('embedding', [0, 1], [2])]);
    expect(shared(trace, 2)).toMatchObject({ min: 1, max: 9 });
    expect(shared(trace, 1)).toBeUndefined();
  });

  it('takes a mask’s -inf along, and not a great number that a mask filled in', () => {
    const filled = (fill: number) => {
      const lone = tensor([fill], { shape: [] });
      return traceOf([tensor([0, 1]), lone, tensor([2, 3]), tensor([fill, 3])], [step('where', [0, 1, 2], [3])]);
    };
    expect(shared(filled(-Infinity), 3)).toMatchObject({ min: 2, max: 3 });
    expect(shared(filled(-1e9), 3)).toBeUndefined();
    expect(shared(filled(-1e9), 2)).toBeUndefined();
    expect(shared(filled(-Infinity), 0)).toBeUndefined();
  });

  it('is the gradients’ among themselves on the way back', () => {
    const values = [tensor([100]), tensor([0.5, 2]), tensor([0.5])];
    const frame: Frame = {
      ...step('reshape-backward', [0], []),
      inputs: [...ports([0]), ...ports([1], { gradientOf: 'y' })],
      outputs: ports([2], { gradientOf: 'x' }),
    };
    expect(shared(traceOf(values, [frame]), 2)).toMatchObject({ min: 0.5, max: 2 });
    expect(shared(traceOf(values, [frame]), 0)).toBeUndefined();
  });

  it('is not of numbers of two types', () => {
    const trace = traceOf([tensor([1]), tensor([1], { dtype: 'i32' })], [step('reshape', [0], [1])]);
    expect(shared(trace, 1)).toBeUndefined();
  });

  it('colours a number alike in both, unless another range is chosen', () => {
    const trace = traceOf([tensor([0, 11]), tensor([3, 4], { reads: { list: 0, offset: 3, strides: [1] } })]);
    const value = trace.values[1] as TensorValue;
    const none = { held: undefined, grid: undefined };
    const around = contextOf(trace, 1, []);
    expect(lookOf(value, none, firstRange, around, 'dark').scale).toMatchObject({ low: 0, high: 11 });
    expect(lookOf(value, none, firstRange, undefined, 'dark').scale).toMatchObject({ low: 3, high: 4 });
    const own = lookOf(value, none, { ...firstRange, mode: 'own' }, around, 'dark');
    expect(own).toMatchObject({ scale: { low: 3, high: 4 }, shared: undefined });
  });

  it('is known again as the same one', () => {
    const values = [tensor([1, 9]), tensor([9])];
    const context = (at: number) => contextOf(traceOf(values, [step('slice', [0], [1])]), at, ports([0, 1]));
    expect(sameContext(context(1), context(1))).toBe(true);
    expect(sameContext(context(0), context(1))).toBe(false);
    expect(sameContext(undefined, context(1))).toBe(false);
  });
});

describe('infinities', () => {
  const mask = tensor([0, -Infinity]);
  const calm = (trace: Trace, id: number) => {
    const value = trace.values[id] as TensorValue;
    const data = Float32Array.from(value.statistics.inf > 0 ? [1, -Infinity] : [1]);
    const held = { data, slice: { start: [0], step: [1], shape: [data.length] } };
    const whole = { ...value, bytes: { offset: 0, length: data.byteLength } };
    return lookOf(whole, { held, grid: undefined }, firstRange, contextOf(trace, id, []), 'dark').calm;
  };

  it('are no alarm where a mask has them, and where they came from it', () => {
    const values = [tensor([1, 2]), mask, tensor([1, -Infinity]), tensor([2, -Infinity])];
    const trace = traceOf(values, [step('add', [0, 1], [2]), step('mul', [2, 0], [3])]);
    expect([1, 2, 3].map((id) => calm(trace, id))).toEqual([true, true, true]);
    const filled = traceOf([tensor([1, 2]), tensor([1, -Infinity])], [step('where', [0, 0, 0], [1])]);
    expect(calm(filled, 1)).toBe(true);
  });

  it('are one where a computation came to them', () => {
    const trace = traceOf([tensor([0, 1]), tensor([1, -Infinity])], [step('log', [0], [1])]);
    expect(calm(trace, 1)).toBe(false);
  });

  it('are one above zero, beside NaN, and where it isn’t known which they are', () => {
    for (const [numbers, whole] of [
      [[1, Infinity], true],
      [[Number.NaN, -Infinity], true],
      [[1, -Infinity], false],
    ] as const) {
      const value = tensor(numbers, whole ? { bytes: { offset: 0, length: 8 } } : {});
      const held = { data: Float32Array.from(numbers), slice: { start: [0], step: [1], shape: [2] } };
      expect(lookOf(value, { held, grid: undefined }, firstRange, undefined, 'dark').calm, `${numbers}`).toBe(false);
    }
  });
});
