// The index in one SQLite file: FTS5 for words, vectors searched in memory. Several windows may have the file open.

import { stat } from 'node:fs/promises';
import type { NearestKernels } from '../../../engine/kernels/nearest.ts';
import { type ColumnWeights, defaultWeights, queryTerms } from '../../../retrieval/lexical/chunkTerms.ts';
import type {
  FileKey,
  LeftOut,
  ScoredChunk,
  SearchFilter,
  SearchStore,
  StoreChange,
  StoreCounts,
  StoredChunk,
  StoredFile,
} from '../../../retrieval/store.ts';
import { type FileRow, GRACE, isTerm, LEASE, storedFile } from './rows.ts';
import { Slices } from './slices.ts';
import { SqliteChange } from './sqliteChange.ts';
import { type FileOptions, type OpenedFile, openFile } from './sqliteFile.ts';
import { AllowedTexts, byWords, chunkFilter, countAll, LackingVectors, readChunks } from './sqliteReads.ts';
import { SqliteSession } from './sqliteSession.ts';
import {
  collectForgotten,
  collectLoose,
  embedderOf,
  exactVector,
  forgetEmbedder,
  putVectors,
  SqliteVectors,
} from './sqliteVectors.ts';

export interface StoreOptions extends FileOptions {
  /** What an occurrence of a word counts, by where it stands. */
  readonly weights?: ColumnWeights;
  /** By which the nearest vectors are found; plain loops if absent. */
  readonly kernels?: NearestKernels;
}

export class SqliteStore implements SearchStore {
  readonly place: string;
  readonly recovered?: string;
  readonly readOnly: boolean;
  readonly #session: SqliteSession;
  readonly #weights: ColumnWeights;
  readonly #vectors: SqliteVectors;
  readonly #allowed = new AllowedTexts();
  readonly #lacking = new LackingVectors();
  #counts: { version: number; counts: StoreCounts } | undefined;

  /**
   * @throws Fault `not-found` (no node:sqlite), `storage` (locked, not to be written, disk full), `bad-input` (made by a
   *   newer version, or not ours)
   */
  static async open(file: string, options: StoreOptions): Promise<SqliteStore> {
    return new SqliteStore(file, await openFile(file, options), options);
  }

  private constructor(file: string, opened: OpenedFile, { clock, weights, kernels }: StoreOptions) {
    this.place = file;
    this.recovered = opened.recovered;
    this.#session = new SqliteSession(file, opened, clock);
    this.readOnly = this.#session.readOnly;
    this.#weights = weights ?? defaultWeights;
    this.#vectors = new SqliteVectors(opened.reader, () => new Slices(clock), kernels);
  }

  files(): Promise<StoredFile[]> {
    const all = 'select * from files order by root, path';
    return this.#session.read((db) => db.all<FileRow>(all).map(storedFile));
  }

