// Semantic search over folders: an index that keeps itself up to date, and answers. The face of it all: the search
// worker, the command line and the MCP server ask nothing else.

import type { Embedder } from '../../retrieval/embedder.ts';
import type { FileKey, LeftOut, SearchStore } from '../../retrieval/store.ts';
import { type CancelSignal, type Clock, neverCancelled, systemTimers, type Timers } from '../../shared/environment.ts';
import { asFault, Fault } from '../../shared/errors.ts';
import type { HitReason, IndexHealth, IndexSettings, SearchAnswer, SearchFilter } from '../../shared/searchMessages.ts';
import type { RealModels } from '../models/realModels.ts';
import type { Cutter } from './cutter.ts';
import { type ExplainedHit, explainHit } from './explainHit.ts';
import type { FileSource } from './fileSource.ts';
import { Indexer } from './indexer.ts';
import { healthOf, type IndexView, noIndex } from './indexHealth.ts';
import { type Except, Searcher, type SearchPart } from './searcher.ts';
import { SearchModels } from './searchModels.ts';
import { isDamage, notWritten } from './store/sqliteFaults.ts';
import { Turns } from './turns.ts';
import { whileWanted } from './whileWanted.ts';

export interface SearchServiceParts {
  readonly clock: Clock;
  readonly timers?: Timers;
  /** Names this service among those of other windows: see owner.ts. */
  readonly owner: string;
  readonly cutter: Cutter;
  readonly files: (settings: IndexSettings) => FileSource;
  readonly openStore: (settings: IndexSettings) => Promise<SearchStore>;
  readonly staticModel: () => Promise<Embedder>;
  readonly models: () => Promise<RealModels>;
  /** Something that {@link SearchService.health} says is new. At most every 250 ms. */
  readonly onChange?: () => void;
}

/** Least time between two calls of `onChange`, in milliseconds. */
const CHANGE_MS = 250;

/** How long the first query waits until it is known which files there are, in milliseconds. */
const LISTED_MS = 1500;

/** A store that is damaged again so soon after it was made anew stays as it is, in milliseconds: it is the disk's fault. */
const HEAL_MS = 300_000;

interface OpenIndex {
  readonly settings: IndexSettings;
  readonly store: SearchStore;
  readonly files: FileSource;
  readonly indexer: Indexer;
  readonly searcher: Searcher;
  readonly models: SearchModels;
}

export interface SearchOptions {
  readonly top: number;
  readonly filter?: SearchFilter | undefined;
  readonly parts?: readonly SearchPart[] | undefined;
  /** Milliseconds that the better model has for what it doesn't know yet. */
  readonly patience?: number | undefined;
  readonly signal?: CancelSignal;
}

export class SearchService {
  readonly #parts: SearchServiceParts;
  readonly #turns: Turns;
  #opening: Promise<OpenIndex> | undefined;
  #open: OpenIndex | undefined;
  #settings: IndexSettings | undefined;
  #fault: Fault | undefined;
  #closing: Promise<void> = Promise.resolve();
  #paused = false;
  #healed = Number.NEGATIVE_INFINITY;
  #told: { dispose(): void } | undefined;
  #lastTold = Number.NEGATIVE_INFINITY;

  constructor(parts: SearchServiceParts) {
    this.#parts = parts;
    this.#turns = new Turns(parts.clock);
  }

