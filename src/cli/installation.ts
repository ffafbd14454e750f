// Where the program's own data is: beside the bundle in dist/, or in the repository when it runs from its sources.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../services/cacheFolder.ts';
import type { ModelPlaces } from '../services/models/localModels.ts';
import { Fault } from '../shared/errors.ts';

export interface Installation {
  readonly version: string;
  readonly vocabularies: string;
  /** Folder of the compiled kernels. */
  readonly kernels: string;
  /** Where models are: what ships, and what was fetched. */
  readonly models: ModelPlaces;
  readonly lessons: string;
  /** The program of the process that runs learners' code. */
  readonly runner: string;
  /** Folder under which the sources that lessons quote have their repository paths. */
  readonly sources: string;
}

/**
 * @param entry address of the running program
 * @throws Fault `not-found` when no folder above it is the extension's.
 */
export async function installation(entry: string): Promise<Installation> {
  const from = path.dirname(fileURLToPath(entry));
  const root = [from, path.dirname(from), path.dirname(path.dirname(from))].find((folder) =>
    existsSync(path.join(folder, 'package.json')),
  );
  if (root === undefined) {
    throw new Fault('not-found', 'No package.json stands above the program.', {
      where: from,
      remedy: 'Run it from where it is installed: copy the whole folder, not dist/cli.js alone.',
    });
  }
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const dist = path.join(root, 'dist');
  return {
    version,
    vocabularies: path.join(dist, 'vocabularies'),
    kernels: path.join(dist, 'kernels'),
    models: {
      staticModel: path.join(root, 'media', 'models', 'static-minilm', 'model.bin'),
      dist,
      cache: path.join(cacheFolder(), 'models'),
    },
    lessons: path.join(root, 'lessons'),
    runner: path.join(dist, 'runner.mjs'),
    sources: existsSync(path.join(root, 'src')) ? root : path.join(dist, 'sources'),
  };
}
