// Reading and writing one SQLite file: reads see what is committed, writes are transactions one after the other, and
// what goes wrong comes out as a fault.

import type { Clock } from '../../../shared/environment.ts';
import { Slices } from './slices.ts';
import type { Connection } from './sqliteConnection.ts';
import { isDamage, notWritten, storeFault } from './sqliteFaults.ts';
import { checkOwner, markDamaged, type OpenedFile } from './sqliteFile.ts';
import { checkWords } from './sqliteWords.ts';

/** @param change totals.changes as it is after this */
export type Write<T> = (db: Connection, slices: Slices, change: number) => T | Promise<T>;

export class SqliteSession {
  readonly file: string;
  readonly reader: Connection;
  readonly clock: Clock;
  readonly #writer: Connection | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(file: string, { reader, writer }: OpenedFile, clock: Clock) {
    this.file = file;
    this.reader = reader;
    this.#writer = writer;
    this.clock = clock;
  }

  /** The file can only be read: what writes is refused. */
  get readOnly(): boolean {
    return this.#writer === undefined;
  }

  async read<T>(work: (db: Connection) => T | Promise<T>): Promise<T> {
    try {
      return await work(this.reader);
    } catch (error) {
      throw await this.#fault(error);
    }
  }

  /** A change of the index. */
  change<T>(work: Write<T>): Promise<T> {
    return this.#transact((db, slices) => {
      checkWords(db, this.file);
      db.run('update totals set changes = changes + 1');
      return work(db, slices, db.one<{ changes: number }>('select changes from totals').changes);
    });
  }

  /** What is no change of the index: a note, a lease. */
  note<T>(work: (db: Connection) => T): Promise<T> {
    return this.#transact(work);
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      await this.#writing;
      this.reader.close();
      this.#writer?.close();
    }
  }

  #transact<T>(work: (db: Connection, slices: Slices) => T | Promise<T>): Promise<T> {
    const db = this.#writer;
    if (db === undefined) {
      return Promise.reject(notWritten(this.file));
    }
    const running = this.#writing.then(async () => {
      try {
        await db.retry(() => db.exec('begin immediate'));
        checkOwner(db, this.file);
        const result = await work(db, new Slices(this.clock));
        db.exec('commit');
        return result;
      } catch (error) {
        const fault = await this.#fault(error);
        db.rollback();
        throw fault;
      }
    });
    this.#writing = running.catch(() => {});
    return running;
  }

  async #fault(error: unknown): Promise<Error> {
    if (isDamage(error) && this.#writer !== undefined) {
      await markDamaged(this.file);
    }
    return storeFault(error, this.file);
  }
}
