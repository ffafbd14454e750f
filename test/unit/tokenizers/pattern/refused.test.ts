// What can't be read of a regular expression is refused, with its place; what would become too large as well.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../../../src/shared/errors.ts';
import { compileRegex } from '../../../../src/tokenizers/pattern/compileRegex.ts';
import { faultOf } from '../../engine/faultOf.ts';

describe('each fault names the place', () => {
  test.each([
    ['a(b', 2, /the group that begins here has no end/],
    ['a)b', 2, /nothing was opened that this closes/],
    ['[a', 1, /the class that begins here has no end/],
    ['[]', 1, /no end/],
    ['x*|+', 4, /nothing that it could repeat/],
    ['ab[z-a]', 4, /ends before it begins/],
    ['[a-\\d]', 2, /a set stands at the end of a range/],
    ['\\p{Nonsense}', 1, /no property "Nonsense"/],
    ['\\p', 1, /a property needs a name/],
    ['[[:nonsense:]]', 2, /no such class/],
    ['(a)\\1', 4, /reference back to a group/],
    ['\\k<a>', 1, /reference back to a group/],
    ['(?x)a b', 1, /the option x is not read/],
    ['(?(1)a|b)', 1, /this kind of group is not read/],
    ['\\x{110000}', 1, /no such character/],
    ['\\x{d800}', 1, /no such character/],
    ['\\u12', 1, /hexadecimal digits are missing/],
    ['abc\\', 4, /a backslash ends it/],
    ['a{3,2}', 2, /at most less often than at least/],
    ['a{100001}', 2, /repeats over 100000 times/],
    ['(?<=a+)b', 1, /at most 255 characters/],
  ])('%s', (pattern, place, what) => {
    const fault = faultOf(() => compileRegex(pattern));
    expect(fault.code).toBe('bad-input');
    expect(fault.message).toMatch(what);
    expect(fault.where).toBe(`character ${place} of the regular expression`);
    expect(fault.remedy).toBeTruthy();
  });
});

describe('what would become too large', () => {
  test.each([
    ['a{5000}', /over 4000 steps/],
    ['(?:a{100}){100}', /over 4000 steps/],
    ['(?:(?:(?:){1000}){1000}){1000}', /over 4000 steps/],
    ['(?:((((a{0,9}){0,9}){0,9}){0,9}){0,9})', /over 4000 steps/],
    [`${'('.repeat(100_000)}a`, /100001 characters, over 20000/],
    [`${'('.repeat(9000)}a${')'.repeat(9000)}`, /groups stand too deep/],
    [`${'['.repeat(9000)}a${']'.repeat(9000)}`, /classes stand too deep/],
    [`a${'*'.repeat(9000)}`, /repetitions stand too deep/],
    [Array.from({ length: 600 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join(''), /over 500 kinds/],
  ])('%#', (pattern, what) => {
    expect(faultOf(() => compileRegex(pattern)).message).toMatch(what);
  });
});

test('any text at all is read or refused, and then runs within its budget', () => {
  const sign = fc.constantFrom(
    ...'abc()[]{}*+?|^$.\\-,:=!<>&pPuxisdw0123 é',
    '(?:',
    '(?=',
    '(?<!',
    '[^',
    '\\p{L}',
    '{2,3}',
    '&&',
  );
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 30 }), fc.string({ unit: 'grapheme' }), (signs, text) => {
      try {
        const compiled = compileRegex(signs.join(''));
        for (const { start, end } of compiled.matches(text)) {
          expect(start).toBeLessThanOrEqual(end);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
      }
    }),
    { numRuns: 5000 },
  );
});
