// The word vectors from their folder, read when they are first asked for.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readStaticTable } from '../../retrieval/staticTable.ts';
import { WordVectors } from '../../retrieval/wordVectors.ts';
import { Fault } from '../../shared/errors.ts';

const NAMES = { name: 'The table of word vectors', make: 'node src/build/wordVectors.ts' };

/** Faults of what it gives: `not-found` when a file is missing, `bad-input` when the two don't belong together. */
export function wordVectorsFolder(folder: string): () => Promise<WordVectors> {
  let vectors: Promise<WordVectors> | undefined;
  return () => {
    vectors ??= load(folder).catch((error: unknown) => {
      vectors = undefined;
      throw error;
    });
    return vectors;
  };
}

async function load(folder: string): Promise<WordVectors> {
  const [words, bytes] = await Promise.all(
    ['words.txt', 'vectors.bin'].map((name) =>
      readFile(path.join(folder, name)).catch((cause: unknown) => {
        throw new Fault('not-found', 'The word vectors are missing.', {
          where: path.join(folder, name),
          remedy: 'Install the extension again.',
          cause,
        });
      }),
    ),
  );
  const table = readStaticTable(bytes!, folder, NAMES);
  const list = words!.toString('utf8').trimEnd().split('\n');
  if (list.length !== table.scales.length) {
    throw new Fault('bad-input', `There are ${list.length} words for ${table.scales.length} vectors.`, {
      where: folder,
      remedy: 'Install the extension again.',
    });
  }
  return new WordVectors(list, table);
}
