// Progress: what counts, what is kept, and what happens when two machines or a failing disk get in the way.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recall } from '../../../src/host/exerciseProgress.ts';
import {
  LOCAL_KEY,
  type ProgressMemento,
  ProgressStore,
  SYNCED_KEY,
  UNREADABLE_KEY,
} from '../../../src/host/progress.ts';
import { mergeProgress, PROGRESS_SCHEMA, type ProgressState } from '../../../src/host/progressState.ts';

class Memory implements ProgressMemento {
  readonly values = new Map<string, unknown>();
  failure: Error | undefined;

  get(key: string): unknown {
    return structuredClone(this.values.get(key));
  }

  async update(key: string, value: unknown): Promise<void> {
    if (this.failure) {
      throw this.failure;
    }
    this.values.set(key, structuredClone(value));
  }
}

function setUp(start = 1000) {
  const memory = new Memory();
  const time = { now: start };
  const clock = { now: () => time.now++, elapsed: () => 0 };
  return { memory, time, clock, store: new ProgressStore(memory, clock) };
}

const goal = (block: string) => ({ block, text: block, when: 'end' as const });
const lesson = { id: 'bpe', goals: [goal('a'), goal('b')] };

describe('what counts', () => {
  test('a lesson is done when all its goals are reached, in any order', async () => {
    const { store } = setUp();
    expect(store.standing(lesson)).toBe('new');
    await store.reach('bpe', 'b');
    expect(store.standing(lesson)).toBe('started');
    await store.reach('bpe', 'a');
    expect(store.standing(lesson)).toBe('done');
    expect(store.reached('bpe')).toEqual(['b', 'a']);
  });

  test('a lesson without goals is never done by itself', async () => {
    const { store } = setUp();
    await store.opened('empty');
    expect(store.standing({ id: 'empty', goals: [] })).toBe('started');
  });

  test('the lesson opened last is the current one, even when an older one was opened before on another machine', async () => {
    const { store, memory } = setUp(5000);
    await store.opened('first');
    await store.opened('second');
    memory.values.set(SYNCED_KEY, { schema: 1, resets: {}, lessons: { elsewhere: { goals: {}, openedAt: 10 } } });
    expect(store.lastOpened).toBe('second');
  });

  test('listeners hear each change, and none after they left', async () => {
    const { store } = setUp();
    let changes = 0;
    const subscription = store.onDidChange(() => changes++);
    await store.reach('bpe', 'a');
    await store.reach('bpe', 'a');
    expect(changes).toBe(1);
    subscription.dispose();
    await store.reach('bpe', 'b');
    expect(changes).toBe(1);
  });
});

describe('what is kept', () => {
  test('another window with the same storage sees it', async () => {
    const { store, memory, clock } = setUp();
    await store.reach('bpe', 'a');
    expect(new ProgressStore(memory, clock).reached('bpe')).toEqual(['a']);
  });

  test('a synced value that replaced ours loses nothing: both count', async () => {
    const { store, memory, clock } = setUp();
    await store.reach('bpe', 'a');
    memory.values.set(SYNCED_KEY, { schema: 1, resets: {}, lessons: { bpe: { goals: { b: 7 } } } });
    expect(store.standing(lesson)).toBe('done');
    expect(new ProgressStore(memory, clock).standing(lesson)).toBe('done');
    await store.opened('bpe');
    expect((memory.get(SYNCED_KEY) as ProgressState).lessons.bpe?.goals).toEqual({ a: 1000, b: 7 });
  });

  test('a reset is not undone by an older copy from another machine', async () => {
    const { store, memory } = setUp();
    await store.reach('bpe', 'a');
    const older = memory.get(SYNCED_KEY);
    await store.reset();
    memory.values.set(SYNCED_KEY, older);
    expect(store.reached('bpe')).toEqual([]);
    expect(store.standing(lesson)).toBe('new');
  });

  test('a goal reached again after a reset counts, even with a clock that is behind', async () => {
    const { store, time } = setUp(1_000_000);
    await store.reach('bpe', 'a');
    await store.reset();
    time.now = 5;
    await store.reach('bpe', 'a');
    expect(store.reached('bpe')).toEqual(['a']);
  });

  test('resetting one lesson leaves the others; undo brings it back', async () => {
    const { store } = setUp();
    await store.reach('bpe', 'a');
    await store.reach('words', 'x');
    const forgotten = await store.reset('bpe');
    expect(store.reached('bpe')).toEqual([]);
    expect(store.reached('words')).toEqual(['x']);
    await store.restore(forgotten);
    expect(store.reached('bpe')).toEqual(['a']);
  });

  test('a reset that is taken back brings back what was opened last, and the order of the goals', async () => {
    const { store, time } = setUp();
    await store.opened('words');
    await store.opened('bpe');
    await store.reach('bpe', 'b');
    await store.reach('bpe', 'a');
    time.now += 1000;
    const forgotten = await store.reset();
    expect(store.lastOpened).toBeUndefined();
    time.now += 1000;
    await store.restore(forgotten);
    expect(store.lastOpened).toBe('bpe');
    expect(store.reached('bpe')).toEqual(['b', 'a']);
    time.now += 1000;
    await store.opened('words');
    expect(store.lastOpened).toBe('words');
  });
});

