// The index in PostgreSQL with pgvector, for those who share one or keep it on another machine. Same results as SQLite's:
// BM25 is computed in SQL over a table of words, the nearest by pgvector, exactly, and put in order in f32 here.

import type pg from 'pg';
import { B, K1, LEAST_IDF } from '../../../retrieval/lexical/bm25.ts';
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
import type { Clock } from '../../../shared/environment.ts';
import { Fault } from '../../../shared/errors.ts';
import { type FilteredFile, fileFilter } from './filters.ts';
import { PostgresChange } from './postgresChange.ts';
import { PostgresSession } from './postgresSession.ts';
import { PostgresVectors } from './postgresVectors.ts';
import { type ChunkRow, type FileRow, GRACE, isTerm, LEASE, storedChunk, storedFile } from './rows.ts';

export interface PostgresOptions {
  readonly clock: Clock;
  /** Keeps several indexes on one server apart: small letters, digits and `_`. */
  readonly name?: string;
  readonly weights?: ColumnWeights;
  /** To the server at once, at most; 4 if absent. */
  readonly connections?: number;
}

const CHUNK = `c.id, f.root, f.path, f.language, c.kind, c.start, c."end", c.start_line, c.end_line, c.names, t.text
  from $.chunks c join $.files f on f.id = c.file join $.texts t on t.chunk = c.id`;
const LONGEST_NAME = 40;

export class PostgresStore implements SearchStore {
  readonly place: string;
  readonly #session: PostgresSession;
  readonly #schema: string;
  readonly #clock: Clock;
  readonly #weights: ColumnWeights;
  readonly #vectors: PostgresVectors;

  /**
   * @param connectionString `postgres://user:password@host:5432/database`
   * @throws Fault `bad-params`, `storage` (no server, wrong password, read-only), `not-found` (no pgvector), `bad-input`
   *   (made by a newer version)
   */
  static async open(connectionString: string, options: PostgresOptions): Promise<PostgresStore> {
    const name = options.name ?? 'index';
    if (!/^[a-z0-9_]+$/.test(name) || name.length > LONGEST_NAME) {
      throw new Fault('bad-params', `${name} is no name for an index.`, { remedy: 'Use small letters, digits and _.' });
    }
    const { clock, connections } = options;
    const session = await PostgresSession.open(connectionString, `inside_llms_${name}`, clock.now(), connections);
    return new PostgresStore(session, options);
  }

  private constructor(session: PostgresSession, { clock, weights }: PostgresOptions) {
    this.place = session.place;
    this.#session = session;
    this.#schema = session.schema;
    this.#clock = clock;
    this.#weights = weights ?? defaultWeights;
    this.#vectors = new PostgresVectors(session.schema, session.vectorSchema);
  }

  async files(): Promise<StoredFile[]> {
    return (await this.#session.read<FileRow>('select * from $.files order by root, path')).map(storedFile);
  }

  apply(change: StoreChange): Promise<void> {
    return this.#session.change(async (client) => {
      const now = this.#clock.now();
      await this.#vectors.collectLoose(client, now - GRACE);
      await new PostgresChange(client, this.#schema, now).apply(change);
    });
  }

  async chunks(ids: readonly number[]): Promise<StoredChunk[]> {
    const found = new Map(
      (await this.#chunks('where c.id = any($1::bigint[])', ids)).map((chunk) => [chunk.id, chunk]),
    );
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  chunksOf({ root, path }: FileKey): Promise<StoredChunk[]> {
    return this.#chunks('where f.root = $1 and f.path = $2 order by c.start', root, path);
  }

  chunkPage(after: number, limit: number): Promise<StoredChunk[]> {
    return this.#chunks('where c.id > $1 order by c.id limit $2', after, limit);
  }

  async lexical(terms: readonly string[], limit: number, filter?: SearchFilter): Promise<ScoredChunk[]> {
    const distinct = [...new Set(terms.filter(isTerm))];
    const frequencies = await this.documentFrequencies(distinct);
    const wanted = queryTerms(distinct, frequencies);
    if (wanted.length === 0) {
      return [];
    }
    const { where, values } = await this.#filter(filter, 6);
    const { text, names, path } = this.#weights;
    // The same sums in the same order as lexical/bm25.ts.
    return this.#session.read<{ chunk: number; score: number }>(
      `with words as (
         select term, place, ln((t.chunks - n + 0.5) / (n + 0.5)) idf, t.terms::float8 / t.chunks average
         from $.totals t, unnest($1::text[], $2::float8[]) with ordinality as w (term, n, place)
       ), counted as (
         select p.chunk, place, case when idf > 0 then idf else ${LEAST_IDF} end idf,
           p.in_text * $3::float8 + p.in_names * $4::float8 + p.in_path * $5::float8 as tf,
           ${K1} * (1 - ${B} + ${B} * c.terms / average) as long
         from words join $.postings p using (term) join $.chunks c on c.id = p.chunk where true ${where}
       )
       select chunk, sum(idf * tf * (${K1} + 1) / (tf + long) order by place) score
       from counted group by chunk order by score desc, chunk limit ${Number(limit)}`,
      wanted,
      wanted.map((term) => frequencies[distinct.indexOf(term)]),
      ...[text, names, path],
      ...values,
    );
  }

  async documentFrequencies(terms: readonly string[]): Promise<number[]> {
    const rows = await this.#session.read<{ term: string; n: number }>(
      'select term, count(*) n from $.postings where term = any($1::text[]) group by term',
      terms.filter(isTerm),
    );
    const found = new Map(rows.map(({ term, n }) => [term, n]));
    return terms.map((term) => found.get(term) ?? 0);
  }

