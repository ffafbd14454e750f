// What is recorded in one another, what fails in the middle of a recording, and what is refused there.

import { describe, expect, it } from 'vitest';
import { backward } from '../../../src/engine/autograd.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { add } from '../../../src/engine/ops/add.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { sum } from '../../../src/engine/ops/sum.ts';
import { engineStep } from '../../../src/programs/engineStep.ts';
import { defineProgram } from '../../../src/programs/program.ts';
import { Recorder } from '../../../src/programs/recorder.ts';
import { runToEnd, SessionRun } from '../../../src/programs/run.ts';
import type { TensorValue, TracePart } from '../../../src/shared/trace.ts';
import { heldOf } from '../../../webview/elements/tensor/held.ts';
import { faultOf } from '../engine/faultOf.ts';
import { loadTestKernels, testEnvironment } from './run.ts';

const engine = new Engine(await loadTestKernels());
const x = engine.tensor([1, 2, 3], { name: 'x' });
const pair = engine.tensor([1, 2]);

const start = (budget?: number) => {
  const trace = new Recorder('test', budget);
  return { trace, tape: trace.tape };
};
/** Label and parent of each frame. */
const outline = ({ frames }: TracePart) => frames.map(({ label, parent }) => [label, parent]);

describe('a caption', () => {
  it('holds for what is recorded by a call of record within it', () => {
    const { trace, tape } = start();
    tape.caption({ label: 'Twice the sum' }, () =>
      mul(
        tape.record(engine, () => sum(mul(x, 2))),
        1,
      ),
    );
    const words = (label: string) => ({ label, note: `${label}.`, result: { name: label } });
    engineStep(tape, engine, words('outer'), () =>
      mul(
        engineStep(tape, engine, words('inner'), () => mul(x, 3)),
        2,
      ),
    );
    expect(outline(trace.take({}, true))).toEqual([
      ['Twice the sum', undefined],
      ['mul', 0],
      ['sum', 0],
      ['outer', undefined],
      ['inner', 3],
      ['mul', 3],
    ]);
  });

  it('within a caption leaves known which operation it is', () => {
    const { trace, tape } = start();
    tape.record(engine, () =>
      tape.caption({ op: 'outer', label: 'Outer' }, () => tape.caption({ op: 'inner' }, () => mul(x, 2))),
    );
    expect(trace.take({}, true).frames).toMatchObject([{ op: 'outer', label: 'Outer', operation: 'mul' }]);
  });

  it('of nothing is refused', () => {
    const { tape } = start();
    expect(faultOf(() => tape.caption({ label: 'Lost' }, () => mul(x, 2)))).toMatchObject({
      code: 'internal',
      message: 'caption: nothing was recorded in "Lost".',
      remedy: expect.stringMatching(/within record/),
    });
  });

  it('refuses a frame of the program itself within it', () => {
    const { trace, tape } = start();
    const write = () => tape.caption({ label: 'Both' }, () => trace.frame({ op: 'own', label: 'Own' }));
    expect(faultOf(() => tape.record(engine, write)).message).toContain('"Both"');
  });
});

describe('a fault in the middle', () => {
  it('of groups and captions leaves the tape as it was, and what was recorded stands in its place', () => {
    const { trace, tape } = start();
    const broken = () => {
      mul(x, 2);
      mul(x, pair);
      engine.group('never', () => {});
    };
    for (const work of [
      broken,
      () => engine.group('group', broken),
      () => tape.caption({ label: 'caption' }, broken),
      () => engine.group('outer', () => tape.caption({ label: 'inner' }, () => engine.group('innermost', broken))),
    ]) {
      expect(faultOf(() => tape.record(engine, work)).code).toBe('bad-input');
      trace.frame({ op: 'own', label: 'That failed' });
    }
    expect(engine.hook).toBeUndefined();
    expect(outline(trace.take({}, true))).toEqual([
      ['mul', undefined],
      ['That failed', undefined],
      ['group', undefined],
      ['mul', 2],
      ['That failed', undefined],
      ['caption', undefined],
      ['That failed', undefined],
      ['outer', undefined],
      ['inner', 7],
      ['mul', 8],
      ['That failed', undefined],
    ]);
  });

  it('is the one that is told, though the trace is full as well', () => {
    const { tape } = start(800);
    tape.describe(x, { name: 'x', labels: { 0: ['a', 'b', 'c'].map((label) => label.repeat(200)) } });
    const fault = faultOf(() =>
      tape.record(engine, () => {
        mul(x, 2);
        throw faultOf(() => mul(x, pair));
      }),
    );
    tape.describe(x, { name: 'x' });
    expect(fault.code).toBe('bad-input');
  });
});

