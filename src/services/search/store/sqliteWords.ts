// The words of chunks in FTS5. It keeps no texts and takes our terms as they are, so a row leaves by the very terms by
// which it came: the file says which version of them it has.

import { type ChunkTerms, chunkTerms, termCount } from '../../../retrieval/lexical/chunkTerms.ts';
import { TERMS_VERSION } from '../../../retrieval/lexical/terms.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Slices } from './slices.ts';
import type { Connection } from './sqliteConnection.ts';

const VERSION_KEY = 'terms version';

export function addWords(db: Connection, chunk: number, { text, names, path }: ChunkTerms): void {
  const insert = 'insert into words (rowid, text, names, path) values (?, ?, ?, ?)';
  db.run(insert, chunk, text.join(' '), names.join(' '), path.join(' '));
}

/** @param terms those that it was added with */
export function dropWords(db: Connection, chunk: number, { text, names, path }: ChunkTerms): void {
  const remove = "insert into words (words, rowid, text, names, path) values ('delete', ?, ?, ?, ?)";
  db.run(remove, chunk, text.join(' '), names.join(' '), path.join(' '));
}

/** @throws Fault `bad-input` when another version of this program has made the words anew since the file was opened */
export function checkWords(db: Connection, file: string): void {
  if (!areWordsOurs(db)) {
    throw new Fault('bad-input', `The index at ${file} is now kept by another version of Inside LLMs.`, {
      where: file,
      remedy: 'Reload the windows that are open, so that all have the same version.',
    });
  }
}

/** Makes all words anew from the chunks' texts, where they are of another version; vectors stay. */
export async function remakeWords(db: Connection, slices: Slices): Promise<void> {
  if (areWordsOurs(db)) {
    return;
  }
  await db.retry(() => db.exec('begin immediate'));
  try {
    if (areWordsOurs(db)) {
      db.rollback(); // another window was first
      return;
    }
    db.run("insert into words (words) values ('delete-all')");
    let total = 0;
    const next = `select chunks.id, chunks.names, texts.text, files.path from chunks
      join texts on texts.chunk = chunks.id join files on files.id = chunks.file where chunks.id > ? order by chunks.id`;
    interface Row {
      readonly id: number;
      readonly names: string;
      readonly text: string;
      readonly path: string;
    }
    for (let row = db.first<Row>(next, 0); row !== undefined; row = db.first<Row>(next, row.id)) {
      const terms = chunkTerms({ text: row.text, names: JSON.parse(row.names) as string[] }, row.path);
      addWords(db, row.id, terms);
      db.run('update chunks set terms = ? where id = ?', termCount(terms), row.id);
      total += termCount(terms);
      await slices.pause();
    }
    db.run('update totals set terms = ?, changes = changes + 1', total);
    db.run('insert or replace into meta values (?, ?)', VERSION_KEY, `${TERMS_VERSION}`);
    db.exec('commit');
  } catch (error) {
    db.rollback();
    throw error;
  }
}

/** Whether they are of this version's making. */
export function areWordsOurs(db: Connection): boolean {
  return versionOf(db) === `${TERMS_VERSION}`;
}

function versionOf(db: Connection): string | undefined {
  return db.first<{ value: string }>('select value from meta where key = ?', VERSION_KEY)?.value;
}
