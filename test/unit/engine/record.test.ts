// The trace hook: frames, names, groups, backward steps, previews, and the bound on memory.

import { expect, test } from 'vitest';
import { backward } from '../../../src/engine/autograd.ts';
import { attention } from '../../../src/engine/ops/attention.ts';
import { matmul } from '../../../src/engine/ops/matmul.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { sum } from '../../../src/engine/ops/sum.ts';
import { transpose } from '../../../src/engine/ops/transpose.ts';
import { previewOf } from '../../../src/engine/preview.ts';
import { type RecordOptions, TraceRecorder, type TraceSink } from '../../../src/engine/record.ts';
import { statisticsOf } from '../../../src/engine/statistics.ts';
import { Fault } from '../../../src/shared/errors.ts';
import type { ByteSlice, Frame, TensorValue, Value } from '../../../src/shared/trace.ts';
import { backends, engineOn } from '../../gradients/backends.ts';
import { faultOf } from './faultOf.ts';

/** An engine that records into lists. */
function recording({ budget = Number.POSITIVE_INFINITY, ...options }: RecordOptions & { budget?: number } = {}) {
  const engine = engineOn(backends[0]);
  const frames: Frame[] = [];
  const values: TensorValue[] = [];
  const packed: number[] = [];
  let weighed = 0;
  const sink: TraceSink = {
    weigh(bytes, at, remedy) {
      weighed += bytes;
      if (weighed > budget) {
        throw new Fault('too-large', `Too large at ${at}.`, { remedy });
      }
    },
    numbers(data): ByteSlice {
      packed.push(...data);
      return { offset: (packed.length - data.length) * 4, length: data.length * 4 };
    },
    value: (value: Value) => values.push(value as TensorValue) - 1,
    frame: (frame) => frames.push(frame) - 1,
  };
  const recorder = new TraceRecorder(sink, options);
  engine.hook = recorder;
  const numbersOf = (id: number): number[] => {
    const { bytes, preview } = values[id];
    const { offset, length } = bytes ?? (preview as NonNullable<typeof preview>).bytes;
    return packed.slice(offset / 4, (offset + length) / 4);
  };
  return { engine, recorder, frames, values, numbersOf };
}

test('an operation is a frame, and a tensor that two frames show is one value', () => {
  const { engine, recorder, frames, values, numbersOf } = recording();
  const x = engine.tensor(
    [
      [1, 2],
      [3, 4],
    ],
    { name: 'x' },
  );
  const y = mul(x, 2);
  y.name = 'doubled';
  matmul(y, x);
  recorder.flush();
  expect(frames.map(({ op, formula }) => [op, formula])).toEqual([
    ['mul', 'y = a * b'],
    ['matmul', 'y[i, j] = sum over k of a[i, k] b[k, j]'],
  ]);
  expect(frames.map(({ note }) => note)).toEqual([
    'x (2, 2) and b make doubled (2, 2).',
    'doubled (2, 2) and x (2, 2) make y (2, 2).',
  ]);
  expect(frames[0].inputs.map(({ name }) => name)).toEqual(['x', 'b']);
  expect(frames[0].outputs[0].name).toBe('doubled');
  expect(frames[1].inputs.map(({ name, value }) => [name, value])).toEqual([
    ['doubled', frames[0].outputs[0].value],
    ['x', frames[0].inputs[0].value],
  ]);
  expect(numbersOf(frames[1].outputs[0].value)).toEqual([14, 20, 30, 44]);
  expect(values[frames[1].outputs[0].value]).toMatchObject({ kind: 'tensor', dtype: 'f32', shape: [2, 2] });
});

test('numbers are those of the moment, also when a tensor changes or is released later', () => {
  const { engine, recorder, frames, numbersOf } = recording();
  const x = engine.tensor([1, 2]);
  engine.scope(() => mul(x, 10));
  engine.kernels.fill(x, 5);
  engine.scope(() => mul(x, 10));
  recorder.flush();
  expect(frames.map(({ inputs }) => numbersOf(inputs[0].value))).toEqual([
    [1, 2],
    [5, 5],
  ]);
  expect(frames.map(({ outputs }) => numbersOf(outputs[0].value))).toEqual([
    [10, 20],
    [50, 50],
  ]);
});

test('attention opens into its parts', () => {
  const { engine, recorder, frames } = recording();
  const [q, k, v] = ['q', 'k', 'v'].map((name) => engine.ones([1, 1, 3, 2], { name }));
  attention(q, k, v, { causal: true });
  recorder.flush();
  expect(frames.map(({ op, label, parent }) => [op, label, parent])).toEqual([
    ['group', 'attention', undefined],
    ['transpose', 'transpose', 0],
    ['matmul', 'matmul', 0],
    ['mul', 'mul', 0],
    ['where', 'where', 0],
    ['softmax', 'softmax', 0],
    ['matmul', 'matmul', 0],
  ]);
  expect(frames[0].inputs.map(({ name }) => name)).toEqual(['k', 'q', 'mask', 'v']);
  expect(frames[0].outputs).toEqual(frames[6].outputs);
  expect(frames[1].attributes).toEqual({ axes: [2, 3] });
  expect(frames.map(({ source }) => source?.file.split('/').at(-1))).toEqual(
    ['attention', 'transpose', 'matmul', 'mul', 'where', 'softmax', 'matmul'].map((name) => `${name}.ts`),
  );
});

