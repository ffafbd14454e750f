// The work on an index, a batch at a time: files read and written, chunks cut better, vectors made. Each batch is one
// transaction: what is committed is kept whatever happens next, and nothing is recorded before it is.

import type { CutFile } from '../../retrieval/chunk/chunkFile.ts';
import { embeddedText } from '../../retrieval/chunk.ts';
import type { Embedder } from '../../retrieval/embedder.ts';
import type { FileKey, FileWrite, LeftOut, SearchStore, StoredFile } from '../../retrieval/store.ts';
import type { CancelSignal, Clock } from '../../shared/environment.ts';
import { asFault, Fault } from '../../shared/errors.ts';
import type { Cutter } from './cutter.ts';
import { keyOf } from './fileKeys.ts';
import type { FileSource, FoundFile, ReadFile } from './fileSource.ts';
import type { FoundFiles } from './foundFiles.ts';
import type { IndexedFiles } from './indexedFiles.ts';
import { languageOf } from './languages.ts';
import { Batch, type Turns } from './turns.ts';

/** How many bytes may wait for their turn before files are first cut in the quick way. */
const MUCH = 3_000_000;
const READ_AT_ONCE = 8;
/** The most errors that are kept by name. */
export const MOST_ERRORS = 100;

export interface IndexingParts {
  readonly store: SearchStore;
  readonly files: FileSource;
  readonly cutter: Cutter;
  readonly indexed: IndexedFiles;
  readonly found: FoundFiles;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly signal: CancelSignal;
}

/** What a batch comes to before it is committed. */
interface Change {
  readonly write: FileWrite[];
  readonly move: { from: FileKey; to: StoredFile }[];
  readonly touch: StoredFile[];
  readonly done: FoundFile[];
}

export class Indexing {
  readonly #parts: IndexingParts;
  readonly #bytes = new Batch({ first: 200_000, least: 20_000, most: 1_500_000, milliseconds: 250 });
  readonly #texts = new Batch({ first: 32, least: 1, most: 256, milliseconds: 20 });
  readonly #betterTexts = new Batch({ first: 1, least: 1, most: 32, milliseconds: 50 });
  readonly #errors = new Map<string, { readonly root: string; readonly path: string; readonly why: string }>();
  /** Keys of the files that were read since {@link startCount}: one that is cut anew is read twice, and counts once. */
  readonly #read = new Set<string>();

  constructor(parts: IndexingParts) {
    this.#parts = parts;
  }

  /** Files that could not be read or cut, with why. */
  get errors(): readonly { readonly root: string; readonly path: string; readonly why: string }[] {
    return [...this.#errors.values()];
  }

  /** How many files were read since {@link startCount}. */
  get readCount(): number {
    return this.#read.size;
  }

  startCount(): void {
    this.#read.clear();
  }

  /** Reads some of the files that are pending and brings the store up to date with them. */
  async writeSome(): Promise<void> {
    const { found, clock } = this.#parts;
    const quickly = found.pendingBytes > MUCH;
    const batch = take(found.pending(), this.#bytes.size);
    const began = clock.elapsed();
    const change: Change = { write: [], move: [], touch: [], done: [] };
    for (let at = 0; at < batch.length && !this.#parts.signal.cancelled; at += READ_AT_ONCE) {
      await this.#readInto(change, batch.slice(at, at + READ_AT_ONCE), quickly);
    }
    await this.#commit(change);
    this.#bytes.took(
      batch.reduce((sum, { size }) => sum + size, 0),
      clock.elapsed() - began,
    );
  }

  /** Cuts some files anew along their syntax. */
  async refineSome(): Promise<void> {
    const { indexed, clock } = this.#parts;
    const batch = take(indexed.rough(), this.#bytes.size);
    const began = clock.elapsed();
    const change: Change = { write: [], move: [], touch: [], done: [] };
    for (let at = 0; at < batch.length && !this.#parts.signal.cancelled; at += READ_AT_ONCE) {
      await this.#readInto(change, batch.slice(at, at + READ_AT_ONCE), false);
    }
    await this.#commit(change);
    this.#bytes.took(
      batch.reduce((sum, { size }) => sum + size, 0),
      clock.elapsed() - began,
    );
  }

  /** Removes the files that are gone: nothing that is still to be read can be one of them under another name. */
  async removeGone(): Promise<void> {
    const { store, indexed } = this.#parts;
    const gone = indexed.gone();
    if (gone.length > 0) {
      await store.apply({ remove: gone.map(({ root, path }) => ({ root, path })) });
      for (const file of gone) {
        indexed.delete(file);
        this.#errors.delete(keyOf(file));
      }
    }
  }

  /**
   * Makes the vectors of some chunks that have none. @returns whether there were any
   *
   * @param slow whether the model takes long for a text: fewer at a time then
   */
  async embedSome(model: Embedder, slow: boolean): Promise<boolean> {
    const { store, turns, clock, signal } = this.#parts;
    const texts = slow ? this.#betterTexts : this.#texts;
    const chunks = await store.withoutVectors(model.id, texts.size * (slow ? 4 : 8));
    const vectors = new Map<number, Float32Array>();
    for (let at = 0; at < chunks.length && !signal.cancelled; ) {
      await turns.giveWay(slow);
      const some = chunks.slice(at, at + texts.size);
      const began = clock.elapsed();
      const made = await model.embed(some.map(embeddedText), { signal });
      texts.took(some.length, clock.elapsed() - began);
      some.forEach(({ id }, i) => {
        vectors.set(id, made[i] as Float32Array);
      });
      at += some.length;
    }
    if (vectors.size > 0) {
      await store.putVectors(model.id, model.dimensions, vectors);
    }
    return chunks.length > 0;
  }

  async #readInto(change: Change, some: readonly FoundFile[], quickly: boolean): Promise<void> {
    const { files, found, turns } = this.#parts;
    const texts = await Promise.all(
      some.map(async (file) => {
        try {
          return await files.read(file);
        } catch (error) {
          return asFault(error);
        }
      }),
    );
    for (const [at, text] of texts.entries()) {
      const file = some[at] as FoundFile;
      await turns.giveWay();
      if (text instanceof Fault) {
        // Not in the index, and not to be read again before it changes.
        this.#failed(file, text.message);
        found.leaveOut({ root: file.root, path: file.path, reason: 'unreadable', detail: text.message });
      } else if ('reason' in text) {
        await this.#leftOut(text, file);
      } else {
        this.#read.add(keyOf(file));
        await this.#into(change, file, text, quickly);
      }
    }
  }

