// The open index and its models as what the messages about vectors are answered from.

import type { NearestKernels } from '../../engine/kernels/nearest.ts';
import type { Embedder } from '../../retrieval/embedder.ts';
import { MINILM, MINILM_FOLDER } from '../../services/models/knownModels.ts';
import { STATIC_MODEL } from '../../services/models/programModels.ts';
import type { RealModels } from '../../services/models/realModels.ts';
import { searchEmbedder } from '../../services/models/searchEmbedder.ts';
import type { SearchService } from '../../services/search/searchService.ts';
import type { Clock } from '../../shared/environment.ts';
import { asFault } from '../../shared/errors.ts';
import type { ModelHealth } from '../../shared/searchMessages.ts';
import type { Tokenizer } from '../../tokenizers/tokenizer.ts';
import type { EmbeddingSource, OpenIndex } from './embeddingSource.ts';

/** Maps and samples are the same each time. */
const SEED = 1;
/** Whose tokens are this tokenizer's: the static model is made of MiniLM's. */
const BERT = 'bert-base-uncased';
const BERT_MODELS: readonly string[] = [STATIC_MODEL, MINILM, MINILM_FOLDER];

export interface IndexEmbeddingsParts {
  readonly clock: Clock;
  readonly service: Pick<SearchService, 'health' | 'opened' | 'first' | 'beside'>;
  readonly staticModel: () => Promise<Embedder>;
  readonly models: () => Promise<RealModels>;
  readonly tokenizer: (id: string) => Promise<Tokenizer>;
  readonly kernels: () => Promise<NearestKernels>;
}

export function indexEmbeddings(parts: IndexEmbeddingsParts): EmbeddingSource {
  const { clock, service, staticModel, models, tokenizer, kernels } = parts;
  return {
    clock,
    seed: SEED,
    kernels,
    models: async () => {
      const known = (await service.health()).models;
      return known.length > 0 ? known : [await alone(staticModel)];
    },
    // That of the index: what is asked here is looked for among its vectors.
    embedder: async (id) => (id === STATIC_MODEL ? staticModel() : searchEmbedder(await models(), id)),
    tokenizer: async (id) => (BERT_MODELS.includes(id) ? tokenizer(BERT) : undefined),
    index: () => openIndexOf(service),
    first: (work) => service.first(work),
    beside: (work) => service.beside(work),
  };
}

async function openIndexOf(service: Pick<SearchService, 'opened'>): Promise<OpenIndex | undefined> {
  try {
    const { store, settings } = await service.opened();
    const names = new Map(settings.roots.map(({ id, name }) => [id, name]));
    return { store, rootName: (root) => names.get(root) ?? root };
  } catch (error) {
    const fault = asFault(error);
    if (fault.code === 'not-found') {
      return undefined;
    }
    throw fault;
  }
}

/** The static model as it stands while no index is open. */
async function alone(staticModel: () => Promise<Embedder>): Promise<ModelHealth> {
  try {
    const { label, detail, dimensions } = await staticModel();
    return { id: STATIC_MODEL, label, detail, dimensions, vectors: 0, state: 'ready' };
  } catch (error) {
    const { full } = asFault(error);
    const unknown = { id: STATIC_MODEL, label: STATIC_MODEL, detail: '', dimensions: 0, vectors: 0 };
    return { ...unknown, state: 'broken', message: full };
  }
}
