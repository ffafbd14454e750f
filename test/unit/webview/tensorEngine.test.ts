// How a cell was made, held against the engine itself: operations are applied and recorded, forward and backward, and
// every cell of every output is explained out of the recorded inputs. What the engine computed is the truth here.

import { expect, it } from 'vitest';
import { backward } from '../../../src/engine/autograd.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { add } from '../../../src/engine/ops/add.ts';
import { concat } from '../../../src/engine/ops/concat.ts';
import { crossEntropy } from '../../../src/engine/ops/crossEntropy.ts';
import { div } from '../../../src/engine/ops/div.ts';
import { dropout } from '../../../src/engine/ops/dropout.ts';
import { embedding, oneHot } from '../../../src/engine/ops/embedding.ts';
import { exp } from '../../../src/engine/ops/exp.ts';
import { expand } from '../../../src/engine/ops/expand.ts';
import { gather } from '../../../src/engine/ops/gather.ts';
import { gelu } from '../../../src/engine/ops/gelu.ts';
import { layerNorm } from '../../../src/engine/ops/layerNorm.ts';
import { log } from '../../../src/engine/ops/log.ts';
import { matmul } from '../../../src/engine/ops/matmul.ts';
import { argmax, max, min } from '../../../src/engine/ops/max.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { neg } from '../../../src/engine/ops/neg.ts';
import { permute } from '../../../src/engine/ops/permute.ts';
import { pow } from '../../../src/engine/ops/pow.ts';
import { relu } from '../../../src/engine/ops/relu.ts';
import { reshape } from '../../../src/engine/ops/reshape.ts';
import { rmsNorm } from '../../../src/engine/ops/rmsNorm.ts';
import { rope, ropeAngles } from '../../../src/engine/ops/rope.ts';
import { sigmoid } from '../../../src/engine/ops/sigmoid.ts';
import { silu } from '../../../src/engine/ops/silu.ts';
import { slice } from '../../../src/engine/ops/slice.ts';
import { logSoftmax, softmax } from '../../../src/engine/ops/softmax.ts';
import { sqrt } from '../../../src/engine/ops/sqrt.ts';
import { squeeze, unsqueeze } from '../../../src/engine/ops/squeeze.ts';
import { sub } from '../../../src/engine/ops/sub.ts';
import { mean, sum } from '../../../src/engine/ops/sum.ts';
import { tanh } from '../../../src/engine/ops/tanh.ts';
import { transpose } from '../../../src/engine/ops/transpose.ts';
import { where } from '../../../src/engine/ops/where.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { Frame, TensorValue, Trace } from '../../../src/shared/trace.ts';
import { write } from '../../../webview/elements/tensor/arithmetic.ts';
import { elementAt, sizeOf, stridesOf } from '../../../webview/elements/tensor/grid.ts';
import { heldOf } from '../../../webview/elements/tensor/held.ts';
import { comesTo, type Input } from '../../../webview/elements/tensor/origin.ts';
import { explained, originOf } from '../../../webview/elements/tensor/provenance.ts';
import { backends, engineOn } from '../../gradients/backends.ts';
import { recording } from '../../webview/harness/engineTrace.ts';

const random = seededRandom(21);
const leaf = (engine: Engine, shape: readonly number[], number: () => number) =>
  engine.fromData(Float32Array.from({ length: sizeOf(shape) }, number), shape, { requiresGrad: true });
const noise = (engine: Engine, ...shape: number[]) => leaf(engine, shape, () => random() * 4 - 2);
const positive = (engine: Engine, ...shape: number[]) => leaf(engine, shape, () => random() + 0.1);
const ids = (engine: Engine, nested: number[] | number[][]) => engine.tensor(nested, { dtype: 'i32' });

