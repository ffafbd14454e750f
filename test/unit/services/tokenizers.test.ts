// The tokenizers by their ids: the list says the truth about each, files are opened, vocabularies searched.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPieceVocabularies } from '../../../src/services/buildPieceVocabularies.ts';
import { buildVocabularies } from '../../../src/services/buildVocabularies.ts';
import { shippedTokenizers } from '../../../src/services/shippedTokenizers.ts';
import { tokenizerFolder } from '../../../src/services/tokenizerFolder.ts';
import { MAX_OPENED, type Tokenizers } from '../../../src/services/tokenizers.ts';
import { vocabularyFolder } from '../../../src/services/vocabularies.ts';
import { MAX_TOKENIZER_FILE } from '../../../src/shared/messages.ts';
import { temporaryFolder } from './temporaryFolder.ts';

let tokenizers: Tokenizers;
let remove: () => Promise<void>;

beforeAll(async () => {
  const folder = await temporaryFolder();
  remove = async () => {
    await folder[Symbol.asyncDispose]();
  };
  const vocabularies = path.join(folder.path, 'vocabularies');
  await mkdir(vocabularies);
  await buildVocabularies(vocabularies);
  await buildPieceVocabularies(vocabularies);
  tokenizers = tokenizerFolder(vocabularies, vocabularyFolder(vocabularies));
});
afterAll(() => remove());

/** A `tokenizer.json` of whole words, as Hugging Face's library writes it. */
const wordFile = (...words: string[]) =>
  new TextEncoder().encode(
    JSON.stringify({
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: { type: 'WhitespaceSplit' },
      post_processor: null,
      decoder: null,
      model: {
        type: 'WordLevel',
        vocab: Object.fromEntries(['<unk>', ...words].map((word, id) => [word, id])),
        unk_token: '<unk>',
      },
    }),
  );

const words = (encoded: { readonly ids: ArrayBuffer }) => [...new Uint32Array(encoded.ids)];

describe('the tokenizers that ship', () => {
  it.each(shippedTokenizers.map((info) => [info.id, info] as const))('%s is as the list says', async (id, info) => {
    const { kind, byteLevel, size, cuts } = await tokenizers.get(id);
    expect({ kind, byteLevel, size, cuts }).toEqual({
      kind: info.kind,
      byteLevel: info.byteLevel,
      size: info.size,
      cuts: info.cuts,
    });
  });

  // Published: https://github.com/openai/tiktoken (cookbook) and BERT's own README ("john johan ##son ' s").
  it.each([
    ['r50k_base', 'antidisestablishmentarianism', [415, 29207, 44390, 3699, 1042]],
    ['cl100k_base', 'antidisestablishmentarianism', [519, 85342, 34500, 479, 8997, 2191]],
    ['cl100k_base', '2 + 2 = 4', [17, 489, 220, 17, 284, 220, 19]],
  ])('%s cuts %s as published', async (id, text, ids) => {
    expect(words(await tokenizers.encode(id, text))).toEqual(ids);
  });

  it('says how a vocabulary writes its pieces, where that is not what they stand for', async () => {
    const encoded = await tokenizers.encode('bert-base-uncased', "John Johanson's");
    const pieces = new Map(encoded.pieces);
    expect(words(encoded).map((id) => pieces.get(id))).toEqual(['john', 'johan', '##son', "'", 's']);
    expect((await tokenizers.encode('r50k_base', 'John')).pieces).toBeUndefined();
  });

  it('makes special tokens from text only when asked', async () => {
    const text = 'a<|endoftext|>';
    expect(words(await tokenizers.encode('r50k_base', text))).not.toContain(50_256);
    expect(words(await tokenizers.encode('r50k_base', text, { specialTokens: true }))).toEqual([64, 50_256]);
    expect(await tokenizers.count('r50k_base', text, { specialTokens: true })).toBe(2);
  });

  it.each(shippedTokenizers.map(({ id }) => id))('%s makes each of its special tokens only when asked', async (id) => {
    const tokenizer = await tokenizers.get(id);
    const all = Array.from({ length: tokenizer.size }, (_, at) => tokenizer.entry(at));
    const specials = all.flatMap((entry) => (entry?.special && entry.text !== null ? [entry] : []));
    expect(specials.length).toBeGreaterThan(0);
    for (const special of specials) {
      const text = `a ${special.text} b${special.text}`;
      const plain = await tokenizers.encode(id, text);
      expect(words(plain), text).not.toContain(special.id);
      expect(await tokenizers.count(id, text)).toBe(plain.count);
      const asked = words(await tokenizers.encode(id, text, { specialTokens: true }));
      expect(
        asked.filter((token) => token === special.id),
        text,
      ).toHaveLength(2);
    }
  });

  it('names those that there are when another is asked for', async () => {
    await expect(tokenizers.get('gpt-17')).rejects.toMatchObject({
      code: 'unknown-encoding',
      where: 'gpt-17',
      remedy: expect.stringContaining('cl100k_base'),
    });
  });
});

