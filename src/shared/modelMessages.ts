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

/** What a download would be, as the user is asked. */
export interface ModelDescription extends ModelInfo {
  readonly bytes: number;
  readonly files: number;
  /** To be given to `models.fetch`, so that what comes is what was agreed to. */
  readonly revision: string;
  /** The folder that it will be in. */
  readonly folder: string;
  /** Who is asked in place of the usual hub, where the environment names a mirror. */
  readonly mirror?: string;
}

export const listModels = method<readonly ModelInfo[]>()('models.list', z.strictObject({}));
/**
 * What fetching a model would be. Asks the hub where `models.list` doesn't know its size: only after the user agreed to
 * that. Faults: `cancelled`, `not-found`, `storage` (the hub can't be reached), `bad-input`.
 */
export const describeModel = method<ModelDescription>()('models.describe', z.strictObject({ model: id }));
/**
 * Fetches a model, goes on with one that was half fetched, and checks it. Only after the user's consent. Progress is in
 * bytes. Faults: `cancelled`, `not-found` (no such model, or nothing answers), `storage`, `bad-input` (not the right bytes).
 */
export const fetchModel = method<null>()(
  'models.fetch',
  z.strictObject({
    model: id,
    revision: z.optional(z.string().check(z.regex(/^(main|[0-9a-f]{40})$/))),
    progress: z.optional(z.string().check(z.maxLength(100))),
  }),
);
export const removeModel = method<null>()('models.remove', z.strictObject({ model: id }));
