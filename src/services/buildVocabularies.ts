// Makes the vocabulary files from the npm package that carries OpenAI's published ranks. Only the build and tests
// import this: neither the package nor this file is shipped.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Vocabulary } from '../tokenizers/vocabulary.ts';
import { writeVocabulary } from './vocabularyFile.ts';

/** What the package says about an encoding. */
interface PackagedRanks {
  readonly pat_str: string;
  readonly special_tokens: Readonly<Record<string, number>>;
  /** Lines of `! FIRST_ID BASE64 BASE64 ...`: tokens with ids that go on from the first. */
  readonly bpe_ranks: string;
}

const encodings: Readonly<Record<string, () => Promise<{ default: PackagedRanks }>>> = {
  r50k_base: () => import('js-tiktoken/ranks/r50k_base'),
};

/** Writes `NAME.bin` for each encoding into `folder`, and answers the paths written. */
export async function buildVocabularies(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Object.entries(encodings).map(async ([name, load]) => {
      const file = path.join(folder, `${name}.bin`);
      await writeFile(file, writeVocabulary(fromPackage(name, (await load()).default)));
      return file;
    }),
  );
}

/** @throws Error when the ids have a gap: they are the places in the list. */
export function fromPackage(name: string, ranks: PackagedRanks): Vocabulary {
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
  return { name, pattern: ranks.pat_str, specialTokens: { ...ranks.special_tokens }, tokens };
}
