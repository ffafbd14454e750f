// What PyTorch computes, as make_fixtures.py lays it down, and how to read it.

import { readFileSync } from 'node:fs';
import type { Engine } from '../../src/engine/engine.ts';
import { sizeOf } from '../../src/engine/shape.ts';
import type { Tensor } from '../../src/engine/tensor.ts';

export interface Encoded {
  readonly dtype: 'f32' | 'i32';
  readonly shape: readonly number[];
  readonly data: string;
}

export interface Fixture {
  readonly inputs: readonly Encoded[];
  readonly output: Encoded;
  /** The gradient given at the output, and those that come out at the inputs; absent where there are none. */
  readonly dy?: Encoded;
  readonly gradients?: readonly (Encoded | null)[];
}

interface Fixtures {
  readonly torch: string;
  readonly cases: Readonly<Record<string, Fixture>>;
  readonly adamW: { parameter: Encoded; steps: readonly { gradient: Encoded; parameter: Encoded }[] };
}

export const fixtures = JSON.parse(
  readFileSync(new URL('../fixtures/engine/operations.json', import.meta.url), 'utf8'),
) as Fixtures;

export function tensorOf(engine: Engine, { dtype, shape, data }: Encoded, requiresGrad = false): Tensor {
  return engine.fromData(numbersOf({ dtype, shape, data }), shape, { dtype, requiresGrad });
}

export function numbersOf({ dtype, shape, data }: Encoded): Float32Array | Int32Array {
  const bytes = Buffer.from(data, 'base64');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const numbers = dtype === 'f32' ? new Float32Array(sizeOf(shape)) : new Int32Array(sizeOf(shape));
  if (bytes.length !== numbers.length * 4) {
    throw new Error(`${bytes.length} bytes for the shape (${shape}).`);
  }
  return numbers.map((_, i) => (dtype === 'f32' ? view.getFloat32(i * 4, true) : view.getInt32(i * 4, true)));
}
