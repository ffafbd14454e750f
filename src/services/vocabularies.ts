// Vocabularies by name, from a folder of vocabulary files; each is read once.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../shared/errors.ts';
import type { Vocabulary, VocabularyLoader } from '../tokenizers/vocabulary.ts';
import { readVocabulary } from './vocabularyFile.ts';

const EXTENSION = '.bin';

/**
 * A loader over `folder`. Names are looked up in the folder's list and never made into a path unseen.
 *
 * The loader throws Fault `unknown-encoding` naming those that there are, `bad-input` for a damaged file (read again
 * the next time), `not-found` when the folder is missing.
 */
export function vocabularyFolder(folder: string): VocabularyLoader {
  const loaded = new Map<string, Promise<Vocabulary>>();
  return (name) => {
    let vocabulary = loaded.get(name);
    if (vocabulary === undefined) {
      vocabulary = load(folder, name);
      loaded.set(name, vocabulary);
      vocabulary.catch(() => loaded.delete(name));
    }
    return vocabulary;
  };
}

async function load(folder: string, name: string): Promise<Vocabulary> {
  const known = await names(folder);
  if (!known.includes(name)) {
    throw new Fault('unknown-encoding', `There is no encoding "${name.slice(0, 80)}".`, {
      where: name.slice(0, 80),
      remedy: `There are: ${known.join(', ')}.`,
    });
  }
  const file = path.join(folder, name + EXTENSION);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new Fault('not-found', `The vocabulary file can't be read: ${(cause as Error).message}.`, {
      where: file,
      remedy: 'Install the extension again, or build it with "npm run build".',
      cause,
    });
  });
  return readVocabulary(bytes, file);
}

async function names(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch((cause: unknown) => {
    throw missing(folder, cause);
  });
  const known = files.filter((file) => file.endsWith(EXTENSION)).map((file) => file.slice(0, -EXTENSION.length));
  if (known.length === 0) {
    throw missing(folder);
  }
  return known.sort();
}

function missing(folder: string, cause?: unknown): Fault {
  return new Fault('not-found', 'The vocabulary data is missing.', {
    where: folder,
    remedy: 'Install the extension again, or build it with "npm run build".',
    cause,
  });
}
