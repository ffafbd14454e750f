// A worker that works on its own, as the search worker does: told what it works on before anything else, not stopped
// while it works, and its death told to those who must know.

import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMessageConnection, PortMessageReader, PortMessageWriter } from 'vscode-jsonrpc/node';
import { ModelWorker } from '../../../src/host/modelWorker.ts';
import type { WorkerExit, WorkerHandle } from '../../../src/host/platform.ts';
import { indexHealth, openIndex } from '../../../src/shared/searchMessages.ts';
import { Log, ManualTimers } from '../worker/modelWorkerParts.ts';

const IDLE_MS = 1000;
let timers: ManualTimers;
let log: Log;
/** What each thread was asked, in order. */
let asked: string[][];
let exits: ((how: WorkerExit) => void)[];
let working: boolean;
let deaths: string[];
let worker: ModelWorker;

function spawn(): WorkerHandle {
  const { port1, port2 } = new MessageChannel();
  const connection = createMessageConnection(new PortMessageReader(port1), new PortMessageWriter(port1));
  const far = createMessageConnection(new PortMessageReader(port2), new PortMessageWriter(port2));
  const calls: string[] = [];
  asked.push(calls);
  far.onRequest((name: string) => {
    calls.push(name);
    return null;
  });
  connection.listen();
  far.listen();
  const exited = new Promise<WorkerExit>((resolve) => {
    exits.push((how) => {
      port1.close();
      resolve(how);
    });
  });
  const end = exits.at(-1) as (how: WorkerExit) => void;
  return { connection, exited, terminate: async () => end({ code: 1 }) };
}

beforeEach(() => {
  timers = new ManualTimers();
  log = new Log();
  asked = [];
  exits = [];
  deaths = [];
  working = false;
  worker = new ModelWorker({
    spawn,
    log,
    timers,
    idleMs: IDLE_MS,
    name: 'The search worker',
    onStart: (connection) => void connection.sendRequest(openIndex.name, {}).catch(() => {}),
    working: () => working,
  });
  worker.onDidDie(({ message }) => deaths.push(message));
});
afterEach(() => worker.dispose());

it('is told what it works on before its first call, in each of its lives', async () => {
  await worker.request(indexHealth, {});
  await worker.restart();
  await worker.request(indexHealth, {});
  expect(asked).toEqual([
    ['index.open', 'index.health'],
    ['index.open', 'index.health'],
  ]);
});

it('is not stopped while it works, and is once it rests', async () => {
  working = true;
  await worker.request(indexHealth, {});
  timers.pass(IDLE_MS);
  timers.pass(IDLE_MS);
  expect(worker.state).toBe('idle');
  working = false;
  timers.pass(IDLE_MS);
  expect(worker.state).toBe('stopped');
  expect(log.lines).toContain('info The search worker was stopped: nothing to do.');
});

it('tells of a death that nobody wanted, and of no other', async () => {
  await worker.request(indexHealth, {});
  timers.pass(IDLE_MS); // stopped for want of work
  await worker.request(indexHealth, {});
  await worker.restart();
  expect(deaths).toEqual([]);
  const health = worker.request(indexHealth, {});
  exits.at(-1)?.({ code: 134 });
  await Promise.allSettled([health]);
  await expect.poll(() => deaths).toEqual([expect.stringContaining('The search worker ended unexpectedly')]);
  expect(await worker.request(indexHealth, {})).toBeNull();
});
