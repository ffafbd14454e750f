// Safetensors files that are broken, or made to harm: each is refused with what is wrong and where.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SafetensorsFile } from '../../../src/formats/safetensors.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { faultOf } from '../engine/faultOf.ts';
import { fixtureBytes } from '../model/fixtures.ts';

/** A file with this header, as it is, and so many bytes behind it. */
function fileOf(header: string | Uint8Array, data = 0, length?: bigint): Uint8Array<ArrayBuffer> {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + data);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

/** Tensors as [name, dtype, shape, begin, end]. */
function headerOf(...tensors: [string, unknown, unknown, unknown, unknown][]): string {
  const entries = tensors.map(([name, dtype, shape, begin, end]) => [
    name,
    { dtype, shape, data_offsets: [begin, end] },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

const one = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';

test('a file without tensors is one', () => {
  expect(new SafetensorsFile(fileOf('{}'), 'x').names).toEqual([]);
  expect(new SafetensorsFile(fileOf('{"__metadata__":{"a":"b"}}   '), 'x').metadata).toEqual({ a: 'b' });
});

test('names that mean something elsewhere are names like any other', () => {
  const header =
    '{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"constructor":{"dtype":"I32","shape":[],"data_offsets":[4,8]}}';
  const file = new SafetensorsFile(fileOf(header, 8), 'x');
  expect(file.names).toEqual(['__proto__', 'constructor']);
  expect(file.tensor('constructor').data).toEqual(Int32Array.of(0));
  expect(file.has('toString')).toBe(false);
});

describe('refuses', () => {
  test.each<[what: string, bytes: Uint8Array<ArrayBuffer>, message: string]>([
    ['nothing', new Uint8Array(), 'it has 0 bytes'],
    ['a stump', new Uint8Array(7), 'it has 7 bytes'],
    ['a header above the limit', fileOf('{}', 0, 100_000_001n), '100000001 bytes, and may have 100000000'],
    ['a header beyond all numbers', fileOf('{}', 0, 2n ** 64n - 1n), '18446744073709551615 bytes'],
    ['a header that was cut', fileOf('{}', 0, 3n), 'should end at byte 11, and the file ends at 10'],
    ['no JSON', fileOf('{"a"'), 'not JSON'],
    ['no object', fileOf('[]'), 'not a JSON object'],
    ['no UTF-8', fileOf(Uint8Array.of(0x7b, 0xff, 0x7d)), 'not UTF-8'],
    ['a name that comes twice', fileOf(`${one},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 8), '"a" twice'],
    [
      'a name written in two ways',
      fileOf(`${one},"\\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 8),
      '"a" twice',
    ],
    [
      'a key of a tensor that comes twice',
      fileOf('{"a":{"dtype":"F32","dtype":"I32","shape":[1],"data_offsets":[0,4]}}', 4),
      '"dtype" twice',
    ],
    ['metadata that is a list', fileOf('{"__metadata__":[]}'), '__metadata__ is not a JSON object'],
    ['metadata that is no text', fileOf('{"__metadata__":{"n":1}}'), '"n" in __metadata__ is not a text'],
    ['a tensor that is null', fileOf('{"a":null}'), 'tensor "a" has the dtype undefined'],
    ["a dtype that there isn't", fileOf(headerOf(['a', 'F31', [1], 0, 4]), 4), 'tensor "a" has the dtype "F31"'],
    ['a dtype that all objects have', fileOf(headerOf(['a', 'toString', [1], 0, 4]), 4), 'the dtype "toString"'],
    ['a dtype that is no text', fileOf(headerOf(['a', { deep: [] }, [1], 0, 4]), 4), 'the dtype an object'],
    ['a negative size', fileOf(headerOf(['a', 'F32', [-1], 0, 4]), 4), 'the shape [-1]'],
    ['a fractional size', fileOf(headerOf(['a', 'F32', [0.5, 2], 0, 4]), 4), 'the shape [0.5, 2]'],
    ['sizes beyond all numbers', fileOf(headerOf(['a', 'F32', [2 ** 52, 2 ** 52], 0, 4]), 4), 'needs'],
    ['a shape that is a number', fileOf(headerOf(['a', 'F32', 1, 0, 4]), 4), 'the shape 1'],
    ['an end before the beginning', fileOf(headerOf(['a', 'F32', [1], 4, 0]), 4), 'before it begins'],
    ['an end beyond the file', fileOf(headerOf(['a', 'F32', [2], 0, 8]), 4), 'and the file ends at'],
    ['a negative beginning', fileOf(headerOf(['a', 'F32', [2], -4, 4]), 4), 'data_offsets [-4, 4]'],
    ['more bytes than the shape takes', fileOf(headerOf(['a', 'F32', [1], 0, 8]), 8), 'needs 4 bytes, and has 8'],
    [
      'overlapping tensors',
      fileOf(headerOf(['a', 'F32', [2], 0, 8], ['b', 'F32', [2], 4, 12]), 12),
      'tensor "b" begins at byte',
    ],
    ['the same place twice', fileOf(headerOf(['a', 'F32', [2], 0, 8], ['b', 'F32', [2], 0, 8]), 8), 'within "a"'],
    ['a hole', fileOf(headerOf(['a', 'F32', [1], 0, 4], ['b', 'F32', [1], 8, 12]), 12), 'belong to no tensor'],
    ['bytes at the end', fileOf(headerOf(['a', 'F32', [1], 0, 4]), 5), 'belong to no tensor'],
  ])('%s', (_, bytes, message) => {
    const fault = faultOf(() => new SafetensorsFile(bytes, 'model.safetensors'));
    expect(fault.code).toBe('bad-input');
    expect(fault.message).toMatch(/^model\.safetensors can't be read as safetensors: /);
    expect(fault.message).toContain(message);
    expect(fault.remedy).toBeTruthy();
    expect(fault.full.length).toBeLessThan(500);
  });

  test('a name of megabytes, in a message that can be read', () => {
    const name = 'x'.repeat(3_000_000);
    const { message } = faultOf(() => new SafetensorsFile(fileOf(headerOf([name, 'F32', [3], 0, 4]), 4), 'x'));
    expect(message.length).toBeLessThan(300);
  });

  test('JSON of great depth', () => {
    const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(faultOf(() => new SafetensorsFile(fileOf(deep), 'x')).message).toContain('tensor "a"');
  });
});

const real = fixtureBytes('formats-plain.safetensors');

test('of a real file every beginning is refused', () => {
  for (let length = 0; length < real.length; length++) {
    expect(faultOf(() => new SafetensorsFile(real.slice(0, length), 'x')).code).toBe('bad-input');
  }
});

test('a real file with some bytes changed is either read within its bounds or refused', () => {
  const changes = fc.array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(changes, (changed) => {
      const bytes = real.slice();
      for (const [at, byte] of changed) {
        bytes[at] = byte;
      }
      try {
        const file = new SafetensorsFile(bytes, 'x');
        const sizes = file.names.map((name) => file.tensor(name).data.byteLength);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2 * bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
        expect((error as Fault).code).toBe('bad-input');
      }
    }),
    { numRuns: 3000 },
  );
});
