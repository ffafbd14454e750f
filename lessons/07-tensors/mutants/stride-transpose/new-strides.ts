export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export function transposed({ shape, strides, offset }: View, one: number, other: number): View {
  const exchanged = (list: readonly number[]) => list.with(one, list[other]).with(other, list[one]);
  const turned = exchanged(shape);
  const fresh = turned.map((_, axis) => turned.slice(axis + 1).reduce((product, n) => product * n, 1));
  return { shape: turned, strides: strides.length === 0 ? strides : fresh, offset };
}
