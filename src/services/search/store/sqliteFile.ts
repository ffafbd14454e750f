// Opens an index's file: made where there is none, brought up to date where it is older, refused where it is newer or
// another program's, set aside where it is damaged.

import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../shared/environment.ts';
import { Fault } from '../../../shared/errors.ts';
import { APPLICATION_ID, SCHEMA_VERSION, steps } from './schema.ts';
import { Slices } from './slices.ts';
import { Connection } from './sqliteConnection.ts';
import { isDamage, loadSqlite, storeFault } from './sqliteFaults.ts';
import { isReadOnly, openToRead } from './sqliteReadOnly.ts';
import { remakeWords } from './sqliteWords.ts';

/** So many damaged files are kept; older ones are deleted. */
const MOST_SET_ASIDE = 2;
/** A file that has been empty for longer than this is not just being made, in milliseconds. */
const BEING_MADE = 5_000;
/** How every database of SQLite begins: https://www.sqlite.org/fileformat.html */
const HEADER = 'SQLite format 3\0';

export interface FileOptions {
  readonly clock: Clock;
  /** The file doesn't grow above so many bytes: then it is as if the disk were full. */
  readonly mostBytes?: number;
  /** Milliseconds to wait for another program's lock. */
  readonly patience?: number;
}

export interface OpenedFile {
  /** The only one that writes; undefined where the file can only be read. */
  readonly writer: Connection | undefined;
  /** Sees what is committed, also while the writer is amid a change. */
  readonly reader: Connection;
  readonly recovered?: string;
}

/** @throws Fault `storage`, `not-found`, `bad-input` (newer than this program, or another program's) */
export async function openFile(file: string, options: FileOptions): Promise<OpenedFile> {
  const { DatabaseSync } = loadSqlite();
  const { clock } = options;
  let recovered: string | undefined;
  try {
    if (await isReadOnly(file)) {
      await checkKind(file);
      const reader = await openToRead(file, DatabaseSync, options.patience, (db) => checkOwner(db, file));
      return { writer: undefined, reader };
    }
    // What is in an index is as private as the files are.
    await makeFolder(path.dirname(file));
    await checkKind(file);
    if ((await sizeOf(markOf(file))) !== undefined) {
      recovered = await setAside(file, clock);
    }
    const emptied = await wasEmptied(file, clock);
    for (;;) {
      try {
        const opened = await openBoth(file, options, DatabaseSync);
        const told = recovered ?? (emptied ? 'The index was empty. It is being built anew.' : undefined);
        return { ...opened, ...(told !== undefined && { recovered: told }) };
      } catch (error) {
        if (!isDamage(error) || recovered !== undefined) {
          throw error;
        }
        recovered = await setAside(file, clock);
      }
    }
  } catch (error) {
    throw storeFault(error, file);
  }
}

/** Whether there is a file with nothing in it, and not because another window is making it at this moment. */
async function wasEmptied(file: string, clock: Clock): Promise<boolean> {
  const found = await stat(file).catch(ignoreMissing);
  return found?.size === 0 && clock.now() - found.mtimeMs > BEING_MADE;
}

/** With all above it. Node's own way to do that never ends where nothing can be made, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  const make = () => mkdir(folder, { mode: 0o700 });
  try {
    await make();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && path.dirname(folder) !== folder) {
      await makeFolder(path.dirname(folder));
      await make().catch(ignoreThere);
    } else if (!(await stat(folder).catch(ignoreMissing))?.isDirectory()) {
      throw error;
    }
  }
}

/** With no rights for others, where there is none yet: SQLite gives the log beside it the same. */
async function makeFile(file: string): Promise<void> {
  const made = await open(file, 'ax', 0o600).catch(ignoreThere);
  await made?.close();
}

/**
 * A file that is no database and isn't named like one was meant for something else: it is not a damaged index.
 *
 * @throws Fault `bad-input`
 */
async function checkKind(file: string): Promise<void> {
  if (/\.(?:sqlite3?|db)$/i.test(file) || ((await sizeOf(file)) ?? 0) === 0 || (await stat(file)).isDirectory()) {
    return;
  }
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(HEADER.length);
    await handle.read(head, 0, head.length, 0);
    if (head.toString('latin1') !== HEADER) {
      throw new Fault('bad-input', `${file} is no index.`, {
        where: file,
        remedy: 'Choose another file for the index: this one would be lost.',
      });
    }
  } finally {
    await handle.close();
  }
}

/** Has the file set aside when it is opened the next time, by whichever window. */
export async function markDamaged(file: string): Promise<void> {
  await writeFile(markOf(file), '').catch(() => {
    // Where even this cannot be written, the next window finds out by itself.
  });
}

