import { readFileSync } from 'node:fs';
import { encode as referenceEncode } from 'gpt-tokenizer/encoding/r50k_base';
import { describe, expect, it } from 'vitest';
import { BpeEncoder } from '../../../src/tokenizers/encoder.ts';
import { loadR50k } from './r50k.ts';

const vocabulary = loadR50k();
const encoder = new BpeEncoder(vocabulary);

const ids = (text: string) => Array.from(encoder.encode(text).ids);
const reference = (text: string) =>
  Array.from(referenceEncode(text, { allowedSpecial: new Set(), disallowedSpecial: new Set() }));

describe('published values', () => {
  it.each([
    ['Hello world', [15496, 995]],
    ['hello world', [31373, 995]],
    ['', []],
  ])('%j', (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });

  it('one capital letter changes the id, and the offsets stay', () => {
    const encoded = encoder.encode('Hello world');
    expect([...encoded.starts]).toEqual([0, 5]);
    expect([...encoded.ends]).toEqual([5, 11]);
    expect([...encoded.fragment]).toEqual([0, 0]);
  });
});

describe('its memory of words', () => {
  it('goes on right when it is full and begins again', () => {
    // More different words than it holds, none of them a token: base 26 in letters.
    const word = (i: number) =>
      ` z${(i + 26 ** 3).toString(26).replaceAll(/\d/gu, (digit) => 'qrstuvwxyz'[Number(digit)]!)}q`;
    const text = Array.from({ length: 80_000 }, (_, i) => word(i)).join('');
    const small = new BpeEncoder(vocabulary);
    expect(Array.from(small.encode(text).ids)).toEqual(reference(text));
    expect(Array.from(small.encode(text).ids)).toEqual(Array.from(encoder.encode(text).ids));
  });
});

describe('against tiktoken', () => {
  const file = new URL('../../fixtures/tokenizers/r50k-tiktoken.json', import.meta.url);
  const cases = JSON.parse(readFileSync(file, 'utf8')) as [string, number[]][];

  it('gives the same ids on 900 texts of white space, controls, scripts and signs', () => {
    expect(cases).toHaveLength(900);
    for (const [text, expected] of cases) {
      expect([text, ids(text)]).toEqual([text, expected]);
    }
  });
});

describe('what is easily got wrong', () => {
  it('takes text that looks like a special token for ordinary text', () => {
    expect(ids('<|endoftext|>')).not.toContain(50256);
    expect(ids('<|endoftext|>')).toEqual(reference('<|endoftext|>'));
  });

  it('keeps a byte order mark', () => {
    expect(Buffer.from(encoder.decode(ids('\ufeffHello'))).toString('utf8')).toBe('\ufeffHello');
    expect(encoder.encode('\ufeffHello').starts.at(-1)).toBe(1);
  });

  it('gives a fragment its whole character’s range', () => {
    const { starts, ends, fragment } = encoder.encode('a🦔b');
    expect([...fragment].slice(1, -1).every((cut) => cut === 1)).toBe(true);
    expect(new Set([...starts].slice(1, -1))).toEqual(new Set([1]));
    expect(new Set([...ends].slice(1, -1))).toEqual(new Set([3]));
  });

  it('takes no pattern that it has no scanner for, and says where to go', () => {
    expect(() => new BpeEncoder({ ...vocabulary, pattern: '\\S+' })).toThrow(
      expect.objectContaining({ code: 'bad-input', where: '\\S+', remedy: expect.stringContaining('tokenizerOf') }),
    );
  });

  it('names the byte that a vocabulary lacks', () => {
    const lacking = { ...vocabulary, tokens: vocabulary.tokens.filter((token) => token.length > 1 || token[0] !== 65) };
    expect(() => new BpeEncoder(lacking)).toThrow(/no token for the byte 65/);
  });

  it('names the id that a vocabulary lacks, and knows the special ones', () => {
    expect(() => encoder.decode([995, 50257])).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('50257'), where: 'token 2 of 2' }),
    );
    expect(Buffer.from(encoder.decode([50256])).toString()).toBe('<|endoftext|>');
  });

  it('tells what an id is', () => {
    const bytes = (text: string) => new Uint8Array(Buffer.from(text));
    expect(encoder.entry(995)).toEqual({ id: 995, text: ' world', bytes: bytes(' world'), special: false });
    expect(encoder.entry(50256)).toMatchObject({ text: '<|endoftext|>', special: true });
    expect(encoder.entry(447)).toMatchObject({ text: null, bytes: Uint8Array.of(0xe2, 0x80) });
    expect(encoder.entry(50257)).toBeUndefined();
    expect(encoder.size).toBe(50257);
  });
});

describe('size', () => {
  it.each(['a', ' ', '\n', '😀', '=', 'é'])('a million times %j comes to an end', (letter) => {
    const text = letter.repeat(1_000_000);
    const encoded = encoder.encode(text);
    expect(encoded.byteEnds.at(-1)).toBe(Buffer.byteLength(text));
    expect(encoded.ends.at(-1)).toBe(text.length);
    // Far from both ends a run is cut as a shorter one is.
    expect(Array.from(encoded.ids.subarray(0, 20))).toEqual(reference(letter.repeat(2048)).slice(0, 20));
  });

  it('tells how far it is, up to the end and never back', () => {
    const told: number[] = [];
    const text = 'naïve 😀 '.repeat(200_000);
    encoder.encode(text, { onProgress: (done) => void told.push(done) });
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeLessThanOrEqual(text.length);
    expect(told.at(-1)).toBeGreaterThan(text.length * 0.8);
  });

  it.each(['words and words ', 'a'])('stops soon when cancelled in the middle of %j', (part) => {
    let looks = 0;
    const signal = {
      get cancelled() {
        return ++looks > 3;
      },
    };
    const text = part.repeat(300_000);
    expect(() => encoder.encode(text, { signal })).toThrow(expect.objectContaining({ code: 'cancelled' }));
    expect(looks).toBe(4);
    expect(ids('Hello world')).toEqual([15496, 995]);
  });

  it('refuses a run that would need too much memory, and says where it is', () => {
    const text = `ok ${'a'.repeat(16 * 1024 * 1024 + 1)}`;
    expect(() => encoder.count(text)).toThrow(expect.objectContaining({ code: 'too-large', where: 'byte 2' }));
  });
});

describe('the memory budget', () => {
  const text = '語 '.repeat(50_000); // 200,000 bytes, at more than a token a character
  it('is checked before memory is taken, and says what to do', () => {
    const small = new BpeEncoder(vocabulary, 1_000_000);
    expect(() => small.encode(text)).toThrow(
      expect.objectContaining({ code: 'too-large', remedy: expect.stringContaining('part of the text') }),
    );
    expect(() => small.encode('x'.repeat(2_000_000))).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  it('leaves the encoder as good as before, and what fits fits', () => {
    const small = new BpeEncoder(vocabulary, 1_000_000);
    expect(() => small.encode(text)).toThrow();
    expect(Array.from(small.encode('語 語').ids)).toEqual(reference('語 語'));
    expect(new BpeEncoder(vocabulary, 10_000_000).encode(text).ids.length).toBe(reference(text).length);
  });
});
