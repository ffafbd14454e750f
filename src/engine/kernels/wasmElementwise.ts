// Elementwise operations and moves on the compiled kernels. Logarithms and powers stay with the reference loops.

import { sizeOf } from '../shape.ts';
import type { Binary, Kernels, Unary, View } from './kernels.ts';
import type { WasmExports } from './wasmModule.ts';
import { addressOf, BYTES, rowsOfViews } from './wasmViews.ts';

// The codes stand in kernels/wasm/elementwise.ts.
const UNARY: Readonly<Partial<Record<Unary, number>>> = {
  exp: 0,
  sqrt: 1,
  tanh: 2,
  sigmoid: 3,
  relu: 4,
  gelu: 5,
  geluTanh: 6,
  silu: 7,
};
const BINARY: Readonly<Partial<Record<Binary, number>>> = { add: 0, sub: 1, mul: 2, div: 3 };

type Elementwise = Pick<
  Kernels,
  'fill' | 'copy' | 'addTo' | 'unary' | 'unaryBackward' | 'affine' | 'binary' | 'where' | 'dropoutMask'
>;

export function elementwiseOn(exports: WasmExports, reference: Kernels): Elementwise {
  return {
    fill(out, value) {
      const bits = out.storage.dtype === 'i32' ? value : bitsOf(value);
      const { rows, count, rowStrides, strides, each } = rowsOfViews([out]);
      each(([to]) => {
        for (let row = 0; row < rows; row++) {
          exports.fill(to + row * rowStrides[0], strides[0], count, bits);
        }
      });
    },
    copy: (source, out) => move(exports.copy, source, out),
    addTo: (source, out) => move(exports.addTo, source, out),
    unary(kind, x, out) {
      const code = UNARY[kind];
      if (code === undefined) {
        reference.unary(kind, x, out);
      } else {
        exports.unary(code, addressOf(x), addressOf(out), sizeOf(out.shape));
      }
    },
    unaryBackward(kind, saved, gradient, out) {
      const code = UNARY[kind];
      if (code === undefined) {
        reference.unaryBackward(kind, saved, gradient, out);
      } else {
        exports.unaryBackward(code, addressOf(saved), addressOf(gradient), addressOf(out), sizeOf(out.shape));
      }
    },
    affine(x, scale, shift, out) {
      exports.affine(addressOf(x), scale, shift, addressOf(out), sizeOf(out.shape));
    },
    binary(kind, a, b, out) {
      const code = BINARY[kind];
      if (code === undefined) {
        reference.binary(kind, a, b, out);
        return;
      }
      const { rows, count, rowStrides, strides, each } = rowsOfViews([a, b, out]);
      const [aRow, bRow] = rowStrides as [number, number];
      const [aColumn, bColumn] = strides as [number, number];
      each(([atA, atB, to]) => exports.binary(code, atA, aRow, aColumn, atB, bRow, bColumn, to, rows, count));
    },
    where(condition, a, b, out) {
      const { rows, count, rowStrides, strides, each } = rowsOfViews([condition, a, b, out]);
      const whole = condition.storage.dtype === 'i32' ? 1 : 0;
      each((addresses) => {
        for (let row = 0; row < rows; row++) {
          const [atCondition, atA, atB, to] = addresses.map((address, v) => address + row * rowStrides[v]) as [
            number,
            number,
            number,
            number,
          ];
          const [ofCondition, ofA, ofB] = strides as [number, number, number];
          exports.where(atCondition, ofCondition, whole, atA, ofA, atB, ofB, to, count);
        }
      });
    },
    dropoutMask(seed, keep, out) {
      if (keep >= 1) {
        exports.fill(addressOf(out), BYTES, sizeOf(out.shape), bitsOf(1));
      } else {
        // hash / 2^32 < keep, for whole hashes
        const bound = Math.ceil(keep * 2 ** 32);
        exports.dropoutMask(seed, bound, 1 / keep, addressOf(out), sizeOf(out.shape));
      }
    },
  };
}

function move(kernel: WasmExports['copy'], source: View, out: View): void {
  const { rows, count, rowStrides, strides, each } = rowsOfViews([source, out]);
  const [fromRow, toRow] = rowStrides as [number, number];
  const [fromColumn, toColumn] = strides as [number, number];
  each(([from, to]) => kernel(from, fromRow, fromColumn, to, toRow, toColumn, rows, count));
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The bits of a number as f32. */
function bitsOf(value: number): number {
  float[0] = value;
  return bits[0];
}
