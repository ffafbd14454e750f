// Cells that are made of one cell of each input: sums, products and their like with broadcasting, functions of one
// number, dropout.

import { broadcastIndex, formula, oneCell, type Recipe, type Term, take } from './origin.ts';

type Sign = '+' | '−' | '×' | '÷';

const apply: Readonly<Record<Sign, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '−': (a, b) => a - b,
  '×': (a, b) => a * b,
  '÷': (a, b) => a / b,
};

export function elementwise(sign: Sign): Recipe {
  return ({ inputs, index }) => {
    const [a, b] = inputs;
    if (a === undefined || b === undefined) {
      return undefined;
    }
    const places = [broadcastIndex(a.shape, index), broadcastIndex(b.shape, index)] as const;
    const [left, right] = [take(a, places[0]), take(b, places[1])];
    return {
      sources: places.map((at, input) => ({ input, cells: oneCell(at) })),
      steps: [{ kind: 'formula', name: 'cell', parts: [left, sign, right], value: apply[sign](left, right) }],
    };
  };
}

const functions: Readonly<
  Record<string, { readonly of: (x: number) => number; readonly write: (x: number) => Term['parts'] }>
> = {
  neg: { of: (x) => -x, write: (x) => ['−(', x, ')'] },
  exp: { of: Math.exp, write: (x) => ['e^', x] },
  log: { of: Math.log, write: (x) => ['ln(', x, ')'] },
  sqrt: { of: Math.sqrt, write: (x) => ['√', x] },
  relu: { of: (x) => (x < 0 ? 0 : x), write: (x) => ['max(0,', x, ')'] },
  tanh: { of: Math.tanh, write: (x) => ['tanh(', x, ')'] },
  sigmoid: { of: (x) => 1 / (1 + Math.exp(-x)), write: (x) => ['1 ÷ (1 + e^−(', x, '))'] },
  silu: { of: (x) => x / (1 + Math.exp(-x)), write: (x) => [x, '÷ (1 + e^−(', x, '))'] },
};

export function nonlinear(name: keyof typeof functions): Recipe {
  return ({ inputs, index }) => {
    const [input] = inputs;
    const known = functions[name];
    if (input === undefined || known === undefined || input.shape.length !== index.length) {
      return undefined;
    }
    const value = take(input, index);
    return {
      sources: [{ input: 0, cells: oneCell(index) }],
      steps: [{ kind: 'formula', name: 'cell', parts: known.write(value), value: known.of(value) }],
    };
  };
}

/** Attribute `exponent`. */
export const pow: Recipe = ({ inputs: [input], attributes: { exponent }, index }) => {
  if (input === undefined || typeof exponent !== 'number') {
    return undefined;
  }
  const value = take(input, index);
  return {
    sources: [{ input: 0, cells: oneCell(index) }],
    steps: [{ kind: 'formula', name: 'cell', parts: [value, '^', exponent], value: value ** exponent }],
  };
};

/** The share of a normal distribution below x (Abramowitz and Stegun 1964, 7.1.5 and 7.1.14: a series, then a fraction). */
export function normalShare(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  let tail: number;
  if (z < 3) {
    let term = z;
    let total = z;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
      term *= (-z * z) / n;
      total += term / (2 * n + 1);
    }
    tail = (1 - (2 / Math.sqrt(Math.PI)) * total) / 2;
  } else {
    let fraction = z;
    for (let n = 60; n > 0; n--) {
      fraction = z + n / 2 / fraction;
    }
    tail = Math.exp(-z * z) / (2 * Math.sqrt(Math.PI) * fraction);
  }
  return x < 0 ? tail : 1 - tail;
}

/** sqrt(2 / pi) (x + 0.044715 x^3): what the approximate form of GELU takes the tanh of. */
export function geluInner(x: number): number {
  return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
}

/** Attribute `form`: `erf`, which is exact, or `tanh`. */
export const gelu: Recipe = ({ inputs: [input], attributes: { form }, index }) => {
  if (input === undefined || (form !== 'erf' && form !== 'tanh')) {
    return undefined;
  }
  const x = take(input, index);
  const sources = [{ input: 0, cells: oneCell(index) }];
  if (form === 'erf') {
    const share = normalShare(x);
    return {
      sources,
      steps: [formula('inner', ['½ (1 + erf(', x, '÷ √2))'], share), formula('cell', [x, '×', share], x * share)],
    };
  }
  const inner = geluInner(x);
  return {
    sources,
    steps: [
      formula('inner', ['√(2 ÷ π) × (', x, '+ 0.044715 ×', x, '³)'], inner),
      formula('cell', [x, '÷ 2 × (1 + tanh(', inner, '))'], (x / 2) * (1 + Math.tanh(inner))),
    ],
  };
};

/** Attribute `rate`. Which cells were dropped only the result tells. */
export const dropout: Recipe = ({ inputs: [input], attributes: { rate }, index, cell }) => {
  if (input === undefined || typeof rate !== 'number') {
    return undefined;
  }
  const x = take(input, index);
  const dropped = cell === 0 && x !== 0;
  return {
    sources: [{ input: 0, cells: oneCell(index) }],
    steps: [dropped ? formula('cell', [x, '× 0'], 0) : formula('cell', [x, '÷ (1 −', rate, ')'], x / (1 - rate))],
  };
};
