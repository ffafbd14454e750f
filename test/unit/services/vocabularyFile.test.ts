// The vocabulary file: what is written is read, what is damaged is refused, and what is built is GPT-2's own.

import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import r50k from 'gpt-tokenizer/bpeRanks/r50k_base';
import { describe, expect, it } from 'vitest';
import { buildVocabularies, fromPackage } from '../../../src/services/buildVocabularies.ts';
import { vocabularyFolder } from '../../../src/services/vocabularies.ts';
import { readVocabulary, writeVocabulary } from '../../../src/services/vocabularyFile.ts';
import { Fault } from '../../../src/shared/errors.ts';
import type { Vocabulary } from '../../../src/tokenizers/vocabulary.ts';
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
      fc.property(vocabularies, (vocabulary) => {
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

describe('r50k_base as built', () => {
  it("holds the same tokens as another package's copy, in less than 700 kB", async () => {
    await using folder = await temporaryFolder();
    const [file] = await buildVocabularies(folder.path);
    expect((await stat(file!)).size).toBeLessThan(700_000);
    const { tokens, specialTokens } = await vocabularyFolder(folder.path)('r50k_base');
    const reference = r50k.map((token) => (typeof token === 'string' ? [...Buffer.from(token)] : [...token]));
    expect(tokens.length).toBe(50256);
    expect(tokens.map((token) => [...token])).toEqual(reference.slice(0, 50256));
    expect(specialTokens).toEqual({ '<|endoftext|>': 50256 });
  });

  it('is not made from ranks with a gap', () => {
    const ranks = { pat_str: '', special_tokens: {}, bpe_ranks: '! 0 IQ== Ig==\n! 3 Iw==' };
    expect(() => fromPackage('v', ranks)).toThrow(/begins at 3, and 2/);
  });
});

describe('a folder of vocabularies', () => {
  it('reads each once, and a damaged one again', async () => {
    await using folder = await temporaryFolder();
    const [file] = await buildVocabularies(folder.path);
    const load = vocabularyFolder(folder.path);
    await writeFile(path.join(folder.path, 'broken.bin'), 'ILV1');
    await expect(load('broken')).rejects.toMatchObject({ code: 'bad-input' });
    await writeFile(path.join(folder.path, 'broken.bin'), await readFile(file!));
    expect((await load('broken')).tokens.length).toBe(50256);
    expect(await load('r50k_base')).toBe(await load('r50k_base'));
  });

  it.each(['gpt5', '../r50k_base', '', 'r50k_base.bin'])('does not know %j and names what it knows', async (name) => {
    await using folder = await temporaryFolder();
    await buildVocabularies(folder.path);
    const fault = vocabularyFolder(folder.path)(name);
    await expect(fault).rejects.toMatchObject({ code: 'unknown-encoding', remedy: 'There are: r50k_base.' });
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
