// Tokenizers of many shapes against Hugging Face's tokenizers (Rust), which trained them: ids, offsets, decoded texts.

import { describe, expect, it } from 'vitest';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { shapeDefinition, shapes, shapeTexts } from './shapes.ts';

/** Where the library's ranges are not ours, and why. */
const otherRanges: Readonly<Record<string, (text: string, pieces: readonly (string | null)[]) => boolean>> = {
  // When SentencePiece's table takes a text's first character out, the library shifts all ranges behind it.
  t5: (text) => /^(?![\t\n\r])\p{Cc}/u.test(text),
  albert: (text) => /^(?![\t\n\r])\p{Cc}/u.test(text),
  // Each byte's token has the range of a whole run of unknown characters there; here it has its own character's.
  'unigram-byte-fallback': (_, pieces) => pieces.some((piece) => piece?.startsWith('<0x')),
};

describe.each(shapes)('$name', ({ name, tokens, decoded }) => {
  const tokenizer = tokenizerOf(shapeDefinition(name));
  const found = (text: string) => {
    const { ids, starts, ends } = tokenizer.encode(text, { specialTokens: true });
    return Array.from(ids).flatMap((id, i) => [id, starts[i]!, ends[i]!]);
  };

  it('has the same ids', () => {
    expect(tokens).toHaveLength(500);
    shapeTexts.forEach((text, i) => {
      const ids = (numbers: readonly number[]) => numbers.filter((_, place) => place % 3 === 0);
      expect([text, ids(found(text))]).toEqual([text, ids(tokens[i]!)]);
    });
  });

  it('has the same offsets', () => {
    const pieces = (text: string) => Array.from(tokenizer.encode(text).ids, (id) => tokenizer.entry(id)!.text);
    const texts = [...shapeTexts.entries()].filter(([, text]) => !otherRanges[name]?.(text, pieces(text)));
    expect(texts.length).toBeGreaterThan(name === 'unigram-byte-fallback' ? 80 : 480);
    for (const [i, text] of texts) {
      expect([text, found(text)]).toEqual([text, tokens[i]]);
    }
  });

  it('decodes to the same texts', () => {
    shapeTexts.forEach((text, i) => {
      const ids = tokens[i]!.filter((_, place) => place % 3 === 0);
      expect([text, Buffer.from(tokenizer.decode(ids)).toString('utf8')]).toEqual([text, decoded[i]]);
    });
  });
});

describe('tokens of bytes', () => {
  const tokenizer = tokenizerOf(shapeDefinition('unigram-byte-fallback'));

  it('have the range of their own character, inside the run that the library says', () => {
    const { tokens } = shapes.find(({ name }) => name === 'unigram-byte-fallback')!;
    shapeTexts.forEach((text, t) => {
      const { starts, ends, bytes, byteEnds } = tokenizer.encode(text, { specialTokens: true });
      starts.forEach((start, i) => {
        const end = ends[i]!;
        expect(start).toBeGreaterThanOrEqual(tokens[t]![3 * i + 1]!);
        expect(end).toBeLessThanOrEqual(tokens[t]![3 * i + 2]!);
        const own = Buffer.from(bytes.subarray(byteEnds[i], byteEnds[i + 1]));
        expect(Buffer.from(text.slice(start, end)).includes(own)).toBe(true);
      });
    });
  });
});
