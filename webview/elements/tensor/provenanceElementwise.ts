// Cells that are made of one cell of each input: sums, products and their like with broadcasting, and functions of one
// number.

import { broadcastIndex, oneCell, type Recipe, type Term, take } from './origin.ts';

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
