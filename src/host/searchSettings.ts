// What VS Code's settings say about the index, as the search worker takes it. Knows nothing of vscode: settings come in
// through a function, so that each folder's own are asked.

import { Fault } from '../shared/errors.ts';
import { rootId } from '../shared/rootId.ts';
import type { IndexSettings } from '../shared/searchMessages.ts';

export interface SettingsFolder {
  readonly name: string;
  /** The folder's URI, as text. */
  readonly uri: string;
  /** Its path, where it lies on this machine. */
  readonly path?: string;
  /** A setting of folders by its full name, as it holds in this one. */
  readonly get: (key: string) => unknown;
}

export interface IndexPlace {
  /** A setting of the window by its full name: VS Code warns where such a one is asked of a folder. */
  readonly get: (key: string) => unknown;
  /** The SQLite file, where it is one. */
  readonly file: string;
  /** A PostgreSQL connection, where it is set. */
  readonly connection: string | undefined;
  /** What stands for no server set. */
  readonly noConnection: () => Fault;
}

type Rules = IndexSettings['rules'];
const DEFAULT_KILOBYTES = 1024;

/** @throws Fault `not-found` where PostgreSQL is chosen and no connection is set */
export function indexSettingsOf(folders: readonly [SettingsFolder, ...SettingsFolder[]], place: IndexPlace) {
  const [first] = folders;
  // The worker reads by itself where all lies on this machine; else it asks, for all folders alike.
  const read = folders.every(({ path }) => path !== undefined) ? 'node' : 'host';
  const rules = rulesOf(first);
  const settings: IndexSettings = {
    store: storeOf(place),
    read,
    rules,
    roots: folders.map((folder) => {
      const at = read === 'node' ? (folder.path as string) : folder.uri;
      const own = rulesOf(folder);
      const differs = JSON.stringify(own) !== JSON.stringify(rules);
      return { id: rootId(at), name: folder.name, place: at, ...(differs && { rules: own }) };
    }),
    embedder: embedderOf(place),
    rerank: place.get('insideLlms.search.rerank') === true,
  };
  return settings;
}

function storeOf({ get, file, connection, noConnection }: IndexPlace): string {
  if (get('insideLlms.search.store') !== 'postgres') {
    return file;
  }
  if (connection === undefined) {
    throw noConnection();
  }
  return connection;
}

/** The model by the id that the worker knows it by. */
function embedderOf({ get }: IndexPlace): string {
  const name = text(get('insideLlms.search.embeddingModel')) ?? 'all-MiniLM-L6-v2';
  return name === 'all-MiniLM-L6-v2' ? 'minilm' : name;
}

function rulesOf({ get }: SettingsFolder): Rules {
  const kilobytes = get('insideLlms.search.maxFileKilobytes');
  return {
    exclude: [
      ...globsThatAreOn(get('files.exclude')),
      ...globsThatAreOn(get('search.exclude')),
      ...texts(get('insideLlms.search.exclude')),
    ],
    include: texts(get('insideLlms.search.include')),
    useIgnoreFiles: get('search.useIgnoreFiles') !== false,
    maxBytes: 1024 * (typeof kilobytes === 'number' && kilobytes > 0 ? Math.round(kilobytes) : DEFAULT_KILOBYTES),
  };
}

/** The globs of `files.exclude` and its like that are on; a glob with a condition (`when`) doesn't leave out by itself, and is no rule here. */
function globsThatAreOn(value: unknown): string[] {
  const entries = value !== null && typeof value === 'object' ? Object.entries(value) : [];
  return entries.flatMap(([glob, on]) => (on === true ? [glob] : []));
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((one) => text(one) ?? []) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** @throws Fault `bad-input` where a text can be no PostgreSQL connection */
export function checkConnection(connection: string): string {
  const trimmed = connection.trim();
  if (!/^postgres(ql)?:\/\/[^\s/]+/.test(trimmed)) {
    throw new Fault('bad-input', 'A connection begins with postgres:// and names a host.');
  }
  return trimmed;
}
