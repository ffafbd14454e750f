// Vectors in SQLite: kept as bytes with a scale, to be searched in memory, and as f32, by which the best are put in
// order. Kept by embedded text, so that chunks of equal text share one.

import type { NearestKernels } from '../../../engine/kernels/nearest.ts';
import { quantiseRow } from '../../../retrieval/vectors/quantise.ts';
import { VectorIndex } from '../../../retrieval/vectors/vectorIndex.ts';
import { checkDimensions } from './rows.ts';
import type { Slices } from './slices.ts';
import type { Connection } from './sqliteConnection.ts';

/** The id of a vector is its embedder's times this and its text's. */
const PER_EMBEDDER = 2 ** 32;
const PAGE = 2000;
/** So many rows are deleted in one transaction. */
const DELETED_AT_ONCE = 500;

interface Loaded {
  /** The embedder's id in the tables. */
  readonly id: number;
  readonly rows: VectorIndex;
  /** totals.changes and totals.removed when it was last brought up to date. */
  changes: number;
  removed: number;
}

interface VectorRow {
  readonly id: number;
  readonly scale: number;
  readonly row: Uint8Array;
}

export interface NearText {
  /** Id of the embedded text. */
  readonly embedded: number;
  readonly score: number;
}

export interface KnownEmbedder {
  readonly id: number;
  readonly dimensions: number;
}

export function embedderOf(db: Connection, name: string): KnownEmbedder | undefined {
  return db.first<KnownEmbedder>('select id, dimensions from embedders where name = ?', name);
}

/** What the search in memory holds of one reader's file. */
export class SqliteVectors {
  readonly #db: Connection;
  readonly #slices: () => Slices;
  readonly #loaded = new Map<string, Loaded>();
  #loading: Promise<unknown> = Promise.resolve();

  readonly #kernels: NearestKernels | undefined;

  constructor(reader: Connection, slices: () => Slices, kernels: NearestKernels | undefined) {
    this.#db = reader;
    this.#kernels = kernels;
    this.#slices = slices;
  }

  /** The nearest embedded texts, best first. */
  async nearest(
    embedder: string,
    query: Float32Array,
    limit: number,
    allowed?: ReadonlySet<number>,
  ): Promise<NearText[]> {
    // One after the other: two would load the same rows.
    const loading = this.#loading.then(() => this.#load(embedder, query.length));
    this.#loading = loading.catch(() => {});
    const loaded = await loading;
    if (loaded === undefined) {
      return [];
    }
    const rescore = (keys: readonly number[]) =>
      new Map(
        keys.flatMap((key): [number, Float32Array][] => {
          const exact = exactVector(this.#db, loaded.id, key);
          return exact === undefined ? [] : [[key, exact]];
        }),
      );
    const near = loaded.rows.nearest(query, limit, { rescore, ...(allowed && { accept: allowed }) });
    return near.map(({ key, score }) => ({ embedded: key, score }));
  }

  /** Brought up to date with what anyone has written since. */
  async #load(embedder: string, dimensions: number): Promise<Loaded | undefined> {
    const { changes, removed } = this.#db.one<{ changes: number; removed: number }>(
      'select changes, removed from totals',
    );
    const known = embedderOf(this.#db, embedder);
    if (known === undefined) {
      this.#loaded.delete(embedder);
      return undefined;
    }
    checkDimensions(embedder, known.dimensions, dimensions);
    const base = known.id * PER_EMBEDDER;
    let loaded = this.#loaded.get(embedder);
    if (loaded?.id !== known.id) {
      loaded = { id: known.id, rows: new VectorIndex(dimensions, this.#kernels), changes, removed };
      await this.#readAll(loaded.rows, base);
      this.#loaded.set(embedder, loaded);
      return loaded;
    }
    if (loaded.changes !== changes) {
      if (loaded.removed !== removed) {
        this.#dropGone(loaded.rows, base);
      }
      const fresh = 'select id, scale, row from vectors where added > ? and id between ? and ?';
      for (const row of this.#db.iterate<VectorRow>(fresh, loaded.changes, base, base + PER_EMBEDDER - 1)) {
        loaded.rows.setQuantised(row.id - base, bytesOf(row.row), row.scale);
      }
      loaded.changes = changes;
      loaded.removed = removed;
    }
    return loaded;
  }

  async #readAll(rows: VectorIndex, base: number): Promise<void> {
    const slices = this.#slices();
    const page = 'select id, scale, row from vectors where id > ? and id < ? order by id limit ?';
    for (let after = base - 1; ; await slices.pause()) {
      const read = this.#db.all<VectorRow>(page, after, base + PER_EMBEDDER, PAGE);
      for (const { id, scale, row } of read) {
        rows.setQuantised(id - base, bytesOf(row), scale);
        after = id;
      }
      if (read.length < PAGE) {
        return;
      }
    }
  }

  #dropGone(rows: VectorIndex, base: number): void {
    const there = new Set<number>();
    const ids = 'select id from vectors where id between ? and ?';
    for (const { id } of this.#db.iterate<{ id: number }>(ids, base, base + PER_EMBEDDER - 1)) {
      there.add(id - base);
    }
    for (const key of [...rows.keys()]) {
      if (!there.has(key)) {
        rows.delete(key);
      }
    }
  }
}

