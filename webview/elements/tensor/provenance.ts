// How one cell of an operation's output was made: which cells of the inputs went into it, and the arithmetic, step by
// step, whose last result is the cell. Pure. It knows operations by name (see `recipes`) and follows the engine's
// definitions; of an operation that it doesn't know it says nothing. Doesn't handle backward steps.

import { Missing, type Origin, type Question, type Recipe } from './origin.ts';
import { elementwise, nonlinear, pow } from './provenanceElementwise.ts';
import { matmul } from './provenanceMatmul.ts';
import { embedding, layerNorm, logSoftmax, rmsNorm, softmax, sumOrMean, transpose } from './provenanceRows.ts';

const recipes: Readonly<Record<string, Recipe>> = {
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
  sum: sumOrMean(false),
  mean: sumOrMean(true),
  softmax,
  logSoftmax,
  transpose,
  permute: transpose,
  embedding,
  layerNorm,
  rmsNorm,
};

/** True when this module can say how an operation's cells were made. */
export function explains(op: string): boolean {
  return Object.hasOwn(recipes, op);
}

/** @returns 'partial' when an input isn't held whole, undefined when the operation isn't known or doesn't fit. */
export function originOf(question: Question): Origin | 'partial' | undefined {
  const recipe = explains(question.op) ? recipes[question.op] : undefined;
  try {
    return recipe?.(question);
  } catch (error) {
    if (error instanceof Missing) {
      return 'partial';
    }
    throw error;
  }
}