  apply(change: StoreChange): Promise<void> {
    return this.#session.change(async (db, slices) => {
      const now = this.#session.clock.now();
      collectLoose(db, now - GRACE);
      collectForgotten(db);
      await new SqliteChange(db, slices, now).apply(change);
    });
  }

  chunks(ids: readonly number[]): Promise<StoredChunk[]> {
    return this.#session.read((db) => ids.flatMap((id) => readChunks(db, 'chunks.id = ?', id)));
  }

  chunksOf({ root, path }: FileKey): Promise<StoredChunk[]> {
    const where = 'files.root = ? and files.path = ? order by chunks.start';
    return this.#session.read((db) => readChunks(db, where, root, path));
  }

  chunkPage(after: number, limit: number): Promise<StoredChunk[]> {
    return this.#session.read((db) => readChunks(db, 'chunks.id > ? order by chunks.id limit ?', after, limit));
  }

  async lexical(terms: readonly string[], limit: number, filter?: SearchFilter): Promise<ScoredChunk[]> {
    const distinct = [...new Set(terms.filter(isTerm))];
    const wanted = queryTerms(distinct, await this.documentFrequencies(distinct));
    if (wanted.length === 0) {
      return [];
    }
    return this.#session.read((db) => byWords(db, wanted, this.#weights, chunkFilter(db, filter), limit));
  }

  documentFrequencies(terms: readonly string[]): Promise<number[]> {
    const of = 'select doc from vocabulary where term = ?';
    return this.#session.read((db) => terms.map((term) => db.first<{ doc: number }>(of, term)?.doc ?? 0));
  }

  nearest(embedder: string, query: Float32Array, limit: number, filter?: SearchFilter): Promise<ScoredChunk[]> {
    return this.#session.read(async (db) => {
      const chosen = chunkFilter(db, filter);
      const near = await this.#vectors.nearest(embedder, query, limit, this.#allowed.of(db, chosen));
      const of = `select id from chunks where embedded = ? ${chosen.where}`;
      return near
        .flatMap(({ embedded, score }) =>
          db.all<{ id: number }>(of, embedded, ...chosen.values).map(({ id }) => ({ chunk: id, score })),
        )
        .sort((a, b) => b.score - a.score || a.chunk - b.chunk)
        .slice(0, limit);
    });
  }

  vectors(embedder: string, chunks: readonly number[]): Promise<Map<number, Float32Array>> {
    return this.#session.read((db) => {
      const found = new Map<number, Float32Array>();
      const known = embedderOf(db, embedder);
      for (const chunk of known === undefined ? [] : chunks) {
        const row = db.first<{ embedded: number }>('select embedded from chunks where id = ?', chunk);
        const vector = row && known && exactVector(db, known.id, row.embedded);
        if (vector !== undefined) {
          found.set(chunk, vector);
        }
      }
      return found;
    });
  }

  /** Of chunks with equal text only the first: its vector is the others' too. */
  withoutVectors(embedder: string, limit: number): Promise<StoredChunk[]> {
    return this.#session.read((db) => this.#lacking.find(db, embedder, limit));
  }

  putVectors(embedder: string, dimensions: number, vectors: ReadonlyMap<number, Float32Array>): Promise<void> {
    return this.#session.change((db, slices, change) => putVectors(db, slices, change, embedder, dimensions, vectors));
  }

  async forgetVectors(embedder: string): Promise<void> {
    await this.#session.change((db) => forgetEmbedder(db, embedder));
    while (await this.#session.note(collectForgotten)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  leftOut(): Promise<LeftOut[]> {
    const all = 'select root, path, reason, detail from left_out order by root, path';
    return this.#session.read((db) => db.all<LeftOut>(all));
  }

  setLeftOut(leftOut: readonly LeftOut[]): Promise<void> {
    return this.#session.change(async (db, slices) => {
      db.run('delete from left_out');
      for (const { root, path, reason, detail } of leftOut) {
        db.run('insert into left_out values (?, ?, ?, ?)', root, path, reason, detail);
        await slices.pause();
      }
    });
  }

  async counts(): Promise<StoreCounts> {
    const version = await this.version();
    if (this.#counts?.version !== version) {
      const counts = await this.#session.read(countAll);
      this.#counts = { version, counts: { ...counts, storeBytes: await this.#bytes() } };
    }
    return this.#counts.counts;
  }

  meta(key: string): Promise<string | undefined> {
    const of = 'select value from meta where key = ?';
    return this.#session.read((db) => db.first<{ value: string }>(of, key)?.value);
  }

  setMeta(key: string, value: string): Promise<void> {
    return this.#session.note((db) => void db.run('insert or replace into meta values (?, ?)', key, value));
  }

  takeLease(owner: string): Promise<boolean> {
    return this.#session.note((db) => {
      const now = this.#session.clock.now();
      // One that lasts longer than any that is given was written by a clock that was wrong.
      const others = 'select 1 from lease where owner <> ? and until > ? and until <= ?';
      const free = db.first(others, owner, now, now + LEASE) === undefined;
      if (free) {
        db.run('insert or replace into lease values (1, ?, ?)', owner, now + LEASE);
      }
      return free;
    });
  }

  releaseLease(owner: string): Promise<void> {
    return this.#session.note((db) => void db.run('delete from lease where owner = ?', owner));
  }

  version(): Promise<number> {
    return this.#session.read((db) => db.one<{ changes: number }>('select changes from totals').changes);
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  async #bytes(): Promise<number> {
    const sizes = ['', '-wal'].map((ending) => stat(this.place + ending).catch(() => undefined));
    return (await Promise.all(sizes)).reduce((sum, one) => sum + (one?.size ?? 0), 0);
  }
}
