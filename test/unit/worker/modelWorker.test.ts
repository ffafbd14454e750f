// When the model worker is started, stopped and ended: with a line inside this process and time that the test passes.

import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
} from 'vscode-jsonrpc/node';
import { ModelWorker, type WorkerState } from '../../../src/host/modelWorker.ts';
import type { WorkerExit, WorkerHandle } from '../../../src/host/platform.ts';
import { CancelSource } from '../../../src/shared/cancelSource.ts';
import { countTokens, nextOfSession, startSession, stopSession } from '../../../src/shared/messages.ts';
import { faultOf, Log, ManualTimers } from './modelWorkerParts.ts';

/** A thread's stand-in: answers what the test wants, or never. */
class FakeWorker implements WorkerHandle {
  readonly connection: MessageConnection;
  readonly exited: Promise<WorkerExit>;
  readonly far: MessageConnection;
  terminated = false;
  exit: (how: WorkerExit) => void = () => {};

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.connection = createMessageConnection(new PortMessageReader(port1), new PortMessageWriter(port1));
    this.far = createMessageConnection(new PortMessageReader(port2), new PortMessageWriter(port2));
    this.exited = new Promise((resolve) => {
      this.exit = (how) => {
        port1.close();
        resolve(how);
      };
    });
    this.far.onRequest(countTokens.name, ({ text }: { text: string }) =>
      text === 'forever' ? new Promise(() => {}) : { count: text.length },
    );
    this.far.onRequest(startSession.name, () => ({ session: 's1' }));
    this.far.onRequest(nextOfSession.name, ({ maxFrames }: { maxFrames: number }) => ({
      values: [],
      frames: [],
      params: {},
      done: maxFrames === 99,
    }));
    this.far.onRequest(stopSession.name, () => null);
    this.connection.listen();
    this.far.listen();
  }

  async terminate(): Promise<void> {
    this.terminated = true;
    this.exit({ code: 1 });
  }
}

const IDLE_MS = 1000;
let timers: ManualTimers;
let started: FakeWorker[];
let worker: ModelWorker;
let states: WorkerState[];
let log: Log;

beforeEach(() => {
  timers = new ManualTimers();
  started = [];
  states = [];
  log = new Log();
  const spawn = () => {
    const fake = new FakeWorker();
    started.push(fake);
    return fake;
  };
  worker = new ModelWorker({ spawn, log, timers, idleMs: IDLE_MS, cancelGraceMs: 50, startGraceMs: 500 });
  worker.onDidChangeState((state) => states.push(state));
});
afterEach(() => {
  worker.dispose();
  for (const fake of started) {
    fake.exit({ code: 0 });
  }
});

const count = (text: string, token?: CancelSource) =>
  worker.request(countTokens, { encoding: 'e', text }, token && { token });

