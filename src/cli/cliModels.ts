// The models that the commands use: the static one, which ships, and real ones where they are on this machine.

import type { Embedder } from '../retrieval/embedder.ts';
import { loadRealModels } from '../services/models/load.ts';
import { STATIC_MODEL } from '../services/models/programModels.ts';
import type { RealModels } from '../services/models/realModels.ts';
import { staticModelFile } from '../services/search/staticModelFile.ts';
import { tokenizerFolder } from '../services/tokenizerFolder.ts';
import { vocabularyFolder } from '../services/vocabularies.ts';
import type { Installation } from './installation.ts';

export interface CliModels {
  readonly staticModel: () => Promise<Embedder>;
  readonly realModels: () => Promise<RealModels>;
  /** `static`, `minilm`, or a model's name on the hub. Faults: `model-missing` when it has to be fetched first. */
  embedder(id: string): Promise<Embedder>;
}

export function cliModels({ vocabularies, models }: Installation): CliModels {
  const tokenizers = tokenizerFolder(vocabularies, vocabularyFolder(vocabularies));
  const staticModel = staticModelFile(models.staticModel, (id) => tokenizers.get(id));
  let real: Promise<RealModels> | undefined;
  const realModels = () => {
    real ??= loadRealModels(models);
    return real;
  };
  return {
    staticModel,
    realModels,
    embedder: async (id) => (id === STATIC_MODEL ? staticModel() : (await realModels()).embedder(id)),
  };
}
