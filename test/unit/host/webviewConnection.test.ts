// The host's end of a webview's line: what it refuses, what it relays, and what ends with a page.

import { beforeEach, describe, expect, test } from 'vitest';
import { connectWebview, handle, type WebviewConnection } from '../../../src/host/webviewConnection.ts';
import { Fault } from '../../../src/shared/errors.ts';
import {
  type Calls,
  type CancelToken,
  lessonChanged,
  loadLesson,
  type Method,
  openLesson,
  type Progress,
  reachGoal,
  relayedMethods,
} from '../../../src/shared/messages.ts';

interface WorkerCall {
  readonly method: string;
  readonly params: unknown;
  readonly token: CancelToken | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  answer(result: unknown): void;
  fail(error: unknown): void;
}

/** A page as a browser would be one: it posts plain objects and gets plain objects. */
class FakePage {
  readonly received: Record<string, unknown>[] = [];
  private readonly listeners = new Set<(message: unknown) => void>();
  private lastId = 0;

  readonly port = {
    post: (message: unknown) => void this.received.push(structuredClone(message) as Record<string, unknown>),
    onMessage: (listener: (message: unknown) => void) => {
      this.listeners.add(listener);
      return { dispose: () => this.listeners.delete(listener) };
    },
  };

  post(message: unknown): void {
    for (const listener of [...this.listeners]) {
      listener(message);
    }
  }

  call(method: string, params: unknown): number {
    this.lastId += 1;
    this.post({ jsonrpc: '2.0', id: this.lastId, method, params });
    return this.lastId;
  }

  async answerTo(id: number): Promise<{ result?: unknown; error?: { message: string; data: { code: string } } }> {
    await turns();
    const found = this.received.filter((message) => message.id === id);
    expect(found, `answers to call ${id}`).toHaveLength(1);
    return found[0] as object;
  }
}