test('backward steps are recorded, each gradient with what it is of', () => {
  const { engine, recorder, frames, values, numbersOf } = recording();
  const a = engine.tensor([[1, 2]], { name: 'a', requiresGrad: true });
  const b = engine.tensor([[3, 4]], { name: 'b', requiresGrad: true });
  recorder.describe(a, { name: 'a', axes: ['row', 'channel'] });
  engine.scope(() => backward(sum(matmul(a, transpose(b)))));
  recorder.flush();
  const back = frames.filter(({ op }) => op.endsWith('-backward'));
  expect(back.map(({ op, formula }) => [op, formula])).toEqual([
    ['sum-backward', 'dx = dy, repeated'],
    ['matmul-backward', 'da = dy b^T, db = a^T dy'],
    ['transpose-backward', 'dx = dy^T'],
  ]);
  expect(back[1].outputs.map(({ name, gradientOf }) => [name, gradientOf])).toEqual([
    ['da', 'a'],
    ['db', 'b'],
  ]);
  // What forward took in and gave comes along, and each gradient names which of it it belongs to.
  expect(back[1].inputs.map(({ name, gradientOf }) => [name, gradientOf])).toEqual([
    ['dy', 'y'],
    ['a', undefined],
    ['b', undefined],
    ['y', undefined],
  ]);
  expect(values[back[1].outputs[0].value]).toMatchObject({ axes: ['row', 'channel'] });
  expect(numbersOf(back[1].outputs[0].value)).toEqual([3, 4]);
  expect(numbersOf(back[2].outputs[0].value)).toEqual([1, 2]);
});

test('a group of backward steps takes in one gradient and gives out those of the leaves', () => {
  const { engine, recorder, frames, numbersOf } = recording();
  const a = engine.tensor([[1, 2]], { name: 'a', requiresGrad: true });
  const b = engine.tensor([[3], [4]], { name: 'b', requiresGrad: true });
  const twice = engine.tensor([[5]], { name: 'twice', requiresGrad: true });
  const y = mul(mul(matmul(a, b), twice), twice);
  engine.group('Backward', () => backward(sum(y)));
  recorder.flush();
  const group = frames.find(({ label }) => label === 'Backward');
  expect(group?.inputs.map(({ name, gradientOf }) => [name, gradientOf === undefined])).toEqual([
    ['x', true],
    ['dy', false],
  ]);
  // What each of two uses of a leaf gave is not yet its gradient.
  expect(group?.outputs.map(({ name }) => name)).toEqual(['da', 'db']);
  expect(group?.outputs.map(({ value }) => numbersOf(value))).toEqual([
    [75, 100],
    [25, 50],
  ]);
});

test('a big tensor is sent as a preview, and the rest is had by slice', () => {
  const { engine, recorder, frames, values, numbersOf } = recording({ wholeElements: 16 });
  const x = engine.fromData(
    Float32Array.from({ length: 200 }, (_, i) => i),
    [2, 10, 10],
  );
  recorder.describe(x, { name: 'weights', axes: ['H', 'T', 'S'] });
  mul(x, 1);
  recorder.flush();
  const [{ value, name }] = frames[0].inputs;
  expect(name).toBe('weights');
  expect(values[value]).toMatchObject({
    shape: [2, 10, 10],
    axes: ['H', 'T', 'S'],
    preview: { start: [0, 0, 0], step: [1, 1, 1], shape: [1, 4, 4] },
    statistics: { min: 0, max: 199, mean: 99.5 },
  });
  expect(values[value].bytes).toBeUndefined();
  expect(numbersOf(value).slice(0, 6)).toEqual([0, 1, 2, 3, 10, 11]);
  const part = { start: [1, 0, 9], step: [1, 4, 1], shape: [1, 3, 1] };
  expect(recorder.held.slice(value, part)).toEqual({ dtype: 'f32', numbers: Float32Array.of(109, 149, 189) });
  expect([recorder.held.size, recorder.held.bytes]).toEqual([2, 1600]);
  expect(faultOf(() => recorder.held.slice(value, { ...part, shape: [1, 4, 1] })).code).toBe('bad-input');
  expect(faultOf(() => recorder.held.slice(99, part)).code).toBe('not-found');
});

test('a trace that would be too big is refused, and the engine goes on', () => {
  const { engine, recorder } = recording({ budget: 1000 });
  const x = engine.ones([100]);
  const fault = faultOf(() => mul(mul(x, 1), 2));
  expect(fault).toMatchObject({ code: 'too-large', message: 'Too large at a tensor (100,).' });
  expect(fault.remedy).toMatch(/smaller tensors or fewer steps/);
  recorder.flush();
  engine.hook = undefined;
  expect(sum(mul(x, 2)).item()).toBe(200);
});

test.each([
  [[3, 4], 100, [3, 4]],
  [[8, 1000, 1000], 10_000, [1, 100, 100]],
  [[1000], 10, [10]],
  [[2, 5000], 1000, [2, 500]],
  [[5000, 2], 1000, [500, 2]],
  [[4, 3, 2], 12, [2, 3, 2]],
  [[0, 5], 3, [0, 5]],
])('the preview of %j within %d elements is %j', (shape, limit, expected) => {
  expect(previewOf(shape, limit).shape).toEqual(expected);
});

test('statistics are of the finite elements', () => {
  const figures = statisticsOf(Float32Array.of(1, 2, 3, Number.NaN, Infinity, -Infinity));
  expect(figures).toMatchObject({ min: 1, max: 3, mean: 2, nan: 1, inf: 2 });
  expect(figures.std).toBeCloseTo(Math.sqrt(2 / 3), 12);
  expect(figures.histogram.counts.reduce((a, b) => a + b)).toBe(3);
  expect(statisticsOf(new Float32Array(0))).toMatchObject({ min: null, mean: null, nan: 0 });
});
