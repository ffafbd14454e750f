import { todo } from 'inside-llms';

/** How a list is read: sizes and strides by axis, and where the first cell stands. */
export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/**
 * Exchanges two axes. The list stays as it is: only the reading changes.
 *
 * Example: shape [3, 4] with strides [4, 1] becomes shape [4, 3] with strides [1, 4], when axes 0 and 1 are exchanged.
 *
 * @param one an axis, counted from 0
 * @param other another axis
 */
export function transposed({ shape, strides, offset }: View, one: number, other: number): View {
  return todo('Two axes exchange all that belongs to them.');
}
