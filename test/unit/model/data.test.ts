// Characters as tokens, and windows of them.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { CharacterVocabulary } from '../../../src/model/characters.ts';
import { holdOut, randomBatch, windowBatch, windowCount } from '../../../src/model/data.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { faultOf } from '../engine/faultOf.ts';

const engine = new Engine(referenceKernels());
const counting = (length: number) => Int32Array.from({ length }, (_, i) => i);

test('characters are numbered by their code points', () => {
  const vocabulary = CharacterVocabulary.of('hello 🤗\n');
  expect(vocabulary.characters).toEqual(['\n', ' ', 'e', 'h', 'l', 'o', '🤗']);
  expect([...vocabulary.encode('hell🤗')]).toEqual([3, 2, 4, 4, 6]);
});

test('decoding what was encoded gives the text back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const vocabulary = CharacterVocabulary.of(text);
      expect(vocabulary.decode(vocabulary.encode(text))).toBe(text);
      expect(vocabulary.size).toBe(new Set(text).size);
    }),
  );
});

test('what the vocabulary has not is named, with its place', () => {
  const vocabulary = CharacterVocabulary.of('abc');
  expect(faultOf(() => vocabulary.encode('ab🤗z')).message).toBe('The vocabulary has no "🤗", character 2.');
  expect(faultOf(() => vocabulary.decode([0, 3])).message).toBe('The vocabulary has no token 3.');
});

test('the end is held out', () => {
  const { training, heldOut } = holdOut(counting(1000), 0.1, 10);
  expect([training.length, training.at(-1), heldOut[0], heldOut.length]).toEqual([900, 899, 900, 100]);
});

test('a text that is too short is told how many tokens it takes, and that is how many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 99 }), (context, percent) => {
      const share = percent / 100;
      const { remedy } = faultOf(() => holdOut(counting(1), share, context));
      const least = Number(/at least (\d+)\./.exec(remedy!)![1]);
      const { training, heldOut } = holdOut(counting(least), share, context);
      expect(Math.min(training.length, heldOut.length)).toBeGreaterThan(context);
      expect(faultOf(() => holdOut(counting(least - 1), share, context)).code).toBe('bad-input');
    }),
  );
});

test('all or nothing is no share to hold out', () => {
  for (const share of [0, 1, -0.1, Number.NaN]) {
    expect(faultOf(() => holdOut(counting(100), share, 5)).message).toContain(String(share));
  }
});

test('random windows: each target is the token behind its id, and every place is drawn', () => {
  const tokens = counting(20);
  const random = seededRandom(1);
  const starts = new Set<number>();
  for (let i = 0; i < 100; i++) {
    const { ids, targets } = randomBatch(engine, tokens, 3, 5, random);
    expect([ids.shape, targets.shape, ids.dtype]).toEqual([[3, 5], [3, 5], 'i32']);
    const flat = ids.toFlat();
    expect(targets.toFlat()).toEqual(flat.map((id) => id + 1));
    for (let row = 0; row < 3; row++) {
      starts.add(flat[row * 5]);
      expect(flat[row * 5 + 4]).toBe(flat[row * 5] + 4);
    }
  }
  expect([...starts].sort((a, b) => a - b)).toEqual([...counting(15)]);
});

test('no window is drawn from fewer tokens than it takes', () => {
  const draw = (length: number) => randomBatch(engine, counting(length), 1, 5, seededRandom(1));
  expect(draw(6).ids.toFlat()).toEqual(Int32Array.of(0, 1, 2, 3, 4));
  expect(faultOf(() => draw(5))).toMatchObject({ code: 'bad-input' });
});

test('windows side by side predict each token once, but those at the end that fill none', () => {
  expect(windowCount(counting(13), 4)).toBe(3);
  expect(windowCount(counting(12), 4)).toBe(2);
  expect(windowCount(counting(0), 4)).toBe(0);
  const { ids, targets } = windowBatch(engine, counting(13), 1, 3, 4);
  expect(ids.toNested()).toEqual([
    [4, 5, 6, 7],
    [8, 9, 10, 11],
  ]);
  expect(targets.toNested()).toEqual([
    [5, 6, 7, 8],
    [9, 10, 11, 12],
  ]);
});
