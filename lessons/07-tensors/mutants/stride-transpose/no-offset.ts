export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export function transposed({ shape, strides, offset }: View, one: number, other: number): View {
  const exchanged = (list: readonly number[]) => list.with(one, list[other]).with(other, list[one]);
  return { shape: exchanged(shape), strides: exchanged(strides), offset: 0 };
}
