// The search worker's methods about the index: opening it, its health, and searching in it.

import type { SearchService } from '../../services/search/searchService.ts';
import {
  closeIndex,
  explainHit,
  filesChanged,
  indexHealth,
  listLeftOut,
  openIndex,
  pauseIndex,
  rebuildIndex,
  searchIndex,
  searchSimilar,
} from '../../shared/searchMessages.ts';
import type { On } from '../methods.ts';

export function addSearchMethods(on: On, service: SearchService): void {
  on(openIndex, (settings) => {
    // Answered at once: whether it could be opened is told by its health, and by every question.
    service.open(settings).catch(() => {});
    return null;
  });
  on(closeIndex, async () => {
    await service.close();
    return null;
  });
  on(filesChanged, ({ files }) => {
    service.changed(files);
    return null;
  });
  on(indexHealth, () => service.health());
  on(pauseIndex, ({ paused }) => {
    service.pause(paused);
    return null;
  });
  on(rebuildIndex, async () => {
    await service.rebuild();
    return null;
  });
  on(listLeftOut, async ({ reason, from, limit }) => {
    const all = await service.leftOut();
    const wanted = reason === undefined ? all : all.filter((one) => one.reason === reason);
    return { total: wanted.length, items: wanted.slice(from, from + limit) };
  });
  on(searchIndex, ({ query, progress: _, ...options }, { signal }) => service.query(query, { ...options, signal }));
  on(searchSimilar, ({ text, except, ...options }, { signal }) =>
    service.similar(text, { ...options, signal }, except),
  );
  on(explainHit, ({ query, ...hit }, { signal }) => service.explain(query, hit, signal));
}
