// Random texts against Hugging Face's own tokenizers for JavaScript, which shares no code with its Rust library.

import { Tokenizer as Peer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeTokenizerJson } from '../../../src/formats/tokenizerJson.ts';
import type { TokenizerDefinition } from '../../../src/tokenizers/definition.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { shapeDefinition } from './shapes.ts';
import { shippedDefinition } from './shippedPieces.ts';
import { texts } from './texts.ts';

// Left out is where the peer is not what the Rust library is: it doesn't fuse unknown characters of a word over
// several pieces of BPE, knows no byte fallback for Unigram, merges WordPiece's digits otherwise, and looks up SentencePiece's
// table whole texts at a time.

function both(definition: TokenizerDefinition) {
  const plain = { ...definition, addedTokens: [] };
  const peer = new Peer(JSON.parse(writeTokenizerJson(plain)), {});
  const tokenizer = tokenizerOf(plain);
  return {
    ours: (text: string) => Array.from(tokenizer.encode(text).ids),
    theirs: (text: string) => peer.encode(text, { add_special_tokens: false }).ids,
  };
}

describe.each(['gpt2', 'roberta', 'llama2', 'clip'])('%s', (name) => {
  it('has the same ids', () => {
    const { ours, theirs } = both(shapeDefinition(name));
    fc.assert(
      fc.property(texts, (text) => {
        expect(ours(text)).toEqual(theirs(text));
      }),
      { numRuns: 300 },
    );
  });
});

describe('bert-base-uncased', async () => {
  const { ours, theirs } = both(await shippedDefinition('bert-base-uncased'));

  it('has the same ids', () => {
    fc.assert(
      // The peer looks for Chinese characters in halves of surrogate pairs.
      fc.property(
        texts.filter((text) => !/[^\0-\uffff]/u.test(text)),
        (text) => {
          expect(ours(text)).toEqual(theirs(text));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('use-lite', async () => {
  const definition = await shippedDefinition('use-lite');
  const { ours, theirs } = both(definition);
  const { pieces } = definition.model as { readonly pieces: readonly (readonly [string, number])[] };
  const scoreOf = (ids: readonly number[]) => ids.reduce((sum, id) => sum + pieces[id]![1], 0);

  it('has the same ids, or others that are exactly as likely', () => {
    let different = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const [mine, other] = [ours(text), theirs(text)];
        if (mine.join() !== other.join()) {
          different++; // of two equally likely ways the peer takes the other: `..` and `.` for three dots
          expect(mine.toSorted()).toEqual(other.toSorted());
          expect(scoreOf(mine)).toBeCloseTo(scoreOf(other), 9);
        }
      }),
      { numRuns: 1000 },
    );
    expect(different).toBeLessThan(50);
  });
});
