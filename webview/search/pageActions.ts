// What the buttons of the search page ask of the host: other views, the index, models. Knows no element.

import type { Method } from '../../src/shared/messages.ts';
import { type IndexHealth, pauseIndex, rebuildIndex } from '../../src/shared/searchMessages.ts';
import { getModel, openSearchView } from '../../src/shared/searchViewMessages.ts';
import type { TreeActions } from './resultsTree.ts';
import type { StateActions } from './states.ts';

/** Asks the host; what goes wrong is the page's to show. */
type Send = <Params, Result>(method: Method<Params, Result>, params: Params) => void;

export function stateActionsOf(send: Send, own: Pick<StateActions, 'start' | 'clearFilters'>): StateActions {
  return {
    ...own,
    health: () => send(openSearchView, { view: 'health' }),
    folder: () => send(openSearchView, { view: 'folder' }),
    settings: () => send(openSearchView, { view: 'settings' }),
    resume: () => send(pauseIndex, { paused: false }),
    rebuild: () => send(rebuildIndex, {}),
    getModel: (model) => send(getModel, { model }),
  };
}

/** @param asked what is looked for now, '' where that is no query */
export function treeActionsOf(send: Send, asked: () => string, own: Omit<TreeActions, 'inspect' | 'ask'>): TreeActions {
  return {
    ...own,
    inspect: ({ chunk }) => send(openSearchView, { view: 'embeddings', chunks: [chunk] }),
    ask: ({ chunk }) => {
      const query = asked();
      send(openSearchView, { view: 'ask', chunks: [chunk], ...(query !== '' && { query }) });
    },
  };
}

/** What stands in the index and by what it is searched: where that has changed, the same search may find more. */
export function contentOf({ indexed, chunks, upToDate = 0, models }: IndexHealth): string {
  const there = models.map(({ state, vectors }) => `${state} ${vectors === chunks}`);
  return `${indexed} ${chunks} ${upToDate} ${there.join()}`;
}
