import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  COUNT_LIMIT,
  type Counted,
  type CountState,
  type Counts,
  TokenCounter,
} from '../../../src/host/tokensCount.ts';
import { Fault } from '../../../src/shared/errors.ts';
import type { CancelToken } from '../../../src/shared/messages.ts';

const subject = (key: string, length = 10): Counted => ({ key, what: 'document', length, text: () => key });

/** A counter whose counts are answered by hand. */
function setUp() {
  const calls: {
    text: string;
    token: CancelToken;
    answer: (counts: Counts) => void;
    fail: (error: unknown) => void;
  }[] = [];
  const shown: CountState[] = [];
  const counter = new TokenCounter(
    (text, token) =>
      new Promise((answer, fail) => {
        calls.push({ text, token, answer, fail });
      }),
    (state) => shown.push(state),
  );
  const last = () => shown.at(-1);
  return { counter, calls, shown, last };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the count in the status bar', () => {
  it('waits until things are quiet, counts, and shows the number', async () => {
    const { counter, calls, last } = setUp();
    counter.look(subject('a'));
    expect(last()).toMatchObject({ kind: 'counting' });
    expect(calls).toHaveLength(0);
    await vi.runAllTimersAsync();
    expect(calls.map(({ text }) => text)).toEqual(['a']);
    calls[0]?.answer({ count: 7, textBytes: 21 });
    await vi.runAllTimersAsync();
    expect(last()).toMatchObject({ kind: 'counted', count: 7, textBytes: 21 });
  });

  it('shows no number that belongs to something else', async () => {
    const { counter, calls, shown, last } = setUp();
    counter.look(subject('a'));
    await vi.runAllTimersAsync();
    counter.look(subject('b'));
    expect(calls[0]?.token.isCancellationRequested).toBe(true);
    expect(last()).toMatchObject({ kind: 'counting', subject: { key: 'b' } });
    await vi.runAllTimersAsync();
    calls[0]?.answer({ count: 1, textBytes: 1 });
    calls[1]?.answer({ count: 2, textBytes: 2 });
    await vi.runAllTimersAsync();
    expect(shown.filter(({ kind }) => kind === 'counted')).toEqual([expect.objectContaining({ count: 2 })]);
  });

  it('asks once while someone types', async () => {
    const { counter, calls } = setUp();
    for (const key of ['a', 'ab', 'abc']) {
      counter.look(subject(key));
      await vi.advanceTimersByTimeAsync(50);
    }
    await vi.runAllTimersAsync();
    expect(calls.map(({ text }) => text)).toEqual(['abc']);
  });

  it('changes nothing when the same is looked at again', async () => {
    const { counter, calls, shown } = setUp();
    counter.look(subject('a'));
    counter.look(subject('a'));
    await vi.runAllTimersAsync();
    expect(calls).toHaveLength(1);
    expect(shown).toHaveLength(1);
  });

  it('leaves a large text uncounted, says so, and takes the count that the panel made', async () => {
    const { counter, calls, last } = setUp();
    counter.look(subject('big', COUNT_LIMIT + 1));
    await vi.runAllTimersAsync();
    expect(calls).toHaveLength(0);
    expect(last()).toMatchObject({ kind: 'large' });
    counter.know('other', { count: 5, textBytes: 9 });
    expect(last()).toMatchObject({ kind: 'large' });
    counter.know('big', { count: 250_000, textBytes: 1_000_001 });
    expect(last()).toMatchObject({ kind: 'counted', count: 250_000 });
  });

  it('says when it failed, and hides when nothing is open', async () => {
    const { counter, calls, last } = setUp();
    counter.look(subject('a'));
    await vi.runAllTimersAsync();
    calls[0]?.fail(new Fault('worker-died', 'The worker ended.'));
    await vi.runAllTimersAsync();
    expect(last()).toMatchObject({ kind: 'failed', reason: 'The worker ended.' });
    counter.look(undefined);
    expect(last()).toEqual({ kind: 'hidden' });
  });

  it('counts nothing more once it is disposed', async () => {
    const { counter, calls } = setUp();
    counter.look(subject('a'));
    counter.dispose();
    await vi.runAllTimersAsync();
    expect(calls).toHaveLength(0);
  });
});
