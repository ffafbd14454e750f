// A matrix product's gradients: da is a row of dy times a row of b, db a column of a times a column of dy, and both are
// summed over the batches that an input was repeated for.

import {
  along,
  backwardOf,
  broadcastIndex,
  type Input,
  type Origin,
  type Question,
  type Source,
  sum,
  type Term,
  take,
} from './origin.ts';

/** dy (..., M, N) with a (..., M, K) and b (..., K, N). */
export function matmulBackward(question: Question): Origin | undefined {
  const found = backwardOf(question);
  const [a, b] = found?.values ?? [];
  if (found === undefined || a === undefined || b === undefined || a.shape.length < 2 || b.shape.length < 2) {
    return undefined;
  }
  const { dy, which, index, shape } = found;
  const ofA = which === 0;
  const outer = dy.shape.slice(0, -2);
  const missing = outer.length - (shape.length - 2);
  const batch = outer.map((_, axis) => (axis < missing ? 0 : (index[axis - missing] as number)));
  const repeated = outer.flatMap((size, axis) =>
    size !== 1 && (axis < missing || shape[axis - missing] === 1) ? [axis] : [],
  );
  const [first, second] = index.slice(-2) as [number, number];
  const count = dy.shape.at(ofA ? -1 : -2) as number;
  const other = ofA ? b : a;
  // da[m, k] = sum over n of dy[m, n] b[k, n]; db[k, n] = sum over m of a[m, k] dy[m, n].
  const inDy = (at: number): [number, number] => (ofA ? [first, at] : [at, second]);
  const inOther = (at: number): [number, number] => (ofA ? [second, at] : [at, first]);
  const terms: Term[] = [];
  for (const place of along(outer, batch, repeated)) {
    const places = broadcastIndex(other.shape.slice(0, -2), place);
    for (let i = 0; i < count; i++) {
      const [pull, factor] = [take(dy, [...place, ...inDy(i)]), take(other, [...places, ...inOther(i)])];
      terms.push({ value: pull * factor, parts: [pull, '×', factor] });
    }
  }
  const lit = (input: number, { shape: whole }: Input, from: readonly [number, number]): Source => {
    const fixed = whole.slice(0, -2);
    const offset = outer.length - fixed.length;
    const all = (axis: number) => fixed[axis] !== 1 && repeated.includes(axis + offset);
    const start = fixed.map((size, axis) => (size === 1 || all(axis) ? 0 : (batch[axis + offset] as number)));
    return {
      input,
      cells: {
        start: [...start, ...from],
        step: whole.map(() => 1),
        shape: [
          ...fixed.map((size, axis) => (all(axis) ? size : 1)),
          ...[0, 1].map((axis) => (axis === (ofA ? 1 : 0) ? count : 1)),
        ],
      },
    };
  };
  const sources = count === 0 ? [] : [lit(0, dy, inDy(0)), lit(found.at(ofA ? 1 : 0), other, inOther(0))];
  return { sources, steps: [sum('cell', terms)] };
}
