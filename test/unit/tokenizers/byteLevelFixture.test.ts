// Against tiktoken and Hugging Face's tokenizers: see test/fixtures/tokenizers/make_byte_level.py.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromTokenizer } from '../../../src/services/buildVocabularies.ts';
import { utf8 } from '../../../src/tokenizers/bytes.ts';
import { BpeEncoder } from '../../../src/tokenizers/encoder.ts';
import { LLAMA3_PATTERN, type PatternName } from '../../../src/tokenizers/patterns.ts';
import { preTokenize } from '../../../src/tokenizers/preTokenizer.ts';
import { SCANNERS } from '../../../src/tokenizers/scanners/scanners.ts';
import { loadCl100k, loadO200k, loadQwen } from './published.ts';

type Line = readonly [
  text: string,
  cuts: number[][],
  openai: number[][],
  qwen: number[],
  places: number[],
  own: number[],
];

const read = (name: string) => readFileSync(new URL(`../../fixtures/tokenizers/${name}.json`, import.meta.url), 'utf8');
const lines = JSON.parse(read('byte-level')) as Line[];
const patterns: readonly PatternName[] = ['gpt2', 'cl100k', 'o200k', 'llama3', 'qwen2'];

it('has 1,200 texts', () => {
  expect(lines).toHaveLength(1200);
});

describe.each(patterns.map((name, i) => ({ name, i })))('the pattern of $name', ({ name, i }) => {
  it('cuts where the library does', () => {
    for (const [text, cuts] of lines) {
      const lengths = preTokenize(text, name).map((piece) => utf8(piece).length);
      expect([text, lengths]).toEqual([text, cuts[i]]);
    }
  });

  it('has a scanner that cuts there too', () => {
    for (const [text, cuts] of lines) {
      const bytes = utf8(text);
      const lengths: number[] = [];
      for (let at = 0; at < bytes.length; ) {
        const end = SCANNERS[name](bytes, at, bytes.length);
        lengths.push(end - at);
        at = end;
      }
      expect([text, lengths]).toEqual([text, cuts[i]]);
    }
  });
});

describe('ids', () => {
  it.each([
    ['cl100k', loadCl100k, 0],
    ['o200k', loadO200k, 1],
  ] as const)("tiktoken's with %s", (_, load, i) => {
    const encoder = new BpeEncoder(load());
    for (const [text, , openai] of lines) {
      expect([text, Array.from(encoder.encode(text).ids)]).toEqual([text, openai[i]]);
    }
  });

  it("Hugging Face's with Qwen2.5, and the places of tokens in texts that NFC changes", () => {
    const encoder = new BpeEncoder(loadQwen());
    for (const [text, , , ids, codePoints] of lines) {
      const { ids: own, starts, ends } = encoder.encode(text);
      // The library counts code points.
      const units = [0];
      for (const character of text) {
        units.push(units.at(-1)! + character.length);
      }
      const places = Array.from(own).flatMap((_, at) => [starts[at], ends[at]]);
      expect([text, Array.from(own), places]).toEqual([text, ids, codePoints.map((place) => units[place])]);
    }
  });

  it("Hugging Face's with a vocabulary trained with Llama 3's pattern", () => {
    const { model } = JSON.parse(read('trained-llama3')) as {
      model: { vocab: Record<string, number>; merges: string[][] };
    };
    const merges = model.merges.map((pair) => pair.join(' '));
    const file = { model: { vocab: model.vocab, merges }, added_tokens: [] };
    const encoder = new BpeEncoder(fromTokenizer('trained', LLAMA3_PATTERN, file));
    for (const [text, , , , , ids] of lines) {
      expect([text, Array.from(encoder.encode(text).ids)]).toEqual([text, ids]);
    }
  });
});
