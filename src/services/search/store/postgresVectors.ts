// Vectors in PostgreSQL: a table an embedder, of pgvector's type, so that whoever has millions of them may put an HNSW
// index on it. Vectors have length 1: the inner product is the cosine.

import type pg from 'pg';
import type { ScoredChunk } from '../../../retrieval/store.ts';
import { dotOf } from '../../../retrieval/vectors/quantise.ts';
import { Fault } from '../../../shared/errors.ts';
import { checkDimensions } from './rows.ts';

const COLLECTED_AT_ONCE = 500;
const PUT_AT_ONCE = 200;
/** pgvector's own limit. */
const MOST_DIMENSIONS = 16_000;

interface Known {
  readonly id: number;
  readonly dimensions: number;
}

export class PostgresVectors {
  readonly #schema: string;
  /** The schema that pgvector is in. */
  readonly #in: string;
  /** By embedder: all chunks below have its vector. */
  readonly #complete = new Map<string, { embedder: number; below: number }>();

  constructor(schema: string, vectorSchema: string) {
    this.#schema = schema;
    this.#in = vectorSchema;
  }

  /** @param where what a chunk `c` has to be, its parameters from $2 */
  async nearest(
    client: pg.PoolClient,
    embedder: string,
    query: Float32Array,
    limit: number,
    where: string,
    values: readonly unknown[],
  ): Promise<ScoredChunk[]> {
    const known = await this.#find(client, embedder);
    if (known === undefined) {
      return [];
    }
    checkDimensions(embedder, known.dimensions, query.length);
    const near = await client.query<{ embedded: number; row: Buffer }>(
      `select v.embedded, ${this.#in}.vector_send(v.row) as row from ${this.#table(known)} v
       where exists (select 1 from ${this.#schema}.chunks c where c.embedded = v.embedded ${where})
       order by v.row operator(${this.#in}.<#>) $1::${this.#in}.vector limit ${limit + 64}`,
      [written(query), ...values],
    );
    const scores = new Map(near.rows.map(({ embedded, row }) => [embedded, dotOf(read(row), query)]));
    const chunks = await client.query<{ id: number; embedded: number }>(
      `select c.id, c.embedded from ${this.#schema}.chunks c where c.embedded = any($1::bigint[]) ${where}`,
      [[...scores.keys()], ...values],
    );
    return chunks.rows
      .map(({ id, embedded }) => ({ chunk: id, score: scores.get(embedded) as number }))
      .sort((a, b) => b.score - a.score || a.chunk - b.chunk)
      .slice(0, limit);
  }

  async of(client: pg.PoolClient, embedder: string, chunks: readonly number[]): Promise<Map<number, Float32Array>> {
    const known = await this.#find(client, embedder);
    if (known === undefined) {
      return new Map();
    }
    const { rows } = await client.query<{ id: number; row: Buffer }>(
      `select c.id, ${this.#in}.vector_send(v.row) as row from ${this.#schema}.chunks c
       join ${this.#table(known)} v on v.embedded = c.embedded where c.id = any($1::bigint[])`,
      [chunks],
    );
    const found = new Map(rows.map(({ id, row }) => [id, read(row)]));
    return new Map(chunks.flatMap((id) => (found.has(id) ? [[id, found.get(id) as Float32Array]] : [])));
  }

  async lacking(client: pg.PoolClient, embedder: string, limit: number): Promise<number[]> {
    const known = await this.#find(client, embedder);
    const before = this.#complete.get(embedder);
    const from = before !== undefined && before.embedder === known?.id ? before.below : 0;
    const chunks = `${this.#schema}.chunks`;
    const { rows: ends } = await client.query<{ last: number }>(`select coalesce(max(id), 0) as last from ${chunks}`);
    const has = known && `and not exists (select 1 from ${this.#table(known)} v where v.embedded = c.embedded)`;
    const { rows } = await client.query<{ id: number }>(
      `select id from ${chunks} c where id >= $1 ${has ?? ''}
       and not exists (select 1 from ${chunks} d where d.embedded = c.embedded and d.id < c.id) order by id limit $2`,
      [from, limit],
    );
    if (known !== undefined) {
      this.#complete.set(embedder, { embedder: known.id, below: rows[0]?.id ?? ends[0].last + 1 });
    }
    return rows.map(({ id }) => id);
  }

