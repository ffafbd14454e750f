// The models that programs are given: the static one from its file, the real ones through what runs them. Each is loaded
// when first used.

import type { ProgramModels } from '../../programs/models.ts';
import type { Embedder } from '../../retrieval/embedder.ts';
import type { WordVectors } from '../../retrieval/wordVectors.ts';
import type { ModelTask, RealModels } from './realModels.ts';

/** By which programs and settings name the static model, whatever its version. */
export const STATIC_MODEL = 'static';

export interface ModelLoaders {
  readonly staticModel: () => Promise<Embedder>;
  readonly realModels: () => Promise<RealModels>;
  readonly wordVectors: () => Promise<WordVectors>;
}

export function programModels({ staticModel, realModels, wordVectors }: ModelLoaders): ProgramModels {
  return {
    embedder: async (id) => (id === STATIC_MODEL ? staticModel() : (await realModels()).embedder(id)),
    pipeline: async (task, id, text, options = {}) => (await realModels()).run(task as ModelTask, id, text, options),
    file: async (id, name) => (await realModels()).file(id, name),
    wordVectors,
  };
}
