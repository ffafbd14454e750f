// Traces with tensors in them, computed plainly from seeded numbers: what the tensor view is tested on. Runs in the page
// as well as in Node.

import { type Random, seededRandom } from '../../../src/shared/environment.ts';
import type {
  ByteSlice,
  DType,
  Frame,
  TensorStatistics,
  TensorValue,
  Trace,
  Value,
} from '../../../src/shared/trace.ts';

export interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Numbers of about a normal distribution. */
export function randomTensor(shape: readonly number[], random: Random): Numbers {
  const data = new Float32Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    data[i] = random() + random() + random() - 1.5;
  }
  return { shape, data };
}

export function statisticsOf({ data }: Numbers, bins = 32): TensorStatistics {
  let [nan, inf, count, sum, min, max] = [0, 0, 0, 0, Infinity, -Infinity];
  for (const value of data) {
    if (Number.isNaN(value)) {
      nan += 1;
    } else if (!Number.isFinite(value)) {
      inf += 1;
    } else {
      count += 1;
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  const counts = new Array<number>(bins).fill(0);
  if (count === 0) {
    return { min: null, max: null, mean: null, std: null, nan, inf, histogram: { from: 0, to: 0, counts } };
  }
  const mean = sum / count;
  let squares = 0;
  for (const value of data) {
    if (Number.isFinite(value)) {
      squares += (value - mean) ** 2;
      const bin = max > min ? Math.min(bins - 1, Math.floor(((value - min) / (max - min)) * bins)) : 0;
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
  return { min, max, mean, std: Math.sqrt(squares / count), nan, inf, histogram: { from: min, to: max, counts } };
}

/** Packs tensors into one buffer and collects frames. */
export class TraceMaker {
  private readonly parts: Uint8Array[] = [];
  private length = 0;
  readonly values: Value[] = [];
  readonly frames: Frame[] = [];

  add(numbers: Numbers, more: Partial<TensorValue> = {}): number {
    const bytes = this.pack(numbers.data);
    const dtype: DType = numbers.data instanceof Float32Array ? 'f32' : 'i32';
    return this.addValue({
      kind: 'tensor',
      dtype,
      shape: numbers.shape,
      bytes,
      statistics: statisticsOf(numbers),
      ...more,
    });
  }

  /** A preview: every `step`-th along each axis. */
  addPreview(numbers: Numbers, step: number): number {
    const shape = numbers.shape.map((size) => Math.ceil(size / step));
    const [rows, columns] = shape as [number, number];
    const data = new Float32Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        data[i * columns + j] = numbers.data[i * step * (numbers.shape[1] as number) + j * step] as number;
      }
    }
    const preview = { start: shape.map(() => 0), step: shape.map(() => step), shape, bytes: this.pack(data) };
    return this.addValue({
      kind: 'tensor',
      dtype: 'f32',
      shape: numbers.shape,
      preview,
      statistics: statisticsOf(numbers),
    });
  }

  frame(frame: Frame): void {
    this.frames.push(frame);
  }

  trace(): Trace {
    const buffer = new ArrayBuffer(this.length);
    const all = new Uint8Array(buffer);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return { schema: 1, program: 'test', params: {}, values: this.values, frames: this.frames, buffer };
  }

  private addValue(value: TensorValue): number {
    this.values.push(value);
    return this.values.length - 1;
  }

  private pack(data: Float32Array | Int32Array): ByteSlice {
    const slice = { offset: this.length, length: data.byteLength };
    this.parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    this.length += data.byteLength;
    return slice;
  }
}

/** Rows times columns, added up in 32 bits as kernels do. */
export function matmulPlain(a: Numbers, b: Numbers): Numbers {
  const [m, k] = a.shape as [number, number];
  const n = b.shape[1] as number;
  const data = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let c = 0; c < k; c++) {
        sum = Math.fround(sum + Math.fround((a.data[i * k + c] as number) * (b.data[c * n + j] as number)));
      }
      data[i * n + j] = sum;
    }
  }
  return { shape: [m, n], data };
}

export function softmaxRows({ shape, data }: Numbers): Numbers {
  const columns = shape.at(-1) as number;
  const out = new Float32Array(data.length);
  for (let start = 0; start < data.length; start += columns) {
    const row = [...data.subarray(start, start + columns)];
    const most = Math.max(...row);
    const powers = row.map((value) => Math.exp(value - most));
    const total = powers.reduce((a, b) => a + b, 0);
    powers.forEach((power, i) => {
      out[start + i] = power / total;
    });
  }
  return { shape, data: out };
}

const WORDS = ['the', 'keeper', 'lit', 'the', 'lamp', 'again'];

/** Attention's first steps over six tokens: scores, scaled, softmax, and a bias added by broadcasting. */
export function attentionTrace(seed = 7): Trace {
  const random = seededRandom(seed);
  const maker = new TraceMaker();
  const tokens = { labels: { 0: WORDS }, axes: ['T', 'C'] };
  const q = randomTensor([6, 8], random);
  const kT = randomTensor([8, 6], random);
  const scores = matmulPlain(q, kT);
  const bias = randomTensor([6], random);
  const biased = { shape: [6, 6], data: scores.data.map((value, i) => value + (bias.data[i % 6] as number)) };
  const weights = softmaxRows(biased);
  const both = { labels: { 0: WORDS, 1: WORDS }, axes: ['query', 'key'] };
  const ids = {
    q: maker.add(q, tokens),
    k: maker.add(kT, { axes: ['C', 'T'], labels: { 1: WORDS } }),
    scores: maker.add(scores, both),
    bias: maker.add(bias, { axes: ['key'] }),
    biased: maker.add(biased, both),
    weights: maker.add(weights, both),
  };
  const port = (name: string, value: number) => ({ name, value });
  maker.frame({
    op: 'matmul',
    label: 'Every query with every key',
    note: 'Each score is the dot product of a query and a key.',
    formula: 'scores = q @ kT',
    inputs: [port('q', ids.q), port('kT', ids.k)],
    outputs: [port('scores', ids.scores)],
  });
  maker.frame({
    op: 'add',
    label: 'Add a bias to each key',
    inputs: [port('scores', ids.scores), port('bias', ids.bias)],
    outputs: [port('biased', ids.biased)],
  });
  maker.frame({
    op: 'softmax',
    label: 'Each row becomes weights',
    inputs: [port('biased', ids.biased)],
    outputs: [port('weights', ids.weights)],
    attributes: { axis: -1 },
  });
  return maker.trace();
}

/** One step that makes one tensor. */
export function oneTensor(numbers: Numbers, more: Partial<TensorValue> = {}): Trace {
  const maker = new TraceMaker();
  const value = maker.add(numbers, more);
  maker.frame({ op: 'make', label: 'A tensor', inputs: [], outputs: [{ name: 'x', value }] });
  return maker.trace();
}
