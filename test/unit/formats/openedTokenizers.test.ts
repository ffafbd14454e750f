// Tokenizers of every make, opened from their files, give the ids, the places and the texts that Hugging Face's library
// gives; and written again, the files that it has read back (test/fixtures/tokenizers/make_opened.py, check_written.py).

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTokenizerJson, writeTokenizerJson } from '../../../src/formats/tokenizerJson.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { type Case, opened } from './opened.ts';

const { texts, tokenizers } = opened;
const checked = JSON.parse(
  readFileSync(new URL('../../fixtures/tokenizers/written.json', import.meta.url), 'utf8'),
) as Record<string, string>;

test('there are tokenizers of each kind', () => {
  const kinds = tokenizers.map(({ file }) => (file.model as { type: string }).type);
  expect(new Set(kinds)).toEqual(new Set(['BPE', 'WordPiece', 'Unigram', 'WordLevel']));
});

describe.each(tokenizers)('$name', ({ name, file, cases, plain }) => {
  const definition = readTokenizerJson(new TextEncoder().encode(JSON.stringify(file)), name);
  const tokenizer = tokenizerOf(definition);

  test('ids, places and decoded texts are those of the library', () => {
    expect(cases).toHaveLength(texts.length);
    cases.forEach(([ids, places, decoded], index) => {
      const text = texts[index]!;
      const units = unitsOf(text);
      const encoded = tokenizer.encode(text, { specialTokens: true });
      expect({ text, ids: [...encoded.ids] }).toEqual({ text, ids });
      const ours = ids.flatMap((_, token) => [encoded.starts[token], encoded.ends[token]]);
      expect({ text, places: ours }).toEqual({ text, places: places.map((place) => units[place]) });
      expect(tokenizer.count(text, { specialTokens: true })).toBe(ids.length);
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(tokenizer.decode(ids))).toBe(decoded);
    });
  });

  test('a text makes no special token unless asked', () => {
    const text = texts[LOOK_ALIKES]!;
    const alike = definition.addedTokens.filter((token) => token.special && text.includes(token.text));
    const special = new Set(alike.map(({ id }) => id));
    expect(special.size).toBeGreaterThan(0);
    const ids = [...tokenizer.encode(text).ids];
    expect(ids.filter((id) => special.has(id))).toEqual([]);
    // Where the model has the look-alike as a piece of its own, the library makes it even so.
    if (!(plain as Case)[0].some((id) => special.has(id))) {
      expect(ids).toEqual(plain[0]);
    }
  });

  test('written, it is the file that the library has read back; read again, the same definition', () => {
    const written = writeTokenizerJson(definition);
    expect(createHash('sha256').update(written).digest('hex')).toBe(checked[name]);
    expect(readTokenizerJson(new TextEncoder().encode(written), name)).toEqual(definition);
  });
});

/** Of the text with what looks like special tokens. */
const LOOK_ALIKES = texts.findIndex((text) => text.startsWith('<s>special'));

/** Where each code point begins in UTF-16, and the end. */
function unitsOf(text: string): number[] {
  const units = [0];
  for (const character of text) {
    units.push(units.at(-1)! + character.length);
  }
  return units;
}
