// The reference backend: every kernel as a plain loop, to be read. Lessons quote these, and faster backends are tested
// against them. Sums are carried in 64 bits; nothing here is made for speed.

import type { DType, Kernels, Storage } from './kernels.ts';
import { DEFAULT_BUDGET_BYTES, MemoryCount } from './memory.ts';
import { adamW } from './reference/adamW.ts';
import { attention, attentionBackward } from './reference/attention.ts';
import { affine, binary, dropoutMask, unary, unaryBackward, where } from './reference/elementwise.ts';
import { gather, gatherRows, scatterAdd, scatterAddRows } from './reference/gather.ts';
import { matmul } from './reference/matmul.ts';
import { addTo, copy, fill } from './reference/moving.ts';
import { layerNorm, layerNormBackward, rmsNorm, rmsNormBackward } from './reference/norm.ts';
import { extreme, sum, sumOfSquares, topK } from './reference/reduce.ts';
import { rope } from './reference/rope.ts';
import { crossEntropy, crossEntropyBackward, softmax, softmaxBackward } from './reference/softmax.ts';

/** A backend of plain loops over JavaScript's typed arrays. */
export function referenceKernels(budgetBytes: number = DEFAULT_BUDGET_BYTES): Kernels {
  const memory = new MemoryCount(budgetBytes);
  return {
    name: 'reference',
    close: () => {},
    memory,
    allocate(length: number, dtype: DType): Storage {
      memory.take(length * 4);
      // Filled with what spreads: a loop that reads what nobody wrote shows at once.
      const data =
        dtype === 'f32' ? new Float32Array(length).fill(Number.NaN) : new Int32Array(length).fill(0x7fffffff);
      return { dtype, length, data };
    },
    release({ length }: Storage): void {
      memory.give(length * 4);
    },
    fill,
    copy,
    addTo,
    unary,
    unaryBackward,
    affine,
    binary,
    where,
    dropoutMask,
    sum,
    extreme,
    sumOfSquares,
    matmul,
    softmax,
    softmaxBackward,
    crossEntropy,
    crossEntropyBackward,
    layerNorm,
    layerNormBackward,
    rmsNorm,
    rmsNormBackward,
    topK,
    gatherRows,
    scatterAddRows,
    gather,
    scatterAdd,
    rope,
    attention,
    attentionBackward,
    adamW,
  };
}
