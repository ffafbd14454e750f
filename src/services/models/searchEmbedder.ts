// The embedder of a search index, by the name that settings have for it.

import type { Embedder } from '../../retrieval/embedder.ts';
import { spaced } from '../../retrieval/spacedEmbedder.ts';
import { MINILM } from './knownModels.ts';
import type { RealModels } from './realModels.ts';

/**
 * MiniLM knows words and not code, and finds more where identifiers are spaced (npm run bench searchQuality); a model of
 * the user's choice is given texts as they are.
 *
 * @throws Fault as {@link RealModels.embedder}
 */
export async function searchEmbedder(models: RealModels, id: string): Promise<Embedder> {
  const model = await models.embedder(id);
  return id === MINILM ? spaced(model) : model;
}
