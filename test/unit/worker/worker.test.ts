// The real worker bundle on a real thread, called as the host calls it.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ModelWorker } from '../../../src/host/modelWorker.ts';
import { spawnWorker, type WorkerHandle } from '../../../src/host/platform.ts';
import { CancelSource } from '../../../src/shared/cancelSource.ts';
import {
  countTokens,
  describeProgram,
  encodeText,
  listTokenizers,
  MAX_TEXT,
  nextOfSession,
  openTokenizer,
  type Progress,
  runProgram,
  searchVocabulary,
  startSession,
  stopSession,
  updateSession,
} from '../../../src/shared/messages.ts';
import { z } from '../../../src/shared/schema.ts';
import { type Bundles, MAKING_MS, makeBundles } from './bundles.ts';
import { faultOf, Log } from './modelWorkerParts.ts';

/** About 5 MB that no piece cache can make short work of: numbers, words and some Greek. */
const large = Array.from({ length: 250_000 }, (_, i) => `${i * 7919} λόγος w${i.toString(36)}`)
  .join(' ')
  .slice(0, 5_000_000);

let bundles: Bundles;
let handles: WorkerHandle[];
let worker: ModelWorker;
let log: Log;

beforeAll(async () => {
  bundles = await makeBundles('dist/worker.mjs');
}, MAKING_MS);
afterAll(() => bundles.remove());
beforeEach(() => {
  handles = [];
  log = new Log();
  worker = new ModelWorker({
    log,
    spawn: () => {
      const handle = spawnWorker(bundles.worker, log);
      handles.push(handle);
      return handle;
    },
  });
});
afterEach(async () => {
  worker.dispose();
  await Promise.all(handles.map((handle) => handle.exited));
});

describe('calls', () => {
  it('answers from a thread that the first call starts', async () => {
    expect(handles).toHaveLength(0);
    const info = await worker.request(describeProgram, { program: 'word-tokenizer' });
    expect(info).toMatchObject({ id: 'word-tokenizer', session: false });
    expect(info.params).toHaveProperty('sentence');
    await worker.request(describeProgram, { program: 'word-tokenizer' });
    expect(handles).toHaveLength(1);
  });

  it('runs a program to its end', async () => {
    const trace = await worker.request(runProgram, {
      program: 'word-tokenizer',
      params: { corpus: 'a cat and a dog', sentence: 'a bird' },
    });
    expect(trace).toMatchObject({ schema: 1, program: 'word-tokenizer', params: { sentence: 'a bird' } });
    const used = trace.frames.flatMap(({ inputs, outputs }) => [...inputs, ...outputs].map(({ value }) => value));
    expect(Math.max(...used)).toBeLessThan(trace.values.length);
    expect(trace.frames.some(({ op }) => op === 'look-up')).toBe(true);
  });

  it('computes with tensors, whose numbers come in one buffer', async () => {
    const trace = await worker.request(runProgram, { program: 'matmul-step', params: {} });
    const tensors = trace.values.filter((value) => value.kind === 'tensor');
    expect(tensors.length).toBeGreaterThan(0);
    for (const { bytes, statistics } of tensors) {
      const numbers = new Float32Array(trace.buffer!, bytes!.offset, bytes!.length / 4);
      expect(Math.max(...numbers)).toBe(statistics.max);
    }
    expect(trace.frames.map(({ source }) => source?.file)).toContain('src/engine/ops/matmul.ts');
  });

  it('counts and encodes', async () => {
    // "hello world" in GPT-2's vocabulary, as published with tiktoken: 31373 995.
    const encoded = await worker.request(encodeText, { encoding: 'r50k_base', text: 'hello world' });
    expect([...new Uint32Array(encoded.ids)]).toEqual([31373, 995]);
    expect([...new Uint32Array(encoded.byteEnds)]).toEqual([0, 5, 11]);
    expect(await worker.request(countTokens, { encoding: 'r50k_base', text: 'hello world' })).toEqual({
      count: 2,
      textBytes: 11,
    });
  });

  it('encodes 5 MB, tells its progress, and loses no byte', async () => {
    const progress: Progress[] = [];
    const encoded = await worker.request(
      encodeText,
      { encoding: 'r50k_base', text: large },
      { onProgress: (value) => progress.push(value) },
    );
    expect(Buffer.compare(Buffer.from(encoded.bytes), Buffer.from(large))).toBe(0);
    expect(encoded.count).toBe(encoded.ids.byteLength / 4);
    expect(progress.length).toBeGreaterThan(0);
    expect(progress.every(({ done, total, unit }) => done <= large.length && total === large.length && unit)).toBe(
      true,
    );
    expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).sort((a, b) => a - b));
  });
});

