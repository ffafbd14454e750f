// The ONNX writer and reader. That what is written runs, and gives PyTorch's numbers, is tested with the real models.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GraphBuilder, MICROSOFT } from '../../../src/formats/onnx/graph.ts';
import { type Product, setAside, type UpAndDown } from '../../../src/formats/onnx/products.ts';
import { ProtoWriter, packedIntegers, readFields } from '../../../src/formats/onnx/protobuf.ts';
import { quantiseColumns, quantiseRows } from '../../../src/formats/onnx/quantise.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { smoothing } from '../../../src/formats/onnx/smooth.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { seededRandom } from '../../../src/shared/environment.ts';

it('writes integers and texts as the format’s own documentation shows', () => {
  // https://protobuf.dev/programming-guides/encoding/: field 1 = 150, field 2 = "testing", field 6 packed.
  expect([...new ProtoWriter().integer(1, 150).finish()]).toEqual([0x08, 0x96, 0x01]);
  expect(Buffer.from(new ProtoWriter().text(2, 'testing').finish()).toString('hex')).toBe('120774657374696e67');
  expect([...new ProtoWriter().integer(1, -2).finish()]).toEqual([0x08, 0xfe, ...Array(8).fill(0xff), 0x01]);
  expect(packedIntegers(Uint8Array.of(0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05), 'test')).toEqual([3n, 270n, 86942n]);
});

it('reads back every integer of 64 bits', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.integer({ min: 1, max: 5000 }),
      (value, field) => {
        const [read] = [...readFields(new ProtoWriter().integer(field, value).finish(), 'test')];
        expect(read).toEqual({ field, integer: value });
      },
    ),
  );
});

it('reads back the graph that it wrote', () => {
  const graph = sample();
  expect(readOnnx(writeOnnx(graph), 'test')).toEqual({ ...graph });
});

it('says what is wrong with a file that is cut or changed, and allocates nothing for it', () => {
  const whole = writeOnnx(sample());
  for (let end = 0; end < whole.length; end++) {
    readOrFault(whole.subarray(0, end));
  }
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
      const changed = whole.slice();
      changed[at] = byte;
      readOrFault(changed);
    }),
  );
  // A stretch of 2^60 bytes.
  expect(() => readOnnx(Uint8Array.of(0x3a, ...Array(8).fill(0x80), 0x10), 'test')).toThrow(
    expect.objectContaining({ code: 'bad-input' }),
  );
});

it('rounds each column and row by at most half of its own step', () => {
  const weights = fc.array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(weights, (given) => {
      const matrix = Float32Array.from(given);
      const columns = quantiseColumns(matrix, 3, 4);
      const rows = quantiseRows(matrix, 3, 4);
      matrix.forEach((weight, i) => {
        for (const [{ values, scales }, of] of [
          [columns, i % 4],
          [rows, Math.floor(i / 4)],
        ] as const) {
          const scale = scales[of] as number;
          expect(Math.abs((values[i] as number) * scale - weight)).toBeLessThanOrEqual(scale * 0.5001);
        }
      });
    }),
  );
});

it('moves a channel that is far larger than the rest into the weights, so that little is lost by rounding', () => {
  const random = seededRandom(3);
  const spread = (size: number) => Float32Array.from({ length: size }, () => random() * 2 - 1);
  const [channels, outputs] = [16, 8];
  const weights = { shape: [outputs, channels], data: spread(outputs * channels) };
  const scale = Float32Array.from({ length: channels }, (_, c) => (c === 5 ? 40 : 0.2));
  const factors = smoothing(weights.data, scale, new Float32Array(channels));
  const x = spread(channels).map((value, c) => value * (scale[c] as number));
  const product = (step: (largest: number) => number, by: Float32Array) => {
    const parts = x.map((value, c) => value / (by[c] as number));
    const unit = step(Math.max(...parts.map(Math.abs)));
    const kept = parts.map((value) => (unit === 0 ? value : Math.round(value / unit) * unit));
    return Array.from({ length: outputs }, (_, o) =>
      kept.reduce((sum, value, c) => sum + value * (by[c] as number) * (weights.data[o * channels + c] as number), 0),
    );
  };
  const ones = new Float32Array(channels).fill(1);
  const exact = product(() => 0, ones);
  const loss = (by: Float32Array) =>
    Math.hypot(...product((largest) => largest / 127, by).map((value, o) => value - (exact[o] as number)));
  product(() => 0, factors).forEach((value, o) => {
    expect(value).toBeCloseTo(exact[o] as number, 4);
  });
  expect(loss(factors)).toBeLessThan(loss(ones) / 4);
});

function sample(): GraphBuilder {
  const graph = new GraphBuilder('sample');
  const x = graph.input({ name: 'x', type: 'float32', shape: ['n', 3] });
  const w = graph.tensor('w', 'float32', [3, 2], Float32Array.of(1, -2, 3, 4, 5, 6));
  const y = graph.add('MatMul', [x, w]);
  const z = graph.add('BiasGelu', [y, graph.tensor('b', 'float32', [2], Float32Array.of(1, 2))], {}, MICROSOFT);
  const attributes = { axis: -1, epsilon: { float: 0.5 }, perm: [1, 0], mode: 'linear' };
  graph.output(graph.add('Other', [z, '', graph.integers(1, -2)], attributes), { name: 'y', type: 'int8', shape: [] });
  graph.tensor('q', 'int8', [2, 2], Int8Array.of(-128, 127, 0, 1));
  return graph;
}

function readOrFault(bytes: Uint8Array): void {
  try {
    readOnnx(bytes, 'test');
  } catch (error) {
    expect(error).toMatchObject({ name: 'Fault', code: 'bad-input' });
  }
}

it('parts channels from two products so that both parts together are what there was', () => {
  const random = seededRandom(7);
  const [inputs, between, outputs] = [3, 7, 5];
  const spread = (size: number) => Float32Array.from({ length: size }, () => random() * 2 - 1);
  const up = { name: 'up', weight: spread(between * inputs), bias: spread(between) };
  const down = { name: 'down', weight: spread(outputs * between), bias: spread(outputs) };
  for (const channel of [4, 1]) {
    for (let out = 0; out < outputs; out++) {
      down.weight[out * between + channel] = 9 + channel;
    }
  }
  const { rest, aside } = setAside({ up, down }, 2);
  const x = spread(inputs);
  const through = (products: UpAndDown) => {
    const apply = ({ weight, bias }: Product, values: readonly number[]) =>
      Array.from(bias, (by, o) =>
        values.reduce((sum, value, i) => sum + value * (weight[o * values.length + i] as number), by),
      );
    return apply(products.down, apply(products.up, [...x]).map(Math.tanh));
  };
  const [whole, most, few] = [{ up, down }, rest, aside].map(through) as [number[], number[], number[]];
  whole.forEach((value, o) => {
    expect((most[o] as number) + (few[o] as number)).toBeCloseTo(value, 5);
  });
  expect([...aside.up.bias]).toEqual([up.bias[4], up.bias[1]]);
  expect(Math.max(...rest.down.weight.map(Math.abs))).toBeLessThanOrEqual(1);
});
