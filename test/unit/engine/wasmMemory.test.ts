// The WASM backend's memory: reused and not grown without end, refused past its budget, and whole afterwards.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compiledKernels } from '../../../src/build/kernels.ts';
import type { Storage, View } from '../../../src/engine/kernels/kernels.ts';
import { bestKernels, wasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { WasmMemory } from '../../../src/engine/kernels/wasmMemory.ts';
import { startModule } from '../../../src/engine/kernels/wasmModule.ts';
import { sizeOf, stridesOf } from '../../../src/engine/shape.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { modules, variants } from './kernelModules.ts';

const MB = 1024 * 1024;

describe('the memory of the WASM backend', () => {
  test('is reused: 1,000 rounds of the same sizes grow it no more than the first', () => {
    const memory = new WasmMemory(256 * MB);
    const sizes = [3, 100, 70_000, 4096, 999_999, 1, 0, 20_000, 524_288];
    const round = () => {
      const storages = sizes.map((size) => memory.allocate(size, 'f32'));
      for (const storage of storages) {
        memory.release(storage);
      }
    };
    round();
    const after = memory.size;
    for (let i = 0; i < 1000; i++) {
      round();
    }
    expect(memory.size).toBe(after);
    expect(memory.count.inUse).toBe(0);
  });

  test('sizes that grow by one each round, as a text does, stay within a fourth of the memory more', () => {
    const memory = new WasmMemory(256 * MB);
    for (let length = 1; length < 2000; length++) {
      const storages = [1, 2, 3].map((rows) => memory.allocate(rows * length * 64, 'f32'));
      storages.forEach((storage) => {
        memory.release(storage);
      });
    }
    // The last round holds 6 * 2000 * 64 numbers, 3 MB; blocks of all the smaller sizes add up to a small multiple.
    expect(memory.size).toBeLessThan(24 * MB);
  });

  test('storages never overlap, whatever is released in between', () => {
    const steps = fc.array(fc.tuple(fc.nat(50_000), fc.nat(9), fc.boolean()), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(steps, (list) => {
        const memory = new WasmMemory(64 * MB);
        const held: { storage: ReturnType<WasmMemory['allocate']>; mark: number }[] = [];
        list.forEach(([length, which, release], mark) => {
          if (release && held.length > 0) {
            const [gone] = held.splice(which % held.length, 1);
            memory.release(gone.storage);
          } else {
            const storage = memory.allocate(length, 'i32');
            storage.data.fill(mark);
            held.push({ storage, mark });
          }
        });
        for (const { storage, mark } of held) {
          expect(storage.data.every((value) => value === mark)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('scratch is reused: 1,000 rounds of attention, softmax and products leave the memory as it was', () => {
    const kernels = wasmKernels(modules.simd, 64 * MB);
    const make = (...shape: number[]): View => {
      const storage = kernels.allocate(sizeOf(shape), 'f32');
      storage.data.fill(0.5);
      return { storage, offset: 0, shape, strides: stridesOf(shape) };
    };
    const views = Array.from({ length: 4 }, () => make(1, 2, 50, 8));
    const [q, out, gradient, d] = views;
    const [logSums, scores] = [make(1, 2, 50), make(2, 50, 50)];
    const options = { scale: 0.3, causal: true };
    const round = () => {
      kernels.attention(q, q, q, out, logSums, options);
      kernels.attentionBackward(q, q, q, out, logSums, gradient, d, d, d, options);
      kernels.softmax(scores, scores, true);
      const passing = kernels.allocate(4000, 'f32');
      kernels.release(passing);
    };
    round();
    const { inUse } = kernels.memory;
    const size = q.storage.data.buffer.byteLength;
    for (let i = 0; i < 1000; i++) {
      round();
    }
    expect(kernels.memory.inUse).toBe(inUse);
    expect(q.storage.data.buffer.byteLength).toBe(size);
  });

  test.each(variants)("the tables of the module %s end before a storage's first place", (variant) => {
    const { memory } = new WasmMemory(MB);
    startModule(modules[variant].module, memory);
    const bytes = new Uint8Array(memory.buffer);
    expect(bytes.subarray(0, 4096).some((byte) => byte !== 0)).toBe(true);
    expect(bytes.subarray(4096).every((byte) => byte === 0)).toBe(true);
    expect(new WasmMemory(MB).allocate(1, 'f32').address).toBeGreaterThanOrEqual(4096);
  });

  test('a storage outlives growth', async () => {
    const kernels = wasmKernels(modules.simd, 512 * MB);
    const small = kernels.allocate(4, 'f32');
    small.data.set([1, 2, 3, 4]);
    const before = small.data;
    const large = kernels.allocate(20 * MB, 'f32');
    expect(small.data.buffer).not.toBe(before.buffer); // the same memory, seen whole
    expect(small.data.buffer).toBe(large.data.buffer);
    expect(Array.from(small.data)).toEqual([1, 2, 3, 4]);
    kernels.release(large);
  });

  test('past the budget it refuses, says so, and goes on working', async () => {
    const kernels = wasmKernels(modules.simd, 16 * MB);
    const held: Storage[] = [];
    const fillUp = () => {
      for (;;) {
        held.push(kernels.allocate(MB / 4, 'f32'));
      }
    };
    expect(fillUp).toThrow(Fault);
    expect(held).toHaveLength(16);
    expect(kernels.memory.inUse).toBe(16 * MB);
    expect(() => kernels.allocate(2 ** 33, 'f32')).toThrow(expect.objectContaining({ code: 'too-large' }));
    kernels.release(held.pop() as Storage);
    const again = kernels.allocate(MB / 4, 'f32');
    const view = { storage: again, offset: 0, shape: [MB / 4], strides: [1] };
    kernels.fill(view, 2);
    expect(kernels.sumOfSquares(view)).toBe(MB);
    expect(kernels.memory.peak).toBe(16 * MB);
  });

  test('the backend chosen is the best that this machine runs', async () => {
    const asked: string[] = [];
    const kernels = await bestKernels((name) => {
      asked.push(name);
      return compiledKernels(name);
    });
    // Node 22 and later have relaxed SIMD; Node 20 only SIMD.
    const relaxed = Number.parseInt(process.versions.node, 10) >= 22;
    expect(asked).toEqual([relaxed ? 'relaxed' : 'simd']);
    expect(kernels.name).toBe(relaxed ? 'wasm-relaxed-simd' : 'wasm-simd');
  });
});
