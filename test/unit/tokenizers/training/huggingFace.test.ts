// What is learned beside what Hugging Face's trainers learned from the same text with the same settings.

import { describe, expect, it } from 'vitest';
import type { BpeSpec, UnigramSpec, WordPieceSpec } from '../../../../src/tokenizers/definition.ts';
import { trainBpe } from '../../../../src/tokenizers/training/bpe.ts';
import { bertWords, byteLevel, metaspaceWords } from '../../../../src/tokenizers/training/cuttings.ts';
import { trainUnigram } from '../../../../src/tokenizers/training/unigram.ts';
import { trainWordPiece } from '../../../../src/tokenizers/training/wordPiece.ts';
import { corpus, fixture, toEnd, wordsOf } from './corpus.ts';

interface Bpe {
  readonly size: number;
  readonly least: number;
  readonly special: readonly string[];
  readonly pattern: 'gpt2' | 'cl100k';
  readonly pieces: readonly string[];
  readonly merges: readonly string[];
}

describe('BPE', () => {
  it.each(fixture<Bpe[]>('bpe.json'))(
    'of $size entries by the pattern $pattern, from $least occurrences on, has their pieces, ids and merges',
    ({ size, least, special, pattern, pieces, merges }) => {
      const words = wordsOf(byteLevel(pattern), corpus);
      const options = { name: 'a', vocabularySize: size, minFrequency: least, specialTokens: special };
      const { result, steps } = toEnd(trainBpe(words, options));
      const model = result.model as BpeSpec;
      expect(model.pieces).toEqual(pieces);
      expect(model.merges.map((pair) => pair.join(' '))).toEqual(merges);
      expect(steps.at(-1)!.early === undefined).toBe(pieces.length === size);
      expect(result.addedTokens.map(({ text, id }) => [text, id])).toEqual(special.map((text, id) => [text, id]));
    },
  );
});

interface Pieces {
  readonly size: number;
  readonly least: number;
  readonly pieces: readonly string[];
}

describe('WordPiece', () => {
  it.each(fixture<Pieces[]>('wordPiece.json'))(
    'of $size entries, from $least occurrences on, has their pieces and ids, with their order of inner characters',
    ({ size, least, pieces }) => {
      const insideWords = pieces.filter((piece) => /^##.$/su.test(piece));
      const options = { name: 'a', vocabularySize: size, minFrequency: least, insideWords };
      const { result } = toEnd(trainWordPiece(wordsOf(bertWords, corpus), options));
      expect((result.model as WordPieceSpec).pieces).toEqual(pieces);
    },
  );

  it('has, with an order of its own, nearly all of them', () => {
    const [{ size, least, pieces }] = fixture<[Pieces]>('wordPiece.json');
    const { result } = toEnd(
      trainWordPiece(wordsOf(bertWords, corpus), { name: 'a', vocabularySize: size, minFrequency: least }),
    );
    const own = new Set((result.model as WordPieceSpec).pieces);
    expect(pieces.filter((piece) => own.has(piece)).length / size).toBeGreaterThan(0.97);
  });
});

interface Scored {
  readonly size: number;
  readonly pieces: readonly (readonly [piece: string, score: number])[];
}

describe('Unigram', () => {
  const [unpruned, pruned] = fixture<[Scored, Scored]>('unigram.json');
  const learn = (vocabularySize: number, lossCounting?: 'alternatives') => {
    const options = { name: 'a', vocabularySize, ...(lossCounting && { lossCounting }) };
    return (toEnd(trainUnigram(wordsOf(metaspaceWords, corpus), options)).result.model as UnigramSpec).pieces;
  };

  it.each([unpruned, pruned])('of $size entries has their pieces, with their scores', ({ size, pieces }) => {
    const own = new Map(learn(size));
    expect([...own.keys()].toSorted()).toEqual(pieces.map(([piece]) => piece).toSorted());
    const least = Math.min(...pieces.map(([, score]) => score));
    for (const [piece, score] of pieces) {
      // Characters that were dropped on the way come in again just above the least score, in whatever order.
      const spare = [...piece].length === 1 && own.get(piece)! < least + 0.1 ? 0.1 : 1e-9;
      expect(Math.abs(own.get(piece)! - score), piece).toBeLessThanOrEqual(spare);
    }
  });

  it("by SentencePiece's losses keeps others, but not many", () => {
    const own = new Set(learn(pruned.size, 'alternatives').map(([piece]) => piece));
    const shared = pruned.pieces.filter(([piece]) => own.has(piece)).length / pruned.size;
    expect(shared).toBeGreaterThan(0.9);
    expect(shared).toBeLessThan(1);
  });
});
