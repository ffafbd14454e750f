// A change of the index in PostgreSQL, inside of a transaction. Rows go in many at a time: a server is a journey away.

import type pg from 'pg';
import type { Chunk } from '../../../retrieval/chunk.ts';
import { type ChunkTerms, chunkTerms, termColumns, termCount } from '../../../retrieval/lexical/chunkTerms.ts';
import type { FileKey, FileWrite, StoreChange, StoredFile } from '../../../retrieval/store.ts';
import { Fault } from '../../../shared/errors.ts';
import { embeddedHash } from './rows.ts';

/** Chunks that go to the server together, with their words. */
const AT_ONCE = 200;

interface NewChunk {
  readonly file: number;
  readonly chunk: Chunk;
  readonly names: string;
  readonly hash: string;
  readonly path: string;
}

interface OldChunk {
  readonly id: number;
  readonly file: number;
  readonly names: string;
  readonly hash: string;
}

export class PostgresChange {
  readonly #client: pg.PoolClient;
  readonly #schema: string;
  readonly #now: number;
  #waiting: NewChunk[] = [];

  constructor(client: pg.PoolClient, schema: string, now: number) {
    this.#client = client;
    this.#schema = schema;
    this.#now = now;
  }

  async apply({ write = [], move = [], touch = [], remove = [] }: StoreChange): Promise<void> {
    await this.#remove(remove);
    await this.#move(move);
    for (const one of write) {
      await this.#write(one);
    }
    await this.#flush();
    for (const file of touch) {
      const id = await this.#find(file);
      if (id !== undefined) {
        await this.#setFile(id, file);
      }
    }
  }

  async #rows<Row extends pg.QueryResultRow>(sql: string, ...values: unknown[]): Promise<Row[]> {
    return (await this.#client.query<Row>(sql.replaceAll('$.', `${this.#schema}.`), values)).rows;
  }

