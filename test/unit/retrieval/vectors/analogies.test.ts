// Analogies whose outcome is known because their vectors are made for it.

import { describe, expect, test } from 'vitest';
import { type Answer, analogySum, judge } from '../../../../src/retrieval/vectors/analogies.ts';
import { rank } from '../../../../src/retrieval/vectors/neighbours.ts';
import { normalised } from '../../../../src/retrieval/vectors/quantise.ts';

/** Judged as if these were all the words that there are. */
function judged(words: Readonly<Record<string, readonly number[]>>, a: string, b: string, c: string) {
  const vectors = Object.fromEntries(Object.entries(words).map(([word, vector]) => [word, normalised(vector)]));
  const inputs = { a: vectors[a], b: vectors[b], c: vectors[c] };
  const sum = analogySum(inputs);
  const names = Object.keys(words);
  const texts = { a, b, c };
  const all = rank(Object.values(vectors), sum.target, names.length).map(({ index, score }): Answer => {
    const text = names[index];
    const input = (['a', 'b', 'c'] as const).find((name) => texts[name] === text);
    return { text, cosine: score, ...(input && { input }) };
  });
  const others = all.filter(({ input }) => input === undefined);
  return { ...judge(inputs, sum, texts, all, others), sum, first: others[0]?.text };
}

describe('a - b + c', () => {
  test('is what the arithmetic says', () => {
    const { target, length, cosines } = analogySum({ a: [1, 0, 0], b: [0, 1, 0], c: [0, 0, 1] });
    expect(length).toBeCloseTo(Math.sqrt(3));
    expect(target[0]).toBeCloseTo(1 / Math.sqrt(3));
    expect(target[1]).toBeCloseTo(-1 / Math.sqrt(3));
    expect(cosines).toMatchObject({ ab: 0, ac: 0, bc: 0 });
    expect(cosines.b).toBeCloseTo(-1 / Math.sqrt(3));
  });

  test('holds where two traits are independent', () => {
    // royal, male, female
    const words = { king: [1, 1, 0], man: [0, 1, 0], woman: [0, 0, 1], queen: [1, 0, 1], apple: [0.1, 0.5, 0.5] };
    const { verdict, first, margin, said } = judged(words, 'king', 'man', 'woman');
    expect(first).toBe('queen');
    expect(verdict).toBe('holds');
    expect(margin).toBeGreaterThan(0.1);
    expect(said).toContain('queen');
  });

  test('finds an input itself where b and c hardly differ', () => {
    const words = { king: [1, 1, 0], man: [0, 1, 0.3], woman: [0, 1, 0.4], queen: [1, 0.6, 0.6] };
    const { verdict, first, said } = judged(words, 'king', 'man', 'woman');
    expect(first).toBe('queen');
    expect(verdict).toBe('input-nearest');
    expect(said).toMatch(/"king" itself.*inputs are left out/);
  });

  test('is weak where two answers are as near', () => {
    const words = { a: [1, 1, 0], b: [0, 1, 0], c: [0, 0, 1], d: [1, 0, 1], e: [1, 0.01, 1] };
    expect(judged(words, 'a', 'b', 'c')).toMatchObject({ verdict: 'weak', said: expect.stringContaining('noise') });
  });

  test('is weak where nothing lies near, and where nothing is left to choose', () => {
    const far = { a: [1, 0, 0, 0], b: [-1, 0.1, 0, 0], c: [-0.9, 0.5, 0, 0], d: [0.3, -0.2, 1, 0] };
    const { verdict } = judged(far, 'a', 'b', 'c');
    expect(['weak', 'input-nearest']).toContain(verdict);
    expect(judged({ a: [1, 0], b: [0, 1], c: [1, 1] }, 'a', 'b', 'c').verdict).toBe('weak');
  });

  test('says which input the model knows nothing of', () => {
    const words = { a: [1, 0], b: [0, 0], c: [1, 1], d: [0, 1] };
    expect(judged(words, 'a', 'b', 'c')).toMatchObject({
      verdict: 'unknown-input',
      said: expect.stringContaining('"b"'),
    });
  });
});