describe('tokenizers', () => {
  it('lists those that ship, opens a file beside them, and searches both', async () => {
    const shipped = await worker.request(listTokenizers, {});
    expect(shipped.map(({ id }) => id)).toContain('bert-base-uncased');
    const model = { type: 'WordLevel', vocab: { '<unk>': 0, hello: 1 }, unk_token: '<unk>' };
    const file = { version: '1.0', added_tokens: [], pre_tokenizer: { type: 'Whitespace' }, model };
    const bytes = new TextEncoder().encode(JSON.stringify(file)).buffer;
    const info = await worker.request(openTokenizer, { id: 'file:1', label: 'mine', file: bytes });
    expect(info).toMatchObject({ id: 'file:1', label: 'mine', kind: 'words', size: 2 });
    expect(await worker.request(listTokenizers, {})).toEqual([...shipped, info]);
    const encoded = await worker.request(encodeText, { encoding: 'file:1', text: 'hello you' });
    expect([...new Uint32Array(encoded.ids)]).toEqual([1, 0]);
    const search = { query: 'hello', from: 0, limit: 5 };
    const own = await worker.request(searchVocabulary, { encoding: 'file:1', ...search });
    expect(own).toEqual({ total: 1, items: [{ id: 1, text: 'hello', special: false }] });
    const { items } = await worker.request(searchVocabulary, { encoding: 'r50k_base', ...search });
    expect(items.map(({ id }) => id)).toContain(31373);
  });

  it('makes special tokens only when asked, and counts as it encodes', async () => {
    const special = { encoding: 'r50k_base', text: '<|endoftext|>', specialTokens: true };
    expect([...new Uint32Array((await worker.request(encodeText, special)).ids)]).toEqual([50256]);
    expect(await worker.request(countTokens, special)).toEqual({ count: 1, textBytes: 13 });
    const { count } = await worker.request(countTokens, { encoding: 'r50k_base', text: '<|endoftext|>' });
    expect(count).toBeGreaterThan(1);
  });

  it('says what is wrong with a file, and refuses one that is no buffer', async () => {
    const file = new TextEncoder().encode('{"model": 5}').buffer;
    const fault = await faultOf(worker.request(openTokenizer, { id: 'file:2', label: 'wrong.json', file }));
    expect(fault).toMatchObject({ code: 'bad-input', message: expect.stringContaining('model') });
    await worker.request(describeProgram, { program: 'word-tokenizer' });
    const call = handles[0]!.connection.sendRequest(openTokenizer.name, { id: 'file:2', label: '', file: 'text' });
    expect((await faultOf(call)).code).toBe('refused');
  });
});

