// How much is held of traces that were sent with previews.

import { expect, it } from 'vitest';
import { HeldTensors } from '../../../src/engine/heldTensors.ts';
import { HeldTraces, MAX_HELD_BYTES, MAX_TRACES } from '../../../src/worker/heldTraces.ts';

function tensors(bytes: number): HeldTensors {
  const held = new HeldTensors();
  held.add(0, [0], { byteLength: bytes } as Float32Array);
  return held;
}

function traces() {
  let ids = 0;
  return new HeldTraces(() => `t${++ids}`);
}

it('so many traces, the oldest go first', () => {
  const held = traces();
  const ids = Array.from({ length: MAX_TRACES + 2 }, () => held.hold(tensors(1)));
  expect(ids.filter((id) => held.get(id) === undefined)).toEqual(['t1', 't2']);
});

it('so many bytes, the oldest go first', () => {
  const held = traces();
  const third = Math.floor(MAX_HELD_BYTES / 3);
  for (const bytes of [third, third, third, 10]) {
    held.hold(tensors(bytes));
  }
  expect(['t1', 't2', 't3', 't4'].filter((id) => held.get(id) !== undefined)).toEqual(['t2', 't3', 't4']);
});

it('the newest, whatever its size', () => {
  const held = traces();
  held.hold(tensors(10));
  held.hold(tensors(2 * MAX_HELD_BYTES));
  expect(held.get('t1')).toBeUndefined();
  expect(held.get('t2')).toBeDefined();
});

it('those of a session under its own id, as new as its last part', () => {
  const held = traces();
  const session = tensors(10);
  held.hold(session, 'session');
  held.hold(tensors(10));
  held.hold(session, 'session');
  expect(held.get('session')).toBe(session);
  held.hold(tensors(MAX_HELD_BYTES - 15));
  expect(['t1', 'session', 't2'].map((id) => held.get(id)?.bytes)).toEqual([undefined, 10, MAX_HELD_BYTES - 15]);
});

it('and lets go of the numbers of what it drops, as a session that goes on has the list', () => {
  const held = traces();
  const session = tensors(MAX_HELD_BYTES);
  held.hold(session, 'session');
  held.hold(tensors(10));
  expect([held.get('session'), session.size, session.bytes]).toEqual([undefined, 0, 0]);
  held.drop('nothing of this name');
});
