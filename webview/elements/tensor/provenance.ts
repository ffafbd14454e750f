// How one cell of an operation's output was made: which cells of the inputs went into it, and the arithmetic, step by
// step, whose last result is the cell. Pure. It knows operations, and their backward steps, by name (see `recipes`) and
// follows the engine's definitions; of one that it doesn't know, such as fused attention, it says nothing.

import { dropoutBackward, geluBackward, powBackward, sloped, spread } from './backwardElementwise.ts';
import { matmulBackward } from './backwardMatmul.ts';
import {
  concatBackward,
  embeddingBackward,
  gatherBackward,
  reshapeBackward,
  sliceBackward,
  transposeBackward,
} from './backwardMoves.ts';
import { extremeBackward, normBackward, softmaxBackward, sumBackward } from './backwardRows.ts';
import { Missing, type Origin, type Question, type Recipe } from './origin.ts';
import { dropout, elementwise, gelu, nonlinear, pow } from './provenanceElementwise.ts';
import { crossEntropy, crossEntropyBackward } from './provenanceLoss.ts';
import { matmul } from './provenanceMatmul.ts';
import { concat, embedding, expand, gather, oneHot, reshape, slice, transpose, where } from './provenanceMoves.ts';
import { rope, ropeBackward } from './provenanceRope.ts';
import { extreme, layerNorm, logSoftmax, rmsNorm, softmax, sumOrMean } from './provenanceRows.ts';

const forward: Readonly<Record<string, Recipe>> = {
  matmul,
  add: elementwise('+'),
  sub: elementwise('−'),
  mul: elementwise('×'),
  div: elementwise('÷'),
  neg: nonlinear('neg'),
  pow,
  exp: nonlinear('exp'),
  log: nonlinear('log'),
  sqrt: nonlinear('sqrt'),
  relu: nonlinear('relu'),
  tanh: nonlinear('tanh'),
  sigmoid: nonlinear('sigmoid'),
  silu: nonlinear('silu'),
  gelu,
  dropout,
  sum: sumOrMean(false),
  mean: sumOrMean(true),
  max: extreme('max'),
  min: extreme('min'),
  argmax: extreme('argmax'),
  softmax,
  logSoftmax,
  layerNorm,
  rmsNorm,
  crossEntropy,
  rope,
  transpose,
  permute: transpose,
  reshape,
  squeeze: reshape,
  unsqueeze: reshape,
  expand,
  slice,
  concat,
  where,
  gather,
  embedding,
  oneHot,
};

const backward: Readonly<Record<string, Recipe>> = {
  matmul: matmulBackward,
  add: spread('add'),
  sub: spread('sub'),
  mul: spread('mul'),
  div: spread('div'),
  where: spread('where'),
  expand: spread('expand'),
  neg: sloped('neg'),
  exp: sloped('exp'),
  log: sloped('log'),
  sqrt: sloped('sqrt'),
  relu: sloped('relu'),
  tanh: sloped('tanh'),
  sigmoid: sloped('sigmoid'),
  silu: sloped('silu'),
  pow: powBackward,
  gelu: geluBackward,
  dropout: dropoutBackward,
  sum: sumBackward(false),
  mean: sumBackward(true),
  max: extremeBackward(false),
  min: extremeBackward(true),
  softmax: softmaxBackward(false),
  logSoftmax: softmaxBackward(true),
  layerNorm: normBackward(true),
  rmsNorm: normBackward(false),
  crossEntropy: crossEntropyBackward,
  rope: ropeBackward,
  transpose: transposeBackward,
  permute: transposeBackward,
  reshape: reshapeBackward,
  squeeze: reshapeBackward,
  unsqueeze: reshapeBackward,
  slice: sliceBackward,
  concat: concatBackward,
  embedding: embeddingBackward,
  gather: gatherBackward,
};

const recipes: ReadonlyMap<string, Recipe> = new Map([
  ...Object.entries(forward),
  ...Object.entries(backward).map(([name, recipe]) => [`${name}-backward`, recipe] as const),
]);

/** The operations whose cells are explained, `NAME-backward` for backward steps. */
export const explained: readonly string[] = [...recipes.keys()];

/** True when this module can say how an operation's cells were made. */
export function explains(op: string): boolean {
  return recipes.has(op);
}

/** @returns 'partial' when an input isn't held whole, undefined when the operation isn't known or doesn't fit. */
export function originOf(question: Question): Origin | 'partial' | undefined {
  try {
    return recipes.get(question.op)?.(question);
  } catch (error) {
    if (error instanceof Missing) {
      return 'partial';
    }
    throw error;
  }
}
