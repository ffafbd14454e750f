// How a cell was made, held against the engine itself: operations are applied and recorded, and every cell of every
// output is explained out of the recorded inputs. What the engine computed is the truth here.

import { expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { add } from '../../../src/engine/ops/add.ts';
import { div } from '../../../src/engine/ops/div.ts';
import { embedding } from '../../../src/engine/ops/embedding.ts';
import { exp } from '../../../src/engine/ops/exp.ts';
import { layerNorm } from '../../../src/engine/ops/layerNorm.ts';
import { log } from '../../../src/engine/ops/log.ts';
import { matmul } from '../../../src/engine/ops/matmul.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { neg } from '../../../src/engine/ops/neg.ts';
import { permute } from '../../../src/engine/ops/permute.ts';
import { pow } from '../../../src/engine/ops/pow.ts';
import { relu } from '../../../src/engine/ops/relu.ts';
import { rmsNorm } from '../../../src/engine/ops/rmsNorm.ts';
import { sigmoid } from '../../../src/engine/ops/sigmoid.ts';
import { silu } from '../../../src/engine/ops/silu.ts';
import { logSoftmax, softmax } from '../../../src/engine/ops/softmax.ts';
import { sqrt } from '../../../src/engine/ops/sqrt.ts';
import { sub } from '../../../src/engine/ops/sub.ts';
import { mean, sum } from '../../../src/engine/ops/sum.ts';
import { tanh } from '../../../src/engine/ops/tanh.ts';
import { transpose } from '../../../src/engine/ops/transpose.ts';
import { TraceRecorder } from '../../../src/engine/record.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { Frame, TensorValue, Value } from '../../../src/shared/trace.ts';
import { elementAt, sizeOf, stridesOf } from '../../../webview/elements/tensor/grid.ts';
import { heldOf } from '../../../webview/elements/tensor/held.ts';
import type { Input } from '../../../webview/elements/tensor/origin.ts';
import { originOf } from '../../../webview/elements/tensor/provenance.ts';
import { backends, engineOn } from '../../gradients/backends.ts';

const random = seededRandom(21);
const noise = (engine: Engine, ...shape: number[]) =>
  engine.fromData(
    Float32Array.from({ length: sizeOf(shape) }, () => random() * 4 - 2),
    shape,
  );
const positive = (engine: Engine, ...shape: number[]) =>
  engine.fromData(
    Float32Array.from({ length: sizeOf(shape) }, () => random() + 0.1),
    shape,
  );

const cases: Readonly<Record<string, (engine: Engine) => Tensor>> = {
  matmul: (e) => matmul(noise(e, 3, 5), noise(e, 5, 2)),
  'matmul, batched and broadcast': (e) => matmul(noise(e, 2, 1, 3, 4), noise(e, 3, 4, 2)),
  'matmul by a transposed view': (e) => matmul(noise(e, 3, 4), transpose(noise(e, 5, 4))),
  'add, broadcast': (e) => add(noise(e, 3, 1), noise(e, 2, 1, 4)),
  sub: (e) => sub(noise(e, 3), noise(e, 2, 3)),
  'mul by a number': (e) => mul(noise(e, 2, 3), 0.125),
  div: (e) => div(noise(e, 2, 3), positive(e, 3)),
  neg: (e) => neg(noise(e, 4)),
  pow: (e) => pow(positive(e, 2, 2), 3),
  exp: (e) => exp(noise(e, 4)),
  log: (e) => log(positive(e, 4)),
  sqrt: (e) => sqrt(positive(e, 4)),
  relu: (e) => relu(noise(e, 4)),
  tanh: (e) => tanh(noise(e, 4)),
  sigmoid: (e) => sigmoid(noise(e, 4)),
  silu: (e) => silu(noise(e, 4)),
  'sum of all': (e) => sum(noise(e, 2, 3)),
  'sum over an axis': (e) => sum(noise(e, 2, 3, 4), 1),
  'sum over an axis that is kept': (e) => sum(noise(e, 2, 3, 4), -1, { keepAxes: true }),
  'mean over two axes': (e) => mean(noise(e, 2, 3, 4), [0, 2]),
  'softmax over the last axis': (e) => softmax(noise(e, 3, 5)),
  'softmax over the first axis': (e) => softmax(noise(e, 3, 5), 0),
  logSoftmax: (e) => logSoftmax(noise(e, 3, 5)),
  transpose: (e) => transpose(noise(e, 2, 3, 4), 0, 2),
  permute: (e) => permute(noise(e, 2, 3, 4), [1, 2, 0]),
  embedding: (e) =>
    embedding(
      noise(e, 6, 3),
      e.tensor(
        [
          [1, 5, 0],
          [2, 2, 4],
        ],
        { dtype: 'i32' },
      ),
    ),
  layerNorm: (e) => layerNorm(noise(e, 2, 6)),
  'layerNorm with weight and bias': (e) => layerNorm(noise(e, 2, 6), { weight: noise(e, 6), bias: noise(e, 6) }),
  'layerNorm with a bias alone': (e) => layerNorm(noise(e, 2, 6), { bias: noise(e, 6) }),
  rmsNorm: (e) => rmsNorm(noise(e, 2, 6)),
  'rmsNorm with weight': (e) => rmsNorm(noise(e, 2, 6), { weight: noise(e, 6), epsilon: 0.01 }),
};

it.each(Object.entries(cases))('%s: every cell is explained', (_, run) => {
  const engine = engineOn(backends[0] as (typeof backends)[number]);
  const [values, frames, packed]: [Value[], Frame[], number[]] = [[], [], []];
  const recorder = new TraceRecorder({
    numbers: (data) => {
      // As bits, so that ids and numbers stand in one buffer.
      const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
      packed.push(...bits);
      return { offset: (packed.length - bits.length) * 4, length: bits.length * 4 };
    },
    value: (value) => values.push(value) - 1,
    frame: (frame) => frames.push(frame) - 1,
  });
  engine.hook = recorder;
  run(engine);
  recorder.flush();
  const buffer = Uint32Array.from(packed).buffer;
  const inputOf = (id: number): Input => {
    const value = values[id] as Value;
    if (value.kind === 'scalar') {
      return { shape: [], read: () => value.value };
    }
    const held = heldOf(value as TensorValue, buffer);
    return { shape: (value as TensorValue).shape, read: (index) => held && elementAt(held, index) };
  };
  const { op, attributes = {}, inputs, outputs } = frames.at(-1) as Frame;
  const output = inputOf(outputs[0]?.value as number);
  const strides = stridesOf(output.shape);
  expect(sizeOf(output.shape)).toBeGreaterThan(0);
  for (let at = 0; at < sizeOf(output.shape); at++) {
    const index = output.shape.map((size, axis) => Math.floor(at / (strides[axis] as number)) % size);
    const found = originOf({
      op,
      attributes,
      inputs: inputs.map(({ value }) => inputOf(value)),
      shape: output.shape,
      index,
    });
    expect(found, `${op} at ${index}`).toBeTypeOf('object');
    const cell = output.read(index) as number;
    const explained = (found as Exclude<typeof found, 'partial' | undefined>).steps.at(-1)?.value as number;
    expect(Math.abs(explained - cell), `${op} at ${index}`).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(cell)));
  }
});
