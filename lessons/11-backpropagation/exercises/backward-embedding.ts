import { todo } from 'inside-llms';

/**
 * What comes back to a table when rows of it were looked up: `y[t] = table[ids[t]]`, with a table of V rows.
 *
 * Example: ids [2, 0, 2] with dy [[1, 0], [5, 5], [0, 3]] and V = 4 gives [[5, 5], [0, 0], [1, 3], [0, 0]]. Row 2 was
 * looked up twice, at places 0 and 2; rows 1 and 3 never.
 *
 * @param dy T rows of C numbers: the gradient of each row that was looked up
 * @param ids T whole numbers from 0 to V - 1
 * @param channels C, for a text without tokens as well
 * @returns V rows of C numbers: the gradient of the table. `dy` stays as it is.
 */
export function embeddingBackward(
  dy: readonly (readonly number[])[],
  ids: readonly number[],
  rows: number,
  channels: number,
): number[][] {
  return todo('The row dy[t] came back at place t. To which row of the table does it belong?');
}
