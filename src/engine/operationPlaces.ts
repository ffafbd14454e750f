// Where each operation is written, so that a frame can lead there. A test holds every line here against the file: when
// code moves, it fails and says the right line.

import type { SourcePlace } from '../shared/trace.ts';

/** By the name of the function, which is that of the operation; its backward pass stands below it in the same file. */
export const operationPlaces = {
  add: { file: 'src/engine/ops/add.ts', line: 14 },
  attention: { file: 'src/engine/ops/attention.ts', line: 30 },
  concat: { file: 'src/engine/ops/concat.ts', line: 18 },
  stack: { file: 'src/engine/ops/concat.ts', line: 50 },
  split: { file: 'src/engine/ops/concat.ts', line: 76 },
  norm: { file: 'src/engine/ops/cosine.ts', line: 16 },
  cosine: { file: 'src/engine/ops/cosine.ts', line: 32 },
  crossEntropy: { file: 'src/engine/ops/crossEntropy.ts', line: 20 },
  div: { file: 'src/engine/ops/div.ts', line: 12 },
  dot: { file: 'src/engine/ops/dot.ts', line: 16 },
  outer: { file: 'src/engine/ops/dot.ts', line: 30 },
  dropout: { file: 'src/engine/ops/dropout.ts', line: 15 },
  embedding: { file: 'src/engine/ops/embedding.ts', line: 14 },
  oneHot: { file: 'src/engine/ops/embedding.ts', line: 35 },
  exp: { file: 'src/engine/ops/exp.ts', line: 8 },
  expand: { file: 'src/engine/ops/expand.ts', line: 15 },
  fusedAttention: { file: 'src/engine/ops/fusedAttention.ts', line: 16 },
  selfAttention: { file: 'src/engine/ops/fusedAttention.ts', line: 27 },
  gather: { file: 'src/engine/ops/gather.ts', line: 16 },
  gelu: { file: 'src/engine/ops/gelu.ts', line: 17 },
  layerNorm: { file: 'src/engine/ops/layerNorm.ts', line: 22 },
  log: { file: 'src/engine/ops/log.ts', line: 8 },
  matmul: { file: 'src/engine/ops/matmul.ts', line: 18 },
  max: { file: 'src/engine/ops/max.ts', line: 18 },
  min: { file: 'src/engine/ops/max.ts', line: 23 },
  argmax: { file: 'src/engine/ops/max.ts', line: 34 },
  mul: { file: 'src/engine/ops/mul.ts', line: 14 },
  neg: { file: 'src/engine/ops/neg.ts', line: 8 },
  permute: { file: 'src/engine/ops/permute.ts', line: 15 },
  pow: { file: 'src/engine/ops/pow.ts', line: 15 },
  relu: { file: 'src/engine/ops/relu.ts', line: 8 },
  reshape: { file: 'src/engine/ops/reshape.ts', line: 17 },
  rmsNorm: { file: 'src/engine/ops/rmsNorm.ts', line: 20 },
  ropeAngles: { file: 'src/engine/ops/rope.ts', line: 22 },
  rope: { file: 'src/engine/ops/rope.ts', line: 48 },
  sigmoid: { file: 'src/engine/ops/sigmoid.ts', line: 8 },
  silu: { file: 'src/engine/ops/silu.ts', line: 8 },
  slice: { file: 'src/engine/ops/slice.ts', line: 17 },
  index: { file: 'src/engine/ops/slice.ts', line: 39 },
  softmax: { file: 'src/engine/ops/softmax.ts', line: 17 },
  logSoftmax: { file: 'src/engine/ops/softmax.ts', line: 26 },
  sqrt: { file: 'src/engine/ops/sqrt.ts', line: 8 },
  squeeze: { file: 'src/engine/ops/squeeze.ts', line: 9 },
  unsqueeze: { file: 'src/engine/ops/squeeze.ts', line: 30 },
  sub: { file: 'src/engine/ops/sub.ts', line: 12 },
  sum: { file: 'src/engine/ops/sum.ts', line: 25 },
  mean: { file: 'src/engine/ops/sum.ts', line: 34 },
  variance: { file: 'src/engine/ops/sum.ts', line: 43 },
  tanh: { file: 'src/engine/ops/tanh.ts', line: 8 },
  topK: { file: 'src/engine/ops/topK.ts', line: 17 },
  transpose: { file: 'src/engine/ops/transpose.ts', line: 14 },
  where: { file: 'src/engine/ops/where.ts', line: 13 },
  maskedFill: { file: 'src/engine/ops/where.ts', line: 25 },
} as const satisfies Record<string, SourcePlace>;

/** Where the operation of this name is written. */
export function operationPlace(name: string): SourcePlace | undefined {
  return Object.hasOwn(operationPlaces, name) ? operationPlaces[name as keyof typeof operationPlaces] : undefined;
}
