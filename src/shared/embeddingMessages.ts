// The messages about vectors: what the pages that show them ask of the search worker, through the host. Numbers travel as
// ArrayBuffers; an index is described point by point, and its names are asked for when they are shown.

import { MAX_TEXT, method } from './messages.ts';
import { z } from './schema.ts';

const progress = z.optional(z.string().check(z.maxLength(100)));
/** An {@link EmbedderInfo}'s id. */
const model = z.string().check(z.minLength(1), z.maxLength(200));
const text = z.string().check(z.maxLength(MAX_TEXT));
const limit = z.int().check(z.gte(1), z.lte(200));
const chunk = z.int().check(z.gte(0));

/** The most texts that are compared with each other at once. */
export const MOST_ITEMS = 200;
/** The most points whose names are answered at once. */
export const MOST_NAMED = 1000;

/** What can be compared: a text, or a chunk of the index. */
const item = z.union([
  z.strictObject({
    text,
    /** For people; the text's first words if absent. */ name: z.optional(z.string().check(z.maxLength(300))),
  }),
  z.strictObject({ chunk }),
]);
export type EmbeddedItem = z.infer<typeof item>;
const items = z.array(item).check(z.minLength(1), z.maxLength(MOST_ITEMS));

/** A model that makes vectors. */
export interface EmbedderInfo {
  /** By which every message names it: `static`, `minilm`, or a model's name on the hub. */
  readonly id: string;
  readonly label: string;
  /** Size, licence, origin: one line. */
  readonly detail: string;
  readonly dimensions: number;
  readonly state: 'ready' | 'loading' | 'missing' | 'broken' | 'off';
  /** Why it can't be used. */
  readonly message?: string;
  /** How many chunks of the index have its vector: a map and neighbours need some. */
  readonly vectors: number;
  /** Whether a text's vector is a weighted mean of vectors of its tokens, and these can be seen. */
  readonly parts: boolean;
  /** Whether it has vectors of single words, for analogies over all of them. */
  readonly words: boolean;
}
/** The static one first; it is always there. */
export const listEmbedders = method<readonly EmbedderInfo[]>()('embeddings.models', z.strictObject({}));

/** Where a chunk stands, and how it begins. */
export interface ChunkPlace {
  readonly chunk: number;
  readonly root: string;
  readonly path: string;
  readonly language: string;
  readonly kind: string;
  readonly names: readonly string[];
  readonly startLine: number;
  readonly endLine: number;
  /** At most 400 UTF-16 units. */
  readonly text: string;
}

/** One of the given items, as it was embedded. */
export interface ItemInfo {
  readonly name: string;
  /** The text's beginning: at most 400 UTF-16 units. */
  readonly text: string;
  /** How many tokens the text has, and how many of them the model took. */
  readonly tokens: number;
  readonly used: number;
  /** True where the vector is all zeros: nothing that the model knows stands in the text. */
  readonly empty: boolean;
  /** Where it is a chunk of the index. */
  readonly place?: ChunkPlace;
}

// ---- One text ----

/** A token as the model met it. */
export interface TokenPart {
  readonly id: number;
  /** As the model's vocabulary writes it. */
  readonly piece: string;
}
/** A text's vector, and what it was made of. */
export interface InspectedText {
  readonly model: string;
  readonly dimensions: number;
  /** Float32Array (C,), of length 1; all zeros where `empty`. */
  readonly vector: ArrayBuffer;
  readonly empty: boolean;
  /** All tokens of the text; those from `used` on were cut off. At most {@link MOST_PARTS} are listed. */
  readonly tokens: readonly TokenPart[];
  readonly tokenCount: number;
  readonly used: number;
  /** Absent where the model doesn't work this way. One entry for each listed token that was used. */
  readonly parts?: {
    /** Float32Array (T, C): the tokens' vectors as the model holds them. */
    readonly vectors: ArrayBuffer;
    /** Float32Array (T,): each one's weight in the mean; they add up to 1 over the whole text. */
    readonly weights: ArrayBuffer;
    /** Float32Array (T,): each one's length. */
    readonly norms: ArrayBuffer;
    /** Float32Array (T,): its cosine to the text's vector. */
    readonly cosines: ArrayBuffer;
  };
}
/** The most tokens that {@link inspectEmbedding} lists. */
export const MOST_PARTS = 512;
export const inspectEmbedding = method<InspectedText>()(
  'embeddings.inspect',
  z.strictObject({ model, item, progress }),
);

// ---- Several texts ----