/** In a transaction of the writer. @param change totals.changes as it is after this */
export async function putVectors(
  db: Connection,
  slices: Slices,
  change: number,
  embedder: string,
  dimensions: number,
  vectors: ReadonlyMap<number, Float32Array>,
): Promise<void> {
  const known = embedderOf(db, embedder);
  checkDimensions(embedder, known?.dimensions ?? dimensions, dimensions);
  const id = known?.id ?? db.run('insert into embedders (name, dimensions) values (?, ?)', embedder, dimensions).id;
  for (const [chunk, vector] of vectors) {
    checkDimensions(embedder, dimensions, vector.length);
    const embedded = db.first<{ embedded: number }>('select embedded from chunks where id = ?', chunk)?.embedded;
    if (embedded !== undefined) {
      const { row, scale } = quantised(vector);
      const key = id * PER_EMBEDDER + embedded;
      db.run('insert or replace into vectors values (?, ?, ?, ?)', key, change, scale, row);
      db.run('insert or replace into exact_vectors values (?, ?)', key, bytesIn(vector));
    }
    await slices.pause();
  }
}

/** Vectors of texts that no chunk has used since a time, some of them. @returns how many texts were looked at */
export function collectLoose(db: Connection, before: number): number {
  const loose = db.all<{ embedded: number }>(
    'select embedded from loose where since < ? order by since limit ?',
    before,
    DELETED_AT_ONCE,
  );
  const embedders = db.all<{ id: number }>('select id from embedders');
  let removed = 0;
  for (const { embedded } of loose) {
    if (db.first('select 1 from chunks where embedded = ? limit 1', embedded) === undefined) {
      for (const { id } of embedders) {
        removed += db.run('delete from vectors where id = ?', id * PER_EMBEDDER + embedded).changes;
        db.run('delete from exact_vectors where id = ?', id * PER_EMBEDDER + embedded);
      }
      db.run('delete from embedded where id = ?', embedded);
    }
    db.run('delete from loose where embedded = ?', embedded);
  }
  if (removed > 0) {
    db.run('update totals set removed = removed + 1');
  }
  return loose.length;
}

/** From now on there is no such embedder; its rows go bit by bit, by {@link collectForgotten}. */
export function forgetEmbedder(db: Connection, embedder: string): void {
  const known = embedderOf(db, embedder);
  if (known !== undefined) {
    db.run('delete from embedders where id = ?', known.id);
    db.run('insert into forgotten values (?)', known.id);
  }
}

/** @returns whether there may be more */
export function collectForgotten(db: Connection): boolean {
  const forgotten = db.first<{ embedder: number }>('select embedder from forgotten limit 1');
  if (forgotten === undefined) {
    return false;
  }
  const from = forgotten.embedder * PER_EMBEDDER;
  let changes = 0;
  for (const table of ['vectors', 'exact_vectors']) {
    changes += db.run(
      `delete from ${table} where id in (select id from ${table} where id between ? and ? limit ?)`,
      from,
      from + PER_EMBEDDER - 1,
      DELETED_AT_ONCE,
    ).changes;
  }
  if (changes === 0) {
    db.run('delete from forgotten where embedder = ?', forgotten.embedder);
  }
  return true;
}

export function exactVector(db: Connection, embedder: number, embedded: number): Float32Array | undefined {
  const row = db.first<{ row: Uint8Array }>(
    'select row from exact_vectors where id = ?',
    embedder * PER_EMBEDDER + embedded,
  )?.row;
  return row === undefined ? undefined : new Float32Array(row.slice().buffer);
}

/** Which of the chunk table's texts have a vector: for `exists`. */
export const HAS_VECTOR = `exists (select 1 from vectors where id = ? * ${PER_EMBEDDER} + chunks.embedded)`;

function quantised(vector: Float32Array): { row: Uint8Array; scale: number } {
  const row = new Int8Array(vector.length);
  const scale = quantiseRow(vector, row);
  return { row: new Uint8Array(row.buffer), scale };
}

function bytesIn(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

function bytesOf(row: Uint8Array): Int8Array {
  return new Int8Array(row.buffer, row.byteOffset, row.byteLength);
}
