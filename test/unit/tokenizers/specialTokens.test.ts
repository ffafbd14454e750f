// Special tokens on request, as tiktoken's `allowed_special="all"` makes them; never otherwise.

import fc from 'fast-check';
import { Tiktoken } from 'js-tiktoken/lite';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import { describe, expect, it } from 'vitest';
import { stretchesOf } from '../../../src/tokenizers/byteLevel/specialTokens.ts';
import { BpeEncoder } from '../../../src/tokenizers/encoder.ts';
import { loadCl100k, loadQwen } from './published.ts';
import { expectRightPlaces } from './rightPlaces.ts';
import { texts, wellFormed } from './texts.ts';

const vocabulary = loadCl100k();
const encoder = new BpeEncoder(vocabulary);
const reference = new Tiktoken(cl100k);
const names = Object.keys(vocabulary.specialTokens);
const specialTokens = true;
const splits = (text: string, specials: Record<string, number>) => [...stretchesOf(text, specials)];

const parts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...names) },
  { weight: 3, arbitrary: fc.constantFrom(' ', '  ', '\n', '<|', '|>', '<|endof', 'text|>', 'a', 'é', '😀', "'s") },
  { weight: 2, arbitrary: texts.map((text) => text.slice(0, 80)) },
);
const mixed = fc
  .array(parts, { maxLength: 12, size: 'max' })
  .map((list) => wellFormed(list.join('')).replaceAll(/[\u0085\ufeff\u017f]/gu, ''));

describe('special tokens', () => {
  it("are made when asked for, as tiktoken's port makes them", () => {
    fc.assert(
      fc.property(mixed, (text) => {
        expect(Array.from(encoder.encode(text, { specialTokens }).ids)).toEqual(reference.encode(text, 'all'));
        expect(encoder.count(text, { specialTokens })).toBe(reference.encode(text, 'all').length);
      }),
      { numRuns: 2000 },
    );
  });

  it('are never made unless asked for', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const { ids } = encoder.encode(text);
        expect(Array.from(ids)).toEqual(reference.encode(text, [], []));
        expect(Math.max(0, ...ids)).toBeLessThan(vocabulary.tokens.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('leave all tokens where they stand in the whole text', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const encoded = encoder.encode(text, { specialTokens });
        expectRightPlaces(text, encoded, (id) => encoder.entry(id)!.bytes!);
      }),
      { numRuns: 1000 },
    );
  });

  it('of a text that is composed first stand where they stood', () => {
    const qwen = new BpeEncoder(loadQwen());
    const { ids, starts, ends, textBytes } = qwen.encode('e\u0301<|im_end|>e\u0301x', { specialTokens });
    expect(Array.from(ids)).toEqual([963, 151645, 963, 87]);
    expect([Array.from(starts), Array.from(ends)]).toEqual([
      [0, 2, 12, 14],
      [1, 12, 13, 15],
    ]);
    expect(textBytes).toBe(17);
  });

  it('keep what stands behind them out of their characters', () => {
    // By itself `>` and U+0338 would be composed into one character.
    const qwen = new BpeEncoder(loadQwen());
    const text = '<|im_end|>\u0338e\u0301';
    const { ids, starts } = qwen.encode(text, { specialTokens });
    expect(ids[0]).toBe(151645);
    expect(starts[1]).toBe(10);
    expect(Buffer.from(qwen.decode(ids)).toString()).toBe('<|im_end|>\u0338\u00e9');
    expect(qwen.encode(text).starts[0]).toBe(0);
  });

  it('may be as many as a text can hold', () => {
    const text = '<|endoftext|>'.repeat(1_000_000);
    expect(encoder.encode(text, { specialTokens }).ids.length).toBe(1_000_000);
  });

  it('are told apart by the longest name', () => {
    expect(splits('x<a><a>b<a', { '<a>': 1, '<a><a>': 2, b: 3 })).toEqual([
      { text: 'x', start: 0 },
      { text: '<a><a>', start: 1, id: 2 },
      { text: 'b', start: 7, id: 3 },
      { text: '<a', start: 8 },
    ]);
    expect(splits('x', {})).toEqual([{ text: 'x', start: 0 }]);
    expect(splits('', { a: 1 })).toEqual([]);
  });

  it('report progress over the whole text', () => {
    const told: number[] = [];
    encoder.encode(`${'word '.repeat(60_000)}<|endoftext|>`.repeat(3), {
      specialTokens,
      onProgress: (done) => void told.push(done),
    });
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBeGreaterThan(600_000);
  });
});
