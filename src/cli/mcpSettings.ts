// What the index of an MCP server is made of: the folder's own settings, or those that the extension hands over with its
// store, so that whichever of the two keeps the index up to date, the same files are in it.

import path from 'node:path';
import { Fault } from '../shared/errors.ts';
import { rootId } from '../shared/rootId.ts';
import { z } from '../shared/schema.ts';
import { type IndexSettings, indexSettings } from '../shared/searchMessages.ts';

/** The environment variable in which the extension hands over its {@link IndexSettings}, as JSON. */
export const INDEX_VARIABLE = 'INSIDE_LLMS_INDEX';

export interface McpSettings {
  readonly settings: IndexSettings;
  /** The one folder that is searched and read. The index may hold others. */
  readonly root: IndexSettings['roots'][number];
  /** For people. */
  readonly notes: readonly string[];
}

/**
 * @param own by the folder alone; its one root is the folder
 * @param directory as it was named: a link to the folder has another address
 * @param given the extension's, as JSON
 * @throws Fault `bad-params` where those can't be read
 */
export function mcpSettings(own: IndexSettings, directory: string, given: string | undefined): McpSettings {
  const [root] = own.roots;
  if (root === undefined) {
    throw new Fault('internal', 'An index of no folder.');
  }
  if (given === undefined || given === '') {
    return { settings: own, root, notes: [] };
  }
  const read = z.safeParse(indexSettings, parsed(given));
  if (!read.success) {
    throw new Fault('bad-params', `${INDEX_VARIABLE} does not hold the settings of an index.`, {
      where: INDEX_VARIABLE,
      remedy: 'Unset it: the folder has settings of its own.',
    });
  }
  const { owner: _, ...settings } = read.data; // the extension's own name: two that write need two
  const ids = [root.id, rootId(path.resolve(directory))];
  const ofFolder = settings.roots.find(({ id }) => ids.includes(id));
  if (settings.read !== 'node' || ofFolder === undefined) {
    return { settings: own, root, notes: [`The index of ${INDEX_VARIABLE} is not of this folder, and not used.`] };
  }
  return { settings, root: ofFolder, notes: [] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
