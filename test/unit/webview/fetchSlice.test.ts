// What is asked of the worker when a tensor view wants more than the preview that it has.

import { expect, it } from 'vitest';
import type { Calls } from '../../../src/shared/messages.ts';
import type { TensorValue, Trace, Value } from '../../../src/shared/trace.ts';
import { fetchSliceOf } from '../../../webview/elements/fetchSlice.ts';

const tensor = (min: number) => ({ kind: 'tensor', statistics: { min } }) as TensorValue;
const values: Value[] = [{ kind: 'scalar', value: 1 }, tensor(1), tensor(2)];
const trace: Trace = { schema: 1, program: 'p', params: {}, values, frames: [] };
const slice = { start: [0], step: [1], shape: [2] };

function worker() {
  const asked: unknown[] = [];
  const calls: Calls = {
    request: async (method, params) => {
      asked.push([method.name, params]);
      return { dtype: 'f32', shape: [2], bytes: new ArrayBuffer(8) } as never;
    },
  };
  return { asked, calls: () => calls };
}

it('asks by the trace’s id and the place of the tensor in it', async () => {
  const { asked, calls } = worker();
  const fetchSlice = fetchSliceOf(calls, { ...trace, id: 't1' });
  const answer = await fetchSlice!(values[2] as TensorValue, slice);
  expect(asked).toEqual([['tensor.slice', { trace: 't1', value: 2, slice }]]);
  expect(answer.bytes.byteLength).toBe(8);
});

it('is none where the trace holds all of its tensors', () => {
  expect(fetchSliceOf(worker().calls, trace)).toBeUndefined();
});

it('asks nothing for a tensor of another trace', async () => {
  const { asked, calls } = worker();
  const other = fetchSliceOf(calls, { ...trace, id: 't1' })!(tensor(3), slice);
  await expect(other).rejects.toMatchObject({ code: 'internal' });
  expect(asked).toEqual([]);
});