describe('faults', () => {
  it('keeps code, place and remedy over the thread', async () => {
    const program = await faultOf(worker.request(runProgram, { program: 'word-tokeniser', params: {} }));
    expect(program.code).toBe('unknown-program');
    expect(program.remedy).toContain('word-tokenizer');
    const params = await faultOf(worker.request(runProgram, { program: 'word-tokenizer', params: { corpse: '' } }));
    expect(params).toMatchObject({ code: 'bad-params', where: 'corpse' });
    const encoding = await faultOf(worker.request(countTokens, { encoding: '../r50k_base', text: '' }));
    expect(encoding.code).toBe('unknown-encoding');
    expect(encoding.remedy).toContain('r50k_base');
  });

  it.each([
    ['a number for a text', countTokens.name, { encoding: 'r50k_base', text: 5 }],
    ['a missing parameter', countTokens.name, { encoding: 'r50k_base' }],
    ['a parameter too many', countTokens.name, { encoding: 'r50k_base', text: '', more: 1 }],
    ['an empty name', describeProgram.name, { program: '' }],
    ['a list of parameters', describeProgram.name, ['word-tokenizer']],
    ['a negative number of frames', nextOfSession.name, { session: 's', maxFrames: -1 }],
    ['no parameters', describeProgram.name, undefined],
    ['an unknown method', 'process.exit', {}],
  ])('refuses %s and goes on', async (_, name, params) => {
    // Past the host's own checks, on the line itself.
    await worker.request(describeProgram, { program: 'word-tokenizer' });
    const line = handles[0]!.connection;
    const call = params === undefined ? line.sendRequest(name) : line.sendRequest(name, params);
    expect((await faultOf(call)).code).toBe('refused');
    await expect(worker.request(countTokens, { encoding: 'r50k_base', text: 'a' })).resolves.toMatchObject({
      count: 1,
    });
  });

  it('says how much text is taken when it is too much', async () => {
    await worker.request(describeProgram, { program: 'word-tokenizer' });
    const text = 'x'.repeat(MAX_TEXT + 1);
    const fault = await faultOf(worker.request(countTokens, { encoding: 'r50k_base', text }));
    expect(fault.code).toBe('refused');
    expect(fault.message).toMatch(/at most 67,108,864/);
  });

  it('refuses a method that only the caller knows', async () => {
    const method = { name: 'tokens.guess', params: z.strictObject({}) };
    expect((await faultOf(worker.request(method, {}))).code).toBe('refused');
  });
});

describe('cancel', () => {
  it('stops a loop that never lets a message in', async () => {
    const cancel = new CancelSource();
    const call = worker.request(
      encodeText,
      { encoding: 'r50k_base', text: large.repeat(4) },
      { token: cancel, onProgress: () => cancel.cancel() },
    );
    // A cancel that did not reach the loop would leave the call answered, not cancelled.
    expect((await faultOf(call)).code).toBe('cancelled');
    await expect(worker.request(countTokens, { encoding: 'r50k_base', text: 'a' })).resolves.toMatchObject({
      count: 1,
    });
    expect(handles).toHaveLength(1);
  });

  it('stops a call that still waits behind another', async () => {
    const cancel = new CancelSource();
    const first = worker.request(encodeText, { encoding: 'r50k_base', text: large });
    const second = worker.request(encodeText, { encoding: 'r50k_base', text: large }, { token: cancel });
    cancel.cancel();
    expect((await faultOf(second)).code).toBe('cancelled');
    await first;
  });

  it('ends a worker that does not obey, and starts another', async () => {
    let deaf = true;
    const stubborn = new ModelWorker({
      log,
      cancelGraceMs: 1,
      spawn: () => {
        const handle = deaf
          ? spawnWorker(`${import.meta.dirname}/deafWorker.mjs`, log)
          : spawnWorker(bundles.worker, log);
        deaf = false;
        handles.push(handle);
        return handle;
      },
    });
    const cancel = new CancelSource();
    const call = stubborn.request(countTokens, { encoding: 'r50k_base', text: 'a' }, { token: cancel });
    const other = stubborn.request(countTokens, { encoding: 'r50k_base', text: 'b' });
    cancel.cancel();
    expect((await faultOf(call)).code).toBe('cancelled');
    expect((await faultOf(other)).code).toBe('worker-died');
    await expect(stubborn.request(countTokens, { encoding: 'r50k_base', text: 'a' })).resolves.toMatchObject({
      count: 1,
    });
    stubborn.dispose();
  });
});

