// Counts the bytes that a backend has given out, against a budget: what can't be had is refused before it is taken.

import { Fault } from '../../shared/errors.ts';
import type { MemoryUse } from './kernels.ts';

/** What a backend may hold unless told otherwise. */
export const DEFAULT_BUDGET_BYTES = 1024 * 1024 * 1024;

export class MemoryCount implements MemoryUse {
  inUse = 0;
  peak = 0;
  readonly budget: number;

  constructor(budget: number) {
    this.budget = budget;
  }

  /** @throws Fault `too-large` when the budget would be passed; nothing is counted then. */
  take(bytes: number): void {
    if (!(this.inUse + bytes <= this.budget)) {
      throw new Fault(
        'too-large',
        `A tensor of ${megabytes(bytes)} doesn't fit: ${megabytes(this.inUse)} of ${megabytes(this.budget)} are in use.`,
        { remedy: 'Use smaller sizes, or release tensors that are no longer needed: work inside a scope.' },
      );
    }
    this.inUse += bytes;
    this.peak = Math.max(this.peak, this.inUse);
  }

  give(bytes: number): void {
    this.inUse -= bytes;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
