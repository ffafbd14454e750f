// What the tests of worker and CLI run: the real bundles, made as the build makes them, in a folder of their own that
// is laid out like the extension's.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { entries, optionsFor } from '../../../src/build/bundle.ts';
import { buildKernels } from '../../../src/build/kernels.ts';
import { buildPieceVocabularies } from '../../../src/services/buildPieceVocabularies.ts';
import { buildVocabularies } from '../../../src/services/buildVocabularies.ts';
import { packagedGrammars } from '../../../src/services/search/grammars.ts';

export interface Bundles {
  /** Holds package.json and dist/. */
  readonly root: string;
  readonly worker: string;
  readonly cli: string;
  readonly vocabularies: string;
  remove(): Promise<void>;
}

/** How long making them may take on a busy machine, in ms: for the hooks that do it. */
export const MAKING_MS = 120_000;

/** Makes the bundles for these outputs (`dist/worker.mjs`) and the data that they find beside them. */
export async function makeBundles(...outputs: string[]): Promise<Bundles> {
  const root = await mkdtemp(path.join(tmpdir(), 'inside-llms-'));
  const vocabularies = path.join(root, 'dist/vocabularies');
  await mkdir(path.join(root, 'dist'));
  await writeFile(path.join(root, 'package.json'), '{"version":"9.8.7","type":"module"}');
  await buildVocabularies(vocabularies);
  await buildPieceVocabularies(vocabularies);
  await buildKernels(path.join(root, 'dist/kernels'));
  await symlink(packagedGrammars(), path.join(root, 'dist/grammars'), 'junction');
  await symlink(path.resolve(import.meta.dirname, '../../../media'), path.join(root, 'media'), 'junction');
  for (const output of outputs) {
    const entry = entries.find(({ out }) => out === output);
    if (entry === undefined) {
      throw new Error(`The build has no bundle ${output}.`);
    }
    await build({ ...optionsFor(entry, false), outfile: path.join(root, output) });
  }
  return {
    root,
    worker: path.join(root, 'dist/worker.mjs'),
    cli: path.join(root, 'dist/cli.js'),
    vocabularies,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
