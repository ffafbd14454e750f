// The pairs that WordPiece's training prefers: published values, and a second count without any bookkeeping.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutIntoCharacters, joinEverywhere, joined, scorePairs } from '../../../src/tokenizers/likelihoodPairs.ts';

describe('the score of a pair', () => {
  // The worked example of Hugging Face's course, chapter 6, "WordPiece tokenization": these counts, these two merges.
  // Its third, hu + ##g, follows from a slip in the counts: hu + ##gs has 5 / (15 x 5), and hu + ##g 10 / (15 x 15).
  it('is what the published example says', () => {
    const corpus = Object.entries({ hug: 10, pug: 5, pun: 12, bun: 4, hugs: 5 });
    let words = cutIntoCharacters(corpus.flatMap(([word, count]) => Array<string>(count).fill(word)));
    const made: string[] = [];
    for (let i = 0; i < 2; i++) {
      const best = scorePairs(words)[0]!;
      made.push(joined(best.left, best.right));
      words = joinEverywhere(words, best.left, best.right);
    }
    expect(scorePairs(cutIntoCharacters(['x']))).toEqual([]);
    const first = scorePairs(cutIntoCharacters(corpus.flatMap(([word, count]) => Array<string>(count).fill(word))));
    expect(first[0]).toMatchObject({ left: '##g', right: '##s', together: 5, leftCount: 20, rightCount: 5 });
    expect(first[0]!.score).toBeCloseTo(1 / 20, 12);
    expect(made).toEqual(['##gs', 'hu']);
  });

  it('counts what a plain search through the words counts', () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '🌊'), minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(texts, (texts) => {
        const cut = texts.map((word) => [...word].map((character, i) => (i === 0 ? character : `##${character}`)));
        const all = cut.flat();
        for (const { left, right, together, leftCount, rightCount, score } of scorePairs(cutIntoCharacters(texts))) {
          const pairs = cut.flatMap((word) => word.slice(1).map((second, i) => [word[i], second]));
          expect(together).toBe(pairs.filter(([a, b]) => a === left && b === right).length);
          expect(leftCount).toBe(all.filter((piece) => piece === left).length);
          expect(rightCount).toBe(all.filter((piece) => piece === right).length);
          expect(score).toBeCloseTo(together / leftCount / rightCount, 12);
        }
      }),
    );
  });

  it('joins from the left, without using a piece twice', () => {
    const [word] = cutIntoCharacters(['baaaa']);
    expect(joinEverywhere([word!], '##a', '##a')).toEqual([{ pieces: ['b', '##aa', '##aa'], count: 1 }]);
  });
});