describe('idle stop', () => {
  it('stops the thread after a time without calls, and the next call starts one', async () => {
    await count('abc');
    timers.pass(IDLE_MS - 1);
    expect(started[0]!.terminated).toBe(false);
    timers.pass(1);
    expect(started[0]!.terminated).toBe(true);
    expect(worker.state).toBe('stopped');
    expect(await count('abc')).toEqual({ count: 3 });
    expect(started).toHaveLength(2);
    expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('counts from the last call', async () => {
    await count('a');
    timers.pass(IDLE_MS - 1);
    await count('b');
    timers.pass(IDLE_MS - 1);
    expect(started[0]!.terminated).toBe(false);
  });

  it('waits for a call that takes longer', async () => {
    const call = faultOf(count('forever'));
    timers.pass(IDLE_MS * 10);
    expect(started[0]!.terminated).toBe(false);
    worker.dispose();
    await call;
  });

  it('waits while a session has more to come', async () => {
    const { session } = await worker.request(startSession, { program: 'p', params: {} });
    timers.pass(IDLE_MS * 10);
    expect(started[0]!.terminated).toBe(false);
    await worker.request(nextOfSession, { session, maxFrames: 1 });
    timers.pass(IDLE_MS * 10);
    expect(started[0]!.terminated).toBe(false);
    await worker.request(nextOfSession, { session, maxFrames: 99 });
    timers.pass(IDLE_MS);
    expect(started[0]!.terminated).toBe(true);
  });

  it('does not wait for a session that was stopped', async () => {
    const { session } = await worker.request(startSession, { program: 'p', params: {} });
    await worker.request(stopSession, { session });
    timers.pass(IDLE_MS);
    expect(started[0]!.terminated).toBe(true);
  });
});

describe('state', () => {
  it('is told at each change, once', async () => {
    await Promise.all([count('a'), count('b')]);
    timers.pass(IDLE_MS);
    expect(states).toEqual(['busy', 'idle', 'stopped']);
  });

  it('is no longer told to a listener that was disposed', async () => {
    const heard: WorkerState[] = [];
    worker.onDidChangeState((state) => heard.push(state)).dispose();
    await count('a');
    expect(heard).toEqual([]);
  });
});

describe('cancel', () => {
  it('does not start a thread for a call that is cancelled already', async () => {
    const token = new CancelSource();
    token.cancel();
    expect((await faultOf(count('a', token))).code).toBe('cancelled');
    expect(started).toHaveLength(0);
  });

  it('gives a cancelled call its time, then ends the thread, and tells of it', async () => {
    const deaths: string[] = [];
    worker.onDidDie(({ message }) => deaths.push(message));
    await count('a');
    const token = new CancelSource();
    const calls = [faultOf(count('forever', token)), faultOf(count('forever'))];
    token.cancel();
    timers.pass(49);
    expect(started[0]!.terminated).toBe(false);
    timers.pass(1);
    expect(started[0]!.terminated).toBe(true);
    const [cancelled, other] = await Promise.all(calls);
    expect(cancelled!.code).toBe('cancelled');
    expect(other!.code).toBe('worker-died');
    expect(other!.full).toContain('Try again');
    expect(deaths).toEqual([expect.stringContaining('tokens.count did not stop')]);
    expect(await count('ab')).toEqual({ count: 2 });
  });

  it('gives a thread that has answered nothing yet the time to start', async () => {
    const token = new CancelSource();
    const call = faultOf(count('forever', token));
    token.cancel();
    timers.pass(499);
    expect(started[0]!.terminated).toBe(false);
    timers.pass(1);
    expect(started[0]!.terminated).toBe(true);
    expect((await call).code).toBe('cancelled');
  });

  it('leaves the thread alone when the call ends in time', async () => {
    const token = new CancelSource();
    const call = count('abc', token);
    token.cancel();
    await call.catch(() => {});
    timers.pass(50);
    expect(started[0]!.terminated).toBe(false);
  });
});

describe('the end of a thread', () => {
  it('names the exit code and what was running, and is logged', async () => {
    const call = faultOf(count('forever'));
    started[0]!.exit({ code: 134 });
    const fault = await call;
    expect(fault.code).toBe('worker-died');
    expect(fault.message).toMatch(/tokens\.count.*134/);
    expect(log.lines.at(-1)).toContain('134');
    expect(worker.state).toBe('stopped');
  });

  it('drops what its sessions were called', async () => {
    const { session } = await worker.request(startSession, { program: 'p', params: {} });
    started[0]!.exit({ code: 1 });
    await started[0]!.exited;
    expect((await faultOf(worker.request(nextOfSession, { session, maxFrames: 1 }))).code).toBe('unknown-session');
    expect(started).toHaveLength(1);
  });

  it('on request rejects what is pending and is ready again', async () => {
    const call = faultOf(count('forever'));
    await worker.restart();
    expect((await call).code).toBe('worker-died');
    expect(await count('ab')).toEqual({ count: 2 });
    expect(started.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it('by disposing rejects what is pending and refuses what comes after', async () => {
    const call = faultOf(count('forever'));
    worker.dispose();
    expect((await call).code).toBe('cancelled');
    expect(started[0]!.terminated).toBe(true);
    expect((await faultOf(count('a'))).code).toBe('cancelled');
    expect(started).toHaveLength(1);
  });
});

it('hands on the progress of the call that asked for it, and of no other', async () => {
  const heard: unknown[] = [];
  const call = faultOf(
    worker.request(countTokens, { encoding: 'e', text: 'forever' }, { onProgress: (p) => heard.push(p) }),
  );
  const { far } = started[0]!;
  await far.sendNotification('progress', { token: 'p99', value: { done: 1, unit: 'x' } });
  await far.sendNotification('progress', { token: 'p1', value: { done: 2, unit: 'x' } });
  await count('a');
  expect(heard).toEqual([{ done: 2, unit: 'x' }]);
  worker.dispose();
  await call;
});
