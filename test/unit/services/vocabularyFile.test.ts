// The vocabulary file: what is written is read, what is damaged is refused, and what is built is what was published.

import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import cl100k from 'gpt-tokenizer/bpeRanks/cl100k_base';
import o200k from 'gpt-tokenizer/bpeRanks/o200k_base';
import r50k from 'gpt-tokenizer/bpeRanks/r50k_base';
import { afterAll, describe, expect, it } from 'vitest';
import { buildVocabularies, fromRanks, fromTokenizer } from '../../../src/services/buildVocabularies.ts';
import { vocabularyFolder } from '../../../src/services/vocabularies.ts';
import { readVocabulary, writeVocabulary } from '../../../src/services/vocabularyFile.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { PATTERNS } from '../../../src/tokenizers/patterns.ts';
import type { Vocabulary } from '../../../src/tokenizers/vocabulary.ts';
import { loadQwen, readQwen } from '../tokenizers/published.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const vocabularies: fc.Arbitrary<Vocabulary> = fc.record({
  name: fc.string(),
  pattern: fc.string({ unit: 'grapheme' }),
  tokens: fc.array(fc.uint8Array({ minLength: 1, maxLength: 255 }), { minLength: 1 }),
  specialTokens: fc.dictionary(
    fc.string().map((name) => `<|${name}|>`),
    fc.nat(),
    { noNullPrototype: true },
  ),
});
const withNormalization = fc.oneof(
  vocabularies,
  vocabularies.map((vocabulary): Vocabulary => ({ ...vocabulary, normalization: 'nfc' })),
);

function faultOf(action: () => unknown): Fault {
  try {
    action();
  } catch (error) {
    if (error instanceof Fault) {
      return error;
    }
    throw error;
  }
  throw new Error('No fault came.');
}

describe('the file', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(withNormalization, (vocabulary) => {
        const read = readVocabulary(writeVocabulary(vocabulary), 'test');
        expect(read.tokens.map((token) => [...token])).toEqual(vocabulary.tokens.map((token) => [...token]));
        expect({ ...read, tokens: [] }).toEqual({ ...vocabulary, tokens: [] });
      }),
    );
  });

  it('is refused with any byte changed, cut off or added', () => {
    const whole = fc.tuple(vocabularies.map(writeVocabulary), fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(whole, fc.constantFrom('change', 'cut', 'add'), ([file, place, by], how) => {
        const at = place % file.length;
        const damaged = how === 'add' ? new Uint8Array([...file, by]) : file.slice(0, how === 'cut' ? at : file.length);
        if (how === 'change') {
          damaged[at] = damaged[at]! ^ by;
        }
        expect(faultOf(() => readVocabulary(damaged, 'x.bin'))).toMatchObject({ code: 'bad-input', where: 'x.bin' });
      }),
    );
  });

  it.each([0, 256])('is not written with a token of %i bytes', (length) => {
    const vocabulary = { name: 'v', pattern: '', tokens: [new Uint8Array(length)], specialTokens: {} };
    expect(() => writeVocabulary(vocabulary)).toThrow(RangeError);
  });
});

/** As the build makes it; each test looks at it and none changes it. */
const built = mkdtemp(path.join(tmpdir(), 'vocabularies-')).then(async (folder) => ({
  folder,
  files: await buildVocabularies(folder),
}));
afterAll(async () => rm((await built).folder, { recursive: true }));

