// Whether it pays to share work, by what it saved and what it cost: decided by an account, so by no clock of the machine.

import { expect, test } from 'vitest';
import { JobBoard } from '../../../src/engine/kernels/jobBoard.ts';
import { Teamwork } from '../../../src/engine/kernels/teamwork.ts';
import type { KernelThreads } from '../../../src/engine/kernels/threads.ts';
import { wasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { modules } from './kernelModules.ts';

/** A team at time 1000, and a hand to turn its clock. */
function start() {
  const time = { now: 1000 };
  const teamwork = new Teamwork({ elapsed: () => time.now });
  /** Enters waits until it doesn't pay any more: how many milliseconds until it is tried again. */
  const pauseAfterWaits = () => {
    while (teamwork.pays) {
      teamwork.enter(0, 1);
    }
    const begun = time.now;
    while (!teamwork.pays) {
      time.now += 1;
    }
    return time.now - begun;
  };
  return { time, teamwork, pauseAfterWaits };
}

test('sharing that saves more than is waited goes on', () => {
  const { time, teamwork } = start();
  for (let i = 0; i < 1000; i++) {
    time.now += 1;
    teamwork.enter(0.5, 0.2);
  }
  expect(teamwork.pays).toBe(true);
});

test('sharing for which more is waited than it saves ends soon, and is tried again', () => {
  const { time, teamwork } = start();
  let jobs = 0;
  for (; teamwork.pays && jobs < 100; jobs++) {
    teamwork.enter(0.2, 0.5);
  }
  expect(jobs).toBeLessThan(10);
  time.now += 1000;
  expect(teamwork.pays).toBe(true);
});

test('what was saved long ago outweighs no long wait', () => {
  const { teamwork } = start();
  for (let i = 0; i < 1000; i++) {
    teamwork.enter(1, 0);
  }
  teamwork.enter(1, 5);
  expect(teamwork.pays).toBe(false);
});

test('pauses grow while each try fails at once, up to less than a second', () => {
  const { pauseAfterWaits } = start();
  const pauses = Array.from({ length: 12 }, pauseAfterWaits);
  expect(pauses.slice(0, 4)).toEqual([20, 40, 80, 160]);
  expect(pauses.slice(-2)).toEqual([160, 160]);
});

test('a pause is short again after a try that brought something in all', () => {
  const { teamwork, pauseAfterWaits } = start();
  const before = [1, 2, 3].map(pauseAfterWaits);
  for (let i = 0; i < 100; i++) {
    teamwork.enter(1, 0);
  }
  expect([...before, pauseAfterWaits(), pauseAfterWaits()]).toEqual([20, 40, 80, 20, 40]);
});

test('a team computes alone while sharing does not pay, and then shares again', () => {
  let time = 0;
  let board: JobBoard | undefined;
  const threads: KernelThreads = {
    count: 2,
    worth: 0,
    clock: { elapsed: () => (time += 3) }, // each wait takes long
    start(work) {
      board = new JobBoard(work.board);
      return { stop: () => {} };
    },
  };
  const kernels = wasmKernels(modules.simd, undefined, threads);
  const storage = kernels.allocate(1000, 'f32');
  const x = { storage, offset: 0, shape: [1000], strides: [1] };
  const shared = Array.from({ length: 60 }, (_, i) => {
    storage.data.fill(1);
    kernels.affine(x, i, 0, x);
    expect(new Set(storage.data)).toEqual(new Set([i]));
    return board?.read().args[1] === i; // the scale of what was put up last
  });
  expect(shared.slice(0, 3)).toEqual([true, false, false]);
  expect(shared.slice(3)).toContain(true);
});
