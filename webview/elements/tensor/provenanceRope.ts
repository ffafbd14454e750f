// Rotary positions: a pair of channels turned by an angle; the gradients turned back.

import { backwardOf, formula, type Input, type Origin, oneCell, type Question, take } from './origin.ts';

/** Inputs: x (..., T, D), cos and sin (T, D / 2); attribute `pairing`: `adjacent` or `halves`. */
export function rope({ inputs: [x, cos, sin], attributes: { pairing }, index }: Question): Origin | undefined {
  return turned(x, cos, sin, pairing, index, false, [0, 1, 2]);
}

export function ropeBackward(question: Question): Origin | undefined {
  const found = backwardOf(question);
  const [, cos, sin] = found?.values ?? [];
  if (found === undefined || found.which !== 0) {
    return undefined;
  }
  return turned(found.dy, cos, sin, question.attributes.pairing, found.index, true, [0, found.at(1), found.at(2)]);
}

function turned(
  x: Input | undefined,
  cos: Input | undefined,
  sin: Input | undefined,
  pairing: unknown,
  index: readonly number[],
  back: boolean,
  numbers: readonly [number, number, number],
): Origin | undefined {
  if (x === undefined || cos === undefined || sin === undefined || index.length < 2) {
    return undefined;
  }
  const axis = index.length - 1;
  const channel = index[axis] as number;
  const pairs = (x.shape[axis] as number) / 2;
  const adjacent = pairing === 'adjacent';
  const pair = adjacent ? Math.floor(channel / 2) : channel % pairs;
  const isFirst = adjacent ? channel % 2 === 0 : channel < pairs;
  const first = adjacent ? 2 * pair : pair;
  const second = adjacent ? first + 1 : first + pairs;
  const [atA, atB] = [index.with(axis, first), index.with(axis, second)];
  const angle = [index[axis - 1] as number, pair];
  const [a, b, c, s] = [take(x, atA), take(x, atB), take(cos, angle), take(sin, angle)];
  // Forward: a cos - b sin, and a sin + b cos. Back: a cos + b sin, and b cos - a sin.
  const [plus, other, sign] = isFirst
    ? ([[a, c], [b, s], back ? '+' : '−'] as const)
    : ([[b, c], [a, s], back ? '−' : '+'] as const);
  const value = plus[0] * plus[1] + (sign === '+' ? 1 : -1) * other[0] * other[1];
  const parts = [plus[0], '×', plus[1], sign, other[0], '×', other[1]];
  return {
    sources: [
      { input: numbers[0], cells: oneCell(atA) },
      { input: numbers[0], cells: oneCell(atB) },
      { input: numbers[1], cells: oneCell(angle) },
      { input: numbers[2], cells: oneCell(angle) },
    ],
    steps: [formula('cell', parts, value)],
  };
}
