// What the compiled kernels (kernels/wasm/) export, which of the two modules this machine can run, and how one is
// started on a memory. Arguments are addresses and strides in bytes unless a name says otherwise.

/** `relaxed` uses relaxed SIMD: one rounding for a product and a sum. */
export type WasmVariant = 'relaxed' | 'simd';

type Kernel = (...numbers: number[]) => void;

/** Each kernel, with its arguments. */
export interface WasmExports {
  /** Bytes of scratch for one product. */
  readonly matmulWorkBytes: () => number;
  /** S; bytes of scratch for one head's forward pass. Backward needs twice as many. */
  readonly attentionScratchBytes: (S: number) => number;
  /** x, count */
  readonly sumOfSquares: (x: number, count: number) => number;
  /** rows, scales, keys, accepted, count, stride, query, first, best, kept, capacity; how many are kept */
  readonly nearestRows: (...numbers: number[]) => number;
  /** a, aRow, aColumn, b, bRow, bColumn, c, cRow, M, K, N, add, work */
  readonly matmul: Kernel;
  readonly packedMatmul: Kernel;
  /** a, aNext, aRow, aColumn, b, bNext, bRow, bColumn, c, cNext, cRow, M, K, N, add, work, count */
  readonly matmuls: Kernel;
  /** kind, x, out, count */
  readonly unary: Kernel;
  /** kind, saved, gradient, out, count */
  readonly unaryBackward: Kernel;
  /** x, scale, shift, out, count */
  readonly affine: Kernel;
  /** kind, a, aRow, aColumn, b, bRow, bColumn, out, rows, count */
  readonly binary: Kernel;
  /** condition, column, whole, a, column, b, column, out, count */
  readonly where: Kernel;
  /** seed, bound, kept, first, out, count */
  readonly dropoutMask: Kernel;
  /** out, stride, count, bits */
  readonly fill: Kernel;
  /** from, fromRow, fromColumn, to, toRow, toColumn, rows, count */
  readonly copy: Kernel;
  readonly addTo: Kernel;
  /** table, ids, out, count, width */
  readonly gatherRows: Kernel;
  /** rows, ids, out, count, width */
  readonly scatterAddRows: Kernel;
  /** x, out, rows, count */
  readonly sumRows: Kernel;
  /** x, out, blocks, count, inner */
  readonly sumBlocks: Kernel;
  /** x, out, count, inner, width */
  readonly sumColumns: Kernel;
  /** x, out, rows, count */
  readonly softmax: Kernel;
  readonly logSoftmax: Kernel;
  /** y, gradient, out, rows, count, log */
  readonly softmaxBackward: Kernel;
  /** logits, targets, losses, maxima, sums, rows, count */
  readonly crossEntropy: Kernel;
  /** logits, targets, maxima, sums, rowGradient, out, rows, count */
  readonly crossEntropyBackward: Kernel;
  /** x, weight, bias, epsilon, out, means, inverses, rows, count */
  readonly layerNorm: Kernel;
  /** x, weight, epsilon, out, inverses, rows, count */
  readonly rmsNorm: Kernel;
  /** x, weight, means, inverses, gradient, dx, rows, count */
  readonly normBackward: Kernel;
  /** x, means, inverses, gradient, dWeight, dBias, rows, count, width */
  readonly normParameters: Kernel;
  /** q, k, v, out: each with its strides along B, H and T; logSums, H, T, S, D, E, scale, causal, scratch, work, first, heads */
  readonly attention: Kernel;
  /** q, k, v, out, gradient, dq, dk, dv: each with its strides; the rest as `attention` */
  readonly attentionBackward: Kernel;
  /** x, cos, sin, adjacent, inverse, out, positions, columns, first, rows */
  readonly rope: Kernel;
  /** parameter, gradient, first, second, count, rate, beta1, rest1, beta2, rest2, correction1, correction2, epsilon, keep */
  readonly adamW: Kernel;
}

/** Those that compute without an answer: what threads can share. */
export type KernelName = {
  [Name in keyof WasmExports]: WasmExports[Name] extends Kernel
    ? Kernel extends WasmExports[Name]
      ? Name
      : never
    : never;
}[keyof WasmExports];

const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0];
/** i8x16.splat of the constant 0. */
const SPLAT = [0x41, 0, 0xfd, 0x0f];

/** The best module that this machine can run; undefined where WASM has no SIMD. */
export function supportedVariant(): WasmVariant | undefined {
  const probes: readonly (readonly [WasmVariant, readonly number[]])[] = [
    ['relaxed', [...HEAD, 0x0a, 0x13, 1, 0x11, 0, ...SPLAT, ...SPLAT, ...SPLAT, 0xfd, 0x85, 2, 0x0b]], // relaxed_madd
    ['simd', [...HEAD, 0x0a, 8, 1, 6, 0, ...SPLAT, 0x0b]],
  ];
  return probes.find(([, bytes]) => WebAssembly.validate(Uint8Array.from(bytes)))?.[0];
}

/** Compiled kernels, not yet started: any number of backends can be made of them. */
export interface KernelModule {
  readonly variant: WasmVariant;
  readonly module: WebAssembly.Module;
}

/** Starts a module on `memory`. */
export function startModule(module: WebAssembly.Module, memory: WebAssembly.Memory): WasmExports {
  return new WebAssembly.Instance(module, { env: { memory }, host: { log: Math.log } })
    .exports as unknown as WasmExports;
}
