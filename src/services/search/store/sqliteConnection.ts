// One connection to SQLite: statements prepared once, rows with their types, waiting for a lock without blocking.

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { isBusy } from './sqliteFaults.ts';

/** Milliseconds that SQLite itself waits for a lock, blocking; between such waits others get their turn. */
const BUSY_TIMEOUT = 20;
const BUSY_PAUSE = 20;
/** Milliseconds after which a lock is taken for lasting. */
const PATIENCE = 10_000;

export class Connection {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  readonly #tries: number;

  constructor(db: DatabaseSync, patience = PATIENCE) {
    this.#db = db;
    this.#tries = Math.ceil(patience / (BUSY_TIMEOUT + BUSY_PAUSE));
    db.exec(`pragma busy_timeout = ${BUSY_TIMEOUT}`);
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** @returns the id of the row that was inserted last, and how many rows were changed */
  run(sql: string, ...values: SQLInputValue[]): { id: number; changes: number } {
    const { lastInsertRowid, changes } = this.#prepare(sql).run(...values);
    return { id: Number(lastInsertRowid), changes: Number(changes) };
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  first<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  /** For a query that always has a row. */
  one<Row>(sql: string, ...values: SQLInputValue[]): Row {
    return this.#prepare(sql).get(...values) as Row;
  }

  /** Row by row. Nothing else may be asked with the same text until it is at its end. */
  iterate<Row>(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return this.#prepare(sql).iterate(...values) as Iterable<Row>;
  }

  /** Tries again while another connection holds a lock. */
  async retry(work: () => void): Promise<void> {
    for (let left = this.#tries; ; left--) {
      try {
        work();
        return;
      } catch (error) {
        if (!isBusy(error) || left === 0) {
          throw error;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE));
    }
  }

  /** Undoes what was begun; where SQLite has undone it already (a full disk), nothing. */
  rollback(): void {
    if (this.#db.isTransaction) {
      this.#db.exec('rollback');
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#db.isOpen) {
      this.#db.close();
    }
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