  /** It may be gone by now, which is no reason to say that it can't be read. */
  async #leftOut(leftOut: LeftOut, file: FoundFile): Promise<void> {
    const { files, found } = this.#parts;
    if (leftOut.reason === 'unreadable' && (await files.look(file)) === undefined) {
      found.missed(file);
    } else {
      found.leaveOut(leftOut, file);
    }
  }

  async #into(change: Change, file: FoundFile, text: ReadFile, quickly: boolean): Promise<void> {
    const { indexed, cutter, turns, clock, signal } = this.#parts;
    const { root, path, size, modified, hash } = text;
    const language = languageOf(path, text.text);
    const known = indexed.get(file);
    const stored = (cut: string): StoredFile => ({
      ...{ root, path, size, modified, hash, language, cut },
      indexed: clock.now(),
    });
    change.done.push(file);
    if (
      known?.hash === hash &&
      known.language === language &&
      indexed.isCut(known) &&
      (quickly || !indexed.isRough(known))
    ) {
      change.touch.push({ ...stored(known.cut), indexed: known.indexed });
      return;
    }
    const from = known === undefined ? indexed.goneWith(hash) : undefined;
    if (from !== undefined && from.language === language && indexed.isCut(from)) {
      change.move.push({ from: { root: from.root, path: from.path }, to: stored(from.cut) });
      indexed.back(from); // no other file can be it as well
      return;
    }
    const { chunks, why }: CutFile = quickly
      ? { chunks: await cutter.quickInTurns(language, text.text, () => turns.giveWay()) }
      : await cutter.best(language, text.text, signal);
    change.write.push({ file: stored(quickly ? cutter.quickCut : cutter.bestCut(language)), chunks });
    this.#errors.delete(keyOf(file));
    if (why !== undefined) {
      this.#failed(file, why);
    }
  }

  #failed({ root, path }: FileKey, why: string): void {
    this.#errors.set(keyOf({ root, path }), { root, path, why });
  }

  async #commit({ write, move, touch, done }: Change): Promise<void> {
    const { store, indexed, found, signal } = this.#parts;
    if (signal.cancelled) {
      return;
    }
    if (write.length + move.length + touch.length > 0) {
      await store.apply({ write, move, touch });
    }
    for (const { from } of move) {
      indexed.delete(from);
    }
    for (const file of [...write.map((one) => one.file), ...move.map(({ to }) => to), ...touch]) {
      indexed.set(file);
    }
    for (const file of done) {
      found.done(file);
    }
  }
}

/** The first of them that have about so many bytes together; one at least. */
function take<T extends { readonly size: number }>(files: readonly T[], bytes: number): T[] {
  let sum = 0;
  const some: T[] = [];
  for (const file of files) {
    if (some.length > 0 && (sum + file.size > bytes || some.length >= 2000)) {
      break;
    }
    some.push(file);
    sum += file.size;
  }
  return some;
}
