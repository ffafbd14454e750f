// The GPT against transformers' own GPT-2 with the same weights: logits, loss, and the gradient of every parameter.

import { describe, expect, test } from 'vitest';
import { backward } from '../../../src/engine/autograd.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { sizeOf } from '../../../src/engine/shape.ts';
import type { SafetensorsFile } from '../../../src/formats/safetensors.ts';
import { Gpt, type GptConfig } from '../../../src/model/gpt.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { backends, engineOn } from '../../gradients/backends.ts';
import { faultOf } from '../engine/faultOf.ts';
import { expectLike, fixture, tensorOf } from './fixtures.ts';

const small: GptConfig = {
  vocabulary: 11,
  context: 8,
  layers: 2,
  heads: 3,
  channels: 12,
  bias: false,
  dropout: 0,
  tied: true,
};

/** A GPT with the fixture's weights. */
function gptOf(engine: Engine, file: SafetensorsFile, config: GptConfig): Gpt {
  const gpt = new Gpt(engine, config, seededRandom(1));
  const names = file.names.filter((name) => name.startsWith('parameter/')).map((name) => name.slice(10));
  expect(Array.from(gpt.parameters, ([name]) => name).sort()).toEqual(names.sort());
  for (const [name, { storage, shape }] of gpt.parameters) {
    const stored = file.tensor(`parameter/${name}`);
    expect(shape, name).toEqual(stored.shape);
    storage.data.set(stored.data);
  }
  return gpt;
}

describe.each(backends)('as GPT-2 of transformers on $name', (backend) => {
  test.each([
    ['gpt-plain-tied.safetensors', small],
    ['gpt-biased-untied.safetensors', { ...small, bias: true, tied: false }],
  ] as const)('%s', (name, config) => {
    const file = fixture(name);
    for (const fused of [true, false]) {
      const engine = engineOn(backend);
      const gpt = gptOf(engine, file, config);
      gpt.mode.fused = fused;
      const ids = tensorOf(engine, file, 'ids');
      const loss = gpt.loss(ids, tensorOf(engine, file, 'targets'));
      expectLike(gpt.logits(ids), file, 'logits');
      expectLike(loss, file, 'loss');
      backward(loss);
      for (const [name, { grad }] of gpt.parameters) {
        expectLike(grad!, file, `gradient/${name}`);
      }
    }
  });
});

const engine = engineOn(backends[0]);

test('a position is not changed by what comes after it', () => {
  const gpt = new Gpt(engine, small, seededRandom(3));
  const first = gpt.logits(engine.tensor([[1, 2, 3, 4]], { dtype: 'i32' })).toFlat();
  const second = gpt.logits(engine.tensor([[1, 2, 3, 9]], { dtype: 'i32' })).toFlat();
  expect(first.subarray(0, 3 * 11)).toEqual(second.subarray(0, 3 * 11));
  expect(first.subarray(3 * 11)).not.toEqual(second.subarray(3 * 11));
});

test('begins nearly even: a loss of ln V', () => {
  const gpt = new Gpt(engine, { ...small, vocabulary: 65, channels: 36, bias: true }, seededRandom(5));
  const draws = seededRandom(6);
  const drawn = () =>
    engine.fromData(
      Int32Array.from({ length: 64 }, () => Math.floor(65 * draws())),
      [8, 8],
    );
  expect(gpt.loss(drawn(), drawn()).item()).toBeCloseTo(Math.log(65), 1);
});

test('begins as GPT-2 does: deviations of 0.02, smaller where layers add to the stream', () => {
  const gpt = new Gpt(
    engine,
    { ...small, vocabulary: 200, heads: 4, channels: 64, layers: 8, bias: true },
    seededRandom(7),
  );
  for (const [name, tensor] of gpt.parameters) {
    const numbers = Array.from(tensor.toFlat());
    if (name.endsWith('bias')) {
      expect(numbers.every((x) => x === 0)).toBe(true);
    } else if (name.includes('ln_')) {
      expect(numbers.every((x) => x === 1)).toBe(true);
    } else {
      const deviation = Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length);
      const wanted = name.endsWith('c_proj.weight') ? 0.02 / Math.sqrt(2 * 8) : 0.02;
      expect(deviation / wanted, name).toBeGreaterThan(0.9);
      expect(deviation / wanted, name).toBeLessThan(1.1);
    }
  }
});

