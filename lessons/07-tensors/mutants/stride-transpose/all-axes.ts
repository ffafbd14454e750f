export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export function transposed({ shape, strides, offset }: View, one: number, other: number): View {
  return { shape: shape.toReversed(), strides: strides.toReversed(), offset };
}