describe('the way back', () => {
  it('shows a gradient once: where a step gives it out and where the next takes it in', () => {
    const { trace, tape } = start();
    const w = engine.tensor([1, 2, 3], { name: 'w', requiresGrad: true });
    tape.record(engine, () => engine.scope(() => backward(sum(mul(mul(w, x), x)))));
    const { frames } = trace.take({}, true);
    const [ofSum, ofOuter, ofInner] = frames.filter(({ op }) => op.endsWith('-backward'));
    expect(ofOuter!.inputs[0]).toMatchObject({ name: 'dy', value: ofSum!.outputs[0]!.value });
    expect(ofInner!.inputs[0]).toMatchObject({ name: 'dy', value: ofOuter!.outputs[0]!.value });
  });

  it('shows what gradients add up to as a value of its own', () => {
    const { trace, tape } = start();
    const w = engine.tensor([1, 2, 3], { name: 'w', requiresGrad: true });
    tape.record(engine, () =>
      engine.scope(() => {
        const y = mul(w, 2);
        backward(sum(add(mul(y, 3), y)));
      }),
    );
    const { frames, values, buffer } = trace.take({}, true);
    const last = values[frames.at(-1)!.inputs[0]!.value] as TensorValue;
    expect([...new Float32Array(buffer!, last.bytes!.offset, 3)]).toEqual([4, 4, 4]);
    expect([...w.grad!.toFlat()]).toEqual([8, 8, 8]);
  });

  it('as one step takes in the gradient that comes in, also where it is handed on as it is', () => {
    const { trace, tape } = start();
    const w = engine.tensor([1, 2, 3], { name: 'w', requiresGrad: true });
    const gradient = engine.tensor([1, 10, 100]);
    engine.scope(() => {
      const y = tape.record(engine, () => add(mul(w, x), x));
      tape.record(engine, () => tape.caption({ label: 'Back' }, () => backward(y, { gradient })));
    });
    const { frames } = trace.take({}, true);
    const back = frames.find(({ label }) => label === 'Back')!;
    expect(back.inputs.map(({ name }) => name)).toEqual(['dy']);
  });
});

it('a part that can not be handed over ends the run and gives its memory back', async () => {
  const program = defineProgram({
    id: 'catches',
    title: 'Catches',
    session: true,
    params: {},
    async *run({ tape, engine: own }) {
      const e = await own();
      const labels = { 0: Array.from({ length: 1000 }, () => 'label') };
      const long = tape.describe(e.ones([1000]), { labels });
      // Its frame is written when the part is taken, as the recording ended in the middle.
      faultOf(() => tape.record(e, () => mul(mul(long, 2), e.ones([2]))));
      yield;
    },
  });
  const before = engine.memory.inUse;
  const session = SessionRun.start(program, {}, testEnvironment({ budgetBytes: 20_000 }));
  await expect(session.next(1, 0)).rejects.toMatchObject({ code: 'too-large' });
  expect(engine.memory.inUse).toBe(before);
  await expect(session.next(1, 0)).rejects.toMatchObject({ code: 'unknown-session' });
});

