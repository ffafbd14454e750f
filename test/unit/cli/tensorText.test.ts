// How a tensor is shown on a line of a terminal.

import { expect, it } from 'vitest';
import { tensorText } from '../../../src/cli/tensorText.ts';
import { statisticsOf } from '../../../src/engine/statistics.ts';
import type { TensorValue } from '../../../src/shared/trace.ts';

/** A tensor that stands 4 bytes into the buffer, and the buffer. */
function tensor(numbers: Float32Array | Int32Array, shape: number[], more: Partial<TensorValue> = {}) {
  const buffer = new ArrayBuffer(4 + numbers.byteLength);
  new Uint8Array(buffer, 4).set(new Uint8Array(numbers.buffer));
  const value: TensorValue = {
    kind: 'tensor',
    dtype: numbers instanceof Float32Array ? 'f32' : 'i32',
    shape,
    bytes: { offset: 4, length: numbers.byteLength },
    statistics: statisticsOf(numbers),
    ...more,
  };
  return [value, buffer] as const;
}

it('names type, shape, figures and the first corner', () => {
  expect(tensorText(...tensor(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]))).toBe(
    'f32 (2, 3), 1 to 6, mean 3.5, deviation 1.708: 1 2 3; 4 5 6',
  );
  expect(tensorText(...tensor(Int32Array.of(7), []))).toBe('i32 (), 7 to 7, mean 7, deviation 0: 7');
  expect(tensorText(...tensor(Float32Array.of(0.123456, -1e-9), [2]))).toContain(': 0.1235 -1e-9');
});

it('leaves out what is too much, and says so', () => {
  const many = Float32Array.from({ length: 80 }, (_, i) => i);
  expect(tensorText(...tensor(many, [2, 5, 8]))).toMatch(/: 0 1 2 3 4 5 …; 8 9 10 11 12 13 …; 16 17 18 19 20 21 …; …$/);
});

it('shows the corner of a preview, whose rows are shorter than the tensor’s', () => {
  const preview = { start: [0, 0], step: [1, 1], shape: [2, 2], bytes: { offset: 4, length: 16 } };
  const [{ bytes: _, ...value }, buffer] = tensor(Float32Array.of(1, 2, 3, 4), [2, 2], { shape: [500, 2], preview });
  expect(tensorText(value, buffer)).toMatch(/^f32 \(500, 2\), .*: 1 2; 3 4; …$/);
});

it('counts what is not finite, and says when nothing is', () => {
  expect(tensorText(...tensor(Float32Array.of(1, Number.NaN, -Infinity), [3]))).toBe(
    'f32 (3), 1 to 1, mean 1, deviation 0, 1 NaN, 1 infinite: 1 NaN -Infinity',
  );
  expect(tensorText(...tensor(new Float32Array(0), [0, 4]))).toBe('f32 (0, 4), nothing finite');
});
