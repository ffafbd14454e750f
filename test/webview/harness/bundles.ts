// The bundles that the views' tests need, made as the build makes them, into a folder of this run: what is tested is
// always the tree as it is, and dist/ is left alone.

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { entries, optionsFor } from '../../../src/build/bundle.ts';
import { buildKernels } from '../../../src/build/kernels.ts';
import { buildPieceVocabularies } from '../../../src/services/buildPieceVocabularies.ts';
import { buildVocabularies } from '../../../src/services/buildVocabularies.ts';

/** The script of a view, as text. */
export async function viewScript(view: string): Promise<string> {
  const { outputFiles } = await build({ ...bundleOptions(`dist/webview/${view}.js`), write: false });
  const [file] = outputFiles ?? [];
  if (file === undefined) {
    throw new Error(`esbuild made nothing of the view "${view}".`);
  }
  return file.text;
}

export interface WorkerFiles {
  /** Path of the worker's script. */
  readonly script: string;
  readonly vocabularies: string;
  remove(): Promise<void>;
}

/** The worker's bundle and its vocabularies, in a temporary folder. */
export async function workerFiles(): Promise<WorkerFiles> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-worker-'));
  const script = path.join(folder, 'worker.mjs');
  const vocabularies = path.join(folder, 'vocabularies');
  await Promise.all([
    build({ ...bundleOptions('dist/worker.mjs'), outfile: script }),
    buildVocabularies(vocabularies),
    buildPieceVocabularies(vocabularies),
    buildKernels(path.join(folder, 'kernels')),
  ]);
  return { script, vocabularies, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What the build does for this bundle. */
export function bundleOptions(out: string) {
  const entry = entries.find((candidate) => candidate.out === out);
  if (entry === undefined) {
    throw new Error(`The build knows no ${out}.`);
  }
  return optionsFor(entry, false);
}
