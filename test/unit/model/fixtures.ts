// Reads the files that PyTorch and transformers made (test/fixtures/model), and compares with them.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { SafetensorsFile } from '../../../src/formats/safetensors.ts';

export function fixtureBytes(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/model/${name}`, import.meta.url)));
}

export function fixture(name: string): SafetensorsFile {
  return new SafetensorsFile(fixtureBytes(name), name);
}

export function tensorOf(engine: Engine, file: SafetensorsFile, name: string): Tensor {
  const { shape, data } = file.tensor(name);
  return engine.fromData(data, shape, { dtype: data instanceof Float32Array ? 'f32' : 'i32' });
}

/** Of the expected shape, and each number within 1e-5 of the expected, or within that share of larger ones. */
export function expectLike(actual: Tensor, file: SafetensorsFile, name: string): void {
  const { shape, data } = file.tensor(name);
  expect(actual.shape, name).toEqual(shape);
  const got = actual.toFlat();
  data.forEach((wanted, i) => {
    const far = Math.abs(got[i] - wanted) / Math.max(1, Math.abs(wanted));
    expect(far, `${name}, element ${i}: ${got[i]}, and should be ${wanted}`).toBeLessThanOrEqual(1e-5);
  });
}
