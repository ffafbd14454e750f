// The pairs that WordPiece's training prefers: published values, and a second count without any bookkeeping.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HARBOUR } from '../../../src/programs/sampleTexts.ts';
import type { WordPieceSpec } from '../../../src/tokenizers/definition.ts';
import { cutIntoCharacters, joinEverywhere, joined, scorePairs } from '../../../src/tokenizers/likelihoodPairs.ts';
import { bertWords } from '../../../src/tokenizers/training/cuttings.ts';
import { trainWordPiece } from '../../../src/tokenizers/training/wordPiece.ts';
import { WordCounter } from '../../../src/tokenizers/training/words.ts';

function finished<T>(steps: Generator<unknown, T, void>): T {
  for (;;) {
    const next = steps.next();
    if (next.done) {
      return next.value;
    }
  }
}

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

  it('is what the trainer for large texts goes by, which breaks ties in its own way', () => {
    const counter = new WordCounter(bertWords);
    finished(counter.add(HARBOUR));
    const definition = finished(
      trainWordPiece(finished(counter.words()), { name: 'likely', vocabularySize: 150, criterion: 'likelihood' }),
    );
    const { pieces } = definition.model as WordPieceSpec;
    const special = new Set(definition.addedTokens.map(({ text }) => text));
    const learned = pieces.filter(
      (piece): piece is string => !special.has(piece!) && piece!.replace(/^##/u, '').length > 1,
    );
    expect(learned.length).toBeGreaterThan(80);
    // BERT's words of an English text: letters together, every mark by itself, no capitals.
    let words = cutIntoCharacters(HARBOUR.toLowerCase().match(/[a-z]+|[^\sa-z]/gu)!);
    for (const piece of learned) {
      const pairs = scorePairs(words).filter(({ together }) => together >= 2);
      const found = pairs.find(({ left, right, score }) => score === pairs[0]!.score && joined(left, right) === piece);
      expect(found, piece).toBeDefined();
      words = joinEverywhere(words, found!.left, found!.right);
    }
  });

  it('joins from the left, without using a piece twice', () => {
    const [word] = cutIntoCharacters(['baaaa']);
    expect(joinEverywhere([word!], '##a', '##a')).toEqual([{ pieces: ['b', '##aa', '##aa'], count: 1 }]);
  });
});
