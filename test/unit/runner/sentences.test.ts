// What a learner is told of a result stays true where it is shown in short.

import { expect, it } from 'vitest';
import { shapeSentence, valueSentence } from '../../../src/runner/check/sentences.ts';

const difference = (expected: unknown, actual: unknown) => ({ kind: 'value' as const, at: '', expected, actual });

it('numbers that differ behind the fourth digit are shown in full', () => {
  expect(valueSentence(difference(0.38685, 0.3869))).toBe(
    'The result is 0.3869, and should be 0.38685: it is not exact enough.',
  );
  expect(valueSentence(difference(0.5, 0.3869))).toBe('The result is 0.3869, and should be 0.5.');
});

it('a plain object with a shape is not called a tensor', () => {
  expect(shapeSentence({ ...difference({ shape: [2], offset: 0 }, [2]), kind: 'shape' })).toBe(
    'The result is a list of 1, and should be {shape: [2], offset: 0}.',
  );
});
