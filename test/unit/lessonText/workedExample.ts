// What a worked example is that a starter shows: held to the right answer in workedExamples.test.ts.

import { expect } from 'vitest';

export type Answer = Record<string, (...inputs: readonly unknown[]) => unknown>;

/** Which starter says what, what computes it, and what comes out. */
export type Example = readonly [id: string, says: string, of: (answer: Answer) => unknown, is: unknown];

export const near = (numbers: readonly number[], digits = 3) => numbers.map((number) => expect.closeTo(number, digits));