/** Items side by side. */
export interface ComparedItems {
  readonly model: string;
  readonly dimensions: number;
  readonly items: readonly ItemInfo[];
  /** Float32Array (n, C), each row of length 1 or all zeros. */
  readonly vectors: ArrayBuffer;
  /** Float32Array (n, n): cosines. */
  readonly similarities: ArrayBuffer;
  /** On the two directions in which the items differ most. */
  readonly map: FlatMap;
}
/** A map of vectors on a plane. */
export interface FlatMap {
  /** Float32Array (n, 2): x, y; x first. Both in the same unit. */
  readonly xy: ArrayBuffer;
  readonly method: 'pca' | 'umap';
  /** How much of all variance the two axes of a PCA hold, 0 to 1. Absent for UMAP, whose axes mean nothing. */
  readonly explained?: readonly [x: number, y: number];
  /** Of each point's 10 nearest in the original space, how many are among its 10 nearest on the map: 0 to 1, mean over a sample. */
  readonly kept: number;
  /** For people: how the map was made, and what it leaves out. */
  readonly said: string;
}
/** Vectors, similarities and a map of up to {@link MOST_ITEMS} items. Fault `cancelled`. */
export const compareItems = method<ComparedItems>()('embeddings.compare', z.strictObject({ model, items, progress }));

export interface Neighbour extends ItemInfo {
  /** Which of the given items it is; absent for one of the index. */
  readonly item?: number;
  readonly cosine: number;
}
/**
 * The nearest by cosine in the original space, best first, never on a map: among the given items, and in the index if
 * it has this model's vectors (else `index` is empty and `said` says why). The item itself is left out.
 */
export const findNeighbours = method<{
  readonly of: ItemInfo;
  readonly items: readonly Neighbour[];
  readonly index: readonly Neighbour[];
  readonly said?: string;
}>()('embeddings.neighbours', z.strictObject({ model, item, among: z.optional(items), limit, progress }));

// ---- The whole index ----

/** Categories by which points are coloured. */
export interface PointCategories {
  /** For people; the category is the place in this list. The largest first; past 254 all are in the last, `other`. */
  readonly names: readonly string[];
  /** How many points each has. */
  readonly counts: readonly number[];
  /** Uint8Array (n,). */
  readonly of: ArrayBuffer;
}
/** Every chunk of the index as a point. */
export interface IndexMap extends FlatMap {
  readonly model: string;
  readonly count: number;
  /** How many chunks the index has; more than `count` while it is being embedded. */
  readonly chunks: number;
  /** Float64Array (n,): the points' chunks, in ascending order. */
  readonly ids: ArrayBuffer;
  /** Uint8Array (n,): 1 where the point was laid out itself, 0 where its neighbours placed it. All 1 for a PCA. */
  readonly sampled: ArrayBuffer;
  /** By folder (the top level of each root; its second where one root holds one folder only). */
  readonly folders: PointCategories;
  readonly languages: PointCategories;
  /** The store's version that it shows. */
  readonly version: number;
}
/**
 * A map of all chunks. A PCA is there at once; UMAP reports progress in units of `layout steps` and takes seconds.
 * Faults: `not-found` when no index is open or no chunk has this model's vector, `cancelled`.
 */
export const mapIndex = method<IndexMap>()(
  'embeddings.mapIndex',
  z.strictObject({ model, method: z.enum(['pca', 'umap']), progress }),
);
/** What the points of a map are, in the order asked; those that are gone since are left out. */
export const namePoints = method<readonly ChunkPlace[]>()(
  'embeddings.points',
  z.strictObject({ chunks: z.array(chunk).check(z.maxLength(MOST_NAMED)) }),
);

// ---- Analogies ----

export interface AnalogyAnswer {
  readonly text: string;
  /** To a - b + c. */
  readonly cosine: number;
  /** Set where it is one of the inputs. */
  readonly input?: 'a' | 'b' | 'c';
  readonly place?: ChunkPlace;
}
export interface Analogy {
  readonly model: string;
  /** The nearest to a - b + c, the three inputs among them: what the sum finds by itself. */
  readonly withInputs: readonly AnalogyAnswer[];
  /** The same without the inputs, as analogies are mostly shown. */
  readonly withoutInputs: readonly AnalogyAnswer[];
  /** Cosines between the inputs, and of each to a - b + c. */
  readonly cosines: {
    readonly ab: number;
    readonly ac: number;
    readonly bc: number;
    readonly a: number;
    readonly b: number;
    readonly c: number;
  };
  /** How far the best answer is ahead of the second, both without the inputs. */
  readonly margin: number;
  /** The length of a - b + c before it is brought to 1: near 0, its direction means little. */
  readonly length: number;
  /** How many were searched. */
  readonly searched: number;
  readonly verdict: 'holds' | 'weak' | 'input-nearest' | 'input-again' | 'unknown-input';
  /** For people: whether it holds, and if not, why. */
  readonly said: string;
}
/**
 * a - b + c: "a is to b as the answer is to c". `among`: all words that the model has a vector of, the given items, or
 * the index's chunks. Faults: `not-found` where there is nothing of that kind.
 */
export const findAnalogy = method<Analogy>()(
  'embeddings.analogy',
  z.strictObject({
    model,
    a: text,
    b: text,
    c: text,
    among: z.enum(['words', 'items', 'index']),
    items: z.optional(items),
    limit,
    progress,
  }),
);

/** What a page may have the search worker do about vectors. */
export const relayedEmbeddingMethods = [
  listEmbedders,
  inspectEmbedding,
  compareItems,
  findNeighbours,
  mapIndex,
  namePoints,
  findAnalogy,
] as const;
