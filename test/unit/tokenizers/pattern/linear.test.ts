// Expressions that make other matchers hang: here the steps grow no faster than the text. Steps are counted, not timed.

import { describe, expect, test } from 'vitest';
import { compileRegex } from '../../../../src/tokenizers/pattern/compileRegex.ts';
import { faultOf } from '../../engine/faultOf.ts';

/** Each with what its text repeats, and what the text ends with. */
const hostile: [pattern: string, repeated: string, end?: string][] = [
  ['(a+)+b', 'a'],
  ['(a|a)*b', 'a'],
  ['(a|b|ab)*c', 'ab'],
  [String.raw`(\s*)*x`, ' '],
  ['(?:(?:a*)*)*b', 'a'],
  ['(?:a?){30}a{30}b', 'a'],
  ['(.*)(.*)(.*)(.*)x', 'a'],
  ['(a|b)*?c', 'ab'],
  ['(?:(a|ab)(c|bcd)(d*))*e', 'abcd'],
  // these match at every place of the text, after having looked at all that is left of it
  ['a*b|a', 'a'],
  ['a*?b|a', 'a'],
  ['x*+y|x', 'x'],
  ['(?:a*b*)*c|a|b', 'ab'],
  ['a(?=a*b)|a', 'a', 'b'],
  ['(?=(?:a|b)*c)a|b', 'ab', 'c'],
  ['(?!(?:a|b)*c)a|b', 'ab', 'c'],
  ['(?>(?:a|bc)*)d|.', 'abc'],
  ['(?:(?>a*)b)?a', 'a'],
  ['(?<=(?:a|a){20}b?)c|a', 'a'],
  [String.raw`\s+(?!\S)|\s+$|\s*x|\s`, ' '],
];

function stepsOf(pattern: string, text: string): number {
  const compiled = compileRegex(pattern);
  for (const _ of compiled.matches(text)) {
    // only the steps count
  }
  return compiled.steps;
}

describe('steps grow with the text', () => {
  test.each(hostile)('%s', (pattern, repeated, end = '') => {
    // From 8,000 signs on all are kept from the beginning; a square would be four times as much, and a power endless.
    const [short, long] = [20_000, 40_000].map((length) =>
      stepsOf(pattern, repeated.repeat(length / repeated.length) + end),
    ) as [number, number];
    expect(short).toBeGreaterThan(0);
    expect(long / short).toBeLessThan(2.2);
    expect(long).toBeLessThan(400 * 40_000);
  });
});

test('a run of 200,000 letters needs no stack of the machine', () => {
  const text = 'a'.repeat(200_000);
  expect(compileRegex('(?:a|b)+').matchAt(text, 0)).toEqual({ start: 0, end: 200_000 });
  expect(compileRegex('(?=(?:a|b)+$)a').matchAt(text, 0)).toEqual({ start: 0, end: 1 });
  expect(compileRegex('(?:a|b)+c').matchAt(text, 0)).toBeUndefined();
});

test('what costs too much even so is given up, with what to do', () => {
  const many = Array.from({ length: 350 }, (_, i) => `(?:a*[^${String.fromCodePoint(0x4e00 + i)}])`).join('');
  const fault = faultOf(() => compileRegex(`${many}b`).matchAt('a'.repeat(20_000), 0));
  expect(fault.code).toBe('too-large');
  expect(fault.message).toMatch(/too many steps/);
});
