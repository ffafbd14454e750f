// Tensors over the line: buffers that are moved, parts that are asked for later, and what can't be had.

import { afterEach, describe, expect, it } from 'vitest';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { defineProgram, type Program } from '../../../src/programs/program.ts';
import {
  MAX_SLICE,
  nextOfSession,
  runProgram,
  sliceTensor,
  startSession,
  stopSession,
} from '../../../src/shared/messages.ts';
import { MAX_TRACES } from '../../../src/worker/heldTraces.ts';
import { MAX_SESSIONS } from '../../../src/worker/sessions.ts';
import { faultOf } from './modelWorkerParts.ts';
import { type Served, served } from './served.ts';

/** Doubles `rows` times 1000 numbers that count from 0, `steps` times over. */
const doubling: Program = defineProgram({
  id: 'doubling',
  title: 'Doubling',
  session: false,
  params: {
    rows: { type: 'number', label: 'Rows', default: 2, min: 1, max: 100_000, step: 1 },
    steps: { type: 'number', label: 'Steps', default: 1, min: 1, max: 1000, step: 1 },
  },
  async *run({ params: { rows, steps }, tape, engine }) {
    const e = await engine();
    let x = e.fromData(
      Float32Array.from({ length: rows * 1000 }, (_, i) => i),
      [rows, 1000],
    );
    for (let step = 0; step < steps; step++) {
      x = tape.record(e, () => mul(x, 2));
      yield;
    }
  },
});

let worker: Served;
const start = (options: Parameters<typeof served>[0] = {}) => {
  worker = served({ programs: [doubling], ...options });
};
afterEach(() => worker.close());

const run = (params = {}) => worker.request(runProgram, { program: 'doubling', params });
const corner = (trace: string, value = 2) =>
  worker.request(sliceTensor, { trace, value, slice: { start: [99, 998], step: [1, 1], shape: [1, 2] } });

describe('a trace with tensors', () => {
  it('comes with one buffer, which is moved', async () => {
    start();
    const trace = await run();
    expect(trace.buffer).toBeInstanceOf(ArrayBuffer);
    expect(trace.id).toBeUndefined();
    expect(worker.moved).toEqual([1]);
    const output = trace.values[trace.frames[0]!.outputs[0]!.value];
    expect(output).toMatchObject({ kind: 'tensor', shape: [2, 1000], bytes: { length: 8000 } });
    const { offset } = (output as { bytes: { offset: number } }).bytes;
    expect([...new Float32Array(trace.buffer!, offset, 3)]).toEqual([0, 2, 4]);
  });

  it('gives the rest of a tensor that came as a preview, in a buffer that is moved', async () => {
    start();
    const { id, frames } = await run({ rows: 100 });
    const sliced = await corner(id!, frames[0]!.outputs[0]!.value);
    expect(sliced).toMatchObject({ dtype: 'f32', shape: [1, 2] });
    expect([...new Float32Array(sliced.bytes)]).toEqual([2 * 99_998, 2 * 99_999]);
    expect(worker.moved).toEqual([1, 1]);
  });

  it('gives it of a session as long as that lives', async () => {
    start();
    const { session } = await worker.request(startSession, { program: 'doubling', params: { rows: 100, steps: 9 } });
    const part = await worker.request(nextOfSession, { session, maxFrames: 1 });
    expect(part.buffer).toBeInstanceOf(ArrayBuffer);
    const { value } = part.frames[0]!.outputs[0]!;
    expect([...new Float32Array((await corner(session, value)).bytes)]).toEqual([2 * 99_998, 2 * 99_999]);
    await worker.request(stopSession, { session });
    expect((await faultOf(corner(session, value))).code).toBe('not-found');
  });
});