  async put(
    client: pg.PoolClient,
    embedder: string,
    dimensions: number,
    vectors: ReadonlyMap<number, Float32Array>,
  ): Promise<void> {
    let known = await this.#find(client, embedder);
    checkDimensions(embedder, known?.dimensions ?? dimensions, dimensions);
    if (dimensions > MOST_DIMENSIONS) {
      throw new Fault('too-large', `PostgreSQL keeps vectors of at most ${MOST_DIMENSIONS} numbers.`, {
        where: embedder,
      });
    }
    if (known === undefined) {
      const made = await client.query<Known>(
        `insert into ${this.#schema}.embedders (name, dimensions) values ($1, $2) returning id, dimensions`,
        [embedder, dimensions],
      );
      known = made.rows[0];
      await client.query(
        `create table ${this.#table(known)} (embedded bigint primary key, row ${this.#in}.vector(${dimensions}) not null)`,
      );
    }
    const entries = [...vectors];
    for (let from = 0; from < entries.length; from += PUT_AT_ONCE) {
      const some = entries.slice(from, from + PUT_AT_ONCE);
      for (const [, vector] of some) {
        checkDimensions(embedder, dimensions, vector.length);
      }
      await client.query(
        `insert into ${this.#table(known)} select distinct on (c.embedded) c.embedded, n.row::${this.#in}.vector
         from unnest($1::bigint[], $2::text[]) n (chunk, row) join ${this.#schema}.chunks c on c.id = n.chunk
         order by c.embedded on conflict (embedded) do update set row = excluded.row`,
        [some.map(([chunk]) => chunk), some.map(([, vector]) => written(vector))],
      );
    }
  }

  async forget(client: pg.PoolClient, embedder: string): Promise<void> {
    const known = await this.#find(client, embedder);
    if (known !== undefined) {
      await client.query(`delete from ${this.#schema}.embedders where id = $1`, [known.id]);
      await client.query(`drop table ${this.#table(known)}`);
    }
  }

  /** Vectors of texts that no chunk has used since a time, some of them. */
  async collectLoose(client: pg.PoolClient, before: number): Promise<void> {
    const { rows } = await client.query<{ embedded: number }>(
      `delete from ${this.#schema}.loose where embedded in
         (select embedded from ${this.#schema}.loose where since < $1 order by since limit ${COLLECTED_AT_ONCE})
       returning embedded`,
      [before],
    );
    if (rows.length === 0) {
      return;
    }
    const unused = await client.query<{ id: number }>(
      `delete from ${this.#schema}.embedded e where id = any($1::bigint[])
       and not exists (select 1 from ${this.#schema}.chunks c where c.embedded = e.id) returning id`,
      [rows.map(({ embedded }) => embedded)],
    );
    for (const embedder of (await client.query<Known>(`select id, dimensions from ${this.#schema}.embedders`)).rows) {
      await client.query(`delete from ${this.#table(embedder)} where embedded = any($1::bigint[])`, [
        unused.rows.map(({ id }) => id),
      ]);
    }
  }

  async counts(client: pg.PoolClient): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const all = await client.query<Known & { name: string }>(
      `select id, name from ${this.#schema}.embedders order by name`,
    );
    for (const embedder of all.rows) {
      const { rows } = await client.query<{ n: number }>(
        `select count(*) n from ${this.#schema}.chunks c join ${this.#table(embedder)} v on v.embedded = c.embedded`,
      );
      counts[embedder.name] = rows[0].n;
    }
    return counts;
  }

  async #find(client: pg.PoolClient, embedder: string): Promise<Known | undefined> {
    const find = `select id, dimensions from ${this.#schema}.embedders where name = $1`;
    return (await client.query<Known>(find, [embedder])).rows[0];
  }

  #table({ id }: { readonly id: number }): string {
    return `${this.#schema}.vectors_${Number(id)}`;
  }
}

/** As pgvector reads it. The shortest digits that give the same f64 give the same f32. */
function written(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}

/** pgvector's binary form: how many, two bytes unused, then big-endian f32. */
function read(bytes: Buffer): Float32Array {
  const count = bytes.readUInt16BE(0);
  return Float32Array.from({ length: count }, (_, i) => bytes.readFloatBE(4 + 4 * i));
}
