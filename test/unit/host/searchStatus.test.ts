// What the status bar says of the index: only while there is something to say, and never more than is true.

import { expect, test } from 'vitest';
import { CLOSED, isWorking, statusOf } from '../../../src/host/searchHealth.ts';
import type { IndexState } from '../../../src/shared/searchMessages.ts';

const t = (message: string, ...values: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)]));
const says = (state: IndexState, more = {}) =>
  statusOf({ ...CLOSED, state, indexed: 12, pending: 30, seen: 99, ...more }, t, String);

test.each(['ready', 'closed', 'refining', 'embedding', 'waiting', 'empty'] as const)('%s: nothing', (state) => {
  expect(says(state)).toBeUndefined();
});

test('how far it is, while it is indexed', () => {
  expect(says('indexing')).toMatchObject({ text: '$(sync~spin) Indexing 12 of 42', warn: false });
  expect(says('listing')?.tooltip).toContain('99 so far');
});

test('that it rests, and that it failed and why', () => {
  expect(says('paused')?.text).toContain('paused');
  expect(says('failed', { message: 'The disk is full.' })).toMatchObject({ warn: true });
  expect(says('failed', { message: 'The disk is full.' })?.tooltip).toContain('The disk is full.');
});

test('a worker that works is not one that may be stopped', () => {
  const states = ['opening', 'listing', 'indexing', 'refining', 'embedding', 'ready', 'paused', 'failed'] as const;
  expect(states.filter(isWorking)).toEqual(['opening', 'listing', 'indexing', 'refining', 'embedding']);
});
