// Keeps an index up to date, for as long as it is open: one loop that does piece after piece of the work (indexWork.ts),
// sleeps when there is none, waits while another window writes, and tries again after a failure. Stopped at any moment, it
// goes on from what the store holds.

import type { FileKey, LeftOut, SearchStore, StoredFile } from '../../retrieval/store.ts';
import type { Clock, Timers } from '../../shared/environment.ts';
import { asFault, type Fault } from '../../shared/errors.ts';
import type { IndexState } from '../../shared/searchMessages.ts';
import type { Cutter } from './cutter.ts';
import type { FileSource, FoundFile } from './fileSource.ts';
import { FoundFiles } from './foundFiles.ts';
import { IndexedFiles } from './indexedFiles.ts';
import type { Indexing } from './indexing.ts';
import { IndexNotes } from './indexNotes.ts';
import { type IndexModels, IndexWork } from './indexWork.ts';
import { Lease, OtherWindow } from './lease.ts';
import { News } from './news.ts';
import type { Turns } from './turns.ts';
import { Wakeup } from './wakeup.ts';

export interface IndexerParts {
  readonly store: SearchStore;
  readonly files: FileSource;
  readonly cutter: Cutter;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Names this indexer among those of other windows. */
  readonly owner: string;
  /** The models whose vectors are wanted. */
  readonly models: IndexModels;
  /** Something that people may see is new. Often called. */
  readonly onChange: () => void;
  /** It has failed, and tries again later. */
  readonly onFault: (fault: Fault) => void;
}

const SLEEP_MS = 10_000; // at most: the lease has to be renewed
/** How soon another window's lease is asked for again, and a failure tried again. */
const WAIT_MS = 2_000;
const RETRY_MS = 30_000;
/** When another window has changed nothing for so long, it has nothing to do. */
const QUIET_MS = 5_000;

export class Indexer {
  readonly #parts: IndexerParts;
  readonly #wakeup: Wakeup;
  readonly #lease: Lease;
  readonly #other: OtherWindow;
  readonly #indexed: IndexedFiles;
  readonly #found: FoundFiles;
  readonly #work: IndexWork;
  readonly #news: News;
  readonly #notes: IndexNotes;
  #state: IndexState = 'opening';
  #fault: Fault | undefined;
  #paused = false;
  /** Set when it is closed. */
  readonly #signal = { cancelled: false };
  #loaded = false;
  #rebuilding = false;
  #running: Promise<void> | undefined;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
    const { store, files, cutter, turns, clock, timers, owner, models } = parts;
    this.#wakeup = new Wakeup(timers);
    this.#news = new News(clock, timers);
    this.#notes = new IndexNotes(store);
    this.#lease = new Lease(store, owner, clock);
    this.#other = new OtherWindow(store, clock);
    this.#indexed = new IndexedFiles(cutter);
    this.#found = new FoundFiles(files, this.#indexed, clock);
    const own = { indexed: this.#indexed, found: this.#found, signal: this.#signal };
    const work = { store, files, cutter, turns, clock, ...own };
    this.#work = new IndexWork(work, this.#notes, models, (state) => this.#is(state));
  }

  get state(): IndexState {
    return this.#state;
  }

  /** Why it has failed. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Files that were found and are not in the index, or not as they are now. */
  pending(): FoundFile[] {
    return this.#found.pending();
  }

  get leftOut(): readonly LeftOut[] {
    return this.#found.leftOut;
  }

  get errors(): Indexing['errors'] {
    return this.#work.errors;
  }

  /** What the index says of itself. */
  get notes(): IndexNotes {
    return this.#notes;
  }

  /** What is known of a file in the index: its size and time stamp as they were when it was read. */
  indexed(file: FileKey): StoredFile | undefined {
    return this.#indexed.get(file);
  }

  isPending(file: FileKey): boolean {
    return this.#found.isPending(file);
  }