describe('a worker that dies', () => {
  it('rejects all that waits for it, and the next call starts another', async () => {
    let begun: () => void = () => {};
    const begins = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const text = large.repeat(4);
    const calls = [
      worker.request(encodeText, { encoding: 'r50k_base', text }, { onProgress: () => begun() }),
      worker.request(countTokens, { encoding: 'r50k_base', text: 'a' }),
    ];
    await begins;
    await handles[0]!.terminate();
    for (const call of calls) {
      const fault = await faultOf(call);
      expect(fault.code).toBe('worker-died');
      expect(fault.message).toContain('tokens.encode');
      expect(fault.remedy).toContain('Try again');
    }
    await expect(worker.request(countTokens, { encoding: 'r50k_base', text: 'a' })).resolves.toMatchObject({
      count: 1,
    });
    expect(handles).toHaveLength(2);
    expect(log.lines.filter((line) => line.startsWith('error'))).toHaveLength(1);
  });

  it('says what ended it', async () => {
    const broken = new ModelWorker({ log, spawn: () => spawnWorker(`${bundles.root}/missing.mjs`, log) });
    const fault = await faultOf(broken.request(countTokens, { encoding: 'r50k_base', text: 'a' }));
    expect(fault.code).toBe('worker-died');
    expect(fault.message).toContain('missing.mjs');
    expect(broken.state).toBe('stopped');
  });
});

describe('sessions', () => {
  const text = 'one two three four five six seven eight nine ten';
  const start = async () => {
    const params = { text, piecesPerStep: 1 };
    return (await worker.request(startSession, { program: 'types-and-tokens', params })).session;
  };
  const pull = (session: string, maxFrames: number) => worker.request(nextOfSession, { session, maxFrames });

  it('yields what is pulled, and nothing while paused', async () => {
    const session = await start();
    const first = await pull(session, 2);
    expect(first.frames).toHaveLength(2);
    // Between two pulls nothing runs ahead: the next part goes on where the first one ended.
    await worker.request(countTokens, { encoding: 'r50k_base', text: 'a' });
    const second = await pull(session, 2);
    expect(second.frames).toHaveLength(2);
    const firstId = Math.min(...second.frames.flatMap(({ outputs }) => outputs.map(({ value }) => value)));
    expect(firstId).toBe(first.values.length);
  });

  it('comes to its end and says so', async () => {
    const session = await start();
    let part = await pull(session, 3);
    let frames = part.frames.length;
    while (!part.done) {
      part = await pull(session, 3);
      frames += part.frames.length;
    }
    expect(frames).toBeGreaterThanOrEqual(10);
  });

  it('takes the latest of several changes', async () => {
    const session = await start();
    await pull(session, 1);
    for (const piecesPerStep of [2, 3, 4]) {
      await worker.request(updateSession, { session, params: { text, piecesPerStep } });
    }
    expect((await pull(session, 1)).params).toMatchObject({ piecesPerStep: 4 });
  });

  it('keeps its parameters when a change is wrong', async () => {
    const session = await start();
    const fault = await faultOf(worker.request(updateSession, { session, params: { piecesPerStep: -1 } }));
    expect(fault.code).toBe('bad-params');
    expect((await pull(session, 1)).params).toMatchObject({ piecesPerStep: 1 });
  });

  it('is gone when stopped', async () => {
    const session = await start();
    await worker.request(stopSession, { session });
    expect((await faultOf(pull(session, 1))).code).toBe('unknown-session');
  });

  it('is lost with its worker, and never another session of the next one', async () => {
    const lost = await start();
    await handles[0]!.terminate();
    await handles[0]!.exited;
    expect((await faultOf(pull(lost, 1))).code).toBe('unknown-session');
    // No new thread was started only to say so.
    expect(handles).toHaveLength(1);
    const next = await start();
    expect(next).not.toBe(lost);
    // The new thread itself doesn't know the old id either.
    const asked = handles[1]!.connection.sendRequest(nextOfSession.name, { session: lost, maxFrames: 1 });
    expect((await faultOf(asked)).code).toBe('unknown-session');
  });

  it('has a limit, and room again when one is stopped', async () => {
    const sessions: string[] = [];
    const fault = await faultOf(
      (async () => {
        for (let i = 0; i < 1000; i++) {
          sessions.push(await start());
        }
      })(),
    );
    expect(fault.code).toBe('too-large');
    expect(sessions.length).toBeGreaterThan(10);
    await worker.request(stopSession, { session: sessions[0]! });
    await start();
  });
});
