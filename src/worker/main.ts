// The model worker's entry: a thread that answers on its parent's port. Nothing runs until it is asked.

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { programs } from '../programs/registry.ts';
import { Books } from '../services/books.ts';
import { cacheFolder } from '../services/cacheFolder.ts';
import { kernelFolder } from '../services/kernels.ts';
import { localModels, type ModelPlaces } from '../services/models/localModels.ts';
import { tokenizerFolder } from '../services/tokenizerFolder.ts';
import { vocabularyFolder } from '../services/vocabularies.ts';
import { systemClock } from '../shared/environment.ts';
import { serve } from './server.ts';
import { threadConnection } from './threadConnection.ts';

/** What the parent may say when it starts the thread; in the built extension nothing. */
interface WorkerSettings {
  /** Folder of the vocabulary files, if not the one beside this bundle. */
  readonly vocabularies?: string;
  /** Folder of the compiled kernels, if not the one beside this bundle. */
  readonly kernels?: string;
  /** Where models are, if not beside this bundle and in the user's cache folder. */
  readonly models?: ModelPlaces;
  /** Folder of fetched books, if not in the user's cache folder. */
  readonly books?: string;
  /** Of all that is random here. */
  readonly seed?: number;
}

if (parentPort === null) {
  throw new Error('worker/main runs as a worker thread, not by itself.');
}
/** A folder beside this bundle. */
const beside = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));
const settings = (workerData ?? {}) as WorkerSettings;
const connection = threadConnection(parentPort);
const vocabularies = settings.vocabularies ?? beside('vocabularies');
const loadVocabulary = vocabularyFolder(vocabularies);
const tokenizers = tokenizerFolder(vocabularies, loadVocabulary);
serve(connection, {
  clock: systemClock,
  seed: settings.seed ?? 1,
  programs,
  loadVocabulary,
  tokenizers,
  models: localModels(
    settings.models ?? {
      staticModel: fileURLToPath(new URL('../media/models/static-minilm/model.bin', import.meta.url)),
      dist: fileURLToPath(new URL('.', import.meta.url)),
      cache: path.join(cacheFolder(), 'models'),
    },
    (id) => tokenizers.get(id),
  ),
  books: new Books(settings.books ?? path.join(cacheFolder(), 'books')),
  loadKernels: kernelFolder(settings.kernels ?? beside('kernels')),
  newId: randomUUID,
});
connection.listen();