  async nearest(embedder: string, query: Float32Array, limit: number, filter?: SearchFilter): Promise<ScoredChunk[]> {
    const { where, values } = await this.#filter(filter, 2);
    return this.#session.with((client) => this.#vectors.nearest(client, embedder, query, limit, where, values));
  }

  vectors(embedder: string, chunks: readonly number[]): Promise<Map<number, Float32Array>> {
    return this.#session.with((client) => this.#vectors.of(client, embedder, chunks));
  }

  /** Of chunks with equal text only the first: its vector is the others' too. */
  async withoutVectors(embedder: string, limit: number): Promise<StoredChunk[]> {
    return this.chunks(await this.#session.with((client) => this.#vectors.lacking(client, embedder, limit)));
  }

  putVectors(embedder: string, dimensions: number, vectors: ReadonlyMap<number, Float32Array>): Promise<void> {
    return this.#session.change((client) => this.#vectors.put(client, embedder, dimensions, vectors));
  }

  forgetVectors(embedder: string): Promise<void> {
    return this.#session.change((client) => this.#vectors.forget(client, embedder));
  }

  leftOut(): Promise<LeftOut[]> {
    return this.#session.read<LeftOut>('select root, path, reason, detail from $.left_out order by root, path');
  }

  setLeftOut(leftOut: readonly LeftOut[]): Promise<void> {
    const column = (of: (one: LeftOut) => string) => leftOut.map((one) => of(one).replaceAll('\0', ''));
    return this.#session.change(async (client) => {
      await client.query(`delete from ${this.#schema}.left_out`);
      await client.query(
        `insert into ${this.#schema}.left_out select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])`,
        [
          column(({ root }) => root),
          column(({ path }) => path),
          column(({ reason }) => reason),
          column(({ detail }) => detail),
        ],
      );
    });
  }

  counts(): Promise<StoreCounts> {
    return this.#session.with(async (client) => {
      const rows = async <Row extends pg.QueryResultRow>(sql: string) =>
        (await client.query<Row>(sql.replaceAll('$.', `${this.#schema}.`))).rows;
      const [{ chunks, terms }] = await rows<{ chunks: number; terms: number }>('select chunks, terms from $.totals');
      const languages = await rows<{ language: string; n: number; bytes: number }>(
        'select language, count(*) n, sum(size)::float8 bytes from $.files group by language order by language',
      );
      const [{ bytes }] = await rows<{ bytes: number }>(
        `select coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 bytes from pg_class c
         join pg_namespace n on n.oid = c.relnamespace where n.nspname = '${this.#schema}' and c.relkind = 'r'`,
      );
      return {
        files: languages.reduce((sum, { n }) => sum + n, 0),
        chunks,
        averageLength: chunks === 0 ? 0 : terms / chunks,
        textBytes: languages.reduce((sum, one) => sum + one.bytes, 0),
        storeBytes: bytes,
        vectors: await this.#vectors.counts(client),
        languages: Object.fromEntries(languages.map(({ language, n }) => [language, n])),
      };
    });
  }

  async meta(key: string): Promise<string | undefined> {
    return (await this.#session.read<{ value: string }>('select value from $.meta where key = $1', key))[0]?.value;
  }

  async setMeta(key: string, value: string): Promise<void> {
    const put = 'insert into $.meta values ($1, $2) on conflict (key) do update set value = excluded.value';
    await this.#session.note(put, key, value);
  }

  async takeLease(owner: string): Promise<boolean> {
    // One that lasts longer than any that is given was written by a clock that was wrong.
    const taken = await this.#session.note(
      `insert into $.lease as held values (1, $1, $2::float8 + ${LEASE})
       on conflict (one) do update set owner = excluded.owner, until = excluded.until
       where held.owner = $1 or held.until <= $2 or held.until > $2 + ${LEASE}`,
      owner,
      this.#clock.now(),
    );
    return taken === 1;
  }

  async releaseLease(owner: string): Promise<void> {
    await this.#session.note('delete from $.lease where owner = $1', owner);
  }

  async version(): Promise<number> {
    return (await this.#session.read<{ changes: number }>('select changes from $.totals'))[0].changes;
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  async #chunks(where: string, ...values: unknown[]): Promise<StoredChunk[]> {
    const rows = await this.#session.read<Omit<ChunkRow, 'text'> & { text: Buffer }>(
      `select ${CHUNK} ${where}`,
      ...values,
    );
    return rows.map((row) => storedChunk({ ...row, text: row.text.toString() }));
  }

  /** What a filter asks of `chunks c`, to go on after a `where`. @param from the number of the first parameter */
  async #filter(filter: SearchFilter | undefined, from: number): Promise<{ where: string; values: unknown[] }> {
    const allows = fileFilter(filter);
    let where = '';
    const values: unknown[] = [];
    if (allows !== undefined) {
      const files = await this.#session.read<FilteredFile & { id: number }>(
        'select id, root, path, language from $.files',
      );
      where += ` and c.file = any($${from + values.length}::bigint[])`;
      values.push(files.filter(allows).map(({ id }) => id));
    }
    if (filter?.kinds !== undefined) {
      where += ` and c.kind = any($${from + values.length}::text[])`;
      values.push(filter.kinds);
    }
    return { where, values };
  }
}
