// Set up before every unit test: a test in which something connects to what the test itself did not serve fails, also
// where the code under test swallowed the error.

import { afterEach, expect } from 'vitest';
import { guardNetwork } from '../../../src/build/networkGuard.ts';

/** The guard's record, for the guard's own test to look at and clear. */
export const guard = guardNetwork(() => {});

afterEach(() => {
  const attempts = [...guard.attempts];
  guard.clear();
  expect(attempts, 'connections that no test served').toEqual([]);
});
