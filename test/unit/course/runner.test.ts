// Which process a request gets, and when one is ended: with processes made for the test, and a clock that stands still.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Runner } from '../../../src/course/runner.ts';
import type { RunnerExit } from '../../../src/course/runnerProcess.ts';
import { systemClock, systemTimers } from '../../../src/shared/environment.ts';

const REQUEST = { entry: 'code.ts', files: { 'code.ts': '' } };

/** What JSON-RPC says of a call whose connection closed. */
const CLOSED = Object.assign(new Error('Pending response rejected since connection got disposed'), { code: -32097 });

/** A process that answers at once, or as it is told. */
class FakeProcess {
  ended: RunnerExit | undefined;
  readonly told = new Map<string, (params?: unknown) => void>();
  private leave: (exit: RunnerExit) => void = () => {};
  readonly exited = new Promise<RunnerExit>((resolve) => {
    this.leave = resolve;
  });
  answers = async (): Promise<unknown> => ({ output: [], milliseconds: 1 });
  /** What it says when it has answered. */
  after = () => this.told.get('ready')?.();

  readonly connection = {
    onNotification: (name: string, handler: (params?: unknown) => void) => this.told.set(name, handler),
    sendRequest: async () => {
      const answer = await this.answers();
      setTimeout(this.after, 1);
      return answer;
    },
    dispose: () => {},
  };

  readonly kill = () => this.end({ code: null, signal: 'SIGKILL', stderr: this.stderr });
  stderr = '';

  end(exit: RunnerExit): void {
    this.ended ??= exit;
    this.leave(exit);
  }
}

let processes: FakeProcess[];
let runner: Runner;
/** What is done to each process that is started. */
let prepare: (process: FakeProcess) => void;

beforeEach(() => {
  vi.useFakeTimers();
  processes = [];
  prepare = () => {};
  const start = () => {
    const process = new FakeProcess();
    processes.push(process);
    prepare(process);
    setTimeout(() => process.told.get('ready')?.(), 50);
    return process as never;
  };
  runner = new Runner({ start, timers: systemTimers, clock: systemClock, idleMs: 60_000 });
});
afterEach(() => {
  runner.dispose();
  vi.useRealTimers();
});

async function run() {
  const running = runner.run(REQUEST).then(
    (report) => report,
    (error: { code: string }) => error.code,
  );
  await vi.advanceTimersByTimeAsync(60);
  return running;
}

it('uses one process again and again, and another before it has grown', async () => {
  for (let i = 0; i < 140; i++) {
    await run();
  }
  expect(processes).toHaveLength(1);
  for (let i = 0; i < 20; i++) {
    await run();
  }
  expect(processes).toHaveLength(2);
  expect([processes[0]!.ended, processes[1]!.ended].map(Boolean)).toEqual([true, false]);
});

it('takes another where one that has answered is not ready again', async () => {
  prepare = (process) => {
    process.after = () => {};
  };
  await run();
  await vi.advanceTimersByTimeAsync(1000);
  expect(processes.map(({ ended }) => Boolean(ended))).toEqual([true, false]);
});

it('ends a process that has nothing to do for long', async () => {
  await run();
  await vi.advanceTimersByTimeAsync(61_000);
  expect(processes.every(({ ended }) => ended)).toBe(true);
});

it('says that none can be started, and tries again when asked again', async () => {
  prepare = (process) => process.end({ code: 9, signal: null, stderr: 'bad option' });
  expect(await run()).toBe('worker-died');
  prepare = () => {};
  expect(await run()).toMatchObject({ output: [] });
});

it.each<[string, (process: FakeProcess) => void]>([
  ['doesn’t take its flags', (process) => process.end({ code: 9, signal: null, stderr: 'bad option' })],
  [
    'ends before the learner’s code begins',
    (process) => {
      process.answers = async () => {
        process.end({ code: 1, signal: null, stderr: 'ERR_ACCESS_DENIED' });
        throw CLOSED;
      };
    },
  ],
])('takes another by itself where one %s', async (_, spoil) => {
  prepare = (process) => processes.length === 1 && spoil(process);
  const running = runner.run(REQUEST);
  await vi.advanceTimersByTimeAsync(120);
  expect(await running).toMatchObject({ output: [] });
});

it('gives up a process that is ready, and doesn’t come to the learner’s code', async () => {
  prepare = (process) => {
    process.answers = () => process.exited.then(() => Promise.reject(CLOSED));
  };
  const running = runner.run(REQUEST).catch((error: { code: string }) => error.code);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(await running).toBe('worker-died');
});

it.each([
  ['the watch', { code: null, signal: 'SIGKILL', stderr: 'too much memory' }, 'memory'],
  ['the watch, on a system without signals', { code: 1, signal: null, stderr: 'too much memory' }, 'memory'],
  ['V8', { code: 134, signal: null, stderr: 'JavaScript heap out of memory' }, 'memory'],
  ['something else', { code: 1, signal: null, stderr: '' }, 'died'],
])('tells what ended a process: %s', async (_, exit, kind) => {
  prepare = (process) => {
    process.answers = async () => {
      process.told.get('begun')?.();
      process.end(exit);
      throw CLOSED;
    };
  };
  expect(await run()).toMatchObject({ diagnosis: { kind } });
});

it('counts the time from where the learner’s code begins', async () => {
  prepare = (process) => {
    process.answers = () => process.exited.then(() => Promise.reject(CLOSED));
  };
  const running = runner.run(REQUEST, { limitMs: 500 });
  await vi.advanceTimersByTimeAsync(5000);
  expect(processes[0]!.ended).toBeUndefined();
  processes[0]!.told.get('begun')?.();
  await vi.advanceTimersByTimeAsync(501);
  expect(await running).toMatchObject({ diagnosis: { kind: 'time' } });
});

it('says that a list grows where time runs out before memory does', async () => {
  prepare = (process) => {
    process.answers = () => process.exited.then(() => Promise.reject(CLOSED));
    process.stderr = 'it has grown';
  };
  const running = runner.run(REQUEST, { limitMs: 500 });
  await vi.advanceTimersByTimeAsync(60);
  processes[0]!.told.get('begun')?.();
  await vi.advanceTimersByTimeAsync(501);
  expect(await running).toMatchObject({
    diagnosis: { kind: 'memory', message: expect.stringMatching(/list that grows/) },
  });
});
