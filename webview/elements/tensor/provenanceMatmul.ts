// A matrix product's cell: a row of the one input times a column of the other.

import { broadcastIndex, type Origin, type Question, type Source, sum, type Term, take } from './origin.ts';

/**
 * `(..., M, K) times (..., K, N)`, batch axes broadcast; a vector stands for a row on the left and a column on the
 * right. Attributes `transposeA` and `transposeB` turn an input's last two axes round.
 */
export function matmul({ inputs, attributes, shape, index }: Question): Origin | undefined {
  const [a, b] = inputs;
  if (a === undefined || b === undefined || a.shape.length === 0 || b.shape.length === 0) {
    return undefined;
  }
  const [rowIn, columnIn] = [a.shape.length > 1, b.shape.length > 1];
  const inner = [...(rowIn ? [0] : []), ...(columnIn ? [0] : [])].length;
  const batch = index.slice(0, shape.length - inner);
  const row = rowIn ? (index[batch.length] as number) : 0;
  const column = columnIn ? (index.at(-1) as number) : 0;
  const [turnA, turnB] = [attributes.transposeA === true, attributes.transposeB === true];
  const place = (whole: readonly number[], matrix: boolean, turned: boolean, along: readonly [number, number]) => {
    const outer = broadcastIndex(whole.slice(0, -2), batch);
    return matrix ? [...outer, ...(turned ? [along[1], along[0]] : along)] : [Math.max(...along)];
  };
  const atA = (k: number) => place(a.shape, rowIn, turnA, rowIn ? [row, k] : [k, k]);
  const atB = (k: number) => place(b.shape, columnIn, turnB, columnIn ? [k, column] : [k, k]);
  const count = (rowIn ? a.shape.at(turnA ? -2 : -1) : a.shape[0]) as number;
  const terms: Term[] = [];
  for (let k = 0; k < count; k++) {
    const [left, right] = [take(a, atA(k)), take(b, atB(k))];
    terms.push({ value: left * right, parts: [left, '×', right] });
  }
  const source = (input: number, at: (k: number) => number[]): Source => {
    const start = at(0);
    const along = at(1).findIndex((place_, axis) => place_ !== start[axis]);
    return {
      input,
      cells: {
        start,
        step: start.map(() => 1),
        shape: start.map((_, axis) => (axis === along ? count : 1)),
      },
    };
  };
  return { sources: count === 0 ? [] : [source(0, atA), source(1, atB)], steps: [sum('cell', terms)] };
}
