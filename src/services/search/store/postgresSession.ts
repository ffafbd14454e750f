// Reading and writing an index in PostgreSQL: connections that are made anew when they were cut, writes one after the
// other, here and in other windows.

import type pg from 'pg';
import { checkVersion, prepareSchema } from './postgresSchema.ts';
import { isLost, type Server, server } from './postgresServer.ts';

export class PostgresSession {
  readonly place: string;
  readonly schema: string;
  /** The schema that pgvector is in. */
  readonly vectorSchema: string;
  readonly #server: Server;
  #writing: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  /** Makes the index, or brings it up to date. */
  static async open(
    connectionString: string,
    schema: string,
    now: number,
    connections: number | undefined,
  ): Promise<PostgresSession> {
    const to = server(connectionString, connections);
    let client: pg.PoolClient | undefined;
    try {
      client = await to.pool.connect();
      const vectorSchema = await prepareSchema(client, schema, now);
      client.release();
      return new PostgresSession(to, schema, vectorSchema);
    } catch (error) {
      client?.release(true);
      await to.pool.end();
      throw to.fault(error);
    }
  }

  private constructor(to: Server, schema: string, vectorSchema: string) {
    this.place = `${to.place} (${schema})`;
    this.schema = schema;
    this.vectorSchema = vectorSchema;
    this.#server = to;
  }

  /** Rows of one statement, in which `$.` stands for the schema. */
  read<Row extends pg.QueryResultRow>(sql: string, ...values: unknown[]): Promise<Row[]> {
    return this.with(async (client) => (await client.query<Row>(sql.replaceAll('$.', `${this.schema}.`), values)).rows);
  }

  /** Several statements on one connection; all of them once more on a new one, where an old one had been cut. */
  async with<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return await this.#connected(work).catch((error: unknown) => {
      throw this.#server.fault(error);
    });
  }

  /** A change of the index. */
  change<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return this.#transact('update $.totals set changes = changes + 1', work);
  }

  /** One statement that is no change of the index: a note, a lease. @returns how many rows it touched */
  note(sql: string, ...values: unknown[]): Promise<number> {
    return this.#transact('select 1 from $.totals for update', async (client) => {
      return (await client.query(sql.replaceAll('$.', `${this.schema}.`), values)).rowCount ?? 0;
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#writing.then(() => this.#server.pool.end());
    return this.#closed;
  }

  /** @param lock waits for other windows' changes, and keeps theirs waiting */
  #transact<T>(lock: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const running = this.#writing.then(async () => {
      let client: pg.PoolClient | undefined;
      try {
        client = await this.#connected(async (one) => {
          await one.query('begin');
          return one;
        }, true);
        await client.query(lock.replaceAll('$.', `${this.schema}.`));
        await checkVersion(client, this.schema);
        const result = await work(client);
        await client.query('commit');
        client.release();
        return result;
      } catch (error) {
        await client?.query('rollback').then(
          () => client?.release(),
          () => client?.release(true), // cut: then the server undoes it by itself
        );
        throw this.#server.fault(error);
      }
    });
    this.#writing = running.catch(() => {});
    return running;
  }

  /** @param keep whether the connection is given to the caller instead of back */
  async #connected<T>(work: (client: pg.PoolClient) => Promise<T>, keep = false): Promise<T> {
    for (let again = true; ; again = false) {
      const client = await this.#server.pool.connect();
      try {
        const result = await work(client);
        if (!keep) {
          client.release();
        }
        return result;
      } catch (error) {
        client.release(true);
        if (!again || !isLost(error)) {
          throw error;
        }
      }
    }
  }
}
