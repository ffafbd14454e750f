// Programs that compute with tensors: their frames, the buffer of their trace, and the memory that they give back.

import { describe, expect, it } from 'vitest';
import { backward } from '../../../src/engine/autograd.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { HeldTensors } from '../../../src/engine/heldTensors.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { matmul } from '../../../src/engine/ops/matmul.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { sum } from '../../../src/engine/ops/sum.ts';
import { defineProgram, type Program, type ProgramContext } from '../../../src/programs/program.ts';
import { runToEnd, SessionRun } from '../../../src/programs/run.ts';
import type { ParamSpecs } from '../../../src/shared/params.ts';
import type { Trace, TracePart, ValueId } from '../../../src/shared/trace.ts';
import { loadTestKernels, testEnvironment } from './run.ts';

const FOREVER = Number.POSITIVE_INFINITY;

function program(run: (context: ProgramContext<ParamSpecs>) => AsyncGenerator<void, void, void>): Program {
  return defineProgram({ id: 'test-tensors', title: 'Test', session: true, params: {}, run });
}

/** Something to wait for. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

/** The numbers of a tensor of a trace, or of the only part of one. */
function numbersOf({ values, buffer }: Pick<Trace | TracePart, 'values' | 'buffer'>, id: ValueId): number[] {
  const value = values[id];
  if (value?.kind !== 'tensor' || buffer === undefined) {
    throw new Error(`Value ${id} is no tensor.`);
  }
  const { offset, length } = value.bytes ?? value.preview!.bytes;
  return [
    ...(value.dtype === 'f32'
      ? new Float32Array(buffer, offset, length / 4)
      : new Int32Array(buffer, offset, length / 4)),
  ];
}

const twoSteps = program(async function* ({ trace, tape, engine }) {
  const e = await engine();
  const x = e.tensor([1, 2, 3], { name: 'x' });
  trace.frame({ op: 'begin', label: 'Begin', outputs: { x: tape.value(x) } });
  yield;
  const y = tape.record(e, () =>
    tape.caption({ label: 'Double it', op: 'double', note: 'Twice each.' }, () => mul(x, 2)),
  );
  trace.frame({ op: 'between', label: 'Between', inputs: { y: tape.value(y) } });
  yield;
  mul(y, 100); // not recorded
  tape.record(e, () => mul(y, y));
  trace.frame({ op: 'end', label: 'End' });
});

describe('frames of the tape and of the program', () => {
  it('stand in the order in which they happened, with numbers in one buffer', async () => {
    const trace = await runToEnd(twoSteps, {}, testEnvironment());
    expect(trace.frames.map(({ op }) => op)).toEqual(['begin', 'double', 'between', 'mul', 'end']);
    expect(trace.frames[1]).toMatchObject({ label: 'Double it', note: 'Twice each.', formula: 'y = a * b' });
    expect(trace.frames[1]!.inputs[0]).toEqual({ name: 'x', value: trace.frames[0]!.outputs[0]!.value });
    expect(numbersOf(trace, trace.frames[1]!.outputs[0]!.value)).toEqual([2, 4, 6]);
    expect(numbersOf(trace, trace.frames[3]!.outputs[0]!.value)).toEqual([4, 16, 36]);
  });

  it('come in parts with a buffer each, whose offsets count from its start', async () => {
    const whole = await runToEnd(twoSteps, {}, testEnvironment());
    const session = SessionRun.start(twoSteps, {}, testEnvironment());
    let first = 0;
    const numbers: number[][] = [];
    for (let part = await session.next(1, FOREVER); ; part = await session.next(1, FOREVER)) {
      numbers.push(...part.values.map((_, i) => numbersOf(part, i)));
      first += part.values.length;
      if (part.done) {
        break;
      }
    }
    expect(first).toBe(whole.values.length);
    expect(numbers).toEqual(whole.values.map((_, i) => numbersOf(whole, i)));
  });

  it('keep what is said of a backward step', async () => {
    const trace = await runToEnd(
      program(async function* ({ tape, engine }) {
        const e = await engine();
        const w = e.tensor([[1, 2]], { name: 'w', requiresGrad: true });
        tape.record(e, () => backward(sum(matmul(w, e.tensor([[3], [4]])))));
        yield;
      }),
      {},
      testEnvironment(),
    );
    expect(trace.frames.map(({ op }) => op)).toEqual(['matmul', 'sum', 'sum-backward', 'matmul-backward']);
    const [dw] = trace.frames[3]!.outputs;
    expect(dw).toMatchObject({ name: 'dw', gradientOf: 'w' });
    expect(numbersOf(trace, dw!.value)).toEqual([3, 4]);
  });

  it('are grouped by a caption of several operations', async () => {
    const trace = await runToEnd(
      program(async function* ({ tape, engine }) {
        const e = await engine();
        const x = e.tensor([1, 2], { name: 'x' });
        tape.record(e, () =>
          tape.caption({ label: 'Mean of squares', op: 'mean-square' }, () => mul(sum(mul(x, x)), 0.5)),
        );
        yield;
      }),
      {},
      testEnvironment(),
    );
    expect(trace.frames.map(({ op, parent }) => [op, parent])).toEqual([
      ['mean-square', undefined],
      ['mul', 0],
      ['sum', 0],
      ['mul', 0],
    ]);
    expect(trace.frames[0]!.inputs.map(({ name }) => name)).toEqual(['x']);
    expect(numbersOf(trace, trace.frames[0]!.outputs[0]!.value)).toEqual([2.5]);
  });

  it('are not written within a group', async () => {
    const run = runToEnd(
      program(async function* ({ trace, tape, engine }) {
        const e = await engine();
        tape.record(e, () => e.group('a group', () => trace.frame({ op: 'own', label: 'Own' })));
        yield;
      }),
      {},
      testEnvironment(),
    );
    await expect(run).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('"a group"') });
  });
});

