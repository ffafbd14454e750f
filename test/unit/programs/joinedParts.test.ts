// A run that was handed over in parts, put together again: one buffer, in which each tensor's numbers are its own.

import { expect, it } from 'vitest';
import type { HeldTensors } from '../../../src/engine/heldTensors.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { defineProgram } from '../../../src/programs/program.ts';
import { runToEnd } from '../../../src/programs/run.ts';
import type { TensorValue } from '../../../src/shared/trace.ts';
import { testEnvironment } from './run.ts';

/** Small and large tensors, none, empty ones, and one that an earlier part showed already. */
const mixed = defineProgram({
  id: 'mixed',
  title: 'Mixed',
  session: false,
  params: {},
  async *run({ trace, tape, engine }) {
    const e = await engine();
    const first = e.tensor([1, 2, 3]);
    const ids = e.tensor([7, 8], { dtype: 'i32' });
    const large = e.full([300, 300], 5);
    for (const [i, tensors] of [
      [first],
      [],
      [ids, e.zeros([0, 2])],
      [large],
      [first, ids],
      [mul(first, 10)],
    ].entries()) {
      trace.frame({
        op: `step-${i}`,
        label: 'Step',
        outputs: tensors.map((tensor, j) => ({ name: `t${j}`, value: tape.value(tensor) })),
      });
      yield;
    }
  },
});

it('is the run that was handed over at once', async () => {
  let time = 0;
  let parts = 0;
  const held: HeldTensors[] = [];
  const hold = (tensors: HeldTensors) => `t${held.push(tensors)}`;
  const whole = await runToEnd(mixed, {}, testEnvironment({ hold }));
  const joined = await runToEnd(
    mixed,
    {},
    testEnvironment({ hold, clock: { now: () => 0, elapsed: () => (time += 100) }, onProgress: () => parts++ }),
  );
  expect(parts).toBe(6);
  expect({ ...joined, id: 't1' }).toEqual(whole);

  const numbers = (frame: number, port: number) => {
    const { dtype, bytes, preview } = joined.values[joined.frames[frame]!.outputs[port]!.value] as TensorValue;
    const { offset, length } = (bytes ?? preview?.bytes)!;
    const list =
      dtype === 'f32'
        ? new Float32Array(joined.buffer!, offset, length / 4)
        : new Int32Array(joined.buffer!, offset, length / 4);
    return [...list];
  };
  expect([numbers(0, 0), numbers(2, 0), numbers(2, 1), numbers(4, 0), numbers(5, 0)]).toEqual([
    [1, 2, 3],
    [7, 8],
    [],
    [1, 2, 3],
    [10, 20, 30],
  ]);
  expect(new Set(numbers(3, 0))).toEqual(new Set([5]));
  expect(joined.frames[4]!.outputs.map(({ value }) => value)).toEqual(
    [0, 2].map((frame) => joined.frames[frame]!.outputs[0]!.value),
  );
  const value = joined.frames[3]!.outputs[0]!.value;
  const corner = held.map(
    (tensors) => tensors.slice(value, { start: [299, 299], step: [1, 1], shape: [1, 1] }).numbers[0],
  );
  expect(corner).toEqual([5, 5]);
});
