import { todo } from 'inside-llms';

/** How a list is read: sizes and strides by axis, and where the first cell stands. */
export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/**
 * Keeps a stretch of one axis: the indices from `start` up to `end`, and `end` is not among them. The list stays as it
 * is: only the reading changes.
 *
 * Example: rows 1 and 2 of a table of shape [3, 4], strides [4, 1] and offset 0 are start 1, end 3 on axis 0. They have
 * the shape [2, 4], the strides [4, 1] and the offset 4.
 */
export function sliced({ shape, strides, offset }: View, axis: number, start: number, end: number): View {
  return todo('The axis gets shorter, and reading may begin further on.');
}