const cases: Readonly<Record<string, (engine: Engine) => Tensor>> = {
  matmul: (e) => matmul(noise(e, 3, 5), noise(e, 5, 2)),
  'matmul, batched and broadcast': (e) => matmul(noise(e, 2, 1, 3, 4), noise(e, 3, 4, 2)),
  'matmul, one matrix for a whole batch': (e) => matmul(noise(e, 2, 3, 4), noise(e, 4, 2)),
  'matmul by a transposed view': (e) => matmul(noise(e, 3, 4), transpose(noise(e, 5, 4))),
  'add, broadcast': (e) => add(noise(e, 3, 1), noise(e, 2, 1, 4)),
  sub: (e) => sub(noise(e, 3), noise(e, 2, 3)),
  mul: (e) => mul(noise(e, 2, 3), noise(e, 2, 1)),
  'mul by itself': (e) => {
    const x = noise(e, 3);
    return mul(x, x);
  },
  'mul by a number': (e) => mul(noise(e, 2, 3), 0.125),
  div: (e) => div(noise(e, 2, 3), positive(e, 3)),
  neg: (e) => neg(noise(e, 4)),
  pow: (e) => pow(positive(e, 2, 2), 3),
  exp: (e) => exp(noise(e, 4)),
  log: (e) => log(positive(e, 4)),
  sqrt: (e) => sqrt(positive(e, 4)),
  relu: (e) => relu(noise(e, 6)),
  tanh: (e) => tanh(noise(e, 4)),
  sigmoid: (e) => sigmoid(noise(e, 4)),
  silu: (e) => silu(noise(e, 4)),
  'gelu, exact': (e) => gelu(e.fromData([-5, -2, -0.5, 0, 0.5, 2, 4.5], [7], { requiresGrad: true })),
  'gelu, approximate': (e) => gelu(noise(e, 6), 'tanh'),
  dropout: (e) => dropout(noise(e, 20), 0.4, seededRandom(3)),
  'sum of all': (e) => sum(noise(e, 2, 3)),
  'sum over an axis': (e) => sum(noise(e, 2, 3, 4), 1),
  'sum over an axis that is kept': (e) => sum(noise(e, 2, 3, 4), -1, { keepAxes: true }),
  'mean over two axes': (e) => mean(noise(e, 2, 3, 4), [0, 2]),
  'max over the last axis': (e) => max(noise(e, 3, 5), -1),
  'max over an axis that is kept': (e) => max(noise(e, 3, 5), 0, { keepAxes: true }),
  min: (e) => min(noise(e, 3, 5), 1),
  argmax: (e) => argmax(noise(e, 3, 5)),
  'softmax over the last axis': (e) => softmax(noise(e, 3, 5)),
  'softmax over the first axis': (e) => softmax(noise(e, 3, 5), 0),
  logSoftmax: (e) => logSoftmax(noise(e, 3, 5)),
  crossEntropy: (e) =>
    crossEntropy(
      noise(e, 2, 3, 5),
      ids(e, [
        [1, 4, 0],
        [2, -1, 3],
      ]),
    ),
  'crossEntropy row by row': (e) => crossEntropy(noise(e, 3, 5), ids(e, [1, -1, 0]), { perRow: true }),
  transpose: (e) => transpose(noise(e, 2, 3, 4), 0, 2),
  permute: (e) => permute(noise(e, 2, 3, 4), [1, 2, 0]),
  reshape: (e) => reshape(transpose(noise(e, 4, 3)), [2, 6]),
  squeeze: (e) => squeeze(noise(e, 2, 1, 3), 1),
  unsqueeze: (e) => unsqueeze(noise(e, 2, 3), 1),
  expand: (e) => expand(noise(e, 3, 1), [2, 3, 4]),
  slice: (e) => slice(noise(e, 3, 5), 1, 1, -1),
  concat: (e) => concat([noise(e, 2, 3), noise(e, 2, 1), noise(e, 2, 4)], 1),
  where: (e) => where(ids(e, [1, 0, 1]), noise(e, 2, 3), noise(e, 3)),
  gather: (e) =>
    gather(
      noise(e, 2, 5),
      1,
      ids(e, [
        [4, 0, 4],
        [1, 1, 2],
      ]),
    ),
  oneHot: (e) =>
    oneHot(
      ids(e, [
        [1, 5, 0],
        [2, 2, 4],
      ]),
      6,
    ),
  embedding: (e) =>
    embedding(
      noise(e, 6, 3),
      ids(e, [
        [1, 5, 0],
        [2, 2, 4],
      ]),
    ),
  'rope, halves': (e) => rope(noise(e, 2, 3, 4), ropeAngles(e, 3, 4)),
  'rope, adjacent': (e) => rope(noise(e, 3, 4), ropeAngles(e, 3, 4), 'adjacent'),
  layerNorm: (e) => layerNorm(noise(e, 2, 6)),
  'layerNorm with weight and bias': (e) => layerNorm(noise(e, 2, 2, 6), { weight: noise(e, 6), bias: noise(e, 6) }),
  'layerNorm with a bias alone': (e) => layerNorm(noise(e, 2, 6), { bias: noise(e, 6) }),
  rmsNorm: (e) => rmsNorm(noise(e, 2, 6)),
  'rmsNorm with weight': (e) => rmsNorm(noise(e, 3, 6), { weight: noise(e, 6), epsilon: 0.01 }),
};