  /** Opens an index, in place of the one that is open, and begins to bring it up to date. @throws Fault the store's */
  async open(settings: IndexSettings): Promise<void> {
    const before = this.close();
    this.#settings = settings;
    this.#fault = undefined;
    const opening = before.then(() => this.#make(settings));
    this.#opening = opening;
    this.#changed();
    try {
      const open = await opening;
      if (this.#opening === opening) {
        this.#open = open;
        open.indexer.pause(this.#paused);
        open.indexer.start();
      } else {
        await closeIndex(open);
      }
    } catch (error) {
      if (this.#opening === opening) {
        this.#fault = asFault(error);
      }
      throw error;
    } finally {
      this.#changed();
    }
  }

  /** Ends the work on the index, and closes its store. What is committed stays. */
  close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#opening = undefined;
    this.#settings = undefined;
    this.#closing = this.#closing.then(() => (open === undefined ? undefined : closeIndex(open)));
    return this.#closing;
  }

  /** How the index stands. */
  async health(): Promise<IndexHealth> {
    if (this.#open === undefined) {
      return noIndex(this.#settings, this.#fault);
    }
    return healthOf(this.#view(this.#open));
  }

  /** Waits until all files are in, as far as that can be: see the health's state. */
  async settled(): Promise<void> {
    let opening: unknown;
    do {
      opening = this.#opening;
      await (await this.#index()).indexer.settled();
    } while (this.#opening !== undefined && this.#opening !== opening); // made anew meanwhile
  }

  /** @throws Fault `cancelled`, `not-found` when no index is open, `bad-params` for a filter that can't be followed */
  async query(query: string, { signal = neverCancelled, ...options }: SearchOptions): Promise<SearchAnswer> {
    const { timers = systemTimers } = this.#parts;
    return this.#tried(signal, async ({ searcher, indexer }) => {
      await whileWanted(indexer.listed(LISTED_MS), signal, timers);
      return this.#turns.first(() => searcher.query(query, { ...options, signal }));
    });
  }

  /** Chunks like a text. @throws as {@link query} */
  async similar(
    text: string,
    { signal = neverCancelled, ...options }: SearchOptions,
    except?: Except,
  ): Promise<SearchAnswer> {
    return this.#tried(signal, ({ searcher }) =>
      this.#turns.first(() => searcher.similar(text, { ...options, signal }, except)),
    );
  }

  /** Why a chunk is among the hits of a query. @throws Fault `not-found` when the chunk is gone */
  async explain(query: string, hit: ExplainedHit, signal: CancelSignal = neverCancelled): Promise<HitReason> {
    const { searcher, store, files, models } = await this.#index();
    const { cutter } = this.#parts;
    return this.#turns.first(async () =>
      explainHit(query, hit, { searcher, store, files, cutter, models: await models.there(), signal }),
    );
  }

  /** Files that were saved, made, renamed or deleted; all if there are none. */
  changed(files: readonly FileKey[]): void {
    this.#open?.indexer.changed(files);
  }

  /** Stops the work on the index, or lets it go on; also while it is being opened. Searching goes on. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.#open?.indexer.pause(paused);
  }

  /** A model was fetched or removed. */
  modelsChanged(): void {
    this.#open?.models.lookAgain();
    this.#open?.indexer.modelsChanged();
    this.#changed();
  }

  /** Forgets everything and begins anew. */
  async rebuild(): Promise<void> {
    const { indexer, store } = await this.#index();
    if (store.readOnly) {
      throw notWritten(store.place);
    }
    indexer.rebuild();
  }

  async leftOut(): Promise<readonly LeftOut[]> {
    return (await this.#index()).indexer.leftOut;
  }

  /** The open index for those that show its vectors: the store, and the models that are there. */
  async opened(): Promise<{
    readonly settings: IndexSettings;
    readonly store: SearchStore;
    readonly files: FileSource;
    readonly models: SearchModels;
  }> {
    return this.#index();
  }

  /** Does what someone waits for; the index is not worked on meanwhile. */
  first<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.first(work);
  }

  /** Does what someone waits for and what takes long: the index is made beside it, but not what is left to idle times. */
  beside<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.beside(work);
  }

  async #index(): Promise<OpenIndex> {
    let opening: Promise<OpenIndex> | undefined;
    do {
      opening = this.#opening;
      await opening?.catch(() => {}); // told below, if it counts
    } while (opening !== this.#opening); // opened anew meanwhile, perhaps with other settings
    if (opening === undefined) {
      throw new Fault('not-found', 'No index is open.', { remedy: 'Open a folder, and search in it.' });
    }
    return opening;
  }

  /** Once more, where the store turns out to be damaged and is made anew, or the index was opened anew meanwhile. */
  async #tried<T>(signal: CancelSignal, work: (index: OpenIndex) => Promise<T>): Promise<T> {
    const index = await whileWanted(this.#index(), signal, this.#parts.timers ?? systemTimers);
    try {
      return await work(index);
    } catch (error) {
      const old = this.#open !== index && this.#opening !== undefined && !signal.cancelled;
      if (!old && !this.#heal(error, index.indexer)) {
        throw error;
      }
      return work(await this.#index());
    }
  }

  /** A damaged store is opened anew: that sets it aside. @returns whether there is another one, or soon will be */
  #heal(error: unknown, indexer: Indexer): boolean {
    if (this.#settings === undefined || !isDamage((error as Error).cause)) {
      return false;
    }
    if (this.#open?.indexer === indexer) {
      const now = this.#parts.clock.elapsed();
      if (now - this.#healed < HEAL_MS) {
        return false;
      }
      this.#healed = now;
      this.open(this.#settings).catch(() => {
        // Whoever asks is told, and the health says it.
      });
    }
    return true;
  }

  async #make(settings: IndexSettings): Promise<OpenIndex> {
    const { clock, timers = systemTimers, owner, cutter, openStore, staticModel, models: realModels } = this.#parts;
    const files = this.#parts.files(settings);
    const store = await openStore(settings);
    const onChange = () => this.#changed();
    const onLoaded = () => indexer.modelsChanged();
    const models = new SearchModels({ settings, store, staticModel, realModels, onChange, onLoaded });
    const turns = this.#turns;
    const indexer = new Indexer({
      store,
      files,
      cutter,
      turns,
      clock,
      timers,
      owner: settings.owner ?? owner,
      models,
      onChange,
      onFault: (fault) => void this.#heal(fault, indexer),
    });
    const searcher = new Searcher({ store, files, cutter, clock, index: indexer, models: () => models.forQueries() });
    return { settings, store, files, indexer, searcher, models };
  }

  #view({ settings, store, indexer, models }: OpenIndex): IndexView {
    return { settings, store, indexer, models };
  }

  #changed(): void {
    const { clock, timers = systemTimers, onChange } = this.#parts;
    if (onChange === undefined || this.#told !== undefined) {
      return;
    }
    const wait = Math.max(0, this.#lastTold + CHANGE_MS - clock.elapsed());
    this.#told = timers.after(wait, () => {
      this.#told = undefined;
      this.#lastTold = clock.elapsed();
      onChange();
    });
  }
}

async function closeIndex({ indexer, store }: OpenIndex): Promise<void> {
  await indexer.close();
  await store.close();
}
