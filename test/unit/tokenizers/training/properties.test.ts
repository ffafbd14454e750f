// What must hold of every training, whatever the text.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTokenizerJson, writeTokenizerJson } from '../../../../src/formats/tokenizerJson.ts';
import type {
  BpeSpec,
  TokenizerDefinition,
  UnigramSpec,
  WordPieceSpec,
} from '../../../../src/tokenizers/definition.ts';
import { tokenizerOf } from '../../../../src/tokenizers/pipeline.ts';
import { trainBpe } from '../../../../src/tokenizers/training/bpe.ts';
import { bertWords, byteLevel, metaspaceWords } from '../../../../src/tokenizers/training/cuttings.ts';
import type { TrainingStep } from '../../../../src/tokenizers/training/step.ts';
import { trainUnigram } from '../../../../src/tokenizers/training/unigram.ts';
import { trainWordPiece } from '../../../../src/tokenizers/training/wordPiece.ts';
import { corpus, toEnd, wordsOf } from './corpus.ts';

type Training = Generator<TrainingStep, TokenizerDefinition, void>;

const bpe = (text: string, vocabularySize: number, minFrequency = 2): Training =>
  trainBpe(wordsOf(byteLevel('gpt2'), text), { name: 'bpe', vocabularySize, minFrequency });
const wordPiece = (
  text: string,
  vocabularySize: number,
  criterion: 'frequency' | 'likelihood' = 'frequency',
): Training => trainWordPiece(wordsOf(bertWords, text), { name: 'wordpiece', vocabularySize, criterion });
const unigram = (text: string, vocabularySize: number): Training =>
  trainUnigram(wordsOf(metaspaceWords, text), { name: 'unigram', vocabularySize });

/** Few letters in long words: pairs overlap, and counts tie. */
const repetitive = fc
  .array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 20 }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((words) => words.join(' '));

const decode = (definition: TokenizerDefinition, text: string) => {
  const tokenizer = tokenizerOf(definition);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(tokenizer.decode(tokenizer.encode(text).ids));
};

describe('BPE', () => {
  it('says after each merge how many tokens the corpus has, which is what its encoder makes of it', () => {
    fc.assert(
      fc.property(repetitive, fc.integer({ min: 256, max: 300 }), (text, size) => {
        const { result, steps } = toEnd(bpe(text, size, 1));
        expect(tokenizerOf(result).count(text)).toBe(steps.at(-1)!.tokens);
        const tokens = steps.flatMap((step) => step.tokens ?? []);
        expect(tokens).toEqual(tokens.toSorted((a, b) => b - a));
      }),
    );
  });

  it('gives every text back', () => {
    const { result } = toEnd(bpe(corpus, 600));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => decode(result, text) === text));
    expect(decode(result, corpus)).toBe(corpus);
  });

  it('learns no piece that occurs less often than asked', () => {
    const text = 'low low low lower lower newest newest newest newest widest';
    const { pieces } = toEnd(bpe(text, 10_000, 3)).result.model as BpeSpec;
    expect(pieces).toContain('Ġnewest');
    expect(pieces).not.toContain('Ġlower');
    for (const piece of pieces.slice(256).map(String)) {
      expect(text.split(piece.replaceAll('Ġ', ' ')).length - 1, piece).toBeGreaterThanOrEqual(3);
    }
  });

  it('takes a word of a hundred thousand equal letters', () => {
    const { steps } = toEnd(bpe('a'.repeat(2 ** 17), 400));
    expect(steps.at(-1)).toMatchObject({ tokens: 2, early: 'No pair of pieces occurs 2 times any more.' });
  });
});

describe('WordPiece', () => {
  it('by likelihood merges what occurs together more than by chance', () => {
    // 5 of 5 `s` stand after one of 20 `g`: 5 / (20 · 5). The most frequent pair, `un`, has 16 / (36 · 16).
    const text = 'hug '.repeat(10) + 'pug '.repeat(5) + 'pun '.repeat(12) + 'bun '.repeat(4) + 'hugs '.repeat(5);
    const { steps } = toEnd(wordPiece(text, 5 + 5 + 9 + 3, 'likelihood'));
    expect(steps.flatMap(({ newest }) => newest ?? [])[0]).toBe('##gs');
  });

  it('covers the corpus it was trained on', () => {
    for (const criterion of ['frequency', 'likelihood'] as const) {
      const { result } = toEnd(wordPiece(corpus, 700, criterion));
      const { pieces, unknown } = result.model as WordPieceSpec;
      expect(pieces.length).toBe(700);
      const { ids } = tokenizerOf(result).encode(corpus);
      expect(ids.includes(pieces.indexOf(unknown))).toBe(false);
    }
  });
});

