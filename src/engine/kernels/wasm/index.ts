// What the compiled modules export. Everything works on addresses in the one memory that they are given, allocates
// nothing, and trusts its arguments: the files kernels/wasm*.ts are the only callers.

export { adamW } from './adamW';
export { scoresBackward, weigh, weighAgain } from './attention';
export { affine, binary, dropoutMask, unary, unaryBackward, where } from './elementwise';
export { matmul, matmulWorkBytes } from './matmul';
export { addTo, copy, fill, gatherRows, scatterAddRows } from './move';
export { layerNorm, normBackward, rmsNorm } from './norm';
export { sum, sumOfSquares } from './reduce';
export { crossEntropyBackward, logSumParts, softmax, softmaxBackward, subtractFromRows } from './rows';
