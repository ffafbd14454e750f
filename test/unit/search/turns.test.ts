// Who works when several want to: queries before all else, long work before what is left to idle times.

import { expect, it } from 'vitest';
import { Turns } from '../../../src/services/search/turns.ts';
import { systemClock } from '../../../src/shared/environment.ts';

/** Something that goes on until it is told to end. */
function held() {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => ended, end };
}

/** Whether a piece of background work is let through by now. */
async function passes(turns: Turns, idle: boolean): Promise<() => boolean> {
  let passed = false;
  void turns.giveWay(idle).then(() => {
    passed = true;
  });
  await settled();
  return () => passed;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('a query comes before the index and before idle work', async () => {
  const turns = new Turns(systemClock);
  const query = held();
  const asked = turns.first(query.work);
  const [indexing, idle] = [await passes(turns, false), await passes(turns, true)];
  expect([indexing(), idle()]).toEqual([false, false]);
  query.end();
  await asked;
  await settled();
  expect([indexing(), idle()]).toEqual([true, true]);
});

it('long work holds up what is left to idle times, and not the index', async () => {
  const turns = new Turns(systemClock);
  const [long, query] = [held(), held()];
  const made = turns.beside(long.work);
  const [indexing, idle] = [await passes(turns, false), await passes(turns, true)];
  expect([indexing(), idle()]).toEqual([true, false]);
  // A query that ends meanwhile lets go on what may, and no more.
  const asked = turns.first(query.work);
  const behind = await passes(turns, false);
  query.end();
  await asked;
  await settled();
  expect([behind(), idle()]).toEqual([true, false]);
  long.end();
  await made;
  await settled();
  expect(idle()).toBe(true);
});

it('what fails holds up nothing any more', async () => {
  const turns = new Turns(systemClock);
  const failing = () => Promise.reject(new Error('no'));
  await expect(turns.first(failing)).rejects.toThrow('no');
  await expect(turns.beside(failing)).rejects.toThrow('no');
  expect((await passes(turns, true))()).toBe(true);
});
