// What the compiled modules export. Everything works on addresses in the one memory that they are given, allocates
// nothing, and trusts its arguments: the files kernels/wasm*.ts are the only callers.

export { adamW } from './adamW';
export { attention, attentionBackward, attentionScratchBytes } from './attention';
export { affine, binary, dropoutMask, unary, unaryBackward, where } from './elementwise';
export { matmul, matmuls, matmulWorkBytes, packedMatmul } from './matmul';
export { addTo, copy, fill, gatherRows, scatterAddRows } from './move';
export { nearestRows } from './nearest';
export { layerNorm, normBackward, rmsNorm } from './norm';
export { normParameters } from './normParameters';
export { sumBlocks, sumColumns, sumOfSquares, sumRows } from './reduce';
export { rope } from './rope';
export { crossEntropy, crossEntropyBackward, logSoftmax, softmax, softmaxBackward } from './rows';
