// When two results count as the same, and where they first differ.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { compare } from '../../../src/runner/check/compare.ts';

const engine = new Engine(referenceKernels(1 << 20));

describe('the same', () => {
  it.each([
    ['numbers within the tolerance', 1, 1.00005],
    ['zero and minus zero', 0, -0],
    ['NaN and NaN', Number.NaN, Number.NaN],
    ['a list and a typed list', [1, 2], Float32Array.of(1, 2)],
    [
      'maps in another order',
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      new Map([
        ['b', 2],
        ['a', 1],
      ]),
    ],
    ['sets in another order', new Set([1, 2]), new Set([2, 1])],
    ['objects', { a: [1], b: 'x' }, { b: 'x', a: [1] }],
  ])('%s', (_, one, other) => {
    expect(compare(one, other)).toBeUndefined();
  });

  it('tensors of one shape and the same numbers', () => {
    expect(compare(engine.tensor([[1, 2]]), engine.tensor([[1, 2.00001]]))).toBeUndefined();
  });

  it('whatever JSON holds, and itself', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => compare(value, structuredClone(value)) === undefined));
  });
});

describe('where they differ', () => {
  it.each([
    ['a value in a list', [1, [2, 3]], [1, [2, 4]], 'value', '[1][1]'],
    ['a shorter list', [1, 2, 3], [1, 2], 'shape', ''],
    ['a list for a number', 1, [1], 'shape', ''],
    ['nothing given back', [1], undefined, 'shape', ''],
    ['a key that is missing', new Map([['th', 1]]), new Map(), 'shape', '.get("th")'],
    ['a key too many', new Map(), new Map([['th', 1]]), 'shape', '.get("th")'],
    ['a property', { loss: 1 }, { loss: 2 }, 'value', '.loss'],
    ['NaN for a number', [1, 2], [1, Number.NaN], 'not-finite', '[1]'],
    ['a number for NaN', [Number.NaN], [1], 'value', '[0]'],
    ['a text', 'a', 'b', 'value', ''],
    ['a promise', 1, Promise.resolve(1), 'shape', ''],
  ])('%s', (_, expected, actual, kind, at) => {
    expect(compare(expected, actual)).toMatchObject({ kind, at });
  });

  it('tells another shape before another value, wherever it is', () => {
    expect(compare([1, [2]], [9, [2, 3]])).toMatchObject({ kind: 'shape', at: '[1]' });
  });

  it('tells the shapes of tensors', () => {
    const [one, other] = [engine.tensor([[1, 2]]), engine.tensor([[1], [2]])];
    expect(compare(one, other)).toMatchObject({ kind: 'shape', at: '' });
  });

  it('does not follow what holds itself for ever', () => {
    const [one, other]: unknown[][] = [[], []];
    one.push(one);
    other.push(other);
    expect(compare(one, other)?.kind).toBe('shape');
  });
});
