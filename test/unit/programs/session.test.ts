import { describe, expect, it } from 'vitest';
import { findProgram } from '../../../src/programs/registry.ts';
import { runToEnd, SessionRun } from '../../../src/programs/run.ts';
import type { ParamValues, TableValue, TracePart } from '../../../src/shared/trace.ts';
import { run, TestClock, testEnvironment } from './run.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const text = 'one two three one two three four';

const start = (params: ParamValues = {}, more = {}) =>
  SessionRun.start(findProgram('types-and-tokens'), { text, piecesPerStep: 1, ...params }, testEnvironment(more));

/** The rows of the growth tables of a part, by the ids that go on counting over all parts. */
function growth(part: TracePart, firstValue: number) {
  return part.frames
    .flatMap((frame) => frame.outputs.filter((port) => port.name === 'growth'))
    .flatMap((port) => (part.values[port.value - firstValue] as TableValue).rows);
}

describe('a session', () => {
  it('does nothing before it is asked, and no more than it is asked for', async () => {
    const session = start();
    const first = await session.next(2, FOREVER);
    expect(growth(first, 0)).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(first.done).toBe(false);
    const second = await session.next(3, FOREVER);
    expect(second.frames).toHaveLength(3);
    expect(growth(second, first.values.length).at(-1)).toEqual([5, 3]);
  });

  it('in parts makes the trace that it makes at once', async () => {
    const whole = await runToEnd(findProgram('types-and-tokens'), { text, piecesPerStep: 2 }, testEnvironment());
    const session = start({ piecesPerStep: 2 });
    const values = [];
    const frames = [];
    for (;;) {
      const part = await session.next(1, FOREVER);
      values.push(...part.values);
      frames.push(...part.frames);
      if (part.done) {
        break;
      }
    }
    expect({ values, frames }).toEqual({ values: whole.values, frames: whole.frames });
  });

  it('makes at least one step when time is up at once, and stops when it is over', async () => {
    const clock = new TestClock();
    const session = start({}, { clock: { now: () => 0, elapsed: () => clock.time++ } });
    expect((await session.next(1000, 0)).frames).toHaveLength(1);
    expect((await session.next(1000, 3)).frames.length).toBeLessThan(5);
  });

  it('takes new parameters at the next pull, the latest of several', async () => {
    const session = start();
    await session.next(1, FOREVER);
    session.update({ text, piecesPerStep: 5 });
    session.update({ text, piecesPerStep: 3 });
    const part = await session.next(1, FOREVER);
    expect(part.params.piecesPerStep).toBe(3);
    expect(part.frames[0]!.label).toBe('4 tokens, 3 types');
  });

  it('starts over in mid-run when the text changes, and says so', async () => {
    const session = start();
    await session.next(3, FOREVER);
    session.update({ text: 'another text', piecesPerStep: 1 });
    const part = await session.next(2, FOREVER);
    expect(part.frames.map((frame) => frame.op)).toEqual(['restart', 'count']);
    expect(part.frames[1]!.label).toBe('1 token, 1 type');
  });

  it('starts over after its end', async () => {
    const session = start();
    expect((await session.next(FOREVER, FOREVER)).done).toBe(true);
    expect(await session.next(FOREVER, FOREVER)).toMatchObject({ frames: [], values: [], done: true });
    session.update({ text: 'again', piecesPerStep: 1 });
    const part = await session.next(FOREVER, FOREVER);
    expect(part.frames.map((frame) => frame.op)).toEqual(['restart', 'count', 'result']);
    expect(part.done).toBe(true);
  });

  it('goes on as it was when the new parameters are refused', async () => {
    const session = start();
    await session.next(1, FOREVER);
    expect(() => session.update({ text, piecesPerStep: 0 })).toThrow(
      expect.objectContaining({ code: 'bad-params', where: 'piecesPerStep' }),
    );
    expect((await session.next(1, FOREVER)).frames[0]!.label).toBe('2 tokens, 2 types');
  });

  it('loses nothing when a pull is cancelled', async () => {
    const signal = { cancelled: false };
    const session = start({}, { signal });
    await session.next(2, FOREVER);
    signal.cancelled = true;
    await expect(session.next(2, FOREVER)).rejects.toMatchObject({ code: 'cancelled' });
    signal.cancelled = false;
    expect((await session.next(1, FOREVER)).frames[0]!.label).toBe('3 tokens, 3 types');
  });

  it('answers pulls made at the same time one after the other', async () => {
    const session = start();
    const parts = await Promise.all([session.next(2, FOREVER), session.next(2, FOREVER), session.next(2, FOREVER)]);
    expect(parts.flatMap((part) => part.frames).map((frame) => frame.label.split(' ')[0])).toEqual([...'123456']);
  });

  it('is over after a stop, in mid-pull as well, and after a fault', async () => {
    const session = start();
    const pull = session.next(FOREVER, FOREVER);
    session.stop();
    session.stop();
    await expect(pull).rejects.toMatchObject({ code: 'unknown-session', remedy: 'Start it again.' });
    expect(() => session.update({})).toThrow(expect.objectContaining({ code: 'unknown-session' }));

    const small = start({}, { budgetBytes: 100 });
    await expect(small.next(FOREVER, FOREVER)).rejects.toMatchObject({ code: 'too-large' });
    await expect(small.next(1, FOREVER)).rejects.toMatchObject({ code: 'unknown-session' });
  });

  it('tells a long run’s progress in steps', async () => {
    const clock = new TestClock();
    const told: number[] = [];
    await run(
      'types-and-tokens',
      { text, piecesPerStep: 1 },
      {
        clock: { now: () => 0, elapsed: () => (clock.time += 30) },
        onProgress: (progress) => void told.push(progress.done),
      },
    );
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });
});

describe('bpe-compression', () => {
  it('starts over when its text changes, and ends when nothing occurs twice', async () => {
    const session = SessionRun.start(
      findProgram('bpe-compression'),
      { text: 'hug pug hug', mergesPerStep: 1 },
      testEnvironment(),
    );
    const first = await session.next(2, FOREVER);
    expect(growth(first, 0)).toEqual([
      [256, 11, 1],
      [257, 8, 1.38],
    ]);
    session.update({ text: 'abcabcabcabc', mergesPerStep: 1 });
    const rest = await session.next(FOREVER, FOREVER);
    expect(rest.frames[0]!.op).toBe('restart');
    // ab 4, abc 4, abcabc 2: as counted by hand
    expect(growth(rest, first.values.length)).toEqual([
      [256, 12, 1],
      [257, 8, 1.5],
      [258, 4, 3],
      [259, 2, 6],
    ]);
    expect(rest.done).toBe(true);
  });
});
