// BERT and Universal Sentence Encoder lite against Hugging Face's tokenizers (Rust): ids and offsets of 10,000 texts.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { shippedDefinition } from './shippedPieces.ts';

/** See test/fixtures/tokenizers/make_pieces.py. */
interface Fixture {
  readonly texts: readonly string[];
  readonly tokenizers: Readonly<
    Record<string, { readonly hashes: readonly number[]; readonly first: readonly (readonly number[])[] }>
  >;
}

const file = new URL('../../fixtures/tokenizers/pieces.json.gz', import.meta.url);
const fixture = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Fixture;

/** FNV-1a over the numbers, each as four bytes, the lowest first. */
function hashOf(numbers: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const number of numbers) {
    for (let shift = 0; shift < 32; shift += 8) {
      hash = Math.imul(hash ^ ((number >>> shift) & 0xff), 0x01000193);
    }
  }
  return hash >>> 0;
}

describe.each(['bert-base-uncased', 'use-lite'] as const)('%s', async (name) => {
  const tokenizer = tokenizerOf(await shippedDefinition(name));
  const expected = fixture.tokenizers[name]!;
  const tokens = (text: string) => {
    const { ids, starts, ends } = tokenizer.encode(text);
    return Array.from(ids).flatMap((id, i) => [id, starts[i]!, ends[i]!]);
  };

  it('has the first texts’ ids and offsets', () => {
    expect(expected.first).toHaveLength(300);
    expected.first.forEach((numbers, i) => {
      expect([fixture.texts[i], tokens(fixture.texts[i]!)]).toEqual([fixture.texts[i], numbers]);
    });
  });

  it('has the ids and offsets of all 10,000', () => {
    expect(fixture.texts).toHaveLength(10_000);
    expect(expected.hashes).toHaveLength(10_000);
    const wrong = fixture.texts.filter((text, i) => hashOf(tokens(text)) !== expected.hashes[i]);
    expect(wrong).toEqual([]);
  });

  it('counts what it encodes', () => {
    for (const text of fixture.texts.slice(0, 1000)) {
      expect(tokenizer.count(text)).toBe(tokens(text).length / 3);
    }
  });
});
