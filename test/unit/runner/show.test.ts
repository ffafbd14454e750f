// Values as a diagnosis shows them: short, and safe for whatever a learner's code gives back.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { show, showNumber, weightOf } from '../../../src/runner/check/show.ts';

const engine = new Engine(referenceKernels(1 << 20));

it.each([
  [1 / 3, '0.3333'],
  [12345.678, '12350'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [1e-9, '1e-9'],
  [7, '7'],
])('%s is %s', (value, text) => {
  expect(showNumber(value)).toBe(text);
});

it.each([
  ['a list', [1, [2, 0.5]], '[1, [2, 0.5]]'],
  ['a long list', Array.from({ length: 20 }, (_, i) => i), '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 8 more]'],
  ['a typed list', Float32Array.of(1, 0.1), '[1, 0.1]'],
  ['a map', new Map([['th', 2]]), 'Map {"th" => 2}'],
  ['a set', new Set(['a']), 'Set {"a"}'],
  ['an object', { loss: 1, name: 'x' }, '{loss: 1, name: "x"}'],
  ['an error', new TypeError('no'), 'TypeError: no'],
  ['a function', Math.max, 'the function max'],
  ['nothing', undefined, 'undefined'],
  ['a text with a line break', 'a\nb', '"a\\nb"'],
])('shows %s', (_, value, text) => {
  expect(show(value)).toBe(text);
});

it('shows a tensor with its shape first', () => {
  expect(
    show(
      engine.tensor([
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toBe('(2, 2) [[1, 2], [3, 4]]');
});

it('shows what holds itself, and what throws when it is looked at', () => {
  const loop: unknown[] = [1];
  loop.push(loop);
  expect(show(loop)).toBe('[1, (itself)]');
  const trap = {
    get x(): number {
      throw new Error('looked');
    },
  };
  expect(show(trap)).toBe("(can't be shown: looked)");
});

it('is never longer than asked, and never throws', () => {
  fc.assert(
    fc.property(
      fc.anything({ withMap: true, withSet: true, withTypedArray: true }),
      fc.integer({ min: 1, max: 300 }),
      (value, most) => {
        expect(show(value, most).length).toBeLessThanOrEqual(most);
      },
    ),
  );
});

it('weighs what there is to read', () => {
  expect(weightOf('')).toBeLessThan(weightOf('ab'));
  expect(weightOf([1])).toBeLessThan(weightOf([1, 2]));
  expect(weightOf([['a', 'b'], 'c'])).toBeLessThan(weightOf([['abcdef', 'b'], 'c']));
});
