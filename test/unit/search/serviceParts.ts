// What the tests of indexer and searcher stand on: a folder of files, the real store, walk and chunkers, and a model that
// is simple enough to know what it must find.

import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Embedder } from '../../../src/retrieval/embedder.ts';
import { termsOf } from '../../../src/retrieval/lexical/terms.ts';
import type { SearchStore } from '../../../src/retrieval/store.ts';
import { type Cutter, cutterWith } from '../../../src/services/search/cutter.ts';
import type { FileSource } from '../../../src/services/search/fileSource.ts';
import { packagedGrammars } from '../../../src/services/search/grammars.ts';
import { openFiles } from '../../../src/services/search/openFiles.ts';
import { SearchService, type SearchServiceParts } from '../../../src/services/search/searchService.ts';
import { SqliteStore } from '../../../src/services/search/store/sqlite.ts';
import { SyntaxParsers } from '../../../src/services/search/syntaxParsers.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { rootId } from '../../../src/shared/rootId.ts';
import type { IndexSettings } from '../../../src/shared/searchMessages.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';

/** Words that this model takes for the same. */
const SAME: ReadonlyMap<string, string> = new Map(
  Object.entries({ auto: 'car', vehicle: 'car', automobile: 'car', kitten: 'cat' }),
);

/** Each word is a direction of its own, but those that mean the same. Counts what it embeds. */
export class WordModel implements Embedder {
  readonly id: string;
  readonly label: string;
  readonly dimensions: number = 128;
  readonly detail = 'for tests';
  readonly embedded: string[] = [];

  constructor(id = 'words-1') {
    this.id = id;
    this.label = `label of ${id}`;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    this.embedded.push(...texts);
    return texts.map((text) => {
      const vector = new Float32Array(this.dimensions);
      for (const word of termsOf(text)) {
        let hash = 7;
        for (const character of SAME.get(word) ?? word) {
          hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0;
        }
        vector[hash % this.dimensions]! += 1;
      }
      const length = Math.hypot(...vector);
      return length === 0 ? vector : vector.map((value) => value / length);
    });
  }

  tokens(text: string) {
    return { ids: new Uint32Array(termsOf(text).length), used: termsOf(text).length };
  }
}

export const realCutter: Cutter = cutterWith(new SyntaxParsers({ folder: packagedGrammars(), clock: systemClock }));

/** A workspace on disk, with an index beside it. */
export class Workspace implements AsyncDisposable {
  readonly folder: string;
  readonly model = new WordModel();
  readonly stores: SearchStore[] = [];
  readonly root: string;
  /** Paths that were read, in order, by all services. */
  readonly read: string[] = [];
  readonly #base: Awaited<ReturnType<typeof temporaryFolder>>;
  readonly #services: SearchService[] = [];

  private constructor(base: Awaited<ReturnType<typeof temporaryFolder>>) {
    this.#base = base;
    this.folder = path.join(base.path, 'work');
    this.root = rootId(this.folder);
  }

  static async with(files: Readonly<Record<string, string | Uint8Array>>): Promise<Workspace> {
    const workspace = new Workspace(await temporaryFolder());
    await mkdir(workspace.folder);
    await workspace.write(files);
    return workspace;
  }

  get store(): string {
    return path.join(this.#base.path, 'index/search.sqlite');
  }

  settings(more: Partial<IndexSettings> = {}): IndexSettings {
    return {
      store: this.store,
      roots: [{ id: this.root, name: 'work', place: this.folder }],
      read: 'node',
      rules: { exclude: ['**/.git'], include: [], useIgnoreFiles: true, maxBytes: 1_000_000 },
      embedder: 'static',
      rerank: false,
      ...more,
    };
  }

  async write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(this.folder, name)), { recursive: true });
      await writeFile(path.join(this.folder, name), text);
    }
  }

  remove(name: string): Promise<void> {
    return rm(path.join(this.folder, name), { recursive: true });
  }

  key(name: string) {
    return { root: this.root, path: name };
  }

  /** The real files; what is read is noted. */
  filesOf(settings: IndexSettings): FileSource {
    return this.#counted(openFiles(settings));
  }

  /** A service that is not opened yet; closed with the workspace. */
  service(more: Partial<SearchServiceParts> = {}): SearchService {
    const service = new SearchService({
      clock: systemClock,
      owner: randomUUID(),
      cutter: realCutter,
      files: (settings) => this.filesOf(settings),
      openStore: async ({ store }) => {
        const opened = await SqliteStore.open(store, { clock: systemClock });
        this.stores.push(opened);
        return opened;
      },
      staticModel: async () => this.model,
      models: async () => {
        throw new Error('no real models');
      },
      ...more,
    });
    this.#services.push(service);
    return service;
  }

  /** A service whose index is up to date. */
  async settled(more: Partial<SearchServiceParts> = {}, settings: Partial<IndexSettings> = {}): Promise<SearchService> {
    const service = this.service(more);
    await service.open(this.settings(settings));
    await service.settled();
    return service;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#services.map((service) => service.close()));
    await this.#base[Symbol.asyncDispose]();
  }

  #counted(files: FileSource): FileSource {
    return {
      roots: files.roots,
      list: (signal) => files.list(signal),
      look: (file) => files.look(file),
      read: (file) => {
        this.read.push(file.path);
        return files.read(file);
      },
    };
  }
}

/** The paths of what a query finds, best first, each once. */
export async function found(service: SearchService, query: string, top = 10): Promise<string[]> {
  return [...new Set((await service.query(query, { top })).hits.map((hit) => hit.path))];
}
