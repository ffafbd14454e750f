// The narrow interface between the engine and the loops that do its arithmetic: memory, and operations on views of it.
// Kernels trust what they are given: shapes, dtypes and ids are checked by the operations above them (ops/), once.

/** `f32` for all that is computed with, `i32` for ids and indices. */
export type DType = 'f32' | 'i32';

/**
 * A flat run of numbers that a backend owns. `data` is read anew at each use, and may lie in memory that threads share.
 */
export interface Storage {
  readonly dtype: DType;
  /** How many numbers it holds. */
  readonly length: number;
  readonly data: Float32Array | Int32Array;
}

/**
 * One way of reading a storage: the element at (i, j, ...) stands at `offset + i * strides[0] + j * strides[1] + ...`.
 * Strides count elements, not bytes; a stride of 0 repeats (that is what broadcasting is). Every tensor is a view.
 *
 * A view is **dense** when its elements follow each other in row-major order without gaps, wherever it begins.
 */
export interface View {
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

export interface MemoryUse {
  /** Bytes of storages allocated and not released. */
  readonly inUse: number;
  /** The most that `inUse` has been. */
  readonly peak: number;
  /** What `inUse` may not pass. */
  readonly budget: number;
}

/**
 * Functions of one number. Beside each: what {@link Kernels.unaryBackward} is given as `saved`, and the slope made of it.
 *
 * | name | y | saved | dy/dx |
 * |---|---|---|---|
 * | exp | e^x | y | y |
 * | log | ln x | x | 1 / x |
 * | sqrt | square root of x | y | 1 / (2 y) |
 * | tanh | tanh x | y | 1 - y^2 |
 * | sigmoid | 1 / (1 + e^-x) | y | y (1 - y) |
 * | relu | max(x, 0), NaN stays NaN | y | 0 where y <= 0, else 1: NaN lets it through |
 * | gelu | x/2 (1 + erf(x / sqrt 2)) | x | Phi(x) + x phi(x) |
 * | geluTanh | x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) | x | its derivative |
 * | silu | x sigmoid(x) | x | s (1 + x (1 - s)), s = sigmoid(x) |
 */
export type Unary = 'exp' | 'log' | 'sqrt' | 'tanh' | 'sigmoid' | 'relu' | 'gelu' | 'geluTanh' | 'silu';

export type Binary = 'add' | 'sub' | 'mul' | 'div' | 'pow';

export interface AttentionOptions {
  /** Multiplies the products of queries and keys; usually 1 / sqrt(D). */
  readonly scale: number;
  /** True: query t of T sees keys 0 to t + S - T only (S keys; S >= T), so the last query sees all. */
  readonly causal: boolean;
}

export interface AdamWOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled: `parameter -= learningRate * weightDecay * parameter`, before the step. */
  readonly weightDecay: number;
  /** From 1: for the correction of the moments' bias. */
  readonly step: number;
}

/**
 * A backend. Every `out` is dense and already allocated, and every operand is f32, unless said otherwise. Sizes may be
 * 0 (nothing is written; a sum over nothing is 0). "Adds to" means that what is there already counts; all else
 * overwrites. An `out` may be one of the operands of the same elementwise operation (`unary`, `unaryBackward`, `affine`,
 * `binary`), exactly on top of it, and may overlap no operand otherwise.
 */
export interface Kernels {
  /** `reference`, `wasm-simd`, `wasm-relaxed-simd`; with `, 2 threads` behind where there are two. */
  readonly name: string;
  /** Ends the threads that it started, if any: one thread goes on. Its memory goes when nobody knows it any more. */
  close(): void;

  // Memory

  readonly memory: MemoryUse;
  /**
   * A storage with unspecified contents.
   * @throws Fault `too-large` before anything is allocated, when the budget would be passed.
   */
  allocate(length: number, dtype: DType): Storage;
  /** Gives a storage back for reuse. The caller sees to it that this happens once, and that nobody reads it after. */
  release(storage: Storage): void;

  // Moving

  /** Any strides but 0, either dtype. */
  fill(out: View, value: number): void;
  /** Element by element into `out`, of the same shape and dtype; both with any strides (`out`: none 0). */
  copy(source: View, out: View): void;
  /** As {@link copy}, and adds to `out`; f32. */
  addTo(source: View, out: View): void;

  // Elementwise

  /** `x` dense, of `out`'s shape. */
  unary(kind: Unary, x: View, out: View): void;
  /** out = gradient * dy/dx, with `saved` as the table at {@link Unary} says; all dense. */
  unaryBackward(kind: Unary, saved: View, gradient: View, out: View): void;
  /** out = x * scale + shift; `x` dense. */
  affine(x: View, scale: number, shift: number, out: View): void;
  /** `a` and `b` already have `out`'s shape, with stride 0 where they are broadcast, and any other strides. */
  binary(kind: Binary, a: View, b: View, out: View): void;
  /** out = condition is not 0 ? a : b; `condition` f32 or i32; all three of `out`'s shape, with any strides. */
  where(condition: View, a: View, b: View, out: View): void;
  /** Element i of `out` becomes 1 / keep or 0, as `dropoutKeeps(seed, i, keep)` of kernels/dropoutKeeps.ts says. */
  dropoutMask(seed: number, keep: number, out: View): void;

  // Along one axis. `x` dense; `out` has x's shape without that axis (or with size 1 there: the same numbers).

