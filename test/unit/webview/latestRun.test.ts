// Running again while a slider moves: one run at a time, the newest wish last, and no wish starved by the next.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '../../../src/shared/errors.ts';
import type { CancelToken } from '../../../src/shared/messages.ts';
import type { Frame } from '../../../src/shared/trace.ts';
import { LatestRun } from '../../../webview/elements/latestRun.ts';
import { sameStep } from '../../../webview/elements/sameStep.ts';

/** A run that the test ends; cancelling it fails it, as the worker does. */
interface Started {
  readonly wanted: number;
  readonly token: CancelToken;
  finish(): void;
  fail(error: unknown): void;
}

describe('the latest run', () => {
  let wanted: number;
  let started: Started[];
  let done: number[];
  let failed: unknown[];
  let busy: boolean[];
  let runs: LatestRun<number>;

  beforeEach(() => {
    vi.useFakeTimers();
    wanted = 0;
    [started, done, failed, busy] = [[], [], [], []];
    runs = new LatestRun<number>({
      work: (token) =>
        new Promise((resolve, reject) => {
          const run = { wanted, token, finish: () => resolve(run.wanted), fail: reject };
          token.onCancellationRequested(() => reject(new Fault('cancelled', 'It was cancelled.')));
          started.push(run);
        }),
      done: (result) => done.push(result),
      failed: (error) => failed.push(error),
      busy: (now) => busy.push(now),
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const ask = (value: number) => {
    wanted = value;
    runs.ask();
  };
  const settle = () => vi.advanceTimersByTimeAsync(0);

  it('shows what was running, then what was asked for last, and nothing in between', async () => {
    for (const value of [1, 2, 3, 4]) {
      ask(value);
    }
    expect(started.map((run) => run.wanted)).toEqual([1]);
    started[0]!.finish();
    await settle();
    expect(started.map((run) => run.wanted)).toEqual([1, 4]);
    started[1]!.finish();
    await settle();
    expect(done).toEqual([1, 4]);
    expect(busy).toEqual([true, true, false]);
  });

  it('cancels a slow run for a newer wish, once, and says nothing of it', async () => {
    ask(1);
    ask(2);
    await vi.advanceTimersByTimeAsync(200);
    ask(3); // doesn't start the wait anew
    expect(started[0]!.token.isCancellationRequested).toBe(false);
    await vi.advanceTimersByTimeAsync(150);
    expect(started[0]!.token.isCancellationRequested).toBe(true);
    expect(started.map((run) => run.wanted)).toEqual([1, 3]);
    expect([done, failed]).toEqual([[], []]);
    await vi.advanceTimersByTimeAsync(5000); // nobody asks for more: it may take as long as it takes
    started[1]!.finish();
    await settle();
    expect([done, failed]).toEqual([[3], []]);
  });

  it('tells a failure, and the next wish starts afresh', async () => {
    ask(1);
    started[0]!.fail(new Error('broken'));
    await settle();
    expect(failed).toEqual([new Error('broken')]);
    ask(2);
    started[1]!.finish();
    await settle();
    expect(done).toEqual([2]);
  });

  it('cancelled by hand fails as cancelled, and forgets what was waiting', async () => {
    ask(1);
    ask(2);
    runs.cancel();
    await settle();
    expect(failed).toMatchObject([{ code: 'cancelled' }]);
    expect(started).toHaveLength(1);
    expect(busy.at(-1)).toBe(false);
  });

  it('restarted, or forgotten, hears no more of the old run', async () => {
    ask(1);
    wanted = 2;
    runs.restart();
    started[0]!.finish();
    await settle();
    expect(done).toEqual([]);
    expect(started[0]!.token.isCancellationRequested).toBe(true);
    runs.forget();
    started[1]!.finish();
    await settle();
    expect([done, failed]).toEqual([[], []]);
  });
});

describe('the same step in another trace', () => {
  const frames = (...ops: string[]): Frame[] => ops.map((op) => ({ op, label: op, inputs: [], outputs: [] }));

  it('is the one at the same place, where it does the same', () => {
    expect(sameStep(frames('a', 'b', 'b'), 2, frames('a', 'b', 'b', 'b'))).toBe(2);
  });

  it('is the one that does it for the same time, or for the last time, elsewhere', () => {
    expect(sameStep(frames('a', 'm', 'm', 'end'), 3, frames('a', 'm', 'm', 'm', 'm', 'end'))).toBe(5);
    expect(sameStep(frames('a', 'm', 'x', 'm'), 3, frames('a', 'x', 'm', 'x', 'm'))).toBe(4);
    expect(sameStep(frames('a', 'm', 'm', 'm'), 3, frames('a', 'm', 'end', 'b'))).toBe(1);
  });

  it('is the nearest that is still there, where nothing does it any more', () => {
    expect(sameStep(frames('a', 'b', 'bend', 'c'), 2, frames('a', 'b', 'c'))).toBe(1);
    expect(sameStep(frames('a', 'b', 'x', 'bend', 'c', 'd'), 3, frames('a', 'b', 'c', 'd'))).toBe(2);
    expect(sameStep(frames('a', 'm', 'x', 'm', 'bend'), 4, frames('a', 'm', 'm', 'c'))).toBe(2);
    expect(sameStep(frames('bend', 'x', 'c'), 0, frames('d', 'e', 'c'))).toBe(2);
  });

  it('is the first where nothing is as it was, and in no trace at all', () => {
    expect(sameStep(frames('a', 'unit'), 1, frames('c', 'b'))).toBe(0);
    expect(sameStep([], 0, frames('a'))).toBe(0);
    expect(sameStep(frames('a'), 0, [])).toBe(0);
  });
});
