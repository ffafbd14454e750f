// An index that is there and can't be written, another user's or on a disk that is for reading only: opened to answer
// from what is in it. It is never set aside, and nothing is left beside it.

import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Fault } from '../../../shared/errors.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { Connection } from './sqliteConnection.ts';
import { areWordsOurs } from './sqliteWords.ts';

/** Whether a file is there, with something in it, and SQLite could not write it, or the log that stands beside it. */
export async function isReadOnly(file: string): Promise<boolean> {
  const size = await sizeOf(file);
  if (size === undefined || size === 0) {
    return false;
  }
  const places = [file, `${file}-wal`, `${file}-shm`, path.dirname(file)];
  return (await Promise.all(places.map(mayNotWrite))).includes(true);
}

async function mayNotWrite(place: string): Promise<boolean> {
  try {
    await access(place, constants.W_OK);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/**
 * @param check that it is ours, as where it is written
 * @throws Fault `storage` where it can't be read either, or is of an older version: it can't be brought up to this one
 */
export async function openToRead(
  file: string,
  Database: typeof DatabaseSync,
  patience: number | undefined,
  check: (db: Connection) => void,
): Promise<Connection> {
  await access(file, constants.R_OK).catch((cause: unknown) => {
    throw new Fault('storage', `The index at ${file} may not be read by you.`, {
      where: file,
      remedy: 'Ask whom it belongs to, or choose another file for the index.',
      cause,
    });
  });
  // Where another program is at work on it, or was killed, the newest is in the log. Else the file is all that there is,
  // and SQLite is told that it won't change: it would make a log otherwise, and may not be able to.
  const log = (await sizeOf(`${file}-wal`)) ?? 0;
  const address = pathToFileURL(file);
  if (log === 0) {
    address.searchParams.set('immutable', '1');
  }
  const db = new Connection(new Database(address, { readOnly: true }), patience);
  try {
    await db.retry(() => check(db));
    const { user_version } = db.one<{ user_version: number }>('pragma user_version');
    if (user_version !== SCHEMA_VERSION || !areWordsOurs(db)) {
      throw new Fault(
        'storage',
        `The index at ${file} is of an older version of Inside LLMs, and can't be brought up to date: it can't be written.`,
        { where: file, remedy: 'Choose another file for the index.' },
      );
    }
    db.exec('pragma query_only = 1; pragma cache_size = -16000');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size;
}