  sum(x: View, axis: number, out: View): void;
  /**
   * The largest or smallest of each line along `axis`, whose size is at least 1, and where it is (i32, the first of
   * equals). NaN wins over every number.
   */
  extreme(kind: 'max' | 'min', x: View, axis: number, values: View, indices: View): void;
  /** The sum of the squares of all elements of a dense `x`, for a gradient's norm. */
  sumOfSquares(x: View): number;

  // Matrices

  /**
   * (..., M, K) times (..., K, N) into (..., M, N). `a` and `b` have `out`'s batch axes already, stride 0 where they
   * are broadcast; their strides are free: a transposed operand is one whose last two strides are exchanged.
   * `accumulate`: adds to `out`. Each output element follows IEEE rules: 0 times infinity is NaN, and no zero is skipped.
   */
  matmul(a: View, b: View, out: View, accumulate: boolean): void;

  // Rows: `x` is dense and each line along its last axis, of size at least 1 unless there are none, is a row.

  /** Each row's softmax, or its logarithm. The row's maximum is subtracted first. */
  softmax(x: View, out: View, log: boolean): void;
  /** From y = softmax's output (of the same `log`) and the gradient at y, the gradient at x. */
  softmaxBackward(y: View, gradient: View, out: View, log: boolean): void;
  /**
   * Logits (rows, C) and targets (rows), i32. losses[r] = ln(sums[r]) - (logits[r, target] - maxima[r]). Keeps for
   * backward each row's maximum and its sum of e^(logits - maximum): apart, as one number that says both, the maximum
   * plus the logarithm of the sum, loses the sum where logits are large. A target of -1 is ignored: its loss is 0.
   */
  crossEntropy(logits: View, targets: View, losses: View, maxima: View, sums: View): void;
  /** out[r, c] = rowGradient[r] * (e^(logits[r, c] - maxima[r]) / sums[r] - (c is the target)); zeros in an ignored row. */
  crossEntropyBackward(logits: View, targets: View, maxima: View, sums: View, rowGradient: View, out: View): void;
  /**
   * Each row minus its mean, divided by sqrt(variance + epsilon) (the variance divides by C), times `weight` (C), plus
   * `bias` (C) where given. Keeps each row's mean and 1 / sqrt(variance + epsilon) for backward.
   */
  layerNorm(
    x: View,
    weight: View | undefined,
    bias: View | undefined,
    epsilon: number,
    out: View,
    means: View,
    inverseDeviations: View,
  ): void;
  /** Overwrites dx where given; **adds to** dWeight and dBias (C) where given. */
  layerNormBackward(
    x: View,
    weight: View | undefined,
    means: View,
    inverseDeviations: View,
    gradient: View,
    dx: View | undefined,
    dWeight: View | undefined,
    dBias: View | undefined,
  ): void;
  /** Each row divided by sqrt(mean of squares + epsilon), times `weight` (C); keeps the inverse for backward. */
  rmsNorm(x: View, weight: View | undefined, epsilon: number, out: View, inverses: View): void;
  /** Overwrites dx where given; **adds to** dWeight where given. */
  rmsNormBackward(
    x: View,
    weight: View | undefined,
    inverses: View,
    gradient: View,
    dx: View | undefined,
    dWeight: View | undefined,
  ): void;
  /** The k largest of each row, largest first, NaN before all, the first of equals first; indices i32. */
  topK(x: View, k: number, values: View, indices: View): void;

  // By index. `ids` are dense, i32, and in range.

  /** out[i] = table[ids[i]]: table (V, C), ids (n), out (n, C); all dense. */
  gatherRows(table: View, ids: View, out: View): void;
  /** out[ids[i]] += rows[i]: rows (n, C), out (V, C). Adds to `out`. */
  scatterAddRows(rows: View, ids: View, out: View): void;
  /** out[.., i, ..] = x[.., ids[.., i, ..], ..] along `axis`; `ids` of `out`'s shape; `x` dense. */
  gather(x: View, axis: number, ids: View, out: View): void;
  /** out[.., ids[.., i, ..], ..] += source[.., i, ..] along `axis`; `source` dense, of ids' shape. Adds to `out`. */
  scatterAdd(source: View, axis: number, ids: View, out: View): void;

  // Transformer parts

  /**
   * Turns pairs of channels: (a, b) becomes (a cos - b sin, a sin + b cos). `x` dense (..., T, D); `cos` and `sin` dense
   * (T, D / 2), one angle a position and pair. Pair j is channels (2 j, 2 j + 1) when `adjacent`, (j, j + D / 2) when
   * `halves`. `inverse` turns back: that is the backward pass.
   */
  rope(x: View, cos: View, sin: View, pairing: 'adjacent' | 'halves', inverse: boolean, out: View): void;
  /**
   * softmax(scale * q k^T, masked) v. q (B, H, T, D), k (B, H, S, D), v (B, H, S, E), out (B, H, T, E); all five with a
   * last stride of 1 and any others (`out` too: heads may be written side by side), so that they can be parts of one
   * projection. `logSums` dense (B, H, T): ln of the sum of e^score of each query, for backward.
   */
  attention(q: View, k: View, v: View, out: View, logSums: View, options: AttentionOptions): void;
  /** Overwrites dq, dk, dv, which have the shapes of q, k, v and a last stride of 1; so has `gradient` (of `out`). */
  attentionBackward(
    q: View,
    k: View,
    v: View,
    out: View,
    logSums: View,
    gradient: View,
    dq: View,
    dk: View,
    dv: View,
    options: AttentionOptions,
  ): void;

  // Training

  /** One step of AdamW in place on dense views of one size; both moments begin as zeros. */
  adamW(parameter: View, gradient: View, firstMoment: View, secondMoment: View, options: AdamWOptions): void;
}
