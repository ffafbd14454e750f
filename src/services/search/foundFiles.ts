// What there is to do: files that are found and not in the index as they are, files that are gone, files that are left
// out. Found by a walk over all, or by looking at those that are said to have changed.

import type { FileKey, LeftOut } from '../../retrieval/store.ts';
import type { CancelSignal, Clock } from '../../shared/environment.ts';
import { fileOf, keyOf } from './fileKeys.ts';
import type { FileSource, Found, FoundFile } from './fileSource.ts';
import type { IndexedFiles } from './indexedFiles.ts';

/** Files that are looked at in one go. */
const LOOKS_AT_ONCE = 64;
/** Past so many changes a walk costs less than looking at each. */
const MANY_CHANGES = 2000;

/** What a walk says of a file. Its time stamp tells, without reading it, that nothing is new. */
type Unread = Pick<FoundFile, 'size' | 'modified'>;

/** One that is under way, and the keys of what it has met. */
interface Walk {
  readonly files: AsyncGenerator<Found, void, void>;
  readonly met: Set<string>;
  readonly leftOut: Set<string>;
  readonly began: number;
}

export class FoundFiles {
  readonly #files: FileSource;
  readonly #indexed: IndexedFiles;
  readonly #clock: Clock;
  /** To be read, in the order in which they were found. */
  readonly #pending = new Map<string, FoundFile>();
  readonly #leftOut = new Map<string, LeftOut>();
  /** Of files that were left out when they were read. */
  readonly #unread = new Map<string, Unread>();
  readonly #changes = new Map<string, FileKey>();
  #walk: Walk | undefined;
  #walkCost = 0;
  #walkEnded = Number.NEGATIVE_INFINITY;
  /** When the next walk may begin, by the clock's `elapsed`; undefined when none is wanted. */
  #walkDue: number | undefined = Number.NEGATIVE_INFINITY;
  #leftOutChanged = false;

