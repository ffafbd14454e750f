// A change of the index, inside of a transaction: files that come, go and move, with their chunks and words.

import type { Chunk } from '../../../retrieval/chunk.ts';
import { type ChunkTerms, chunkTerms, termCount } from '../../../retrieval/lexical/chunkTerms.ts';
import type { FileKey, FileWrite, StoreChange, StoredFile } from '../../../retrieval/store.ts';
import { Fault } from '../../../shared/errors.ts';
import { embeddedHash } from './rows.ts';
import type { Slices } from './slices.ts';
import type { Connection } from './sqliteConnection.ts';
import { addWords, dropWords } from './sqliteWords.ts';

interface OldChunk {
  readonly id: number;
  readonly names: string;
  readonly embedded: number;
}

export class SqliteChange {
  readonly #db: Connection;
  readonly #slices: Slices;
  /** When what nobody uses any more became so, milliseconds since 1970. */
  readonly #now: number;
  #chunks = 0;
  #terms = 0;

  constructor(db: Connection, slices: Slices, now: number) {
    this.#db = db;
    this.#slices = slices;
    this.#now = now;
  }

  async apply({ write = [], move = [], touch = [], remove = [] }: StoreChange): Promise<void> {
    for (const key of remove) {
      await this.#remove(key);
    }
    await this.#move(move);
    for (const one of write) {
      await this.#write(one);
    }
    for (const file of touch) {
      const id = this.#find(file);
      if (id !== undefined) {
        this.#setFile(id, file);
      }
    }
    this.#db.run('update totals set chunks = chunks + ?, terms = terms + ?', this.#chunks, this.#terms);
  }

  #find({ root, path }: FileKey): number | undefined {
    return this.#db.first<{ id: number }>('select id from files where root = ? and path = ?', root, path)?.id;
  }

  async #remove(key: FileKey): Promise<void> {
    const id = this.#find(key);
    if (id !== undefined) {
      for (const chunk of this.#chunksOf(id)) {
        this.#dropChunk(chunk, key.path);
        await this.#slices.pause();
      }
      this.#db.run('delete from files where id = ?', id);
    }
  }

  /** All at once, so that two files may change places. */
  async #move(moves: NonNullable<StoreChange['move']>): Promise<void> {
    const found = moves.map(({ from, to }) => {
      const id = this.#find(from);
      if (id === undefined) {
        throw new Fault('not-found', `${from.path} is not in the index, and cannot move to ${to.path}.`, {
          where: from.path,
        });
      }
      return { id, from, to };
    });
    for (const { id } of found) {
      this.#db.run("update files set root = '', path = ? where id = ?", `moving ${id}`, id);
    }
    for (const { id, from, to } of found) {
      await this.#remove(to);
      this.#setFile(id, to);
      if (from.path !== to.path) {
        for (const chunk of this.#chunksOf(id)) {
          const parts = { names: JSON.parse(chunk.names) as string[], text: this.#text(chunk.id) };
          this.#dropWords(chunk.id, chunkTerms(parts, from.path));
          const terms = chunkTerms(parts, to.path);
          this.#addWords(chunk.id, terms);
          this.#db.run('update chunks set terms = ? where id = ?', termCount(terms), chunk.id);
          await this.#slices.pause();
        }
      }
    }
  }

  /** Chunks that are as they were keep their ids and words. */
  async #write({ file, chunks }: FileWrite): Promise<void> {
    const old = new Map<string, OldChunk[]>();
    let id = this.#find(file);
    if (id === undefined) {
      id = this.#db.run(
        'insert into files (root, path, size, modified, hash, language, cut, indexed) values (?, ?, 0, 0, ?, ?, ?, 0)',
        file.root,
        file.path,
        file.hash,
        file.language,
        file.cut,
      ).id;
    } else {
      for (const chunk of this.#chunksOf(id)) {
        const key = `${chunk.embedded} ${chunk.names}`;
        old.set(key, [...(old.get(key) ?? []), chunk]);
      }
    }
    this.#setFile(id, file);
    for (const chunk of chunks) {
      const names = JSON.stringify(chunk.names);
      const embedded = this.#embedded(chunk);
      const same = old.get(`${embedded} ${names}`)?.shift();
      if (same === undefined) {
        this.#addChunk(id, chunk, names, embedded, file.path);
      } else {
        this.#db.run(
          'update chunks set kind = ?, start = ?, "end" = ?, start_line = ?, end_line = ? where id = ?',
          chunk.kind,
          chunk.start,
          chunk.end,
          chunk.startLine,
          chunk.endLine,
          same.id,
        );
      }
      await this.#slices.pause();
    }
    for (const chunk of [...old.values()].flat()) {
      this.#dropChunk(chunk, file.path);
      await this.#slices.pause();
    }
  }

  #setFile(id: number, { root, path, size, modified, hash, language, cut, indexed }: StoredFile): void {
    this.#db.run(
      `update files set root = ?, path = ?, size = ?, modified = ?, hash = ?, language = ?, cut = ?, indexed = ?
       where id = ?`,
      root,
      path,
      size,
      modified,
      hash,
      language,
      cut,
      indexed,
      id,
    );
  }

  #chunksOf(file: number): OldChunk[] {
    return this.#db.all<OldChunk>('select id, names, embedded from chunks where file = ? order by start', file);
  }

  #text(chunk: number): string {
    return this.#db.one<{ text: string }>('select text from texts where chunk = ?', chunk).text;
  }

  #embedded(chunk: Chunk): number {
    const hash = embeddedHash(chunk);
    const known = this.#db.first<{ id: number }>('select id from embedded where hash = ?', hash);
    return known?.id ?? this.#db.run('insert into embedded (hash) values (?)', hash).id;
  }

  #addChunk(file: number, chunk: Chunk, names: string, embedded: number, path: string): void {
    const terms = chunkTerms(chunk, path);
    const { id } = this.#db.run(
      `insert into chunks (file, kind, start, "end", start_line, end_line, names, embedded, terms)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      file,
      chunk.kind,
      chunk.start,
      chunk.end,
      chunk.startLine,
      chunk.endLine,
      names,
      embedded,
      termCount(terms),
    );
    this.#db.run('insert into texts values (?, ?)', id, chunk.text);
    this.#addWords(id, terms);
    this.#chunks += 1;
  }

  #dropChunk({ id, names, embedded }: OldChunk, path: string): void {
    const parts = { names: JSON.parse(names) as string[], text: this.#text(id) };
    this.#dropWords(id, chunkTerms(parts, path));
    this.#db.run('delete from texts where chunk = ?', id);
    this.#db.run('delete from chunks where id = ?', id);
    this.#db.run('insert or replace into loose values (?, ?)', embedded, this.#now);
    this.#chunks -= 1;
  }

  #addWords(id: number, terms: ChunkTerms): void {
    addWords(this.#db, id, terms);
    this.#terms += termCount(terms);
  }

  #dropWords(id: number, terms: ChunkTerms): void {
    dropWords(this.#db, id, terms);
    this.#terms -= termCount(terms);
  }
}