function markOf(file: string): string {
  return `${file}-damaged`;
}

async function openBoth(
  file: string,
  { clock, mostBytes, patience }: FileOptions,
  Database: typeof DatabaseSync,
): Promise<{ writer: Connection; reader: Connection }> {
  await makeFile(file);
  // A log that is still there: the last writer was killed, or another one is at work.
  const unclean = ((await sizeOf(`${file}-wal`)) ?? 0) > 0;
  const writer = new Connection(new Database(file), patience);
  let reader: Connection | undefined;
  try {
    await writer.retry(() => {
      checkOwner(writer, file);
      writer.exec('pragma journal_mode = wal');
    });
    writer.exec('pragma synchronous = normal; pragma cache_size = -24000; pragma wal_autocheckpoint = 4000');
    await migrate(writer, file);
    if (unclean && !leased(writer, clock)) {
      checkPages(writer);
    }
    await remakeWords(writer, new Slices(clock));
    if (mostBytes !== undefined) {
      const { page_size } = writer.one<{ page_size: number }>('pragma page_size');
      writer.exec(`pragma max_page_count = ${Math.floor(mostBytes / page_size)}`);
    }
    reader = new Connection(new Database(file), patience);
    reader.exec('pragma query_only = 1; pragma cache_size = -16000');
    return { writer, reader };
  } catch (error) {
    reader?.close();
    writer.close();
    throw error;
  }
}

/**
 * That the file is ours and not newer. Asked again before each change: another window may have been updated meanwhile.
 *
 * @throws Fault `bad-input`
 */
export function checkOwner(db: Connection, file: string): void {
  const { application_id } = db.one<{ application_id: number }>('pragma application_id');
  const { user_version } = db.one<{ user_version: number }>('pragma user_version');
  if (application_id === 0 && db.one<{ tables: number }>('select count(*) tables from sqlite_schema').tables === 0) {
    return;
  }
  if (application_id !== APPLICATION_ID) {
    throw new Fault('bad-input', `${file} is a database of another program.`, {
      where: file,
      remedy: 'Choose another file for the index.',
    });
  }
  if (user_version > SCHEMA_VERSION) {
    throw new Fault(
      'bad-input',
      `The index at ${file} was made by a newer version of Inside LLMs (it has version ${user_version}, this one knows ${SCHEMA_VERSION}).`,
      { where: file, remedy: 'Update Inside LLMs, or delete the file to have the index built anew.' },
    );
  }
}

async function migrate(db: Connection, file: string): Promise<void> {
  const version = () => db.one<{ user_version: number }>('pragma user_version').user_version;
  if (version() === SCHEMA_VERSION) {
    return;
  }
  await db.retry(() => db.exec('begin immediate'));
  try {
    checkOwner(db, file); // another window may have been here first
    for (const step of steps.slice(version())) {
      db.exec(step);
    }
    db.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${SCHEMA_VERSION}; commit`);
  } catch (error) {
    db.rollback();
    throw error;
  }
}

function leased(db: Connection, clock: Clock): boolean {
  return db.first<{ until: number }>('select until from lease where until > ?', clock.now()) !== undefined;
}

/** @throws what `isDamage` knows, when a page is not what it should be */
function checkPages(db: Connection): void {
  const { quick_check } = db.one<{ quick_check: string }>('pragma quick_check(1)');
  if (quick_check !== 'ok') {
    throw Object.assign(new Error(quick_check), { code: 'ERR_SQLITE_ERROR', errcode: 11 });
  }
}

/** @returns what to tell people */
async function setAside(file: string, clock: Clock): Promise<string> {
  const stamp = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '-');
  const aside = `${file}.corrupt-${stamp}`;
  for (const ending of ['-wal', '-shm', '']) {
    await rename(file + ending, aside + ending).catch(ignoreMissing);
  }
  await rm(markOf(file), { force: true });
  const folder = path.dirname(file);
  const begin = `${path.basename(file)}.corrupt-`;
  const kept = (await readdir(folder)).filter((name) => name.startsWith(begin) && !/-(wal|shm)$/.test(name)).sort();
  for (const name of kept.slice(0, -MOST_SET_ASIDE)) {
    for (const ending of ['-wal', '-shm', '']) {
      await rm(path.join(folder, name + ending), { force: true });
    }
  }
  return `The index was damaged. It is kept as ${path.basename(aside)}, and is being built anew.`;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') {
    throw error;
  }
}

function ignoreThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') {
    throw error;
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(ignoreMissing))?.size;
}
