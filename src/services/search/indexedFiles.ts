// What the store holds, file by file, as the indexer compares it with what is there: in memory, so that a walk asks the
// store nothing.

import type { FileKey, SearchStore, StoredFile } from '../../retrieval/store.ts';
import type { Cutter } from './cutter.ts';
import { keyOf } from './fileKeys.ts';

export class IndexedFiles {
  readonly #cutter: Pick<Cutter, 'quickCut' | 'bestCut'>;
  readonly #files = new Map<string, StoredFile>();
  /** Keys of the files whose chunks could be cut better. */
  readonly #rough = new Set<string>();
  /** Keys of files that are gone as far as is known, and still in the store, by what stood in them. */
  readonly #gone = new Map<string, string>();
  readonly #goneKeys = new Set<string>();

  constructor(cutter: Pick<Cutter, 'quickCut' | 'bestCut'>) {
    this.#cutter = cutter;
  }

  async load(store: SearchStore): Promise<void> {
    this.#files.clear();
    this.#rough.clear();
    this.#gone.clear();
    this.#goneKeys.clear();
    for (const file of await store.files()) {
      this.set(file);
    }
  }

  get size(): number {
    return this.#files.size;
  }

  keys(): IterableIterator<string> {
    return this.#files.keys();
  }

  get(file: FileKey): StoredFile | undefined {
    return this.#files.get(keyOf(file));
  }

  set(file: StoredFile): void {
    const key = keyOf(file);
    this.#files.set(key, file);
    this.back(file);
    if (file.cut !== this.#cutter.bestCut(file.language)) {
      this.#rough.add(key);
    } else {
      this.#rough.delete(key);
    }
  }

  delete(file: FileKey): void {
    const key = keyOf(file);
    this.back(file);
    this.#files.delete(key);
    this.#rough.delete(key);
  }

  /** Whether its chunks are cut as they are cut today, be it in the quick way. */
  isCut({ cut, language }: StoredFile): boolean {
    return cut === this.#cutter.quickCut || cut === this.#cutter.bestCut(language);
  }

  /** Those whose chunks could be cut better. */
  rough(): StoredFile[] {
    return [...this.#rough].map((key) => this.#files.get(key) as StoredFile);
  }

  isRough(file: FileKey): boolean {
    return this.#rough.has(keyOf(file));
  }

  get roughCount(): number {
    return this.#rough.size;
  }

  /** The file is no longer there: another one with its content takes its chunks over, or it is removed. */
  setGone(file: FileKey): void {
    const key = keyOf(file);
    const known = this.#files.get(key);
    if (known !== undefined) {
      this.#goneKeys.add(key);
      this.#gone.set(known.hash, key);
    }
  }

  /** It is there after all. */
  back(file: FileKey): void {
    const key = keyOf(file);
    if (this.#goneKeys.delete(key)) {
      const hash = this.#files.get(key)?.hash;
      if (hash !== undefined && this.#gone.get(hash) === key) {
        this.#gone.delete(hash);
      }
    }
  }

  isGone(file: FileKey): boolean {
    return this.#goneKeys.has(keyOf(file));
  }

  /** A file that is gone and had the same content. */
  goneWith(hash: string): StoredFile | undefined {
    const key = this.#gone.get(hash);
    return key === undefined ? undefined : this.#files.get(key);
  }

  gone(): StoredFile[] {
    return [...this.#goneKeys].flatMap((key) => this.#files.get(key) ?? []);
  }
}
