// The search service over one folder, for the commands that index and search. Its index is never inside of the folder.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../services/cacheFolder.ts';
import { nearestFolder } from '../services/kernels.ts';
import { cutterInProcess } from '../services/search/cutProcess.ts';
import type { Cutter } from '../services/search/cutter.ts';
import { packagedGrammars } from '../services/search/grammars.ts';
import { NodeFolder } from '../services/search/nodeFolder.ts';
import { openFiles } from '../services/search/openFiles.ts';
import { openStore } from '../services/search/openStore.ts';
import { ownerName } from '../services/search/owner.ts';
import { SearchService } from '../services/search/searchService.ts';
import { SyntaxParsers } from '../services/search/syntaxParsers.ts';
import { rulesOfFolder } from '../services/search/workspaceSettings.ts';
import { systemClock } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import { rootId } from '../shared/rootId.ts';
import type { IndexSettings } from '../shared/searchMessages.ts';
import { type CliModels, cliModels } from './cliModels.ts';
import { type Installation, installation } from './installation.ts';

export interface OpenSearch {
  readonly service: SearchService;
  readonly settings: IndexSettings;
  /** The folder's real path. */
  readonly folder: string;
  /** For people: what of the folder's settings could not be followed. */
  readonly notes: readonly string[];
  readonly models: CliModels;
  /** Cuts files into chunks, as the service does. */
  readonly cutter: Cutter;
}

export interface OpenSearchOptions {
  /** Address of the program. */
  readonly entry: string;
  /** The file of the index, or `postgres://...`; in the user's cache folder if absent. */
  readonly store?: string | undefined;
  /** `static` if absent. */
  readonly embedder?: string;
  readonly rerank?: boolean;
  readonly onChange?: () => void;
}

/**
 * Not opened yet: `service.open(settings)` does, and begins to bring the index up to date.
 *
 * @throws Fault `not-found` when there is no such folder, `bad-input` when it is none
 */
export async function searchIn(directory: string, options: OpenSearchOptions): Promise<OpenSearch> {
  const { entry, store, embedder = 'static', rerank = false, onChange } = options;
  const folder = await realFolder(directory);
  const own = await installation(entry);
  const { rules, notes } = await rulesOfFolder(new NodeFolder(folder));
  const models = cliModels(own);
  const kernels = nearestFolder(own.kernels);
  const grammars = grammarsOf(own);
  const parser = new SyntaxParsers({ folder: grammars, clock: systemClock });
  const program = path.join(own.models.dist, 'cut.mjs');
  const cutter = cutterInProcess({ program, grammars, parser, clock: systemClock });
  const service = new SearchService({
    clock: systemClock,
    owner: ownerName(),
    cutter,
    files: (settings) => openFiles(settings),
    openStore: async (settings) => openStore(settings, systemClock, await kernels()),
    staticModel: models.staticModel,
    models: models.realModels,
    ...(onChange && { onChange }),
  });
  const settings: IndexSettings = {
    store: store === undefined ? defaultStore(folder) : storePlace(store),
    roots: [{ id: rootId(folder), name: path.basename(folder), place: folder }],
    read: 'node',
    rules: { ...rules, exclude: [...rules.exclude], include: [...rules.include] },
    embedder,
    rerank,
  };
  return { service, settings, folder, notes, models, cutter };
}

/** Where the index of a folder is kept, by its real path: in the user's cache folder. */
export function defaultStore(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return path.join(cacheFolder(), 'index', `${name}.sqlite`);
}

function storePlace(store: string): string {
  return /^postgres(ql)?:\/\//.test(store) ? store : path.resolve(store);
}

/** In a checkout that was not built, those of the package. */
function grammarsOf({ models }: Installation): string {
  const built = path.join(models.dist, 'grammars');
  return existsSync(built) ? built : packagedGrammars();
}

async function realFolder(directory: string): Promise<string> {
  let folder: string;
  try {
    folder = await realpath(directory);
  } catch (cause) {
    throw new Fault('not-found', `There is no folder "${directory}".`, {
      where: directory,
      remedy: 'Check its name.',
      cause,
    });
  }
  if (!(await stat(folder)).isDirectory()) {
    throw new Fault('bad-input', `"${directory}" is not a folder.`, {
      where: directory,
      remedy: 'Name the folder that it is in.',
    });
  }
  return folder;
}