describe('what is held', () => {
  it('is bounded: the oldest go first', async () => {
    start();
    const ids: string[] = [];
    for (let i = 0; i <= MAX_TRACES; i++) {
      ids.push((await run({ rows: 100 })).id!);
    }
    const fault = await faultOf(corner(ids[0]!));
    expect(fault.code).toBe('not-found');
    expect(fault.remedy).toBe('Run the step again.');
    await expect(corner(ids[1]!)).resolves.toMatchObject({ shape: [1, 2] });
    await expect(corner(ids.at(-1)!)).resolves.toMatchObject({ shape: [1, 2] });
  });

  it('is refused beyond the tensor, beyond the trace and beyond what one answer takes', async () => {
    start();
    const { id } = await run({ rows: 5000 });
    const ask = (value: number, shape: number[], first = [0, 0], step = [1, 1]) =>
      faultOf(worker.request(sliceTensor, { trace: id!, value, slice: { start: first, step, shape } }));
    expect((await ask(2, [1, 2], [4999, 999])).code).toBe('bad-input');
    expect((await ask(2, [2, 1], [0, 0], [5000, 1])).code).toBe('bad-input');
    expect((await ask(2, [2])).code).toBe('bad-input');
    expect((await ask(1, [1, 1])).code).toBe('not-found');
    expect((await ask(99, [1, 1])).code).toBe('not-found');
    expect((await ask(2, [1, MAX_SLICE + 1])).code).toBe('too-large');
    expect((await ask(2, [-1, 1])).code).toBe('refused');
    expect((await ask(2, [1e15, 1e15])).code).toBe('too-large');
    await expect(corner(id!)).resolves.toMatchObject({ shape: [1, 2] });
  });
});

describe('sessions together', () => {
  it('hold no more of their tensors than all traces may: the oldest go first', async () => {
    start();
    const firsts: [session: string, value: number][] = [];
    for (let i = 0; i <= MAX_TRACES; i++) {
      const { session } = await worker.request(startSession, { program: 'doubling', params: { rows: 100 } });
      const part = await worker.request(nextOfSession, { session, maxFrames: 1 });
      firsts.push([session, part.frames[0]!.outputs[0]!.value]);
    }
    const answers = await Promise.all(
      firsts.map(([session, value]) =>
        corner(session, value).then(
          () => true,
          () => false,
        ),
      ),
    );
    expect(answers).toEqual([false, ...firsts.slice(1).map(() => true)]);
  });
});

describe('what is too large', () => {
  it('is said of memory that the machine does not have', async () => {
    start({
      programs: [
        defineProgram({
          id: 'doubling',
          title: 'Hungry',
          session: false,
          params: {},
          // biome-ignore lint/correctness/useYield: it fails before.
          async *run() {
            new ArrayBuffer(2 ** 46);
          },
        }),
      ],
    });
    const fault = await faultOf(run());
    expect(fault).toMatchObject({ code: 'too-large', remedy: expect.stringMatching(/smaller sizes/) });
  });

  it('ends a trace above its budget, and the next one is made', async () => {
    start();
    const fault = await faultOf(run({ rows: 5000, steps: 100 }));
    expect(fault.code).toBe('too-large');
    expect(fault.message).toMatch(/^doubling: the trace passes 64 MB after \d+ steps, at a tensor \(5000, 1000\)\.$/);
    expect(fault.remedy).toMatch(/smaller tensors/);
    expect((await run()).frames).toHaveLength(1);
  });

  it('refuses memory that it does not have, and has all of it for the next run', async () => {
    const kernels = referenceKernels(20_000);
    start({ loadKernels: async () => kernels });
    const fault = await faultOf(run({ rows: 3 }));
    expect(fault.code).toBe('too-large');
    expect(fault.remedy).toMatch(/smaller sizes/);
    expect(kernels.memory.inUse).toBe(0);
    expect((await run({ rows: 2 })).frames).toHaveLength(1);
    const { session } = await worker.request(startSession, { program: 'doubling', params: { rows: 2, steps: 5 } });
    expect((await faultOf(worker.request(nextOfSession, { session, maxFrames: 9 }))).code).toBe('too-large');
    expect(kernels.memory.inUse).toBe(0);
  });

  it('asks for the kernels again after it could not have them', async () => {
    let asked = 0;
    const kernels = referenceKernels();
    start({
      loadKernels: async () => {
        if (++asked === 1) {
          throw new Error('no such file');
        }
        return kernels;
      },
    });
    expect((await faultOf(run())).code).toBe('internal');
    expect((await run()).frames).toHaveLength(1);
  });
});

it('sessions that came to their end make room for new ones', async () => {
  start();
  const open = () => worker.request(startSession, { program: 'doubling', params: { rows: 1 } });
  const sessions = [];
  for (let i = 0; i < MAX_SESSIONS; i++) {
    sessions.push((await open()).session);
  }
  expect((await faultOf(open())).code).toBe('too-large');
  const [first, second] = sessions;
  while (!(await worker.request(nextOfSession, { session: second!, maxFrames: 10 })).done) {
    // until it is over
  }
  await open();
  expect((await faultOf(worker.request(nextOfSession, { session: second!, maxFrames: 1 }))).code).toBe(
    'unknown-session',
  );
  await expect(worker.request(nextOfSession, { session: first!, maxFrames: 1 })).resolves.toBeDefined();
});