  constructor(files: FileSource, indexed: IndexedFiles, clock: Clock) {
    this.#files = files;
    this.#indexed = indexed;
    this.#clock = clock;
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  get pendingBytes(): number {
    let bytes = 0;
    for (const { size } of this.#pending.values()) {
      bytes += size;
    }
    return bytes;
  }

  pending(): FoundFile[] {
    return [...this.#pending.values()];
  }

  isPending(file: FileKey): boolean {
    return this.#pending.has(keyOf(file)) || this.#changes.has(keyOf(file));
  }

  get leftOut(): readonly LeftOut[] {
    return [...this.#leftOut.values()];
  }

  /** True where what is left out is not yet in the store as it is here. */
  get leftOutChanged(): boolean {
    return this.#leftOutChanged;
  }

  get walking(): boolean {
    return this.#walk !== undefined;
  }

  /** Whether anything is known to be looked for, looked at or read. */
  get hasWork(): boolean {
    return this.#changes.size > 0 || this.#pending.size > 0 || this.#walk !== undefined || this.#walkDue !== undefined;
  }

  /** Files that are there: indexed, to be indexed, or left out. */
  get seenCount(): number {
    let fresh = 0;
    for (const file of this.#pending.values()) {
      fresh += this.#indexed.get(file) === undefined ? 1 : 0;
    }
    return this.#indexed.size + fresh + this.#leftOut.size;
  }

  get hasChanges(): boolean {
    return this.#changes.size > 0;
  }

  /** Milliseconds until the next walk may begin: 0 or less is now; undefined when none is wanted. */
  get walkIn(): number | undefined {
    return this.#walkDue === undefined ? undefined : this.#walkDue - this.#clock.elapsed();
  }

  /** Takes over what was left out when the index was last written, and which of it had to be read to know that. */
  restore(leftOut: readonly LeftOut[], unread = '[]'): void {
    this.#pending.clear();
    this.#leftOut.clear();
    this.#unread.clear();
    for (const one of leftOut) {
      this.#leftOut.set(keyOf(one), one);
    }
    for (const [root, path, size, modified] of JSON.parse(unread) as [string, string, number, number][]) {
      if (this.#leftOut.has(keyOf({ root, path }))) {
        this.#unread.set(keyOf({ root, path }), { size, modified });
      }
    }
    this.#leftOutChanged = false;
  }

  /** What {@link restore} takes: to be kept with the files that are left out. */
  saved(): { readonly leftOut: readonly LeftOut[]; readonly unread: string } {
    this.#leftOutChanged = false;
    const unread = [...this.#unread].map(([key, { size, modified }]) => {
      const { root, path } = this.#leftOut.get(key) as LeftOut;
      return [root, path, size, modified];
    });
    return { leftOut: this.leftOut, unread: JSON.stringify(unread) };
  }

  /** Has all files walked over: now, or so soon that walks take no more than a tenth of the time. */
  wantWalk(now: boolean): void {
    const due = now
      ? Number.NEGATIVE_INFINITY
      : Math.max(this.#clock.elapsed() + 500, this.#walkEnded + 9 * this.#walkCost);
    this.#walkDue = Math.min(this.#walkDue ?? due, due);
    if (now) {
      this.#walk = undefined; // what it has met may have been met under other rules
    }
  }

  /** These are said to have changed, come or gone: files, or folders with all that is in them. */
  wantLook(files: readonly FileKey[]): void {
    for (const file of files) {
      const names = file.path.split('/');
      if (file.path === '' || names.at(-1) === '.gitignore' || file.path.endsWith('.git/info/exclude')) {
        this.wantWalk(false);
      }
      if (file.path !== '' && !names.includes('.git')) {
        this.#changes.set(keyOf(file), file);
      }
    }
    if (this.#changes.size > MANY_CHANGES) {
      this.#changes.clear();
      this.wantWalk(true);
    }
  }

  /** Goes on with the walk for about so many milliseconds, or begins it. @returns whether it came to its end */
  async walkOn(milliseconds: number, signal: CancelSignal): Promise<boolean> {
    const began = this.#clock.elapsed();
    this.#walk ??= { files: this.#files.list(signal), met: new Set(), leftOut: new Set(), began };
    const walk = this.#walk;
    this.#walkDue = undefined;
    while (this.#clock.elapsed() - began < milliseconds) {
      const { done, value } = await walk.files.next();
      if (walk !== this.#walk) {
        return false; // begun anew meanwhile
      }
      if (done) {
        this.#endWalk();
        return true;
      }
      if ('found' in value) {
        walk.met.add(keyOf(value.found));
        this.#met(value.found, false);
      } else {
        walk.leftOut.add(keyOf(value.leftOut));
        this.leaveOut(value.leftOut);
      }
    }
    return false;
  }

  /** Gives up a walk that failed. Nothing that it didn't meet counts as gone. */
  giveUpWalk(): void {
    this.#walk = undefined;
  }

  /** Looks at some of those that are said to have changed. */
  async lookAtSome(): Promise<void> {
    const some = [...this.#changes].slice(0, LOOKS_AT_ONCE);
    await Promise.all(
      some.map(async ([key, file]) => {
        const met = await this.#files.look(file);
        this.#changes.delete(key);
        this.#walk?.met.add(key);
        if (met === undefined) {
          this.missed(file);
        } else if ('found' in met) {
          this.#met(met.found, true);
        } else {
          this.leaveOut(met.leftOut);
        }
      }),
    );
  }

  /** @param changed whether it is said to have changed: it is read then, whatever its time stamp says */
  #met(found: FoundFile, changed: boolean): void {
    const key = keyOf(found);
    this.#indexed.back(found);
    const known = this.#indexed.get(found);
    const unread = this.#unread.get(key);
    const same = (one: Unread | undefined) => one?.size === found.size && one.modified === found.modified;
    if (!changed && known !== undefined && same(known) && this.#indexed.isCut(known)) {
      this.#pending.delete(key);
    } else if (!changed && known === undefined && same(unread)) {
      this.#walk?.leftOut.add(key);
    } else {
      this.#forgetLeftOut(key);
      this.#pending.set(key, found);
    }
  }

  /** @param read what its time stamp was, where it had to be read to know that */
  leaveOut(leftOut: LeftOut, read?: Unread): void {
    const key = keyOf(leftOut);
    const before = this.#leftOut.get(key);
    this.#leftOutChanged ||=
      before?.reason !== leftOut.reason || before.detail !== leftOut.detail || read !== undefined;
    this.#leftOut.set(key, leftOut);
    this.#walk?.leftOut.add(key);
    if (read === undefined) {
      this.#unread.delete(key);
    } else {
      this.#unread.set(key, { size: read.size, modified: read.modified });
    }
    this.#pending.delete(key);
    this.#indexed.setGone(leftOut);
  }

  /** `found` was dealt with; if it has changed since, it stays. */
  done(found: FoundFile): void {
    const key = keyOf(found);
    if (this.#pending.get(key) === found) {
      this.#pending.delete(key);
    }
  }

  /** There is no such file: it is gone, or it is a folder, or was one. */
  missed(file: FileKey): void {
    const key = keyOf(file);
    const wasKnown = this.#indexed.get(file) !== undefined || this.#pending.has(key) || this.#leftOut.has(key);
    this.#pending.delete(key);
    this.#forgetLeftOut(key);
    this.#indexed.setGone(file);
    if (wasKnown) {
      return;
    }
    let inside = 0;
    for (const keys of [this.#indexed.keys(), this.#pending.keys(), this.#leftOut.keys()]) {
      for (const other of keys) {
        if (other.startsWith(`${key}/`)) {
          inside += 1;
          this.#changes.set(other, { root: file.root, path: other.slice(file.root.length + 1) });
        }
      }
    }
    // Perhaps a folder that is new. Where it is one that is gone, its files have been looked at by then.
    if (inside === 0) {
      this.wantWalk(false);
    }
  }

  #forgetLeftOut(key: string): void {
    this.#leftOutChanged = this.#leftOut.delete(key) || this.#leftOutChanged;
    this.#unread.delete(key);
  }

  #endWalk(): void {
    const { met, leftOut, began } = this.#walk as Walk;
    this.#walk = undefined;
    this.#walkEnded = this.#clock.elapsed();
    this.#walkCost = this.#walkEnded - began;
    for (const key of [...this.#indexed.keys(), ...this.#pending.keys()]) {
      if (!met.has(key)) {
        this.#pending.delete(key);
        this.#indexed.setGone(fileOf(key));
      }
    }
    for (const key of [...this.#leftOut.keys()]) {
      if (!leftOut.has(key)) {
        this.#forgetLeftOut(key);
      }
    }
  }
}
