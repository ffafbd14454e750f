// The search worker's entry: a thread of its own that holds the index, so that nothing else waits for it.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { AskService } from '../../services/ask/askService.ts';
import { cacheFolder } from '../../services/cacheFolder.ts';
import { nearestFolder } from '../../services/kernels.ts';
import { loadRealModels } from '../../services/models/load.ts';
import type { ModelPlaces } from '../../services/models/localModels.ts';
import type { RealModels } from '../../services/models/realModels.ts';
import { cutterInProcess } from '../../services/search/cutProcess.ts';
import { openFiles } from '../../services/search/openFiles.ts';
import { openStore } from '../../services/search/openStore.ts';
import { ownerName } from '../../services/search/owner.ts';
import { SearchService } from '../../services/search/searchService.ts';
import { staticModelFile } from '../../services/search/staticModelFile.ts';
import { SyntaxParsers } from '../../services/search/syntaxParsers.ts';
import { tokenizerFolder } from '../../services/tokenizerFolder.ts';
import { vocabularyFolder } from '../../services/vocabularies.ts';
import { systemClock } from '../../shared/environment.ts';
import { indexChanged } from '../../shared/searchMessages.ts';
import { serveMethods } from '../methods.ts';
import { threadConnection } from '../threadConnection.ts';
import { addAskMethods } from './askMethods.ts';
import { addEmbeddingMethods } from './embeddingMethods.ts';
import { addEvaluateMethods } from './evaluateMethods.ts';
import { HostFolder } from './hostFolder.ts';
import { indexEmbeddings } from './indexEmbeddings.ts';
import { addModelMethods } from './modelMethods.ts';
import { addSearchMethods } from './searchMethods.ts';

/** What the parent may say when it starts the thread; in the built extension nothing. */
interface WorkerSettings {
  /** Folders beside this bundle, if not the usual ones. */
  readonly vocabularies?: string;
  readonly kernels?: string;
  readonly grammars?: string;
  /** The program that cuts files. */
  readonly cut?: string;
  /** Where models are, if not beside this bundle and in the user's cache folder. */
  readonly models?: ModelPlaces;
}

if (parentPort === null) {
  throw new Error('worker/search/main runs as a worker thread, not by itself.');
}
/** A folder beside this bundle. */
const beside = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));
const settings = (workerData ?? {}) as WorkerSettings;
const places: ModelPlaces = settings.models ?? {
  staticModel: fileURLToPath(new URL('../media/models/static-minilm/model.bin', import.meta.url)),
  dist: fileURLToPath(new URL('.', import.meta.url)),
  cache: path.join(cacheFolder(), 'models'),
};
const vocabularies = settings.vocabularies ?? beside('vocabularies');
const tokenizers = tokenizerFolder(vocabularies, vocabularyFolder(vocabularies));
const kernels = nearestFolder(settings.kernels ?? beside('kernels'));
const grammars = settings.grammars ?? beside('grammars');
const connection = threadConnection(parentPort);
let loading: Promise<RealModels> | undefined;
const models = () => {
  loading ??= loadRealModels(places).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
};
const tokenizer = (id: string) => tokenizers.get(id);
const staticModel = staticModelFile(places.staticModel, tokenizer);
const cutter = cutterInProcess({
  program: settings.cut ?? beside('cut.mjs'),
  grammars,
  parser: new SyntaxParsers({ folder: grammars, clock: systemClock }),
  clock: systemClock,
});
const service = new SearchService({
  clock: systemClock,
  owner: ownerName(),
  cutter,
  files: (index) => openFiles(index, ({ id, place }) => new HostFolder(connection, id, place)),
  openStore: async (index) => openStore(index, systemClock, await kernels()),
  staticModel,
  models,
  onChange: () => void connection.sendNotification(indexChanged.name, {}).catch(() => {}), // nobody is there any more
});
serveMethods(connection, 'search worker', systemClock, (on) => {
  addSearchMethods(on, service);
  const vectors = indexEmbeddings({ clock: systemClock, service, staticModel, models, tokenizer, kernels });
  const newId = () => crypto.randomUUID();
  addEmbeddingMethods(on, vectors);
  addAskMethods(on, { ask: new AskService({ service, staticModel, tokenizer, models, newId }), vectors, newId });
  addEvaluateMethods(on, { service, cutter, staticModel, models });
  addModelMethods(on, models, () => service.modelsChanged());
});
connection.onClose(() => void service.close());
connection.listen();
