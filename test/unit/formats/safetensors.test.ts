// Safetensors both ways: files of Python's safetensors are read, and what is written is to the byte what Python writes.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SafetensorsFile, type StoredTensor, writeSafetensors } from '../../../src/formats/safetensors.ts';
import { faultOf } from '../engine/faultOf.ts';
import { fixtureBytes } from '../model/fixtures.ts';

describe('with files made in Python', () => {
  const bytes = fixtureBytes('formats-plain.safetensors');
  const plain = new SafetensorsFile(bytes, 'plain');

  test('reads numbers, shapes and metadata', () => {
    expect(plain.metadata).toEqual({ note: 'a "note" über' });
    expect(plain.tensor('b.weight')).toEqual({
      shape: [2, 3],
      data: Float32Array.of(0, 0.25, 0.5, 0.75, 1, 1.25),
    });
    expect(plain.tensor('a')).toEqual({ shape: [4], data: Int32Array.of(1, -2, 2147483647, -2147483648) });
    expect(plain.tensor('empty')).toEqual({ shape: [0, 3], data: new Float32Array() });
    expect(plain.tensor('scalar')).toEqual({ shape: [], data: Float32Array.of(0.1) });
    expect(plain.tensor('größe "x"')).toEqual({ shape: [1], data: Float32Array.of(7) });
  });

  test('writes the same bytes as Python', () => {
    const names = plain.names.toReversed();
    const written = writeSafetensors(
      names.map((name) => [name, plain.tensor(name)]),
      plain.metadata,
    );
    expect(Buffer.compare(written, bytes)).toBe(0);
  });

  test('reads the same wherever the bytes begin in their buffer', () => {
    for (let shift = 0; shift < 4; shift++) {
      const moved = new Uint8Array(bytes.length + shift).subarray(shift);
      moved.set(bytes);
      const file = new SafetensorsFile(moved, 'moved');
      for (const name of plain.names) {
        expect(file.tensor(name)).toEqual(plain.tensor(name));
      }
    }
  });

  test('widens 16-bit numbers to what PyTorch widens them to', () => {
    const types = new SafetensorsFile(fixtureBytes('formats-types.safetensors'), 'types');
    const widened = JSON.parse(Buffer.from(fixtureBytes('formats-types.json')).toString()) as Record<string, string[]>;
    for (const [name, texts] of Object.entries(widened)) {
      const wanted = texts.map((text) => Number(text.replace('inf', 'Infinity').replace('nan', 'NaN')));
      expect(types.tensor(name).data, name).toEqual(Float32Array.from(wanted));
      expect(wanted.some(Number.isNaN)).toBe(true);
    }
  });

  test('names the tensor of a type that is not read, and reads the others', () => {
    const types = new SafetensorsFile(fixtureBytes('formats-types.safetensors'), 'types');
    const fault = faultOf(() => types.tensor('f64'));
    expect(fault.full).toBe(
      'Tensor "f64" of types is F64, which is not read. Convert it to one of F32, I32, F16, BF16.',
    );
    expect(types.shapeOf('odd')).toEqual([3]);
    expect(faultOf(() => types.tensor('odd')).message).toContain('U8');
  });

  test('names what it has when asked for what it has not', () => {
    const { code, full } = faultOf(() => plain.tensor('c'));
    expect(code).toBe('not-found');
    expect(full).toBe('plain has no tensor "c". It has: b.weight, empty, größe "x", scalar, a.');
  });
});

const stored = fc.array(fc.nat(4), { maxLength: 4 }).chain((shape) => {
  const size = shape.reduce((product, length) => product * length, 1);
  const exactly = { minLength: size, maxLength: size };
  return fc.oneof(fc.float32Array(exactly), fc.int32Array(exactly)).map((data): StoredTensor => ({ shape, data }));
});
const names = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__');

test('reads back whatever was written, bit by bit', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(names, stored), { selector: ([name]) => name, maxLength: 6 }),
      fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })),
      (tensors, metadata) => {
        const bytes = writeSafetensors(tensors, metadata);
        const file = new SafetensorsFile(bytes, 'file');
        expect(file.names.toSorted()).toEqual(tensors.map(([name]) => name).toSorted());
        expect(Object.entries(file.metadata).sort()).toEqual(Object.entries(metadata).sort());
        for (const [name, { shape, data }] of tensors) {
          const read = file.tensor(name);
          expect(read.shape).toEqual(shape);
          expect(read.data.constructor).toBe(data.constructor);
          expect(bits(read.data)).toEqual(bits(data));
        }
      },
    ),
  );
});

function bits({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

test.each([
  [[['a', { shape: [2], data: Float32Array.of(1) }]], 'needs 2 numbers, and there are 1'],
  [[['__metadata__', { shape: [], data: Float32Array.of(1) }]], '"__metadata__" can\'t be a tensor\'s name'],
  [[['\ud800', { shape: [], data: Float32Array.of(1) }]], "can't be a tensor's name"],
  [
    [
      ['a', { shape: [], data: Float32Array.of(1) }],
      ['a', { shape: [], data: Int32Array.of(1) }],
    ],
    '"a" comes twice',
  ],
] satisfies [[string, StoredTensor][], string][])('refuses to write %o', (tensors, what) => {
  expect(faultOf(() => writeSafetensors(tensors)).message).toContain(what);
});
