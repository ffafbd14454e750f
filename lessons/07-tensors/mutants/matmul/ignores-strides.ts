import { placeOf } from 'mine/stride-offset';

export interface Matrix {
  readonly list: readonly number[];
  readonly shape: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly offset: number;
}

export function matmul(a: Matrix, b: Matrix): number[][] {
  const [rows, inner] = a.shape;
  const [alsoInner, columns] = b.shape;
  if (inner !== alsoInner) {
    throw new Error(`(${a.shape}) times (${b.shape}): the inner sizes ${inner} and ${alsoInner} differ.`);
  }
  const y = Array.from({ length: rows }, () => new Array<number>(columns).fill(0)); // (M, N)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < inner; k++) {
        y[i][j] += at(a, i, k) * at(b, k, j);
      }
    }
  }
  return y;
}

function at({ list, shape, offset }: Matrix, row: number, column: number): number {
  return list[placeOf([row, column], [shape[1], 1], offset)];
}
