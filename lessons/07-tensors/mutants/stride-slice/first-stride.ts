export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export function sliced({ shape, strides, offset }: View, axis: number, start: number, end: number): View {
  return { shape: shape.with(axis, end - start), strides, offset: offset + start * strides[0] };
}
