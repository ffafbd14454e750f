// Operations on each element by itself, and the slopes of those of one number.

import { dropoutKeeps } from '../dropoutKeeps.ts';
import type { Binary, Unary, View } from '../kernels.ts';
import { numbersOf, placesOf } from '../views.ts';
import { erf } from './erf.ts';

interface UnaryFunction {
  y(x: number): number;
  /** dy/dx, from y or from x: from what the table at `Unary` says is saved. */
  slope(saved: number): number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The inner part of GELU's tanh form, sqrt(2 / pi) (x + 0.044715 x^3), and its slope. */
const ROOT = Math.sqrt(2 / Math.PI);
const inner = (x: number): number => ROOT * (x + 0.044715 * x ** 3);
const innerSlope = (x: number): number => ROOT * (1 + 3 * 0.044715 * x ** 2);

/** The normal distribution: the share below x, and the density at x. */
const shareBelow = (x: number): number => (1 + erf(x / Math.SQRT2)) / 2;
const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Each function of one number, with its slope. */
const unaryFunctions: Readonly<Record<Unary, UnaryFunction>> = {
  exp: { y: Math.exp, slope: (y) => y },
  log: { y: Math.log, slope: (x) => 1 / x },
  sqrt: { y: Math.sqrt, slope: (y) => 1 / (2 * y) },
  tanh: { y: Math.tanh, slope: (y) => 1 - y * y },
  sigmoid: { y: sigmoid, slope: (y) => y * (1 - y) },
  relu: { y: (x) => Math.max(x, 0), slope: (y) => (y <= 0 ? 0 : 1) },
  gelu: { y: (x) => x * shareBelow(x), slope: (x) => shareBelow(x) + x * density(x) },
  geluTanh: {
    y: (x) => (x / 2) * (1 + Math.tanh(inner(x))),
    slope: (x) => {
      const t = Math.tanh(inner(x));
      return (1 + t) / 2 + (x / 2) * (1 - t * t) * innerSlope(x);
    },
  },
  silu: { y: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))) },
};

export function unary(kind: Unary, x: View, out: View): void {
  const from = numbersOf(x);
  const to = numbersOf(out);
  const { y } = unaryFunctions[kind];
  for (let i = 0; i < to.length; i++) {
    to[i] = y(from[i]);
  }
}

export function unaryBackward(kind: Unary, saved: View, gradient: View, out: View): void {
  const kept = numbersOf(saved);
  const above = numbersOf(gradient);
  const to = numbersOf(out);
  const { slope } = unaryFunctions[kind];
  for (let i = 0; i < to.length; i++) {
    to[i] = above[i] * slope(kept[i]);
  }
}

export function affine(x: View, scale: number, shift: number, out: View): void {
  const from = numbersOf(x);
  const to = numbersOf(out);
  for (let i = 0; i < to.length; i++) {
    to[i] = from[i] * scale + shift;
  }
}

const binaryFunctions: Readonly<Record<Binary, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow: (a, b) => a ** b,
};

export function binary(kind: Binary, a: View, b: View, out: View): void {
  const atA = placesOf(a);
  const atB = placesOf(b);
  const to = numbersOf(out);
  const compute = binaryFunctions[kind];
  for (let i = 0; i < to.length; i++) {
    to[i] = compute(a.storage.data[atA[i]], b.storage.data[atB[i]]);
  }
}

export function where(condition: View, a: View, b: View, out: View): void {
  const atCondition = placesOf(condition);
  const atA = placesOf(a);
  const atB = placesOf(b);
  const to = numbersOf(out);
  for (let i = 0; i < to.length; i++) {
    to[i] = condition.storage.data[atCondition[i]] !== 0 ? a.storage.data[atA[i]] : b.storage.data[atB[i]];
  }
}

export function dropoutMask(seed: number, keep: number, out: View): void {
  const to = numbersOf(out);
  for (let i = 0; i < to.length; i++) {
    to[i] = dropoutKeeps(seed, i, keep) ? 1 / keep : 0;
  }
}