/** The operation, and a way back from it on which every cell of its result has a weight of its own. */
function traceOf(run: (engine: Engine) => Tensor): Trace {
  const engine = engineOn(backends[0] as (typeof backends)[number]);
  const { tape, trace } = recording();
  tape.record(engine, () => {
    const y = run(engine);
    if (y.requiresGrad) {
      const weights = leaf(engine, y.shape, () => random() * 2 - 1);
      backward(y, { gradient: weights });
    }
  });
  return trace('test');
}

function inputOf(trace: Trace, id: number): Input {
  const value = trace.values[id] as TensorValue;
  const held = heldOf(value, trace.buffer);
  return { shape: value.shape, read: (index) => held && elementAt(held, index) };
}

function expectExplained(trace: Trace, { op, attributes = {}, inputs, outputs }: Frame): void {
  for (const { value, gradientOf } of outputs) {
    const output = inputOf(trace, value);
    const strides = stridesOf(output.shape);
    const of = inputs.findIndex((input) => input.gradientOf === undefined && input.name === gradientOf);
    expect(sizeOf(output.shape)).toBeGreaterThan(0);
    for (let at = 0; at < sizeOf(output.shape); at++) {
      const index = output.shape.map((size, axis) => Math.floor(at / (strides[axis] as number)) % size);
      const cell = output.read(index) as number;
      const found = originOf({
        op,
        attributes,
        inputs: inputs.map((input) => inputOf(trace, input.value)),
        shape: output.shape,
        index,
        cell,
        of,
      });
      const what = `${op} of ${gradientOf ?? 'y'} at ${index}`;
      expect(found, what).toBeTypeOf('object');
      const { steps, sources } = found as Exclude<typeof found, 'partial' | undefined>;
      expect(comesTo({ steps, sources }, cell), what).toBe(true);
      expect(comesTo({ steps, sources }, cell + 1 + Math.abs(cell)), what).toBe(false);
      const value_ = steps.at(-1)?.value as number;
      expect(Math.abs(value_ - cell), `${what}: ${value_}, not ${cell}`).toBeLessThanOrEqual(
        1e-5 * Math.max(1, Math.abs(cell)),
      );
      expect(Number(write(steps, cell).at(-1)?.result), what).toBeCloseTo(cell, 3);
      for (const { input, cells } of sources) {
        const { shape } = inputOf(trace, inputs[input]?.value as number);
        expect(cells.start.length, what).toBe(shape.length);
        expect(
          cells.start.every((start, axis) => start + (cells.shape[axis] as number) <= (shape[axis] as number)),
          what,
        ).toBe(true);
      }
    }
  }
}

const seen = new Set<string>();

it.each(Object.entries(cases))('%s: every cell is explained, forward and backward', (_, run) => {
  const trace = traceOf(run);
  expect(trace.frames.length).toBeGreaterThan(0);
  for (const frame of trace.frames) {
    expectExplained(trace, frame);
    seen.add(frame.op);
  }
});

it('every operation that is explained was held against the engine', () => {
  expect(explained.filter((op) => !seen.has(op))).toEqual([]);
});