test('has as many parameters as its shapes say', () => {
  const { parameters } = new Gpt(engine, { ...small, bias: true, tied: false }, seededRandom(1));
  const C = 12;
  const block = 4 * C + (3 * C * C + 3 * C) + (C * C + C) + (4 * C * C + 4 * C) + (4 * C * C + C);
  expect(parameters.count).toBe(11 * C + 8 * C + 2 * block + 2 * C + 11 * C);
  expect(parameters.count).toBe(parameters.tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
});

test('from its parts, it opens step by step: block, self-attention, attention, softmax', () => {
  const engine = engineOn(backends[0]);
  const gpt = new Gpt(engine, small, seededRandom(3));
  gpt.mode.fused = false;
  const open: string[] = [];
  const steps: string[] = [];
  engine.hook = {
    applied: ({ name }) => steps.push([...open, name].join(' > ')),
    group(label, work) {
      open.push(label);
      const result = work();
      open.pop();
      return result;
    },
    backward: (_operation, _inputs, _gradient, run) => run(),
  };
  gpt.logits(engine.tensor([[1, 2, 3]], { dtype: 'i32' }));
  expect(steps.slice(0, 4)).toEqual(['embedding', 'slice', 'add', 'block 0 > layerNorm']);
  const inside = steps.filter((step) => step.startsWith('block 1 > self-attention > attention > '));
  expect(inside.map((step) => step.split(' > ').at(-1))).toEqual([
    'transpose',
    'matmul',
    'mul',
    'where',
    'softmax',
    'matmul',
  ]);
  expect(steps).toContain('block 1 > mlp > gelu');
  expect(steps.slice(-3)).toEqual(['layerNorm', 'transpose', 'matmul']);
});

test('drops while training only, the same for the same seed', () => {
  const ids = engine.tensor([[1, 2, 3, 4]], { dtype: 'i32' });
  const run = (training: boolean) => {
    const gpt = new Gpt(engine, { ...small, dropout: 0.5 }, seededRandom(3));
    gpt.mode.training = training;
    return gpt.logits(ids).toFlat();
  };
  expect(run(false)).toEqual(new Gpt(engine, small, seededRandom(3)).logits(ids).toFlat());
  expect(run(true)).toEqual(run(true));
  expect(run(true)).not.toEqual(run(false));
});

test.each([
  [{ ...small, channels: 10 }, '10 channels'],
  [{ ...small, vocabulary: 0 }, 'vocabulary is 0'],
  [{ ...small, layers: 1.5 }, 'layers is 1.5'],
  [{ ...small, dropout: 1 }, 'dropout is 1'],
])('refuses %o', (config, what) => {
  const { code, message } = faultOf(() => new Gpt(engine, config, seededRandom(1)));
  expect(code).toBe('bad-input');
  expect(message).toContain(what);
});

test('refuses more positions than the context, and says how many there may be', () => {
  const gpt = new Gpt(engine, small, seededRandom(1));
  const { message } = faultOf(() => gpt.logits(engine.zeros([1, 9], { dtype: 'i32' })));
  expect(message).toContain('(1, 9)');
  expect(message).toContain('8');
});

test('one that finds no room for its parameters leaves none behind, wherever it ended', () => {
  const config = { ...small, bias: true, tied: false };
  const whole = new Gpt(engine, config, seededRandom(1)).parameters;
  const sizes = whole.tensors.map(({ size }) => size);
  whole.release();
  sizes.forEach((_, i) => {
    const room = sizes.slice(0, i).reduce((sum, size) => sum + 4 * size, 0);
    const tight = engineOn(backends[0], room);
    expect(faultOf(() => new Gpt(tight, config, seededRandom(1))).code).toBe('too-large');
    expect(tight.memory.peak, `${i} were made`).toBe(room);
    expect(tight.memory.inUse).toBe(0);
  });
});
