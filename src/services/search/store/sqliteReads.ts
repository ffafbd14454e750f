// What is asked of an index in SQLite in more than a line.

import type { ColumnWeights } from '../../../retrieval/lexical/chunkTerms.ts';
import type { ScoredChunk, SearchFilter, StoreCounts, StoredChunk } from '../../../retrieval/store.ts';
import { type FilteredFile, fileFilter } from './filters.ts';
import { type ChunkRow, storedChunk } from './rows.ts';
import type { Connection } from './sqliteConnection.ts';
import { embedderOf, HAS_VECTOR } from './sqliteVectors.ts';

/** @param where on `chunks`, `files` and `texts`, and their order */
export function readChunks(db: Connection, where: string, ...values: (string | number)[]): StoredChunk[] {
  const chunks = `select chunks.id, files.root, files.path, files.language, chunks.kind, chunks.start, chunks."end",
    chunks.start_line, chunks.end_line, chunks.names, texts.text from chunks
    join files on files.id = chunks.file join texts on texts.chunk = chunks.id where ${where}`;
  return db.all<ChunkRow>(chunks, ...values).map(storedChunk);
}

export interface ChunkFilter {
  /** On `chunks`, to go on after a `where`; empty where all are let through. */
  readonly where: string;
  readonly values: readonly string[];
}

export function chunkFilter(db: Connection, filter: SearchFilter | undefined): ChunkFilter {
  const allows = fileFilter(filter);
  let where = '';
  const values: string[] = [];
  if (allows !== undefined) {
    const ids: number[] = [];
    for (const file of db.iterate<FilteredFile & { id: number }>('select id, root, path, language from files')) {
      if (allows(file)) {
        ids.push(file.id);
      }
    }
    where += ' and chunks.file in (select value from json_each(?))';
    values.push(JSON.stringify(ids));
  }
  if (filter?.kinds !== undefined) {
    where += ' and chunks.kind in (select value from json_each(?))';
    values.push(JSON.stringify(filter.kinds));
  }
  return { where, values };
}

/** Embedded texts of the chunks that a filter lets through. The last answer is kept: one types with the same filter. */
export class AllowedTexts {
  #last: { filter: string; changes: number; texts: Set<number> } | undefined;

  /** @returns undefined where all are let through */
  of(db: Connection, { where, values }: ChunkFilter): Set<number> | undefined {
    if (where === '') {
      return undefined;
    }
    const { changes } = db.one<{ changes: number }>('select changes from totals');
    const filter = JSON.stringify([where, values]);
    if (this.#last?.filter !== filter || this.#last.changes !== changes) {
      const texts = new Set<number>();
      const all = `select embedded from chunks where true ${where}`;
      for (const { embedded } of db.iterate<{ embedded: number }>(all, ...values)) {
        texts.add(embedded);
      }
      this.#last = { filter, changes, texts };
    }
    return this.#last.texts;
  }
}

/** The best by FTS5's BM25. @param terms at least one, all of letters and digits */
export function byWords(
  db: Connection,
  terms: readonly string[],
  weights: ColumnWeights,
  { where, values }: ChunkFilter,
  limit: number,
): ScoredChunk[] {
  const { text, names, path } = weights;
  return db.all<{ chunk: number; score: number }>(
    `select words.rowid chunk, -bm25(words, ?, ?, ?) score
     from words ${where === '' ? '' : 'cross join chunks on chunks.id = words.rowid'}
     where words match ? ${where} order by score desc, words.rowid limit ?`,
    text,
    names,
    path,
    terms.map((term) => `"${term}"`).join(' OR '),
    ...values,
    limit,
  );
}

/** Finds chunks without vectors, and remembers up to where there are none. */
export class LackingVectors {
  /** By embedder: all chunks below this id have its vector. */
  readonly #complete = new Map<string, { embedder: number; below: number }>();

  /** Lowest id first; of chunks with equal text only the first. */
  find(db: Connection, embedder: string, limit: number): StoredChunk[] {
    const id = embedderOf(db, embedder)?.id ?? 0;
    const known = this.#complete.get(embedder);
    const from = known?.embedder === id ? known.below : 0;
    const last = db.one<{ last: number }>('select coalesce(max(id), 0) last from chunks').last;
    const ids: number[] = [];
    const texts = new Set<number>();
    const lacking = `select id, embedded from chunks where id >= ? and not ${HAS_VECTOR} order by id`;
    for (const row of db.iterate<{ id: number; embedded: number }>(lacking, from, id)) {
      if (!texts.has(row.embedded)) {
        texts.add(row.embedded);
        ids.push(row.id);
      }
      if (ids.length >= limit) {
        break;
      }
    }
    this.#complete.set(embedder, { embedder: id, below: ids[0] ?? last + 1 });
    return ids.flatMap((one) => readChunks(db, 'chunks.id = ?', one));
  }
}

export function countAll(db: Connection): Omit<StoreCounts, 'storeBytes'> {
  const { chunks, terms } = db.one<{ chunks: number; terms: number }>('select chunks, terms from totals');
  const files = db.one<{ files: number; bytes: number | null }>('select count(*) files, sum(size) bytes from files');
  const withVector = `select count(*) n from chunks where ${HAS_VECTOR}`;
  const vectors = db
    .all<{ id: number; name: string }>('select id, name from embedders order by name')
    .map(({ id, name }): [string, number] => [name, db.one<{ n: number }>(withVector, id).n]);
  const languages = db
    .all<{ language: string; n: number }>('select language, count(*) n from files group by language order by language')
    .map(({ language, n }): [string, number] => [language, n]);
  return {
    files: files.files,
    chunks,
    averageLength: chunks === 0 ? 0 : terms / chunks,
    textBytes: files.bytes ?? 0,
    vectors: Object.fromEntries(vectors),
    languages: Object.fromEntries(languages),
  };
}
