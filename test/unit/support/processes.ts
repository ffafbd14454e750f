// For test files that start processes: on a busy machine one takes seconds to come up, and a test starts many.

import { vi } from 'vitest';

/** Long enough for a machine with ten times as much to do as it has processors. */
export const PATIENCE_MS = 180_000;

/** To be called before a file's tests: they end when what they wait for has come about, not by the clock. */
export function startsProcesses(): void {
  vi.setConfig({ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS });
}