it('a run that is cancelled ends in the middle of what it records', async () => {
  let applied = 0;
  const signal = { cancelled: false };
  const program = defineProgram({
    id: 'long',
    title: 'Long',
    session: false,
    params: {},
    async *run({ tape, engine: own }) {
      const e = await own();
      tape.record(e, () => {
        for (; applied < 1000; applied++) {
          signal.cancelled = applied === 10;
          mul(e.ones([4]), 2);
        }
      });
      yield;
    },
  });
  const before = engine.memory.inUse;
  await expect(runToEnd(program, {}, testEnvironment({ signal }))).rejects.toMatchObject({
    code: 'cancelled',
    message: 'long was cancelled after 10 steps.',
  });
  expect(applied).toBe(10);
  expect(engine.memory.inUse).toBe(before);
});

it.each([
  ['record', (work: () => unknown) => start().tape.record(engine, work)],
  ['scope', (work: () => unknown) => engine.scope(work)],
  ['noGrad', (work: () => unknown) => engine.noGrad(work)],
])('%s refuses work that waits, as it is over by then', async (name, given) => {
  const waiting = async () => {
    await undefined;
    throw new Error('Nobody waits for this.');
  };
  expect(faultOf(() => given(waiting))).toMatchObject({
    code: 'internal',
    message: `${name}: the work waits for something, and goes on when ${name} is over.`,
  });
  expect([engine.hook, engine.gradients]).toEqual([undefined, true]);
});

it('a run has one engine, however often and whenever it is asked for', async () => {
  const engines: Engine[] = [];
  const program = defineProgram({
    id: 'asks',
    title: 'Asks',
    session: false,
    params: {},
    async *run({ engine: own }) {
      engines.push(...(await Promise.all([own(), own()])));
      yield;
      engines.push(await own());
    },
  });
  await runToEnd(program, {}, testEnvironment());
  expect(engines).toHaveLength(3);
  expect(new Set(engines).size).toBe(1);
});

it('a description that does not fit is refused', () => {
  const { tape } = start();
  expect(faultOf(() => tape.describe(x, { axes: ['T', 'C'] })).message).toBe('describe: 2 axes are named of x (3,).');
  expect(faultOf(() => tape.describe(x, { labels: { 0: ['a'] } })).message).toBe(
    'describe: 1 places of axis 0 are named of x (3,).',
  );
  expect(faultOf(() => tape.describe(x, { labels: { 1: ['a'] } })).code).toBe('internal');
});

it('labels count by their length', () => {
  const { tape } = start(10_000);
  tape.describe(x, { name: 'x', labels: { 0: ['a', 'b', 'c'.repeat(5000)] } });
  expect(faultOf(() => tape.value(x)).code).toBe('too-large');
});

it('a tensor that the budget has no room for is not copied', () => {
  const { tape } = start(1000);
  const large = engine.zeros([1000]);
  large.toFlat = () => {
    throw new Error('copied');
  };
  expect(faultOf(() => tape.value(large)).code).toBe('too-large');
  large.release();
});

it('a trace of nothing but empty tensors has an empty buffer, in which views find them', () => {
  const { trace, tape } = start();
  tape.value(engine.zeros([0, 4]));
  const { values, buffer } = trace.take({}, true);
  expect(buffer?.byteLength).toBe(0);
  expect(heldOf(values[0] as TensorValue, buffer)?.data).toEqual(new Float32Array(0));
});

it('every bit of a tensor is kept: NaN with its payload, -0, and ids', () => {
  const { trace, tape } = start();
  const bits = Int32Array.of(0x7fc12345, -0x3fffff, -0x80000000, 0x7f800000, 1);
  const floats = engine.fromData(new Float32Array(bits.buffer), [5]);
  const ids = engine.fromData(bits, [5]);
  const empty = engine.zeros([0, 4]);
  const values = [floats, empty, ids, floats].map((tensor) => tape.value(tensor));
  expect(values).toEqual([0, 1, 2, 0]);
  const part = trace.take({}, true);
  expect([...new Int32Array(part.buffer!)]).toEqual([...bits, ...bits]);
  expect(part.values).toMatchObject([
    { dtype: 'f32', bytes: { offset: 0, length: 20 }, statistics: { nan: 2, inf: 1 } },
    { dtype: 'f32', shape: [0, 4], bytes: { offset: 20, length: 0 } },
    { dtype: 'i32', bytes: { offset: 20, length: 20 } },
  ]);
});
