export function placeOf(indices: readonly number[], strides: readonly number[], offset: number): number {
  return offset + indices.reduce((product, index, axis) => product * index * strides[axis], 1);
}