  async #find({ root, path }: FileKey): Promise<number | undefined> {
    const [row] = await this.#rows<{ id: number }>('select id from $.files where root = $1 and path = $2', root, path);
    return row?.id;
  }

  async #remove(keys: readonly FileKey[]): Promise<void> {
    const files = await this.#rows<{ id: number }>(
      'select id from $.files join unnest($1::text[], $2::text[]) gone (root, path) using (root, path)',
      keys.map(({ root }) => root),
      keys.map(({ path }) => path),
    );
    await this.#removeFiles(files.map(({ id }) => id));
  }

  async #removeFiles(files: readonly number[]): Promise<void> {
    const chunks = await this.#rows<{ id: number }>('select id from $.chunks where file = any($1::bigint[])', files);
    await this.#dropChunks(chunks.map(({ id }) => id));
    await this.#rows('delete from $.files where id = any($1::bigint[])', files);
  }

  async #move(moves: NonNullable<StoreChange['move']>): Promise<void> {
    const found: { id: number; from: FileKey; to: StoredFile }[] = [];
    for (const { from, to } of moves) {
      const id = await this.#find(from);
      if (id === undefined) {
        throw new Fault('not-found', `${from.path} is not in the index, and cannot move to ${to.path}.`, {
          where: from.path,
        });
      }
      found.push({ id, from, to });
    }
    for (const { id } of found) {
      await this.#rows("update $.files set root = '', path = $2 where id = $1", id, `moving ${id}`);
    }
    for (const { id, from, to } of found) {
      await this.#remove([to]);
      await this.#setFile(id, to);
      if (from.path !== to.path) {
        await this.#renewWords(id, to.path);
      }
    }
  }

  async #renewWords(file: number, path: string): Promise<void> {
    const rows = await this.#rows<{ id: number; terms: number; names: string; text: Buffer }>(
      'select c.id, c.terms, c.names, t.text from $.chunks c join $.texts t on t.chunk = c.id where c.file = $1',
      file,
    );
    const ids = rows.map(({ id }) => id);
    const terms = rows.map(({ names, text }) =>
      chunkTerms({ names: JSON.parse(names) as string[], text: text.toString() }, path),
    );
    await this.#rows('delete from $.postings where chunk = any($1::bigint[])', ids);
    await this.#addWords(ids, terms);
    await this.#rows(
      'update $.chunks c set terms = n.terms from unnest($1::bigint[], $2::int[]) n (id, terms) where c.id = n.id',
      ids,
      terms.map(termCount),
    );
    const before = rows.reduce((sum, row) => sum + row.terms, 0);
    await this.#count(0, terms.reduce((sum, one) => sum + termCount(one), 0) - before);
  }

  /** Chunks that are as they were keep their ids and words. */
  async #write({ file, chunks }: FileWrite): Promise<void> {
    let id = await this.#find(file);
    const old = new Map<string, OldChunk[]>();
    if (id === undefined) {
      const [row] = await this.#rows<{ id: number }>(
        `insert into $.files (root, path, size, modified, hash, language, cut, indexed)
         values ($1, $2, 0, 0, '', '', '', 0) returning id`,
        file.root,
        file.path,
      );
      id = row.id;
    } else {
      for (const chunk of await this.#rows<OldChunk>(
        `select c.id, c.file, c.names, encode(e.hash, 'hex') hash from $.chunks c
         join $.embedded e on e.id = c.embedded where c.file = $1 order by c.start`,
        id,
      )) {
        const key = `${chunk.hash} ${chunk.names}`;
        old.set(key, [...(old.get(key) ?? []), chunk]);
      }
    }
    await this.#setFile(id, file);
    for (const chunk of chunks) {
      const names = JSON.stringify(chunk.names);
      const hash = Buffer.from(embeddedHash(chunk)).toString('hex');
      const same = old.get(`${hash} ${names}`)?.shift();
      if (same === undefined) {
        this.#waiting.push({ file: id, chunk, names, hash, path: file.path });
      } else {
        const { kind, start, end, startLine, endLine } = chunk;
        await this.#rows(
          'update $.chunks set kind = $2, start = $3, "end" = $4, start_line = $5, end_line = $6 where id = $1',
          ...[same.id, kind, start, end, startLine, endLine],
        );
      }
    }
    await this.#dropChunks([...old.values()].flat().map((chunk) => chunk.id));
    if (this.#waiting.length >= AT_ONCE) {
      await this.#flush();
    }
  }

  async #setFile(id: number, file: StoredFile): Promise<void> {
    const { root, path, size, modified, hash, language, cut, indexed } = file;
    await this.#rows(
      `update $.files set root = $2, path = $3, size = $4, modified = $5, hash = $6, language = $7, cut = $8,
       indexed = $9 where id = $1`,
      ...[id, root, path, size, modified, hash, language, cut, indexed],
    );
  }

  async #dropChunks(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) {
      return;
    }
    const gone = await this.#rows<{ embedded: number; terms: number }>(
      'delete from $.chunks where id = any($1::bigint[]) returning embedded, terms',
      ids,
    );
    await this.#rows('delete from $.texts where chunk = any($1::bigint[])', ids);
    await this.#rows('delete from $.postings where chunk = any($1::bigint[])', ids);
    await this.#rows(
      `insert into $.loose select distinct id, $2::float8 from unnest($1::bigint[]) id
       on conflict (embedded) do update set since = excluded.since`,
      gone.map(({ embedded }) => embedded),
      this.#now,
    );
    await this.#count(-gone.length, -gone.reduce((sum, { terms }) => sum + terms, 0));
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let from = 0; from < waiting.length; from += AT_ONCE) {
      await this.#addChunks(waiting.slice(from, from + AT_ONCE));
    }
  }

  async #addChunks(added: readonly NewChunk[]): Promise<void> {
    const hashes = [...new Set(added.map(({ hash }) => hash))];
    const bytes = "select decode(hash, 'hex') from unnest($1::text[]) hash";
    await this.#rows(`insert into $.embedded (hash) ${bytes} on conflict do nothing`, hashes);
    const known = await this.#rows<{ id: number; hash: string }>(
      `select id, encode(hash, 'hex') hash from $.embedded where hash in (${bytes})`,
      hashes,
    );
    const embedded = new Map(known.map(({ id, hash }) => [hash, id]));
    const ids = (
      await this.#rows<{ id: number }>("select nextval('$.chunk_ids') id from generate_series(1, $1)", added.length)
    ).map(({ id }) => id);
    const terms = added.map(({ chunk, path }) => chunkTerms(chunk, path));
    const column = <T>(of: (one: NewChunk, i: number) => T): T[] => added.map(of);
    await this.#rows(
      `insert into $.chunks select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::int[], $5::int[], $6::int[],
       $7::int[], $8::text[], $9::bigint[], $10::int[])`,
      ids,
      column(({ file }) => file),
      column(({ chunk }) => chunk.kind),
      column(({ chunk }) => chunk.start),
      column(({ chunk }) => chunk.end),
      column(({ chunk }) => chunk.startLine),
      column(({ chunk }) => chunk.endLine),
      column(({ names }) => names),
      column(({ hash }) => embedded.get(hash)),
      terms.map(termCount),
    );
    await this.#rows(
      'insert into $.texts select * from unnest($1::bigint[], $2::bytea[])',
      ids,
      column(({ chunk }) => Buffer.from(chunk.text)),
    );
    await this.#addWords(ids, terms);
    await this.#count(
      ids.length,
      terms.reduce((sum, one) => sum + termCount(one), 0),
    );
  }

  async #addWords(ids: readonly number[], terms: readonly ChunkTerms[]): Promise<void> {
    const words: string[] = [];
    const chunks: number[] = [];
    const counts: number[][] = termColumns.map(() => []);
    ids.forEach((id, i) => {
      const places = new Map<string, number>();
      termColumns.forEach((name, column) => {
        for (const term of terms[i][name]) {
          let at = places.get(term);
          if (at === undefined) {
            at = words.push(term) - 1;
            chunks.push(id);
            places.set(term, at);
            for (const one of counts) {
              one.push(0);
            }
          }
          counts[column][at] += 1;
        }
      });
    });
    await this.#rows(
      'insert into $.postings select * from unnest($1::text[], $2::bigint[], $3::int[], $4::int[], $5::int[])',
      ...[words, chunks, ...counts],
    );
  }

  async #count(chunks: number, terms: number): Promise<void> {
    await this.#rows('update $.totals set chunks = chunks + $1, terms = terms + $2', chunks, terms);
  }
}
