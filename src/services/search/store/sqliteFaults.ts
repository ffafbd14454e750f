// SQLite's errors as faults for people, and node:sqlite where it is.

import type * as Sqlite from 'node:sqlite';
import { Fault } from '../../../shared/errors.ts';

/** @throws Fault `not-found` below Node 22.16 */
export function loadSqlite(): typeof Sqlite {
  const sqlite = process.getBuiltinModule?.('node:sqlite') as typeof Sqlite | undefined;
  if (sqlite?.DatabaseSync === undefined) {
    throw new Fault('not-found', `Node ${process.versions.node} has no node:sqlite, in which the index is kept.`, {
      remedy: 'Use Node 22.16 or newer, or VS Code 1.106 or newer.',
    });
  }
  return sqlite;
}

// https://www.sqlite.org/rescode.html
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** SQLite's primary result code, where an error is one of SQLite's. */
export function resultCode(error: unknown): number | undefined {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : undefined;
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === BUSY || code === LOCKED;
}

/** The file is not what SQLite wrote. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return code === CORRUPT || code === NOTADB;
}

/** Of a file that is there and can only be read. */
export function notWritten(place: string): Fault {
  return new Fault('storage', `The index at ${place} cannot be written.`, {
    where: place,
    remedy: 'See whether you may write the file and its folder.',
  });
}

/** An error of SQLite or of the file system as a fault; a fault as it is. */
export function storeFault(error: unknown, place: string): Fault {
  if (error instanceof Fault) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const [what, remedy] = explain(error, message);
  return new Fault('storage', `The index at ${place} ${what}`, { where: place, remedy, cause: error });
}

function explain(error: unknown, message: string): readonly [string, string] {
  const system = (error as NodeJS.ErrnoException)?.code;
  switch (resultCode(error)) {
    case BUSY:
    case LOCKED:
      return ['is locked by another program.', 'Close the program that holds it, or try again.'];
    case FULL:
      return ['cannot grow: the disk is full.', 'Make room on the disk; what was kept before is still there.'];
    case READONLY:
    case CANTOPEN:
      return ['cannot be written.', 'See whether its folder exists and you may write there.'];
    case CORRUPT:
    case NOTADB:
      return ['is damaged.', 'It is set aside and built anew when it is opened the next time.'];
    case IOERR:
      return [`could not be read or written: ${message}.`, 'See whether the disk is full or was taken away.'];
  }
  if (system === 'EACCES' || system === 'EPERM' || system === 'EROFS' || system === 'ENOTDIR' || system === 'EEXIST') {
    return ['cannot be written.', 'See whether its folder exists and you may write there.'];
  }
  if (system === 'ENOENT') {
    return ['cannot be made.', 'See whether its folder exists and you may write there.'];
  }
  if (system === 'ENOSPC') {
    return ['cannot grow: the disk is full.', 'Make room on the disk; what was kept before is still there.'];
  }
  return [`failed: ${message}.`, 'Rebuild the index if this goes on.'];
}
