// The models of an open index: the static one, which is always there first, and the better one that the settings name.
// Each is loaded when first needed; one that can't be had is remembered with its reason, and search goes on without it.

import type { Embedder } from '../../retrieval/embedder.ts';
import { FUSION_WEIGHTS } from '../../retrieval/fuse.ts';
import type { SearchStore } from '../../retrieval/store.ts';
import { asFault, type Fault } from '../../shared/errors.ts';
import type { IndexSettings, ModelHealth } from '../../shared/searchMessages.ts';
import { modelOf } from '../models/knownModels.ts';
import { STATIC_MODEL } from '../models/programModels.ts';
import type { RealModels } from '../models/realModels.ts';
import { searchEmbedder } from '../models/searchEmbedder.ts';
import type { IndexModels } from './indexWork.ts';
import type { QueryModels } from './searcher.ts';

export interface SearchModelsParts {
  readonly settings: Pick<IndexSettings, 'embedder' | 'rerank'>;
  readonly store: SearchStore;
  readonly staticModel: () => Promise<Embedder>;
  readonly realModels: () => Promise<RealModels>;
  readonly onChange: () => void;
  /** The better model has come, or can't. */
  readonly onLoaded: () => void;
}

/** A model that is there, on its way, or can't be had. */
interface Slot {
  readonly id: string;
  loading: Promise<Embedder | undefined> | undefined;
  model: Embedder | undefined;
  fault: Fault | undefined;
}

export class SearchModels implements IndexModels {
  readonly #parts: SearchModelsParts;
  readonly #first: Slot;
  /** undefined where the settings want no better one. */
  readonly #better: Slot | undefined;

  constructor(parts: SearchModelsParts) {
    this.#parts = parts;
    const { embedder } = parts.settings;
    this.#first = slot(STATIC_MODEL);
    this.#better = embedder === STATIC_MODEL ? undefined : slot(embedder);
  }

  first(): Promise<Embedder | undefined> {
    return this.#load(this.#first, this.#parts.staticModel);
  }

  better(): Embedder | undefined {
    const better = this.#better;
    if (better !== undefined && better.loading === undefined) {
      void this.#load(better, () => this.#real(better.id)).then(() => this.#parts.onLoaded());
    }
    return better?.model;
  }

  failed(model: Embedder, fault: Fault): void {
    for (const one of [this.#first, this.#better]) {
      if (one?.model === model) {
        one.fault = fault;
        one.model = undefined;
        this.#parts.onChange();
      }
    }
  }

  /** What was missing may be there now. */
  lookAgain(): void {
    for (const one of [this.#first, this.#better]) {
      if (one !== undefined && one.model === undefined) {
        one.loading = undefined;
        one.fault = undefined;
      }
    }
  }

  /** Those that are loaded, the static one first. */
  async there(): Promise<Embedder[]> {
    await this.first();
    return [this.#first.model, this.#better?.model].filter((model) => model !== undefined);
  }

  /**
   * What queries compare vectors by: the better model once all chunks have its vector, and the one that puts the best in
   * order anew. Doesn't wait for a better model that is still being loaded.
   */
  async forQueries(): Promise<QueryModels> {
    const first = await this.first();
    const better = this.#better;
    const { rerank } = this.#parts.settings;
    const notes = first === undefined ? [`Only words are compared: ${this.#first.fault?.message}`] : [];
    const byFirst = { ...(first && { model: first }), weights: FUSION_WEIGHTS, notes };
    if (better === undefined) {
      return byFirst;
    }
    this.better();
    if (better.model === undefined) {
      if (rerank) {
        notes.push(...whyNotBetter(better));
      }
      return byFirst;
    }
    const { vectors, chunks } = await this.#parts.store.counts();
    const whole = chunks > 0 && vectors[better.model.id] === chunks;
    const { lexical, sentence } = FUSION_WEIGHTS;
    return {
      ...(whole ? { model: better.model, weights: { lexical, vector: sentence }, notes } : byFirst),
      ...(rerank && { reranker: better.model }),
    };
  }

  health(vectors: Readonly<Record<string, number>>): ModelHealth[] {
    return [this.#first, this.#better].flatMap((one) => (one === undefined ? [] : [healthOf(one, vectors)]));
  }

  async #real(id: string): Promise<Embedder | undefined> {
    return searchEmbedder(await this.#parts.realModels(), id);
  }

  #load(one: Slot, make: () => Promise<Embedder | undefined>): Promise<Embedder | undefined> {
    one.loading ??= make().then(
      (model) => {
        one.model = model;
        this.#parts.onChange();
        return model;
      },
      (error: unknown) => {
        one.fault = asFault(error);
        this.#parts.onChange();
        return undefined;
      },
    );
    return one.loading.then(() => one.model);
  }
}

function slot(id: string): Slot {
  return { id, loading: undefined, model: undefined, fault: undefined };
}

/** Nothing where the model was never put on this machine: the index's health says so, and not each answer. */
function whyNotBetter({ fault }: Slot): string[] {
  if (fault === undefined) {
    return ['The better model is being loaded: the best hits are not yet put in order by it.'];
  }
  return isMissing(fault) ? [] : [`The best hits are not put in order by the better model: ${fault.message}`];
}

function isMissing({ code }: Fault): boolean {
  return code === 'model-missing' || code === 'not-found';
}

function healthOf({ id, loading, model, fault }: Slot, vectors: Readonly<Record<string, number>>): ModelHealth {
  if (model !== undefined) {
    const { label, detail, dimensions } = model;
    return { id, label, detail, dimensions, vectors: vectors[model.id] ?? 0, state: 'ready' };
  }
  const unknown = { id, label: modelOf(id)?.label ?? id, detail: '', dimensions: 0, vectors: 0 };
  if (fault !== undefined) {
    return { ...unknown, state: isMissing(fault) ? 'missing' : 'broken', message: fault.full };
  }
  return { ...unknown, state: loading === undefined ? 'off' : 'loading' };
}
