// Memory stays flat while a model trains: tensors, the memory that they stand in, and what JavaScript keeps.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { Gpt } from '../../../src/model/gpt.ts';
import { adamW } from '../../../src/model/optimisers/adam.ts';
import { decayOnMatrices } from '../../../src/model/optimisers/optimiser.ts';
import { trainingStep } from '../../../src/model/training.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { backends, engineOn } from '../../gradients/backends.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Use {
  readonly inUse: number;
  readonly peak: number;
  readonly whole: number;
  readonly heap: number;
}

/** Bytes: less than a few forgotten tensors take, and enough for what the compiler of JavaScript adds as it goes on. */
const HEAP_A_STEP = 1000;

describe.each(backends)('training on $name', (backend) => {
  test('1,000 steps leave no more behind than 400', () => {
    const engine = engineOn(backend);
    const step = trainer(engine);
    const early = useAfter(engine, step, 400);
    const late = useAfter(engine, step, 600);
    expect(late.inUse).toBe(early.inUse);
    expect(late.peak).toBe(early.peak);
    expect(late.whole).toBe(early.whole);
    expect(late.heap - early.heap).toBeLessThan(600 * HEAP_A_STEP);
  });

  test('what a step forgets to release is found', () => {
    const engine = engineOn(backend);
    const step = trainer(engine);
    const forgotten: unknown[] = [];
    const leaking = () => {
      step();
      forgotten.push([1, 2, 3, 4].map(() => engine.zeros([4]).keep()));
    };
    const early = useAfter(engine, leaking, 100);
    const late = useAfter(engine, leaking, 600);
    expect(late.inUse - early.inUse).toBe(600 * 4 * 4 * 4);
    expect(late.heap - early.heap).toBeGreaterThan(600 * HEAP_A_STEP);
  });
});

/** Takes one step of training of a tiny GPT with all that a larger one has: biases, dropout and clipping as well. */
function trainer(engine: Engine): () => void {
  const random = seededRandom(1);
  const config = { vocabulary: 5, context: 4, layers: 1, heads: 2, channels: 4, bias: true, dropout: 0.1, tied: true };
  const model = new Gpt(engine, config, random);
  const optimiser = adamW(decayOnMatrices(model.parameters, 0.1));
  return () => {
    engine.scope(() => {
      const draw = () => Int32Array.from({ length: 8 }, () => Math.floor(random() * 5));
      const [ids, targets] = [draw(), draw()].map((list) => engine.fromData(list, [2, 4])); // each (B, T)
      trainingStep(model, optimiser, ids, targets, { learningRate: 1e-3, clip: 1 });
    });
  };
}

function useAfter(engine: Engine, step: () => void, times: number): Use {
  for (let i = 0; i < times; i++) {
    step();
  }
  const whole = engine.scope(() => engine.zeros([1]).storage.data.buffer.byteLength);
  collectGarbage();
  return { inUse: engine.memory.inUse, peak: engine.memory.peak, whole, heap: process.memoryUsage().heapUsed };
}
