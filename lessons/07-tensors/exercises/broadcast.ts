import { todo } from 'inside-llms';

/**
 * The shape in which two tensors meet when they are added, number by number.
 *
 * - The shapes are lined up at the right. Where one has fewer axes, 1s are put in front.
 * - On each axis the sizes are equal, or one of them is 1. The 1 is read as often as the other needs it.
 *
 * Example: [3, 1] and [1, 4] meet in [3, 4]; [2, 3, 4] and [3, 1] in [2, 3, 4].
 *
 * @throws Error where two sizes differ and neither is 1: [3] and [3, 4], for the 3 meets the 4
 */
export function broadcastShapes(first: readonly number[], second: readonly number[]): number[] {
  return todo('Line the two shapes up at the right, then look at one axis after the other.');
}
