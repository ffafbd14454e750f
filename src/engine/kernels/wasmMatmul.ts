// Matrix products on the compiled kernel: batches, and the folding of a batch into rows where the second operand is
// shared, so that a linear layer is one product.

import type { View } from './kernels.ts';
import type { WasmExports } from './wasmModule.ts';
import { addressOf, BYTES, eachPlace } from './wasmViews.ts';

/** @param work scratch for one product. */
export function matmulOn(exports: WasmExports, work: number): (a: View, b: View, out: View, add: boolean) => void {
  return (a, b, out, add) => {
    const rank = out.shape.length;
    const [rowsOfOut, N] = out.shape.slice(-2) as [number, number];
    const K = a.shape[rank - 1];
    const [aRow, aColumn] = a.strides.slice(-2) as [number, number];
    const [bRow, bColumn] = b.strides.slice(-2) as [number, number];
    let M = rowsOfOut;
    let axes = rank - 2;
    while (axes > 0 && foldable(a, b, axes - 1, aRow * M)) {
      axes -= 1;
      M *= out.shape[axes];
    }
    const shape = out.shape.slice(0, axes);
    if (M === 0 || N === 0 || shape.includes(0)) {
      return;
    }
    eachPlace(
      shape,
      [a.strides, b.strides, out.strides],
      [addressOf(a), addressOf(b), addressOf(out)],
      ([atA, atB, atOut]) =>
        exports.matmul(
          atA,
          aRow * BYTES,
          aColumn * BYTES,
          atB,
          bRow * BYTES,
          bColumn * BYTES,
          atOut,
          N * BYTES,
          M,
          K,
          N,
          add ? 1 : 0,
          work,
        ),
    );
  };
}

/** Whether this batch axis only continues A's rows, with one B for all. */
function foldable(a: View, b: View, axis: number, span: number): boolean {
  return a.shape[axis] === 1 || (a.strides[axis] === span && b.strides[axis] === 0);
}
