// What an index says of itself, beside its files: when all was in, how long that took, and which files were read and
// left out, so that they are not read again.

import type { SearchStore } from '../../retrieval/store.ts';
import type { FoundFiles } from './foundFiles.ts';

const UP_TO_DATE = 'upToDate';
const LAST_RUN = 'lastRun';
const UNREAD = 'unread';

export interface LastRun {
  readonly milliseconds: number;
  /** How many files were read. */
  readonly read: number;
}

export class IndexNotes {
  readonly #store: SearchStore;
  #upToDate: number | undefined;
  #lastRun: LastRun | undefined;

  constructor(store: SearchStore) {
    this.#store = store;
  }

  /** When all was last in, in milliseconds since 1970. */
  get upToDate(): number | undefined {
    return this.#upToDate;
  }

  get lastRun(): LastRun | undefined {
    return this.#lastRun;
  }

  async load(found: FoundFiles): Promise<void> {
    const store = this.#store;
    found.restore(await store.leftOut(), await store.meta(UNREAD));
    const [upToDate, lastRun] = [await store.meta(UP_TO_DATE), await store.meta(LAST_RUN)];
    this.#upToDate = upToDate ? Number(upToDate) : undefined;
    this.#lastRun = lastRun ? (JSON.parse(lastRun) as LastRun) : undefined;
  }

  async saveLeftOut(found: FoundFiles): Promise<void> {
    const { leftOut, unread } = found.saved();
    await this.#store.setLeftOut(leftOut);
    await this.#store.setMeta(UNREAD, unread);
  }

  /** All is in now. */
  async record(now: number, run: LastRun): Promise<void> {
    await this.#store.setMeta(LAST_RUN, JSON.stringify(run));
    await this.#store.setMeta(UP_TO_DATE, String(now));
    this.#upToDate = now;
    this.#lastRun = run;
  }

  /** Forgets everything, files and vectors too. */
  async clear(): Promise<void> {
    await this.#store.apply({ remove: await this.#store.files() });
    for (const embedder of Object.keys((await this.#store.counts()).vectors)) {
      await this.#store.forgetVectors(embedder);
    }
    await this.#store.setMeta(UP_TO_DATE, '');
    await this.#store.setMeta(LAST_RUN, '');
    await this.#store.setMeta(UNREAD, '[]');
    await this.#store.setLeftOut([]);
  }
}