  /** Files that the walk has met, indexed or not; and how many of them are pending. */
  get counts(): { readonly seen: number; readonly pending: number } {
    return { seen: this.#found.seenCount, pending: this.#found.pendingCount };
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Files or folders that were saved, made, renamed or deleted; all if there are none. */
  changed(files: readonly FileKey[]): void {
    if (files.length === 0) {
      this.#found.wantWalk(true);
    } else {
      this.#found.wantLook(files);
    }
    this.#wakeup.wake();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.#wakeup.wake();
  }

  /** Looks again whether there is a better model: one was fetched, or settings have changed. */
  modelsChanged(): void {
    this.#work.modelsChanged();
    this.#wakeup.wake();
  }

  /** True until it is known which files there are. */
  get listing(): boolean {
    return this.#state === 'opening' || this.#state === 'listing';
  }

  /** Where nothing is in the index yet: waits until it is known which files there are, or for so many milliseconds. */
  async listed(milliseconds: number): Promise<void> {
    await this.#news.until(() => this.#indexed.size > 0 || !this.listing || this.#signal.cancelled, milliseconds);
  }

  /** Forgets everything and begins anew. */
  rebuild(): void {
    this.#rebuilding = true;
    this.#wakeup.wake();
  }

  /**
   * Has these files looked at before anything else, and waits until the index holds what is in them now.
   *
   * @returns false when that isn't so after so many milliseconds: it is paused, or another window writes
   */
  async refresh(files: readonly FileKey[], milliseconds: number): Promise<boolean> {
    if (this.#paused || this.#fault !== undefined || !this.#lease.held) {
      return false;
    }
    this.changed(files);
    const fresh = () =>
      this.#signal.cancelled || !files.some((file) => this.#found.isPending(file) || this.#indexed.isGone(file));
    return this.#parts.turns.aside(() => this.#news.until(fresh, milliseconds));
  }

  /**
   * Waits until all is in, with its first vectors and cut as well as it can be. Ends as well when that can't be: see
   * {@link state}.
   */
  async settled(): Promise<void> {
    await this.#news.until(() => this.#signal.cancelled || this.#isSettled());
  }

  #isSettled(): boolean {
    switch (this.#state) {
      case 'failed':
      case 'paused':
      case 'read-only':
        return true;
      case 'waiting':
        // The other window keeps it up to date, and has had nothing to do for a while.
        return this.#notes.upToDate !== undefined && this.#other.quietFor > QUIET_MS;
      case 'ready':
      case 'empty':
      case 'embedding':
        return !this.#found.hasWork;
      default:
        return false;
    }
  }

  /** Ends the work at hand without committing it, and lets another window write. The store is not closed. */
  async close(): Promise<void> {
    this.#signal.cancelled = true;
    this.#wakeup.wake();
    await this.#running;
    await this.#lease.release().catch(() => {}); // the store may be what has failed; the lease ends by itself
    this.#news.tell();
    this.#parts.onChange();
  }

  #is(state: IndexState): void {
    this.#state = state;
    this.#fault = state === 'failed' ? this.#fault : undefined;
  }

  async #run(): Promise<void> {
    const seen = () => `${this.#state} ${this.#notes.upToDate}`;
    while (!this.#signal.cancelled) {
      try {
        const before = seen();
        const sleep = await this.#step();
        this.#news.tell();
        // Waking up to find nothing to do is no news: a host that asked each time would never let the thread rest.
        if (sleep === undefined || seen() !== before) {
          this.#parts.onChange();
        }
        if (sleep === undefined) {
          await this.#parts.turns.giveWay();
        } else if (!this.#signal.cancelled) {
          await this.#wakeup.sleep(sleep);
        }
      } catch (error) {
        await this.#failed(asFault(error));
      }
    }
  }

  async #failed(fault: Fault): Promise<void> {
    if (this.#signal.cancelled) {
      return;
    }
    this.#found.giveUpWalk();
    this.#fault = fault;
    this.#is('failed');
    this.#news.tell();
    this.#parts.onChange();
    this.#wakeup.forget();
    this.#parts.onFault(fault);
    await this.#wakeup.sleep(RETRY_MS);
    this.#found.wantWalk(true);
    this.#loaded = false;
  }

  /** Does the most urgent piece of work. @returns how long to sleep where there is none, in milliseconds */
  async #step(): Promise<number | undefined> {
    if (this.#parts.store.readOnly) {
      await this.#waitForOther('read-only');
      return SLEEP_MS;
    }
    const lease = await this.#lease.take();
    if (lease === 'other') {
      await this.#waitForOther('waiting');
      return WAIT_MS;
    }
    if (lease === 'taken' || !this.#loaded) {
      await this.#load();
      this.#found.wantWalk(true);
    }
    if (this.#rebuilding) {
      await this.#clear();
    }
    if (this.#paused) {
      this.#is('paused');
      return SLEEP_MS;
    }
    if (await this.#work.step()) {
      return undefined;
    }
    this.#is(this.#indexed.size === 0 ? 'empty' : 'ready');
    return Math.max(1, Math.min(SLEEP_MS, this.#found.walkIn ?? SLEEP_MS));
  }

  async #waitForOther(state: 'waiting' | 'read-only'): Promise<void> {
    if (await this.#other.hasWritten()) {
      await this.#load();
      this.#parts.onChange();
    }
    this.#is(state);
    this.#loaded = false;
  }

  async #load(): Promise<void> {
    await this.#indexed.load(this.#parts.store);
    await this.#notes.load(this.#found);
    this.#loaded = true;
  }

  async #clear(): Promise<void> {
    await this.#notes.clear();
    this.#rebuilding = false;
    await this.#load();
    this.#found.wantWalk(true);
  }
}
