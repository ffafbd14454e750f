export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export function transposed({ shape, strides, offset }: View, one: number, other: number): View {
  const exchanged = (list: readonly number[]) => list.with(0, list[1]).with(1, list[0]);
  return { shape: exchanged(shape), strides: exchanged(strides), offset };
}