describe('Unigram', () => {
  it('keeps every character, gives the corpus back, and knows nothing unknown', () => {
    const { result } = toEnd(unigram(corpus, 500));
    const { pieces, unknownId } = result.model as UnigramSpec;
    expect(pieces.length).toBe(500);
    const known = new Set(pieces.map(([piece]) => piece));
    for (const character of new Set(corpus.replaceAll(' ', '▁'))) {
      expect(known.has(character), character).toBe(true);
    }
    expect(tokenizerOf(result).encode(corpus).ids.includes(unknownId!)).toBe(false);
    expect(decode(result, corpus)).toBe(corpus);
  });

  it('learns nothing that spells a special token, so that its file can be read and no text makes one', () => {
    const specialTokens = ['<unk>', '▁the', '?'];
    const plain = toEnd(unigram(corpus, 500)).result.model as UnigramSpec;
    expect(plain.pieces.map(([piece]) => piece)).toEqual(expect.arrayContaining(['▁the', '?']));
    const words = wordsOf(metaspaceWords, corpus);
    const { result } = toEnd(trainUnigram(words, { name: 'a', vocabularySize: 500, specialTokens }));
    const pieces = (result.model as UnigramSpec).pieces.map(([piece]) => piece);
    expect(pieces.slice(0, 3)).toEqual(specialTokens);
    expect([new Set(pieces).size, pieces.length]).toEqual([500, 500]);
    const read = readTokenizerJson(new TextEncoder().encode(writeTokenizerJson(result)), 'a');
    const { ids } = tokenizerOf(read).encode('go the way?');
    expect([ids.includes(1), ids.includes(2)]).toEqual([false, false]);
  });

  it('says how far it is with fewer and fewer pieces', () => {
    const { steps } = toEnd(unigram(corpus, 500));
    const phases = new Set(steps.map(({ phase }) => phase));
    expect([...phases]).toEqual(['seed', 'em', 'prune']);
    const sizes = steps.filter(({ phase }) => phase === 'prune').map(({ vocabulary }) => vocabulary);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(steps.at(-1)!.tokens).toBeGreaterThan(0);
  });
});

describe.each([
  ['BPE', bpe, 300],
  ['WordPiece', wordPiece, 500],
  ['Unigram', unigram, 500],
] as const)('%s', (_, train, size) => {
  it('is the same every time', () => {
    const text = corpus.slice(0, 6000);
    expect(toEnd(train(text, size))).toEqual(toEnd(train(text, size)));
  });

  it('ends early where nothing more can be learned, and says so', () => {
    const { result, steps } = toEnd(train('abc abc abd', 100_000));
    expect(steps.at(-1)!.early).toMatch(/\.$/u);
    expect(tokenizerOf(result).count('abc abd')).toBeGreaterThan(0);
  });

  it('refuses an empty corpus, and a size that leaves no room', () => {
    expect(() => toEnd(train('', size))).toThrow(expect.objectContaining({ code: 'bad-input', where: 'corpus' }));
    expect(() => toEnd(train('some text', 4))).toThrow(expect.objectContaining({ code: 'bad-params' }));
  });

  it('has nothing to give before its end', () => {
    const training = train(corpus, size);
    training.next();
    expect(training.return(undefined as never).value).toBeUndefined();
  });
});

it('refuses special tokens that are empty or there twice, and other memory than it may take', () => {
  const words = wordsOf(byteLevel('gpt2'), corpus);
  const train = (more: object) => toEnd(trainBpe(words, { name: 'a', vocabularySize: 400, ...more }));
  expect(() => train({ specialTokens: ['a', 'a'] })).toThrow(/twice/u);
  expect(() => train({ specialTokens: [''] })).toThrow(/empty/u);
  expect(() => train({ vocabularySize: 0 })).toThrow(/vocabularySize/u);
  expect(() => train({ budgetBytes: 10_000 })).toThrow(expect.objectContaining({ code: 'too-large' }));
});
