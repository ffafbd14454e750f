import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLoneSurrogates, spell, textOf, utf8 } from '../../../src/tokenizers/bytes.ts';
import { brokenTexts, texts, wellFormed } from './texts.ts';

describe('bytes', () => {
  it('are what Node’s own encoder makes of any text, broken ones included', () => {
    fc.assert(
      fc.property(fc.oneof(texts, brokenTexts), (text) => {
        expect(Buffer.from(utf8(text)).equals(Buffer.from(text, 'utf8'))).toBe(true);
      }),
    );
    expect([...utf8('é!')]).toEqual([0xc3, 0xa9, 0x21]);
    expect([...utf8('\ud83d')]).toEqual([0xef, 0xbf, 0xbd]);
  });

  it('are text again when they are whole characters, byte order mark included', () => {
    expect(textOf(utf8('\ufeffé'))).toBe('\ufeffé');
    expect(textOf(Uint8Array.of(0x61, 0xc3))).toBeNull();
    expect(textOf(Uint8Array.of(0xc0, 0x80))).toBeNull();
  });

  it('are spelled with whole characters as they are and loose bytes in hexadecimal', () => {
    expect(spell([0x61, 0xc3])).toBe('a‹C3›');
    expect(spell([0xa9, 0x20, 0xf0, 0x9f, 0x98, 0x80, 0xe2, 0x82])).toBe('‹A9› 😀‹E2›‹82›');
    fc.assert(fc.property(texts, (text) => void expect(spell(utf8(text))).toBe(wellFormed(text))));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        fc.pre(!Buffer.from(bytes).toString('utf8').includes('‹'));
        const back = spell(bytes)
          .split(/(‹..›)/u)
          .map((part) => (part.startsWith('‹') ? Buffer.from(part.slice(1, 3), 'hex') : Buffer.from(part)));
        expect(Buffer.concat(back).equals(bytes)).toBe(true);
      }),
    );
  });

  it('lone surrogates are counted, pairs are not', () => {
    expect(countLoneSurrogates('a\ud83db\udc00')).toBe(2);
    expect(countLoneSurrogates('😀')).toBe(0);
    expect(countLoneSurrogates('\udc00\ud83d')).toBe(2);
  });
});
