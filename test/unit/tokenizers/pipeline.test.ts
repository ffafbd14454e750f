import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCut } from '../../../src/shared/textCuts.ts';
import { specialToken } from '../../../src/tokenizers/addedTokens.ts';
import { byteCharacter } from '../../../src/tokenizers/byteCharacters.ts';
import { utf8 } from '../../../src/tokenizers/bytes.ts';
import { chunkingOf } from '../../../src/tokenizers/chunks.ts';
import type { TokenizerDefinition } from '../../../src/tokenizers/definition.ts';
import { PATTERNS } from '../../../src/tokenizers/patterns.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import type { Encoded } from '../../../src/tokenizers/tokenizer.ts';
import { shapeDefinition, shapes } from './shapes.ts';
import { shippedDefinition } from './shippedPieces.ts';
import { brokenTexts, texts, wellFormed } from './texts.ts';

const definitions: readonly TokenizerDefinition[] = [
  await shippedDefinition('bert-base-uncased'),
  await shippedDefinition('use-lite'),
  ...shapes.map(({ name }) => shapeDefinition(name)),
];

/** Texts with many places where they may be cut. */
const lines = fc
  .array(
    fc.tuple(
      texts,
      fc.constantFrom(' ', '\n', '\n漢', ' \nё', '\n\u1161', ' a b c ', ' one two\nthree\n', '\n\nx', ' the'),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.flat().join(''));

function tokensOf({ ids, starts, ends, fragment, byteEnds, bytes }: Encoded, shift = 0): unknown[] {
  return Array.from(ids, (id, i) => [
    id,
    starts[i]! + shift,
    ends[i]! + shift,
    fragment[i],
    Array.from(bytes.subarray(byteEnds[i], byteEnds[i + 1])),
  ]);
}

describe.each(definitions)('$name', (definition) => {
  const tokenizer = tokenizerOf(definition);
  const whole = tokenizerOf(definition, undefined, Number.POSITIVE_INFINITY);
  const inParts = tokenizerOf(definition, undefined, 1);

  it('says of each token what it covers', () => {
    fc.assert(
      fc.property(fc.oneof(texts, brokenTexts), (text) => {
        const { ids, starts, ends, byteEnds, fragment, bytes, textBytes } = tokenizer.encode(text);
        expect(byteEnds[0]).toBe(0);
        expect(byteEnds.at(-1)).toBe(bytes.length);
        expect(textBytes).toBe(Buffer.byteLength(text));
        ids.forEach((id, i) => {
          expect(tokenizer.entry(id)).toMatchObject({ id });
          expect(starts[i]).toBeLessThanOrEqual(ends[i]!);
          expect(ends[i]).toBeLessThanOrEqual(text.length);
          expect(byteEnds[i]).toBeLessThanOrEqual(byteEnds[i + 1]!);
          const own = Buffer.from(bytes.subarray(byteEnds[i], byteEnds[i + 1]));
          if (fragment[i] === 0 && !tokenizer.byteLevel && tokenizer.kind !== 'bpe') {
            expect(own.toString()).toBe(wellFormed(text.slice(starts[i], ends[i])));
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('takes half a surrogate pair for U+FFFD', () => {
    fc.assert(
      fc.property(brokenTexts, (text) => {
        expect(tokensOf(tokenizer.encode(text))).toEqual(tokensOf(tokenizer.encode(wellFormed(text))));
      }),
    );
  });

  it('works on parts of a text with the tokens of the whole', () => {
    fc.assert(
      fc.property(lines, (text) => {
        expect(tokensOf(inParts.encode(text))).toEqual(tokensOf(whole.encode(text)));
        expect(inParts.count(text)).toBe(whole.count(text));
      }),
      { numRuns: 60 },
    );
  });

  it.runIf(tokenizer.cuts)('may be given the parts one by one', () => {
    fc.assert(
      fc.property(lines, (text) => {
        const all = tokensOf(tokenizer.encode(text));
        for (let at = 1; at < text.length; at++) {
          if (isCut(text, at)) {
            const parts = [
              ...tokensOf(tokenizer.encode(text.slice(0, at))),
              ...tokensOf(tokenizer.encode(text.slice(at)), at),
            ];
            expect(parts).toEqual(all);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it.runIf(tokenizer.byteLevel)('gives every text back', () => {
    fc.assert(
      fc.property(fc.oneof(texts, brokenTexts), (text) => {
        expect(Buffer.from(tokenizer.decode(tokenizer.encode(text).ids)).toString()).toBe(wellFormed(text));
      }),
    );
  });

  it('makes no special token from a text unless asked', () => {
    const special = definition.addedTokens.filter((token) => token.special);
    const ids = new Set(special.map(({ id }) => id));
    const text = special.map((token) => token.text).join(' and ');
    const unknown = 'unknown' in definition.model ? definition.model.unknown : undefined;
    const unknownId = special.find((token) => token.text === unknown)?.id;
    const unigramUnknown = definition.model.type === 'unigram' ? definition.model.unknownId : undefined;
    const made = [...tokenizer.encode(text).ids].filter(
      (id) => ids.has(id) && id !== unknownId && id !== unigramUnknown,
    );
    expect(made).toEqual([]);
    const asked = [...tokenizer.encode(text, { specialTokens: true }).ids];
    expect(asked).toEqual(expect.arrayContaining([...ids]));
  });
});

describe('where a text may be cut', () => {
  it.each(Object.entries(PATTERNS))('is where the pattern of %s gives white space to the same token', (name, regex) => {
    const white = ['\n\n', ' \n', '\n ', '\r\n'].map((text) => Array.from(utf8(text), byteCharacter));
    const definition: TokenizerDefinition = {
      name,
      normalizers: [],
      preTokenizers: [
        { type: 'split', pattern: { regex }, behavior: 'isolated', invert: false },
        { type: 'byte-level', prefixSpace: false, pattern: false },
      ],
      model: {
        type: 'bpe',
        pieces: [...Array.from({ length: 256 }, (_, byte) => byteCharacter(byte)), ...white.map((two) => two.join(''))],
        merges: white.map(([left, right]) => [left!, right!]),
        unknown: null,
        fuseUnknown: false,
        byteFallback: false,
        ignoreMerges: false,
        continuingPrefix: '',
        endOfWordSuffix: '',
      },
      decoders: [{ type: 'byte-level' }],
      // Without it the encoder for plain byte-level BPE would take over, which cuts no text.
      addedTokens: [{ ...specialToken(300, '<mask>'), stripLeft: true }],
    };
    const whole = tokenizerOf(definition, undefined, Number.POSITIVE_INFINITY);
    const inParts = tokenizerOf(definition, undefined, 1);
    const text = fc.array(fc.constantFrom('a', 'é', '漢', '1', '.', ' ', '\n', '\r\n'), { maxLength: 20, size: 'max' });
    fc.assert(
      fc.property(text, (signs) => {
        expect(tokensOf(inParts.encode(signs.join('')))).toEqual(tokensOf(whole.encode(signs.join(''))));
      }),
      { numRuns: 2000 },
    );
  });

  it('is known of each shape', () => {
    const known = definitions.map((definition) => {
      const { name, cuts, byteLevel, kind } = tokenizerOf(definition);
      return `${name} ${kind}: chunks ${chunkingOf(definition)}${cuts ? ', cuts' : ''}${byteLevel ? ', bytes' : ''}`;
    });
    expect(known).toMatchInlineSnapshot(`
      [
        "bert-base-uncased wordpiece: chunks lines, cuts",
        "use-lite unigram: chunks spaces",
        "t5 unigram: chunks spaces",
        "albert unigram: chunks none",
        "unigram-byte-fallback unigram: chunks spaces",
        "llama2 bpe: chunks none",
        "gpt2 bpe: chunks cuts, cuts, bytes",
        "roberta bpe: chunks spaces",
        "neox bpe: chunks cuts",
        "clip bpe: chunks none",
        "bpe-prefix bpe: chunks none",
        "wordpiece wordpiece: chunks lines, cuts",
        "words words: chunks none",
      ]
    `);
  });
});
