// Ids, places and round trip on 10,000 random texts for each byte-level tokenizer, against other libraries.

import { Tokenizer as HuggingFace } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { encode as encodeCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { encode as encodeO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { encode as encodeR50k } from 'gpt-tokenizer/encoding/r50k_base';
import { describe, expect, it } from 'vitest';
import { isCut } from '../../../src/shared/textCuts.ts';
import { BpeEncoder } from '../../../src/tokenizers/encoder.ts';
import { loadCl100k, loadO200k, loadQwen, readQwen } from './published.ts';
import { loadR50k } from './r50k.ts';
import { expectRightPlaces } from './rightPlaces.ts';
import { brokenTexts, texts, wellFormed } from './texts.ts';

const RUNS = 10_000;

const ordinary = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };
const openai = (encode: typeof encodeR50k) => (text: string) => Array.from(encode(text, ordinary));
const qwen = new HuggingFace({ ...readQwen(), added_tokens: [] } as object, {});

const tokenizers = [
  { load: loadR50k, reference: openai(encodeR50k) },
  { load: loadCl100k, reference: openai(encodeCl100k) },
  { load: loadO200k, reference: openai(encodeO200k) },
  { load: loadQwen, reference: (text: string) => qwen.encode(text, { add_special_tokens: false }).ids },
].map(({ load, reference }) => {
  const vocabulary = load();
  return { name: vocabulary.name, vocabulary, reference };
});

/** JavaScript's \s, which these libraries use, differs from Unicode's in the first two; the third is a case of s. */
const NOT_COMPARABLE = /[\u0085\ufeff\u017f]/gu;

const anyText = fc.oneof({ weight: 5, arbitrary: texts }, { weight: 1, arbitrary: brokenTexts });

/** Texts with many places to cut: lines of many kinds, and small letters around spaces. */
const lines = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom('\n', 'a', 'z', ' ', '\r\n', '\t', "'s", '/', ';', '}', '漢', '\u0301', 'B', '1'),
      },
      { weight: 1, arbitrary: texts },
    ),
    { maxLength: 40, size: 'max' },
  )
  .map((parts) => parts.join(''));

describe.each(tokenizers)('$name', ({ vocabulary, reference }) => {
  const encoder = new BpeEncoder(vocabulary);
  const normal = (text: string) => (vocabulary.normalization ? wellFormed(text).normalize('NFC') : wellFormed(text));

  it(`has the library's ids, and every text back, on ${RUNS.toLocaleString('en')} random texts`, () => {
    let compared = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const comparable = wellFormed(text.replaceAll(NOT_COMPARABLE, ''));
        const ids = Array.from(encoder.encodeIds(comparable));
        expect(ids).toEqual(reference(comparable));
        expect(Buffer.from(encoder.decode(encoder.encodeIds(text))).toString('utf8')).toBe(normal(text));
        compared++;
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBe(RUNS);
  });

  it(`says where each token stands, on ${RUNS.toLocaleString('en')} random texts`, () => {
    fc.assert(
      fc.property(anyText, (given) => {
        const text = vocabulary.normalization ? given.normalize('NFC') : given;
        const encoded = encoder.encode(text);
        expectRightPlaces(text, encoded, (id) => vocabulary.tokens[id]!);
        expect(Array.from(encoder.encodeIds(text))).toEqual(Array.from(encoded.ids));
        expect(encoder.count(text)).toBe(encoded.ids.length);
        expect(encoded.loneSurrogates).toBe(wellFormed(text).split('\ufffd').length - text.split('\ufffd').length);
      }),
      { numRuns: RUNS },
    );
  });

  it('may be cut where a text can be cut', () => {
    let cuts = 0;
    fc.assert(
      fc.property(lines, (text) => {
        const whole = Array.from(encoder.encodeIds(text));
        for (let at = 0; at <= text.length; at++) {
          if (isCut(text, at)) {
            cuts++;
            expect([...encoder.encodeIds(text.slice(0, at)), ...encoder.encodeIds(text.slice(at))]).toEqual(whole);
          }
        }
      }),
      { numRuns: 2000 },
    );
    expect(encoder.cuts).toBe(true);
    expect(cuts).toBeGreaterThan(1000);
  });
});