describe('the budget', () => {
  /** Shows so many tensors of 240 kB. */
  const tensors = (count: number) =>
    program(async function* ({ trace, tape, engine }) {
      const e = await engine();
      for (let i = 0; i < count; i++) {
        trace.frame({ op: 'show', label: 'Show', outputs: { x: tape.value(e.full([60_000], i)) } });
        yield;
      }
    });

  it('counts the numbers of a tensor once', async () => {
    const budgetBytes = 1_000_000;
    const trace = await runToEnd(tensors(4), {}, testEnvironment({ budgetBytes }));
    expect(trace.buffer!.byteLength).toBe(960_000);
    await expect(runToEnd(tensors(5), {}, testEnvironment({ budgetBytes }))).rejects.toMatchObject({
      code: 'too-large',
      message: 'test-tensors: the trace passes 1 MB after 4 steps, at a tensor (60000,).',
      remedy: 'Use smaller tensors or fewer steps, or record only a part of the computation.',
    });
  });
});

describe('memory', () => {
  /** Makes tensors, keeps one out of a scope, and ends as it is told. */
  const hungry = (end: (engine: Engine) => void) =>
    program(async function* ({ engine }) {
      const e = await engine();
      e.ones([1000], { requiresGrad: true });
      e.scope(() => e.ones([1000]).keep());
      yield;
      end(e);
      yield;
    });

  it('is given back at the end, at a fault, and when the run is stopped', async () => {
    const kernels = await loadTestKernels();
    const before = kernels.memory.inUse;
    await runToEnd(
      hungry(() => {}),
      {},
      testEnvironment(),
    );
    expect(kernels.memory.inUse).toBe(before);

    const broken = hungry((e) => void matmul(e.ones([2, 3]), e.ones([2, 3])));
    await expect(runToEnd(broken, {}, testEnvironment())).rejects.toMatchObject({ code: 'bad-input' });
    expect(kernels.memory.inUse).toBe(before);

    const session = SessionRun.start(
      hungry(() => {}),
      {},
      testEnvironment(),
    );
    await session.next(1, 0);
    expect(kernels.memory.inUse).toBe(before + 8000);
    await session.stop();
    expect(kernels.memory.inUse).toBe(before);
  });

  it('is given back when a session starts over, and the new start has an engine of its own', async () => {
    const kernels = await loadTestKernels();
    const before = kernels.memory.inUse;
    const engines = new Set<Engine>();
    const session = SessionRun.start(
      hungry((e) => void engines.add(e)),
      {},
      testEnvironment(),
    );
    for (let start = 0; start < 3; start++) {
      expect((await session.next(FOREVER, FOREVER)).done).toBe(true);
      expect(kernels.memory.inUse).toBe(before);
      session.update({});
    }
    expect(engines.size).toBe(3);
  });

  it('is left to a program that is stopped in mid-step until it comes to rest', async () => {
    const kernels = await loadTestKernels();
    const before = kernels.memory.inUse;
    const began = gate();
    const goOn = gate();
    let computed = 0;
    const session = SessionRun.start(
      program(async function* ({ engine }) {
        const x = (await engine()).ones([1000]);
        began.open();
        await goOn.opened;
        computed = sum(x).item();
        yield;
      }),
      {},
      testEnvironment(),
    );
    const pull = session.next(1, FOREVER).catch((error: { code: string }) => error.code);
    await began.opened;
    const stopped = session.stop();
    expect(kernels.memory.inUse).toBe(before + 4000);
    goOn.open();
    await stopped;
    expect(computed).toBe(1000);
    expect(kernels.memory.inUse).toBe(before);
    expect(await pull).toBe('unknown-session');
  });

  it('that can not be had is refused, and the next run has all of it', async () => {
    const kernels = referenceKernels(100_000);
    const environment = testEnvironment({ loadKernels: async () => kernels });
    const greedy = hungry((e) => void e.ones([25_000]));
    await expect(runToEnd(greedy, {}, environment)).rejects.toMatchObject({
      code: 'too-large',
      remedy: expect.stringMatching(/smaller sizes/),
    });
    expect(kernels.memory.inUse).toBe(0);
    await runToEnd(
      hungry((e) => void e.ones([20_000])),
      {},
      environment,
    );
  });

  it('is not asked for by a program that has no tensors', async () => {
    const loadKernels = () => Promise.reject(new Error('nobody needs them'));
    await runToEnd(
      program(async function* ({ trace }) {
        trace.frame({ op: 'only', label: 'Only' });
        yield;
      }),
      {},
      testEnvironment({ loadKernels }),
    );
  });
});

it('holds the tensors that were sent as previews, under an id of its own', async () => {
  const show = (rows: number) =>
    program(async function* ({ trace, tape, engine }) {
      const e = await engine();
      const x = e.fromData(
        Float32Array.from({ length: rows * 1000 }, (_, i) => i),
        [rows, 1000],
      );
      trace.frame({ op: 'show', label: 'Show', outputs: { x: tape.value(x) } });
      yield;
    });
  const held: HeldTensors[] = [];
  const hold = (tensors: HeldTensors) => `t${held.push(tensors)}`;
  const small = await runToEnd(show(2), {}, testEnvironment({ hold }));
  expect(small.id).toBeUndefined();
  const large = await runToEnd(show(1000), {}, testEnvironment({ hold }));
  expect(large.id).toBe('t1');
  expect(large.buffer!.byteLength).toBeLessThanOrEqual(4 * 64 * 1024);
  const { numbers } = held[0]!.slice(0, { start: [999, 998], step: [1, 1], shape: [1, 2] });
  expect([...numbers]).toEqual([999_998, 999_999]);
});