describe('when storage fails', () => {
  test('the fault says what to do, and nothing is lost in this window', async () => {
    const { store, memory } = setUp();
    memory.failure = new Error('EROFS: read-only file system');
    await expect(store.reach('bpe', 'a')).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining('EROFS'),
      remedy: expect.stringContaining('writable'),
    });
    expect(store.reached('bpe')).toEqual(['a']);
    memory.failure = undefined;
    await store.reach('bpe', 'b');
    expect((memory.get(LOCAL_KEY) as ProgressState).lessons.bpe?.goals).toMatchObject({ a: 1000, b: 1001 });
  });

  test('what a newer version wrote is left as it is', async () => {
    const { store, memory } = setUp();
    const newer = { schema: 99, something: 'else' };
    memory.values.set(SYNCED_KEY, newer);
    memory.values.set(LOCAL_KEY, newer);
    await expect(store.reach('bpe', 'a')).rejects.toMatchObject({ code: 'storage' });
    expect(memory.get(SYNCED_KEY)).toEqual(newer);
    expect(memory.get(LOCAL_KEY)).toEqual(newer);
    expect(store.reached('bpe')).toEqual(['a']);
  });

  test.each([
    ['a text', 'oops'],
    ['a list', []],
    ['times that are texts', { schema: 1, resets: {}, lessons: { bpe: { goals: { a: 'yesterday' } } } }],
    ['no resets', { schema: 1, lessons: {} }],
  ])('an unreadable value (%s) is put aside, not lost', async (_, value) => {
    const { store, memory } = setUp();
    memory.values.set(LOCAL_KEY, value);
    await store.reach('bpe', 'a');
    expect(memory.get(UNREADABLE_KEY)).toEqual(value);
    expect(store.reached('bpe')).toEqual(['a']);
  });
});

const time = fc.integer({ min: 1, max: 50 });
const id = fc.constantFrom('a', 'b', 'c');
const exercises = fc.dictionary(
  id,
  fc.record({
    passes: fc.uniqueArray(time, { maxLength: 2 }).map((times) => times.toSorted((a, b) => a - b)),
    marks: fc.dictionary(fc.constantFrom('hint1', 'parked'), time),
  }),
);
const state: fc.Arbitrary<ProgressState> = fc.record({
  schema: fc.constant(PROGRESS_SCHEMA),
  lessons: fc.dictionary(
    id,
    fc.record({ goals: fc.dictionary(id, time), openedAt: time, exercises }, { requiredKeys: ['goals'] }),
  ),
  resets: fc.dictionary(fc.constantFrom('a', 'b', '*'), time),
});

describe('merging', () => {
  test('the order and the grouping make no difference, and merging again changes nothing', () => {
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        const all = mergeProgress(a, b, c);
        expect(mergeProgress(c, a, b)).toEqual(all);
        expect(mergeProgress(mergeProgress(a, b), c)).toEqual(all);
        expect(mergeProgress(all, all, a)).toEqual(all);
      }),
    );
  });

  test('a goal counts when it was reached after the last reset, wherever', () => {
    fc.assert(
      fc.property(fc.array(time, { minLength: 1 }), fc.option(time), (times, reset) => {
        const states = times.map(
          (at): ProgressState => ({
            schema: PROGRESS_SCHEMA,
            lessons: { a: { goals: { x: at } } },
            resets: reset === null ? {} : { a: reset },
          }),
        );
        const counts = times.some((at) => at > (reset ?? 0));
        expect(mergeProgress(...states).lessons.a?.goals.x !== undefined).toBe(counts);
      }),
    );
  });

  test('of an exercise the earliest pass after the last reset counts, wherever it was passed', () => {
    fc.assert(
      fc.property(fc.array(time, { minLength: 1 }), fc.option(time), (times, reset) => {
        const states = times.map(
          (at): ProgressState => ({
            schema: PROGRESS_SCHEMA,
            lessons: { a: { goals: {}, exercises: { x: { passes: [at], marks: {} } } } },
            resets: reset === null ? {} : { a: reset },
          }),
        );
        const after = times.filter((at) => at > (reset ?? 0));
        const { passedAt } = recall(mergeProgress(...states).lessons.a?.exercises?.x);
        expect(passedAt).toBe(after.length === 0 ? undefined : Math.min(...after));
      }),
    );
  });
});

test('progress of a version without exercises is read, and one that a version with them wrote is not written over by it', async () => {
  const { store, memory } = setUp();
  memory.values.set(SYNCED_KEY, { schema: 1, resets: {}, lessons: { bpe: { goals: { b: 7 } } } });
  await store.pass('bpe', 'train-bpe');
  expect(store.reached('bpe')).toEqual(['b', 'train-bpe']);
  expect(memory.values.get(SYNCED_KEY)).toMatchObject({ schema: PROGRESS_SCHEMA });
  expect(store.exercise('bpe', 'train-bpe').passedAt).toBe(store.all().bpe?.goals['train-bpe']);
});
