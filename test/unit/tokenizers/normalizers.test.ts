import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asFault } from '../../../src/shared/errors.ts';
import { AlignedText } from '../../../src/tokenizers/alignedText.ts';
import type { NormalizerSpec } from '../../../src/tokenizers/definition.ts';
import { normalizerOf } from '../../../src/tokenizers/normalizers/normalize.ts';
import { charsMap } from './shapes.ts';
import { brokenTexts, texts, wellFormed } from './texts.ts';

const bert = { type: 'bert', cleanText: true, chineseCharacters: true, stripAccents: true, lowercase: true } as const;

/** The changed text, and for each of its characters the stretch of the given one that it came from. */
function changed(text: string, ...specs: NormalizerSpec[]): [string, string[]] {
  const { text: result, starts, ends } = normalizerOf(specs)(AlignedText.of(text, 0));
  let at = 0;
  const from = [...result].map((character) => {
    const piece = text.slice(starts[at], ends[at]);
    at += character.length;
    return piece;
  });
  return [result, from];
}

// Ranges by Hugging Face's tokenizers 0.23.3.
describe('examples', () => {
  it.each<[string, NormalizerSpec[], string, string[]]>([
    ['e\u0301!', [{ type: 'nfc' }], '\u00e9!', ['e', '!']],
    ['\u00e9!', [{ type: 'nfd' }], 'e\u0301!', ['\u00e9', '\u00e9', '!']],
    ['ﬁx', [{ type: 'nfkc' }], 'fix', ['ﬁ', 'ﬁ', 'x']],
    ['a\u0301\u0323', [{ type: 'nfd' }], 'a\u0323\u0301', ['a', '\u0301', '\u0323']],
    ['ΣΑΣ İ', [{ type: 'lowercase' }], 'σασ i\u0307', ['Σ', 'Α', 'Σ', ' ', 'İ', 'İ']],
    ['e\u0301!', [{ type: 'strip-accents' }], 'e!', ['e', '!']],
    [' \ta b\n', [{ type: 'strip', left: true, right: true }], 'a b', ['a', ' ', 'b']],
    ['ab', [{ type: 'prepend', text: '▁x' }], '▁xab', ['a', 'a', 'a', 'b']],
    ['', [{ type: 'prepend', text: '▁' }], '', []],
    ['a  b', [{ type: 'replace', pattern: { text: '  ' }, content: 'xyz' }], 'axyzb', ['a', ' ', ' ', ' ', 'b']],
    ['Caf\u00e9\t茶!', [bert], 'cafe  茶 !', ['C', 'a', 'f', '\u00e9', '\t', '茶', '茶', '茶', '!']],
    ['a\u0000\ufffd\u200db', [bert], 'ab', ['a', 'b']],
    ['é a', [{ type: 'byte-level' }], 'Ã©Ġa', ['é', 'é', ' ', 'a']],
    ['ｆ\r\n½', [{ type: 'precompiled', charsMap }], 'f 1⁄2', ['ｆ', '\r', '½', '½', '½']],
  ])('%j', (text, specs, result, from) => {
    expect(changed(text, ...specs)).toEqual([result, from]);
  });
});

const marks = fc
  .array(
    fc.constantFrom(
      'a',
      'e',
      'ớ',
      '가',
      '\u1112',
      '\u1161',
      '\u11ab',
      'ﬁ',
      '\u0301',
      '\u0323',
      '\u0345',
      '\u05b0',
      '\u3099',
      'か',
      '\u09c7',
      '\u09be',
    ),
    {
      maxLength: 120,
      size: 'max',
    },
  )
  .map((some) => some.join(''));

describe.each(['nfc', 'nfd', 'nfkc', 'nfkd'] as const)('%s', (type) => {
  const normalize = normalizerOf([{ type }]);

  it('is the engine’s own', () => {
    fc.assert(
      fc.property(fc.oneof(texts, brokenTexts, marks), (text) => {
        const { text: result, starts, ends } = normalize(AlignedText.of(text, 7));
        expect(result).toBe(wellFormed(text).normalize(type.toUpperCase()));
        expect([starts.length, ends.length]).toEqual([result.length, result.length]);
        expect(starts.every((start, i) => start >= 7 && start < ends[i]! && ends[i]! <= 7 + text.length)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('sorts very many marks in no time that their square would be', { timeout: 30_000 }, () => {
    const count = 200_000;
    const dots = (n: number) => '\u0323'.repeat(n);
    const { text } = normalize(AlignedText.of(`x${'\u0301\u0323'.repeat(count)}a${'\u0323\u0301'.repeat(count)}`, 0));
    const acute = '\u0301'.repeat(count);
    const composed = type === 'nfc' || type === 'nfkc';
    // Nothing composes with x and a dot but one: ẋ has it above. With a it is ạ.
    expect(text === `x${dots(count)}${acute}${composed ? `\u1ea1${dots(count - 1)}` : `a${dots(count)}`}${acute}`).toBe(
      true,
    );
  });
});

describe('every character there is', () => {
  it('is normalised as the engine does it, alone and after a letter', () => {
    const normalizers = (['nfc', 'nfkd'] as const).map((type) => ({ type, run: normalizerOf([{ type }]) }));
    for (const { type, run } of normalizers) {
      for (let code = 0; code < 0x110000; code += 4096) {
        const some = Array.from({ length: 4096 }, (_, i) => String.fromCodePoint(code + i));
        const text = some.join('e').replaceAll(/\p{Surrogate}/gu, '');
        expect(run(AlignedText.of(text, 0)).text === text.normalize(type.toUpperCase())).toBe(true);
      }
    }
  });
});

describe('SentencePiece’s table', () => {
  it('says what is wrong with a damaged one', () => {
    for (const bytes of [
      new Uint8Array(),
      charsMap.subarray(0, 3),
      charsMap.subarray(0, 1000),
      Uint8Array.of(3, 0, 0, 0, 1, 1, 1),
    ]) {
      let fault: unknown;
      try {
        normalizerOf([{ type: 'precompiled', charsMap: bytes }]);
      } catch (error) {
        fault = error;
      }
      expect(asFault(fault)).toMatchObject({ code: 'bad-input', where: 'normalizer.precompiled_charsmap' });
    }
  });

  it('is refused where a replacement has no end', () => {
    const units = new Uint32Array(98); // `a` leads from unit 97 to unit 96: the first text
    units[97] = 'a'.charCodeAt(0) | (1 << 8) | (1 << 10);
    const size = Uint32Array.of(units.byteLength);
    const tableOf = (texts: string) =>
      Buffer.concat([size, units].map(({ buffer }) => Buffer.from(buffer)).concat(Buffer.from(texts)));
    const normalize = (texts: string) =>
      normalizerOf([{ type: 'precompiled', charsMap: tableOf(texts) }])(AlignedText.of('a', 0)).text;
    expect(normalize('long\0')).toBe('long');
    expect(normalize('x'.repeat(1000))).toBe('x'.repeat(1000));
    expect(() => normalize('x'.repeat(2000))).toThrow('holds a replacement of over 1024 bytes');
  });

  it('can be nonsense, which does no harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400, size: 'max' }), texts, (nonsense, text) => {
        const size = nonsense.length - (nonsense.length % 4);
        const bytes = Uint8Array.of(size & 0xff, size >> 8, 0, 0, ...nonsense);
        const result = normalizerOf([{ type: 'precompiled', charsMap: bytes }])(AlignedText.of(text, 0));
        expect(result.starts).toHaveLength(result.text.length);
      }),
    );
  });
});
