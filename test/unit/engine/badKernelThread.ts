// A helper thread that takes one part of the first job that it sees and then does what the test asks for.

import { workerData } from 'node:worker_threads';
import { JobBoard } from '../../../src/engine/kernels/jobBoard.ts';
import type { ThreadWork } from '../../../src/engine/kernels/threads.ts';

const { board: buffer, what } = workerData as ThreadWork & { readonly what: 'die' | 'fail' };
const board = new JobBoard(buffer);
board.begin();
let number = -1;
do {
  number = board.next(number);
} while (number >= 0 && board.take(number, 'last') < 0);
if (what === 'fail') {
  board.fail();
  board.finish();
}
