// The search worker's method that measures search on the open index's own files: see src/shared/evaluateMessages.ts.

import type { Embedder } from '../../retrieval/embedder.ts';
import { MINILM } from '../../services/models/knownModels.ts';
import { STATIC_MODEL } from '../../services/models/programModels.ts';
import type { RealModels } from '../../services/models/realModels.ts';
import { searchEmbedder } from '../../services/models/searchEmbedder.ts';
import type { Cutter } from '../../services/search/cutter.ts';
import { evaluateFolder } from '../../services/search/evaluate/evaluateFolder.ts';
import { readLabels } from '../../services/search/evaluate/labelFile.ts';
import { withStored } from '../../services/search/evaluate/storedVectors.ts';
import type { SearchService } from '../../services/search/searchService.ts';
import { evaluateSearch } from '../../shared/evaluateMessages.ts';
import type { On } from '../methods.ts';

export interface EvaluateMethodsParts {
  readonly service: SearchService;
  /** Cuts files as the index does. */
  readonly cutter: Cutter;
  readonly staticModel: () => Promise<Embedder>;
  readonly models: () => Promise<RealModels>;
}

export function addEvaluateMethods(on: On, { service, cutter, staticModel, models }: EvaluateMethodsParts): void {
  on(evaluateSearch, async ({ queries, commits, labels }, { signal, onProgress }) => {
    const read = labels && readLabels(labels.text, labels.file);
    const { settings, files, store } = await service.opened();
    const better = settings.embedder === STATIC_MODEL ? MINILM : settings.embedder;
    return evaluateFolder({
      ...{ settings, files, cutter, queries, commits, signal, onProgress, staticModel, labels: read },
      // Minutes, where each chunk had to be embedded anew.
      reranker: async () => withStored(await searchEmbedder(await models(), better), store),
    });
  });
}
