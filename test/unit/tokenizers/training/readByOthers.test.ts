// What is trained and written is read by Hugging Face's tokenizers for JavaScript, which make the same of texts.

import { Tokenizer as Peer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeTokenizerJson } from '../../../../src/formats/tokenizerJson.ts';
import type { TokenizerDefinition } from '../../../../src/tokenizers/definition.ts';
import { tokenizerOf } from '../../../../src/tokenizers/pipeline.ts';
import { trainBpe } from '../../../../src/tokenizers/training/bpe.ts';
import { bertWords, byteLevel, metaspaceWords } from '../../../../src/tokenizers/training/cuttings.ts';
import { trainUnigram } from '../../../../src/tokenizers/training/unigram.ts';
import { trainWordPiece } from '../../../../src/tokenizers/training/wordPiece.ts';
import { texts, wellFormed } from '../texts.ts';
import { corpus, toEnd, wordsOf } from './corpus.ts';

const options = { name: 'mine', vocabularySize: 700 };
const bpe = (pattern: 'gpt2' | 'cl100k' | 'o200k') =>
  toEnd(trainBpe(wordsOf(byteLevel(pattern), corpus), { ...options, specialTokens: ['<|endoftext|>'] })).result;
const trained: readonly [string, () => TokenizerDefinition][] = [
  ['BPE by the pattern gpt2', () => bpe('gpt2')],
  ['BPE by the pattern cl100k', () => bpe('cl100k')],
  ['BPE by the pattern o200k', () => bpe('o200k')],
  ['WordPiece', () => toEnd(trainWordPiece(wordsOf(bertWords, corpus), options)).result],
  ['Unigram', () => toEnd(trainUnigram(wordsOf(metaspaceWords, corpus), options)).result],
];

/** Stretches of what was learned from, and other texts as far as the peer takes them for what they are. */
const given = fc.oneof(
  fc.tuple(fc.nat(corpus.length), fc.nat(200)).map(([at, length]) => wellFormed(corpus.slice(at, at + length))),
  // JavaScript's \s is not Unicode's in two characters; the peer looks for Chinese in halves of pairs.
  texts.map((text) => text.replaceAll(/[\u0085\ufeff\u017f]|[^\0-\uffff]/gu, '')),
);

describe.each(trained)('%s', (_, train) => {
  it('is the same tokenizer to another library', () => {
    const definition = train();
    const peer = new Peer(JSON.parse(writeTokenizerJson(definition)), {});
    const ours = tokenizerOf(definition);
    fc.assert(
      fc.property(given, (text) => {
        const ids = Array.from(ours.encode(text, { specialTokens: true }).ids);
        expect(ids).toEqual(peer.encode(text, { add_special_tokens: false }).ids);
      }),
      { numRuns: 500 },
    );
  });
});
