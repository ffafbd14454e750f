// Maps of the whole index. What was read for one map is kept for the next while the index is the same: a UMAP mostly
// follows the PCA that was there at once.

import type { Embedder } from '../../retrieval/embedder.ts';
import type { Pause } from '../../retrieval/vectors/pca.ts';
import { type MapWork, MOST_SAMPLED, pcaMap, umapMap } from '../../services/search/maps.ts';
import { categoriesOf, foldersOf } from '../../services/search/mapsCategories.ts';
import { type MapPoints, readPoints, spreadSample } from '../../services/search/mapsPoints.ts';
import type { IndexMap } from '../../shared/embeddingMessages.ts';
import type { OpenIndex } from './embeddingSource.ts';

export class IndexMaps {
  private read: { readonly key: string; readonly points: MapPoints } | undefined;

  async map(
    model: string,
    embedder: Embedder,
    { store, rootName }: OpenIndex,
    method: 'pca' | 'umap',
    work: MapWork,
  ): Promise<IndexMap> {
    const points = await this.points(embedder, store, work.pause);
    const { ids, fileOf, files, rows, chunks, empty, version } = points;
    const sample = spreadSample(fileOf, MOST_SAMPLED, work.seed);
    const placed = await (method === 'pca' ? pcaMap(rows, sample, work) : umapMap(rows, sample, work));
    const languages = files.map(({ language }) => language);
    return {
      ...placed,
      said: `${placed.said}${emptySaid(empty)}`,
      model,
      count: ids.length,
      chunks,
      ids: Float64Array.from(ids).buffer,
      folders: categoriesOf(fileOf, foldersOf(files, rootName)),
      languages: categoriesOf(fileOf, languages),
      version,
    };
  }

  private async points(embedder: Embedder, store: OpenIndex['store'], pause: Pause): Promise<MapPoints> {
    const key = `${store.place}\n${embedder.id}\n${await store.version()}`;
    if (this.read?.key !== key) {
      this.read = undefined;
      this.read = { key, points: await readPoints(store, embedder, pause) };
    }
    return this.read.points;
  }
}

function emptySaid(empty: number): string {
  return empty === 0 ? '' : ` Left out: ${empty} chunks in which the model knows nothing.`;
}
