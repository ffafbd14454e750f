// The board on which jobs are put up for several threads: who gets which part.

import { expect, test } from 'vitest';
import { JobBoard } from '../../../src/engine/kernels/jobBoard.ts';

const job = { kernel: 3, args: [7, 100], steps: [4, 0], shares: [], counted: 1, units: 100, part: 30 };

test('each part is taken once, and none of a job that is over', () => {
  const board = new JobBoard();
  const first = board.post(job, 4);
  expect([1, 2, 3, 4, 5].map((n) => board.take(first, n % 2 === 1 ? 'first' : 'last'))).toEqual([0, 3, 1, 2, -1]);
  const second = board.post(job, 1);
  expect(board.take(first, 'first')).toBe(-1);
  expect(board.take(second, 'last')).toBe(0);
});

test('another side reads what was put up', () => {
  const board = new JobBoard();
  board.post(job, 4);
  expect(new JobBoard(board.buffer).read()).toEqual({ ...job, shares: [0, 0] });
});

test('job numbers begin anew after the last one', () => {
  const board = new JobBoard();
  let turns = 0;
  for (let i = 0; i < 2 ** 18 + 2; i++) {
    turns += board.turnsOver ? 1 : 0;
    const number = board.post(job, 1);
    if (board.take(number, 'last') !== 0) {
      throw new Error(`Job ${number} has no part.`);
    }
  }
  expect(turns).toBe(1);
});
