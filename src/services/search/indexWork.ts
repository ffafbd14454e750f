// What there is to do on an index, in the order of its urgency, a small piece at a time. What has been saved comes first,
// then finding files, reading them, their first vectors, better chunks, better vectors.

import type { Embedder } from '../../retrieval/embedder.ts';
import { asFault, type Fault } from '../../shared/errors.ts';
import type { IndexState } from '../../shared/searchMessages.ts';
import { Indexing, type IndexingParts } from './indexing.ts';
import type { IndexNotes } from './indexNotes.ts';

/** Longest walk without looking whether something was saved, in milliseconds. */
const WALK_MS = 50;

/** The models of an index, as far as they can be had now. Whoever gives them knows why one can't be. */
export interface IndexModels {
  /** The one whose vectors are made at once. */
  first(): Promise<Embedder | undefined>;
  /** The better one, where one is wanted and it is loaded; else its loading begins. */
  better(): Embedder | undefined;
  /** It was there, and can't be used: don't give it again. */
  failed(model: Embedder, fault: Fault): void;
}

export class IndexWork {
  readonly #parts: IndexingParts;
  readonly #notes: IndexNotes;
  readonly #models: IndexModels;
  readonly #is: (state: IndexState) => void;
  readonly #indexing: Indexing;
  /** When the work began that is not done yet. */
  #runBegan: number | undefined;
  /** Whether all chunks have the vectors that they can have. */
  #embedded = false;

  /** @param is told what is being done, before it is done */
  constructor(parts: IndexingParts, notes: IndexNotes, models: IndexModels, is: (state: IndexState) => void) {
    this.#parts = parts;
    this.#notes = notes;
    this.#models = models;
    this.#is = is;
    this.#indexing = new Indexing(parts);
  }

  get errors(): Indexing['errors'] {
    return this.#indexing.errors;
  }

  modelsChanged(): void {
    this.#embedded = false;
  }

  /** Does the most urgent piece of work. @returns false where there was none */
  async step(): Promise<boolean> {
    return (await this.#findFiles()) || (await this.#readFiles()) || (await this.#improve());
  }

  async #findFiles(): Promise<boolean> {
    const found = this.#parts.found;
    if (found.hasChanges) {
      this.#begin();
      await found.lookAtSome();
      return true;
    }
    if (found.walking || (found.walkIn ?? 1) <= 0) {
      this.#begin();
      this.#is('listing');
      if (await found.walkOn(WALK_MS, this.#parts.signal)) {
        this.#is('indexing'); // from now on a query knows which files to look through
      }
      return true;
    }
    return false;
  }

  async #readFiles(): Promise<boolean> {
    if (this.#parts.found.pendingCount > 0) {
      this.#begin();
      this.#is('indexing');
      await this.#indexing.writeSome();
      return true;
    }
    await this.#indexing.removeGone();
    if (this.#parts.found.leftOutChanged) {
      await this.#notes.saveLeftOut(this.#parts.found);
    }
    if (this.#runBegan === undefined && this.#embedded) {
      return false;
    }
    if (await this.#embed(await this.#models.first(), false)) {
      this.#begin();
      this.#is('indexing');
      return true;
    }
    return false;
  }

  /** @returns whether there was something to embed */
  async #embed(model: Embedder | undefined, slow: boolean): Promise<boolean> {
    try {
      return model !== undefined && (await this.#indexing.embedSome(model, slow));
    } catch (error) {
      const fault = asFault(error);
      if (fault.code === 'cancelled') {
        return false;
      }
      if (model === undefined || fault.code === 'storage') {
        throw fault;
      }
      // The rest of the index doesn't suffer from a model that fails.
      this.#models.failed(model, fault);
      return true;
    }
  }

  async #improve(): Promise<boolean> {
    if (this.#parts.indexed.roughCount > 0) {
      this.#begin();
      this.#is('refining');
      await this.#indexing.refineSome();
      return true;
    }
    if (this.#runBegan !== undefined) {
      await this.#record();
    }
    if (this.#embedded) {
      return false;
    }
    if (await this.#embed(this.#models.better(), true)) {
      this.#is('embedding');
      return true;
    }
    this.#embedded = true;
    return false;
  }

  /** Something is to be brought up to date. */
  #begin(): void {
    if (this.#runBegan === undefined) {
      this.#runBegan = this.#parts.clock.elapsed();
      this.#indexing.startCount();
    }
    this.#embedded = false;
  }

  /** All is in. */
  async #record(): Promise<void> {
    const { clock } = this.#parts;
    const milliseconds = Math.round(clock.elapsed() - (this.#runBegan as number));
    await this.#notes.record(clock.now(), { milliseconds, read: this.#indexing.readCount });
    this.#runBegan = undefined;
  }
}
