// Pulling a session's frames: what was asked for before a pause is not lost, and what comes after a stop is not taken.

import { expect, it } from 'vitest';
import { Fault } from '../../../src/shared/errors.ts';
import type { Calls } from '../../../src/shared/messages.ts';
import type { TracePart } from '../../../src/shared/trace.ts';
import { SessionPull } from '../../../webview/elements/plot/sessionPull.ts';

const part = (done = false): TracePart =>
  ({ schema: 1, frames: [], values: [], first: 0, done }) as unknown as TracePart;

/** Answers by method; `next` waits until it is given a part. */
function worker() {
  const asked: string[] = [];
  let give: (part: TracePart | Fault) => void = () => {};
  let asking: () => void = () => {};
  const calls = {
    request: (method: { name: string }) => {
      asked.push(method.name);
      switch (method.name) {
        case 'session.start':
          return Promise.resolve({ session: `s${asked.length}` });
        case 'session.next':
          return new Promise((resolve, reject) => {
            give = (answer) => (answer instanceof Fault ? reject(answer) : resolve(answer));
            asking();
          });
        default:
          return Promise.resolve(null);
      }
    },
  } as unknown as Calls;
  return {
    calls,
    asked,
    give: (answer: TracePart | Fault) => give(answer),
    nextAsked: () =>
      new Promise<void>((resolve) => {
        asking = resolve;
      }),
  };
}

function pulling(faults: unknown[] = []) {
  const fake = worker();
  const parts: TracePart[] = [];
  const pull = new SessionPull({
    calls: () => fake.calls,
    seen: () => true,
    onPart: (taken) => parts.push(taken),
    onFault: (error) => faults.push(error),
  });
  return { ...fake, pull, parts };
}

it('takes the frames that were on their way when it was paused', async () => {
  const { pull, parts, give, nextAsked, asked } = pulling();
  const asking = nextAsked();
  const running = pull.run('p', {});
  await asking;
  pull.pause();
  give(part());
  await running;
  expect(parts).toHaveLength(1);
  expect(pull.started).toBe(true);
  expect(asked).toEqual(['session.start', 'session.next']);
});

it('takes nothing after a stop, and stops the session', async () => {
  const { pull, parts, give, nextAsked, asked } = pulling();
  const asking = nextAsked();
  const running = pull.run('p', {});
  await asking;
  await pull.stop();
  give(part());
  await running;
  expect(parts).toEqual([]);
  expect(asked).toEqual(['session.start', 'session.next', 'session.stop']);
});

it('stops a session that had only begun to start when it was stopped', async () => {
  const { pull, asked } = pulling();
  const running = pull.run('p', {});
  await pull.stop();
  await running;
  expect(asked).toEqual(['session.start', 'session.stop']);
  expect(pull.started).toBe(false);
});

it('gives the session up when it is done, or when the worker is gone', async () => {
  const faults: unknown[] = [];
  const { pull, give, nextAsked } = pulling(faults);
  let asking = nextAsked();
  let running = pull.run('p', {});
  await asking;
  give(part(true));
  await running;
  expect(pull.started).toBe(false);
  asking = nextAsked();
  running = pull.run('p', {});
  await asking;
  give(new Fault('worker-died', 'The worker ended.'));
  await running;
  expect(faults).toHaveLength(1);
  expect(pull.started).toBe(false);
});