/** Long enough for anything that only waits for the event loop. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

let page: FakePage;
let calls: WorkerCall[];
let warnings: string[];
let connection: WebviewConnection;

beforeEach(() => {
  page = new FakePage();
  calls = [];
  warnings = [];
  const worker: Calls = {
    request: <Params, Result>(
      method: Method<Params, Result>,
      params: Params,
      options?: { token?: CancelToken; onProgress?: (progress: Progress) => void },
    ) =>
      new Promise<Result>((resolve, reject) => {
        calls.push({
          method: method.name,
          params,
          token: options?.token,
          onProgress: options?.onProgress,
          answer: (result) => resolve(result as Result),
          fail: reject,
        });
      }),
  };
  connection = connectWebview({
    port: page.port,
    worker,
    log: { warn: (text) => warnings.push(text), error: (text) => warnings.push(text) },
    handlers: [
      handle(reachGoal, ({ block }) => [block]),
      handle(openLesson, () => {
        throw new TypeError('lesson is undefined');
      }),
      handle(loadLesson, () => {
        throw new Fault('not-found', 'There is no lesson "x".', { where: 'x', remedy: 'Pick another.' });
      }),
    ],
  });
});

describe('messages that are refused', () => {
  test.each([
    ['a text', 'hello'],
    ['null', null],
    ['a number', 7],
    ['another protocol', { type: 'command', command: 'x' }],
    ['an answer to nothing', { jsonrpc: '2.0', id: 1, result: 1 }],
    ['a method that is no text', { jsonrpc: '2.0', id: 1, method: 5 }],
    ['an id that is an object', { jsonrpc: '2.0', id: {}, method: 'lesson.load' }],
    ['parameters that are a text', { jsonrpc: '2.0', id: 1, method: 'lesson.load', params: 'x' }],
    ['a cancellation of nothing', { jsonrpc: '2.0', method: '$/cancelRequest' }],
    ['a cancellation with null', { jsonrpc: '2.0', method: '$/cancelRequest', params: null }],
  ])('%s is refused, logged, and harms nothing', async (_, message) => {
    page.post(message);
    await turns();
    expect(page.received).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('Refused a message')]);
    expect((await page.answerTo(page.call('lesson.reachGoal', { block: 'a' }))).result).toEqual(['a']);
  });

  test.each([
    ['an unknown method', 'fs.readFile', { path: '/etc/passwd' }],
    ['a worker method that is not relayed', 'tokenizers.open', { id: 'a', label: 'a', file: null }],
    ['a property too many', 'lesson.reachGoal', { block: 'a', lesson: 'other' }],
    ['a property of another type', 'lesson.reachGoal', { block: 1 }],
    ['a missing property', 'lesson.reachGoal', {}],
    ['a list', 'lesson.reachGoal', ['a']],
    ['no parameters', 'lesson.reachGoal', undefined],
    ['a wrong relayed call', 'program.run', { program: 'x', params: { a: {} } }],
  ])('%s is answered with "refused"', async (_, method, params) => {
    const { error } = await page.answerTo(page.call(method, params));
    expect(error?.data.code).toBe('refused');
    expect(calls).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  test('a notification is refused', async () => {
    page.post({ jsonrpc: '2.0', method: 'lesson.changed', params: {} });
    await turns();
    expect(warnings).toHaveLength(1);
  });
});

test('what nobody foresaw is told as a mistake of ours, and logged with its place', async () => {
  const { error } = await page.answerTo(page.call('lesson.open', { lesson: 'x' }));
  expect(error).toMatchObject({ message: 'lesson is undefined', data: { code: 'internal' } });
  expect(warnings).toEqual([
    expect.stringMatching(/"lesson\.open".*TypeError: lesson is undefined\n\s+at .*webviewConnection/s),
  ]);
});

test('a handler’s fault reaches the page with its code, place and remedy', async () => {
  const { error } = await page.answerTo(page.call('lesson.load', {}));
  expect(error).toMatchObject({
    message: 'There is no lesson "x".',
    data: { code: 'not-found', where: 'x', remedy: 'Pick another.' },
  });
});

describe('relayed calls', () => {
  test('exactly the allowed methods reach the worker', async () => {
    const allowed = [
      'program.list',
      'program.describe',
      'program.run',
      'session.start',
      'tensor.slice',
      'tokens.encode',
      'tokens.count',
      'tokenizers.list',
      'tokenizers.search',
    ];
    const given: Record<string, unknown> = {
      'program.list': {},
      'program.describe': { program: 'p' },
      'program.run': { program: 'p', params: {} },
      'session.start': { program: 'p', params: {} },
      'tensor.slice': { trace: 't1', value: 0, slice: { start: [0], step: [1], shape: [2] } },
      'tokens.encode': { encoding: 'r50k_base', text: 'hi' },
      'tokens.count': { encoding: 'r50k_base', text: 'hi' },
      'tokenizers.list': {},
      'tokenizers.search': { encoding: 'r50k_base', query: 'hi', from: 0, limit: 10 },
    };
    for (const method of allowed) {
      page.call(method, given[method]);
      await turns();
    }
    expect(calls.map((call) => [call.method, call.params])).toEqual(allowed.map((method) => [method, given[method]]));
    // The rest of the allow-list are calls on a session, which the page doesn't have.
    const sessionMethods = ['session.next', 'session.update', 'session.stop'];
    expect(relayedMethods.map((method) => method.name).sort()).toEqual([...allowed, ...sessionMethods].sort());
  });

  test('the buffer of a trace is handed on as a buffer', async () => {
    const id = page.call('program.run', { program: 'p', params: {} });
    await turns();
    calls[0]?.answer({ frames: [], buffer: Float32Array.of(1, 2).buffer });
    const { buffer } = (await page.answerTo(id)).result as { buffer: unknown };
    expect(buffer).toBeInstanceOf(ArrayBuffer);
    expect([...new Float32Array(buffer as ArrayBuffer)]).toEqual([1, 2]);
  });

  test('progress goes back on the page’s own token, which the worker never sees', async () => {
    const id = page.call('program.run', { program: 'p', params: {}, progress: 'mine' });
    await turns();
    expect(calls[0]?.params).toEqual({ program: 'p', params: {} });
    calls[0]?.onProgress?.({ done: 1, total: 2, unit: 'merges' });
    calls[0]?.answer('trace');
    expect((await page.answerTo(id)).result).toBe('trace');
    expect(page.received[0]).toMatchObject({
      method: 'progress',
      params: { token: 'mine', value: { done: 1, total: 2, unit: 'merges' } },
    });
  });

  test('a cancel reaches the worker’s call', async () => {
    const id = page.call('program.run', { program: 'p', params: {} });
    await turns();
    let told = 0;
    calls[0]?.token?.onCancellationRequested(() => told++);
    page.post({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id } });
    await turns();
    expect(calls[0]?.token?.isCancellationRequested).toBe(true);
    expect(told).toBe(1);
    calls[0]?.fail(new Fault('cancelled', 'program.run was cancelled.'));
    expect((await page.answerTo(id)).error?.data.code).toBe('cancelled');
  });

  test('a session belongs to the page that started it', async () => {
    const { error } = await page.answerTo(page.call('session.next', { session: 'another', maxFrames: 1 }));
    expect(error?.data.code).toBe('unknown-session');
    expect(calls).toEqual([]);
  });
});

async function startSession(name: string): Promise<void> {
  const id = page.call('session.start', { program: 'p', params: {} });
  await turns();
  calls.at(-1)?.answer({ session: name });
  await page.answerTo(id);
}

const stops = () => calls.filter((call) => call.method === 'session.stop').map((call) => call.params);

describe('when the page goes', () => {
  test('its sessions are stopped, once each, and not those that it stopped itself', async () => {
    await startSession('one');
    await startSession('two');
    const id = page.call('session.stop', { session: 'one' });
    await turns();
    calls.at(-1)?.answer(null);
    await page.answerTo(id);
    calls.length = 0;
    connection.dispose();
    expect(stops()).toEqual([{ session: 'two' }]);
  });

  test('its calls are cancelled, and a late answer does not reach the next page', async () => {
    page.call('program.run', { program: 'p', params: {} });
    await turns();
    connection.pageGone();
    expect(calls[0]?.token?.isCancellationRequested).toBe(true);
    calls[0]?.answer('late');
    calls[0]?.onProgress?.({ done: 1, unit: 'merges' });
    await turns();
    expect(page.received).toEqual([]);
    // The next page counts its calls from the start again, and gets its own answers.
    page.post({ jsonrpc: '2.0', id: 1, method: 'lesson.reachGoal', params: { block: 'b' } });
    expect((await page.answerTo(1)).result).toEqual(['b']);
  });

  test('a session that starts too late is stopped', async () => {
    page.call('session.start', { program: 'p', params: {} });
    await turns();
    connection.pageGone();
    calls[0]?.answer({ session: 'late' });
    await turns();
    expect(stops()).toEqual([{ session: 'late' }]);
  });

  test('the next page can’t use the sessions of the one before', async () => {
    await startSession('old');
    connection.pageGone();
    const { error } = await page.answerTo(page.call('session.next', { session: 'old', maxFrames: 1 }));
    expect(error?.data.code).toBe('unknown-session');
  });

  test('a worker that died with the session is no fault', async () => {
    await startSession('one');
    calls.length = 0;
    connection.dispose();
    calls[0]?.fail(new Fault('worker-died', 'The model worker ended.'));
    await turns();
    expect(warnings).toEqual([]);
  });
});

test('a notification reaches the page', async () => {
  connection.notify(lessonChanged, {});
  await turns();
  expect(page.received).toEqual([{ jsonrpc: '2.0', method: 'lesson.changed', params: {} }]);
});