describe('a tokenizer.json', () => {
  it('is used under the id that it was opened with, and replaced by the next one', async () => {
    const info = tokenizers.open('file:a', 'words', wordFile('one', 'two'));
    expect(info).toMatchObject({ id: 'file:a', label: 'words', kind: 'words', size: 3, byteLevel: false });
    expect(tokenizers.list().at(-1)).toEqual(info);
    expect(words(await tokenizers.encode('file:a', 'two one six'))).toEqual([2, 1, 0]);
    expect((await tokenizers.search('file:a', '', 0, 10)).total).toBe(3);
    tokenizers.open('file:a', 'words', wordFile('six'));
    expect(words(await tokenizers.encode('file:a', 'two one six'))).toEqual([0, 0, 1]);
    expect((await tokenizers.search('file:a', '', 0, 10)).items.map(({ text }) => text)).toEqual(['<unk>', 'six']);
  });

  it('that is none says which part is at fault, and leaves the one before as it was', async () => {
    tokenizers.open('file:b', 'b', wordFile('one'));
    const broken = new TextEncoder().encode('{"model": {"type": "WordLevel"}}');
    expect(() => tokenizers.open('file:b', 'b', broken)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(/vocab/) }),
    );
    expect(words(await tokenizers.encode('file:b', 'one'))).toEqual([1]);
  });

  it('is not taken when it is larger than the limit, nor in the place of one that ships', async () => {
    expect(() => tokenizers.open('file:c', 'c', new Uint8Array(MAX_TOKENIZER_FILE + 1))).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
    expect(() => tokenizers.open('r50k_base', 'mine', wordFile('one'))).toThrow(
      expect.objectContaining({ code: 'refused' }),
    );
  });

  it('makes room for others: the one not used for longest goes, and says so by its id', async () => {
    for (let i = 0; i <= MAX_OPENED; i++) {
      tokenizers.open(`file:${i}`, `${i}`, wordFile('one'));
      await tokenizers.get('file:0');
    }
    await expect(tokenizers.get('file:0')).resolves.toBeDefined();
    await expect(tokenizers.get('file:1')).rejects.toMatchObject({ code: 'unknown-encoding', where: 'file:1' });
  });
});

describe('searching a vocabulary', () => {
  const texts = async (query: string, from = 0, limit = 1000) =>
    (await tokenizers.search('r50k_base', query, from, limit)).items.map(({ text }) => text);

  it('finds an id first', async () => {
    const { items } = await tokenizers.search('r50k_base', '995', 0, 5);
    expect(items[0]).toMatchObject({ id: 995, text: ' world', special: false });
    expect(items.slice(1).every(({ text }) => text?.includes('995'))).toBe(true);
  });

  it('finds texts, whole ones first, then beginnings, small and capital letters alike', async () => {
    const found = (await texts('world')) as string[];
    const rank = (text: string) => {
      const small = text.toLowerCase();
      return small === 'world' ? 0 : small.startsWith('world') ? 1 : 2;
    };
    expect(found).toContain('World');
    expect(found.every((text) => text.toLowerCase().includes('world'))).toBe(true);
    expect(found.map(rank)).toEqual(found.map(rank).sort((a, b) => a - b));
  });

  it('finds exactly what a look at each entry finds', async () => {
    const tokenizer = await tokenizers.get('r50k_base');
    for (const query of ['ing', ' the', '\n', 'É', '<|endoftext|>', '00', 'zzzzz']) {
      const wanted: number[] = [];
      for (let id = 0; id < tokenizer.size; id++) {
        if (tokenizer.entry(id)?.text?.toLowerCase().includes(query.toLowerCase())) {
          wanted.push(id);
        }
      }
      const { total, items } = await tokenizers.search('r50k_base', query, 0, 60_000);
      expect(total).toBe(wanted.length);
      expect(items.map(({ id }) => id).sort((a, b) => a - b)).toEqual(wanted);
    }
  });

  it('answers page by page, and all of it for an empty query', async () => {
    expect(await texts('ing', 5, 3)).toEqual((await texts('ing')).slice(5, 8));
    const { total, items } = await tokenizers.search('r50k_base', '', 50_255, 10);
    expect(total).toBe(50_257);
    expect(items).toEqual([
      expect.objectContaining({ id: 50_255 }),
      expect.objectContaining({ id: 50_256, text: '<|endoftext|>', special: true }),
    ]);
  });

  it('gives the bytes of an entry that is no whole character', async () => {
    const { items } = await tokenizers.search('r50k_base', '447', 0, 1);
    // Published: GPT-2's 447 is the first two bytes of many punctuation marks, E2 80.
    expect(items[0]).toMatchObject({ id: 447, text: null, bytes: [0xe2, 0x80] });
  });

  it('gives the scores of a Unigram vocabulary', async () => {
    const { items } = await tokenizers.search('use-lite', '▁the', 0, 1);
    expect(items[0]?.text).toBe('▁the');
    expect(items[0]?.score).toBeLessThan(0);
  });
});
