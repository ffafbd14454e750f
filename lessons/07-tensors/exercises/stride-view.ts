import { todo } from 'inside-llms';

export type Question = 'new' | 'transposed' | 'column' | 'ghosts' | 'walk';

/**
 * Five readings, foreseen. Nothing is to be computed: put your own numbers in the place of each `todo`. The check says
 * which reading it stumbles over, and keeps the right numbers to itself.
 *
 * The list holds 0, 1, 2, 3 and so on, so each number is its own place. "The table" is read from it row after row: its
 * shape is (3, 5).
 *
 * Example: a new tensor of shape (4, 7) has the strides [7, 1].
 */
export function foresee(question: Question): number[] {
  switch (question) {
    case 'new':
      return todo('A new tensor has the shape (2, 3, 5). Its three strides?');
    case 'transposed':
      return todo('The table is transposed, so its shape is (5, 3). Its two strides?');
    case 'column':
      return todo('Of the table only column 2 is kept: shape (3, 1). Its offset, and its stride from row to row?');
    case 'ghosts':
      return todo('A row of 5 numbers is lent ghosts, until its shape is (3, 5). Its two strides?');
    case 'walk':
      return todo('The table is transposed, and then reshaped to (15). The first four numbers of the result?');
  }
}
