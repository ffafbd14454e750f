export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export function sliced({ shape, strides, offset }: View, axis: number, start: number, end: number): View {
  const shorter = shape.with(axis, end - start);
  const fresh = shorter.map((_, at) => shorter.slice(at + 1).reduce((product, n) => product * n, 1));
  return { shape: shorter, strides: fresh, offset: offset + start * strides[axis] };
}
