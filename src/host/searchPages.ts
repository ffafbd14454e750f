// What every page of search may ask of the host: hits opened, other views, the index paused. The rest goes on to the
// search worker by name, once search has been used in this workspace; a page that is only looking starts nothing.

import * as vscode from 'vscode';
import { asFault, Fault } from '../shared/errors.ts';
import { indexHealth, rebuildIndex, relayedSearchMethods } from '../shared/searchMessages.ts';
import { getModel, openHit, openSearchView, startSearch } from '../shared/searchViewMessages.ts';
import { COMMANDS } from './ids.ts';
import { CLOSED } from './searchHealth.ts';
import type { SearchIndex } from './searchIndex.ts';
import type { HitOpener } from './searchOpen.ts';
import { type Handler, handle, relayTo } from './webviewConnection.ts';

/** Commands of views that other parts contribute, by the name that pages use. */
const VIEWS = { ask: 'insideLlms.askWorkspace', embeddings: 'insideLlms.openEmbeddings' } as const;

export function searchPageHandlers(index: SearchIndex, opener: HitOpener, showHealth: () => void): Handler[] {
  const relayed = relayTo(index, relayedSearchMethods).map(
    ({ method, answer }): Handler => ({
      method,
      answer: async (params, context) => {
        if (!index.started) {
          throw new Fault('not-found', vscode.l10n.t('This workspace is not indexed yet.'), {
            remedy: vscode.l10n.t('Index it first, in the Search view.'),
          });
        }
        return answer(params, context);
      },
    }),
  );
  return [
    ...relayed,
    // Forgetting everything is asked about first, as the command does.
    handle(rebuildIndex, async () => {
      await vscode.commands.executeCommand(COMMANDS.rebuildIndex);
      return null;
    }),
    handle(indexHealth, () => (index.started ? index.look() : CLOSED)),
    handle(startSearch, async () => {
      await index.start();
      return null;
    }),
    handle(openHit, (hit) => opener.open(hit)),
    handle(getModel, async ({ model }) => (await vscode.commands.executeCommand(COMMANDS.getModel, model)) === true),
    handle(openSearchView, async ({ view, query, chunks }) => {
      switch (view) {
        case 'health':
          showHealth();
          return null;
        case 'settings':
          await vscode.commands.executeCommand(COMMANDS.searchSettings);
          return null;
        case 'folder':
          await vscode.commands.executeCommand('vscode.openFolder');
          return null;
        default:
          await run(VIEWS[view], { query, chunks });
          return null;
      }
    }),
  ];
}

/** The other parts' views that are there. */
export async function otherViews(): Promise<(keyof typeof VIEWS)[]> {
  const commands = new Set(await vscode.commands.getCommands(true));
  return (['ask', 'embeddings'] as const).filter((view) => commands.has(VIEWS[view]));
}

async function run(command: string, argument: unknown): Promise<void> {
  try {
    await vscode.commands.executeCommand(command, argument);
  } catch (error) {
    throw new Fault('not-found', vscode.l10n.t('This view could not be opened: {0}', asFault(error).message), {
      cause: error,
    });
  }
}
