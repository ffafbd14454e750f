export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export function transposed({ shape, strides, offset }: View, one: number, other: number): View {
  const exchanged = (list: readonly number[]) => {
    const changed = list.with(one, list[other]);
    return changed.with(other, changed[one]);
  };
  return { shape: exchanged(shape), strides: exchanged(strides), offset };
}
