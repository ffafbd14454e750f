// Every operation that the engine exports is among what is compared with PyTorch, forward and, where it has one, with its
// gradient. Found by running the fixtures with each exported function watched: a new one without a fixture fails here.

import { readdirSync } from 'node:fs';
import { beforeAll, expect, test, vi } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { referenceKernels } from '../../src/engine/kernels/reference.ts';
import { Tensor } from '../../src/engine/tensor.ts';
import { fixtures, tensorOf } from './fixtures.ts';

/** What the files of operations export to each other: no operations. */
const shared = ['scaleFor', 'checkCausal', 'causalMask', 'checkParameter', 'exchanged'];
/** Ids, places and angles: nothing flows back from them. */
const forwardOnly = ['argmax', 'oneHot', 'ropeAngles'];

const exported = new Set<string>();
const forward = new Set<string>();
const backward = new Set<string>();
let inFixture = '';
/** Calls within a call of an operation: what an operation is made of is not thereby tried on its own. */
let depth = 0;

beforeAll(async () => {
  const folder = '../../src/engine/ops/';
  for (const file of readdirSync(new URL(folder, import.meta.url)).filter((name) => name !== 'support.ts')) {
    vi.doMock(folder + file, async (original) => {
      const module = await original<Record<string, unknown>>();
      return Object.fromEntries(Object.entries(module).map(([name, value]) => [name, watched(name, value)]));
    });
    await import(/* @vite-ignore */ folder + file);
  }
  const { computations } = await import('./computations.ts');
  for (const [name, { inputs, gradients }] of Object.entries(fixtures.cases)) {
    inFixture = gradients === undefined ? 'forward' : 'backward';
    for (const compute of [computations[name]].flat()) {
      const engine = new Engine(referenceKernels());
      compute(
        inputs.map((input) => tensorOf(engine, input, input.dtype === 'f32')),
        engine,
      );
    }
  }
});

/** The same function, of which it is noted that a fixture called it, and whether its gradient is compared, too. */
function watched(name: string, value: unknown): unknown {
  if (typeof value !== 'function' || shared.includes(name)) {
    return value;
  }
  exported.add(name);
  return (...args: readonly unknown[]) => {
    depth++;
    try {
      const result: unknown = value(...args);
      if (depth === 1) {
        forward.add(name);
        if (inFixture === 'backward' && tensorsOf(result).some(({ requiresGrad }) => requiresGrad)) {
          backward.add(name);
        }
      }
      return result;
    } finally {
      depth--;
    }
  };
}

/** An operation returns a tensor, a list of them, or several by name. */
function tensorsOf(result: unknown): readonly Tensor[] {
  return result instanceof Tensor ? [result] : Object.values(result as Record<string, Tensor>);
}

test('each exported operation is compared', () => {
  expect(exported.size).toBeGreaterThan(45);
  expect([...exported].filter((name) => !forward.has(name))).toEqual([]);
});

test('each that gradients flow through is compared backward, too', () => {
  expect([...exported].filter((name) => !backward.has(name)).sort()).toEqual(forwardOnly);
});
