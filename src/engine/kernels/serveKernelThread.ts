// What a helper thread does: it takes parts of the jobs that the caller puts up, until it is told to end.

import { JobBoard } from './jobBoard.ts';
import { argumentsOf } from './team.ts';
import type { ThreadWork } from './threads.ts';
import { startModule } from './wasmModule.ts';

/** Serves until the backend is closed; the thread does nothing else meanwhile. */
export function serveKernelThread({ module, memory, board: buffer, thread }: ThreadWork): void {
  const kernels = Object.values(startModule(module, memory)) as ((...numbers: number[]) => void)[];
  const board = new JobBoard(buffer);
  board.begin();
  for (let number = board.next(-1); number >= 0; number = board.next(number)) {
    const job = board.read();
    for (let part = board.take(number, 'last'); part >= 0; part = board.take(number, 'last')) {
      try {
        kernels[job.kernel](...argumentsOf(job, part, thread));
      } catch {
        board.fail();
      }
      board.finish();
    }
  }
}
