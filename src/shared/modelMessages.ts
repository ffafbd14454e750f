// The messages about real models: which there are, fetching one that the user has agreed to, removing it. The host asks
// the search worker; pages don't: a page asks the host (`search.getModel`), which asks the user.

import { id, method } from './messages.ts';
import { z } from './schema.ts';

/** A model as the worker knows it. See RealModelInfo in src/services/models/realModels.ts. */
export interface ModelInfo {
  /** By which settings and messages name it: `minilm`, or its name on the hub. */
  readonly id: string;
  readonly label: string;
  readonly task: string;
  /** Bytes to fetch; absent where that is not known before. */
  readonly bytes?: number;
  /** Where it comes from, for people: the hub's name of it and the revision. */
  readonly source: string;
  readonly licence: string;
  readonly state: 'packed' | 'fetched' | 'missing' | 'partial' | 'broken';
}

export const listModels = method<readonly ModelInfo[]>()('models.list', z.strictObject({}));
/**
 * Fetches a model, goes on with one that was half fetched, and checks it. Only after the user's consent. Progress is in
 * bytes. Faults: `cancelled`, `not-found` (no such model, or nothing answers), `storage`, `bad-input` (not the right bytes).
 */
export const fetchModel = method<null>()(
  'models.fetch',
  z.strictObject({ model: id, progress: z.optional(z.string().check(z.maxLength(100))) }),
);
export const removeModel = method<null>()('models.remove', z.strictObject({ model: id }));
