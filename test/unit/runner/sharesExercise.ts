// A small exercise to check answers to.

import { checkRequest } from '../../../src/course/checkRequest.ts';

/** The shares of a row of numbers. */
const OWN = {
  starter: '',
  solution: `export function shares(row: readonly number[]): number[] {
  const total = row.reduce((sum, x) => sum + x, 0);
  return row.map((x) => x / total);
}`,
  check: `import { defineCheck } from 'inside-llms/check';
export const check = defineCheck<[row: number[]]>({
  parameters: ['row'],
  draw: (random, size) => [Array.from({ length: size + 1 }, () => 1 + Math.floor(random() * 9))],
  mutants: { largest: 'You divide by the largest.' },
});`,
  mutants: { largest: 'export const shares = (row: number[]) => row.map((x) => x / Math.max(...row));' },
};

export const RIGHT = OWN.solution;

/** The request for an answer to that exercise. */
export function sharesRequest(text: string, more: Partial<Parameters<typeof checkRequest>[0]> = {}) {
  return checkRequest({
    exercise: { id: 'shares', exports: ['shares'] },
    own: OWN,
    answer: { path: '01-a/shares.ts', text },
    seed: 1,
    ...more,
  });
}