describe('the vocabularies as built', () => {
  it.each([
    ['r50k_base', r50k, 50_256, 400_000],
    ['cl100k_base', cl100k, 100_256, 800_000],
    ['o200k_base', o200k, 199_998, 1_700_000],
  ] as const)("%s holds the same tokens as another package's copy", async (name, other, count, most) => {
    const { folder, files } = await built;
    const file = files.find((candidate) => path.basename(candidate) === `${name}.bin`);
    expect((await stat(file!)).size).toBeLessThan(most);
    const { tokens } = await vocabularyFolder(folder)(name);
    const reference = other.slice(0, count).map((token) => Buffer.from(token as string));
    expect(tokens.length).toBe(count);
    expect(reference.every((token, id) => token.equals(tokens[id]!))).toBe(true);
  });

  it('qwen2.5 holds the tokens, the special ones and the normalisation of its file', async () => {
    const { folder } = await built;
    const { tokens, specialTokens, normalization, pattern } = await vocabularyFolder(folder)('qwen2.5');
    const published = loadQwen();
    expect(tokens.length).toBe(151_643);
    expect(published.tokens.every((token, id) => Buffer.from(token).equals(tokens[id]!))).toBe(true);
    expect(specialTokens).toEqual(published.specialTokens);
    expect(specialTokens['<|im_end|>']).toBe(151_645);
    expect({ normalization, pattern }).toEqual({ normalization: 'nfc', pattern: PATTERNS.qwen2 });
  });

  it.each([
    ['r50k_base', 'gpt2', { '<|endoftext|>': 50_256 }],
    ['cl100k_base', 'cl100k', { '<|endoftext|>': 100_257, '<|endofprompt|>': 100_276 }],
    ['o200k_base', 'o200k', { '<|endoftext|>': 199_999, '<|endofprompt|>': 200_018 }],
  ] as const)('%s has its pattern and its special tokens', async (name, pattern, some) => {
    const vocabulary = await vocabularyFolder((await built).folder)(name);
    expect(vocabulary.pattern).toBe(PATTERNS[pattern]);
    expect(vocabulary.specialTokens).toMatchObject(some);
    expect(vocabulary.normalization).toBeUndefined();
  });

  it('are not made from ranks with a gap', () => {
    const ranks = { special_tokens: {}, bpe_ranks: '! 0 IQ== Ig==\n! 3 Iw==' };
    expect(() => fromRanks('v', '', ranks)).toThrow(/begins at 3, and 2/);
  });

  it('are not made from merges that do not follow the ids', () => {
    const { model } = readQwen();
    const [first, second, ...rest] = model.merges;
    const swapped = { model: { ...model, merges: [second!, first!, ...rest] }, added_tokens: [] };
    expect(() => fromTokenizer('v', '', swapped)).toThrow(/not the ranks/);
  });
});

describe('a folder of vocabularies', () => {
  it('reads each once, and a damaged one again', async () => {
    await using folder = await temporaryFolder();
    const [file] = (await built).files;
    const load = vocabularyFolder(folder.path);
    await writeFile(path.join(folder.path, 'broken.bin'), 'ILV1');
    await expect(load('broken')).rejects.toMatchObject({ code: 'bad-input' });
    await writeFile(path.join(folder.path, 'broken.bin'), await readFile(file!));
    expect((await load('broken')).tokens.length).toBe(50256);
    expect(await load('broken')).toBe(await load('broken'));
  });

  it.each(['gpt5', '../r50k_base', '', 'r50k_base.bin'])('does not know %j and names what it knows', async (name) => {
    await expect(vocabularyFolder((await built).folder)(name)).rejects.toMatchObject({
      code: 'unknown-encoding',
      remedy: 'There are: cl100k_base, o200k_base, qwen2.5, r50k_base.',
    });
  });

  it('says when a file can’t be read, where, and what to do', async () => {
    await using folder = await temporaryFolder();
    await mkdir(path.join(folder.path, 'blocked.bin'));
    await expect(vocabularyFolder(folder.path)('blocked')).rejects.toMatchObject({
      code: 'not-found',
      where: path.join(folder.path, 'blocked.bin'),
      remedy: /npm run build/,
    });
  });

  it('says when the data is missing', async () => {
    await using folder = await temporaryFolder();
    await expect(vocabularyFolder(folder.path)('r50k_base')).rejects.toMatchObject({ code: 'not-found' });
    const missing = vocabularyFolder(path.join(folder.path, 'nowhere'));
    await expect(missing('r50k_base')).rejects.toMatchObject({ code: 'not-found' });
  });
});
