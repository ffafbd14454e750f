// What a setting may switch off starts when it is wanted, be it later, and not before.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startWhenWanted } from '../../../src/host/startWhenWanted.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function started(wanted: { now: boolean }) {
  const start = vi.fn();
  let changed = () => {};
  const unsubscribed = vi.fn();
  const disposable = startWhenWanted({
    wanted: () => wanted.now,
    onChange: (listener) => {
      changed = listener;
      return { dispose: unsubscribed };
    },
    start,
    delayMs: 1000,
  });
  return { start, changed: () => changed(), unsubscribed, disposable };
}

it('starts a while after the window', () => {
  const { start } = started({ now: true });
  vi.advanceTimersByTime(999);
  expect(start).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(start).toHaveBeenCalledOnce();
});

it('starts when it is switched on later, and not before', () => {
  const setting = { now: false };
  const { start, changed } = started(setting);
  vi.advanceTimersByTime(5000);
  changed();
  expect(start).not.toHaveBeenCalled();
  setting.now = true;
  changed();
  expect(start).toHaveBeenCalledOnce();
});

it('starts nothing once it is disposed', () => {
  const { start, disposable, unsubscribed } = started({ now: true });
  disposable.dispose();
  vi.advanceTimersByTime(5000);
  expect(start).not.toHaveBeenCalled();
  expect(unsubscribed).toHaveBeenCalledOnce();
});
