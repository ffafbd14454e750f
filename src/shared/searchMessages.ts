// The messages of search: what the host asks of the search worker, and what the pages ask of either. The worker holds
// the index; a page sees hits, figures and passages, never a file's path outside of the workspace.

import { id, MAX_TEXT, method, type Notice } from './messages.ts';
import { z } from './schema.ts';

const text = z.string().check(z.maxLength(MAX_TEXT));
const query = z.string().check(z.maxLength(20_000));
const progress = z.optional(z.string().check(z.maxLength(100)));
const path = z.string().check(z.maxLength(4096));
const globs = z.array(z.string().check(z.maxLength(1000))).check(z.maxLength(1000));
const names = z.array(z.string().check(z.maxLength(200))).check(z.maxLength(200));

// ---- Host -> search worker: the index ----

const rules = z.strictObject({ exclude: globs, include: globs, useIgnoreFiles: z.boolean(), maxBytes: z.int() });
const root = z.strictObject({
  /** See `rootId` in rootId.ts. */
  id,
  name: z.string(),
  place: z.string().check(z.maxLength(4096)),
  /** This folder's own, where its settings differ from the others'. */
  rules: z.optional(rules),
});

/** What an index is made of. */
export const indexSettings = z.strictObject({
  /** The SQLite file, or `postgres://...` */
  store: z.string().check(z.maxLength(4096)),
  roots: z.array(root).check(z.maxLength(100)),
  /** How folders are read: by the worker itself, or by asking the host (`folder.*`), where the files are elsewhere. */
  read: z.enum(['node', 'host']),
  rules,
  /** `static`, `minilm`, or a model's name on the hub. The static one is always there, first. */
  embedder: z.string().check(z.maxLength(200)),
  /** Whether the top hits are put in order anew by the better model. */
  rerank: z.boolean(),
  /** Who writes, of several windows: the same for all lives of one window's worker, so that a new one need not wait. */
  owner: z.optional(id),
});
export type IndexSettings = z.infer<typeof indexSettings>;

/** Opens the index, or opens it anew with other settings, and begins to bring it up to date. Answers at once. */
export const openIndex = method<null>()('index.open', indexSettings);
export const closeIndex = method<null>()('index.close', z.strictObject({}));
/** Files that were saved, made, renamed or deleted: these are looked at again. Empty means all. */
export const filesChanged = method<null>()(
  'index.filesChanged',
  z.strictObject({ files: z.array(z.strictObject({ root: id, path })).check(z.maxLength(100_000)) }),
);

/** Worker -> host, where `read` is `host`. See Folder in src/services/search/fileSource.ts. */
export const listFolder = method<
  readonly { readonly name: string; readonly type: 'file' | 'folder' | 'link' | 'other' }[]
>()('folder.list', z.strictObject({ root: id, path }));
export const statFile = method<{
  readonly type: 'file' | 'folder' | 'other';
  readonly size: number;
  readonly modified: number;
  readonly target?: string;
}>()('folder.stat', z.strictObject({ root: id, path }));
export const readFile = method<{ readonly bytes: ArrayBuffer }>()(
  'folder.read',
  z.strictObject({ root: id, path, most: z.int() }),
);

// ---- The index, as a page may ask too ----

export type IndexState =
  | 'closed' // no folder is open, or search is off
  | 'opening'
  | 'listing' // files are being found
  | 'indexing' // what was found is being read; all that is in can be searched, the rest by its words
  | 'refining' // all is in; chunks are cut along the syntax
  | 'embedding' // all is in; the better vectors are made
  | 'ready'
  | 'empty' // there is no file to index; `message` says why
  | 'paused'
  | 'waiting' // another window is indexing this workspace
  | 'read-only' // the index can't be written: what is in it is searched, and not brought up to date
  | 'failed';

/** How the index stands. Nothing here is called done that isn't. */
export interface IndexHealth {
  readonly state: IndexState;
  /** For people, where there is something to say: what failed, why it waits, what was recovered. */
  readonly message?: string;
  readonly store: string;
  /** Files that the walk has met, indexed or not. */
  readonly seen: number;
  readonly indexed: number;
  /** Found, and not indexed yet. */
  readonly pending: number;
  readonly chunks: number;
  /** UTF-8 bytes of the indexed files. */
  readonly textBytes: number;
  readonly storeBytes: number;
  readonly leftOut: Readonly<Record<string, number>>;
  /** Files that could not be read or cut, with the reason; at most a hundred. */
  readonly errors: readonly { readonly root: string; readonly path: string; readonly why: string }[];
  readonly errorCount: number;
  readonly languages: Readonly<Record<string, number>>;
  readonly models: readonly ModelHealth[];
  /** When all was last up to date, milliseconds since 1970. */
  readonly upToDate?: number;
  /** Milliseconds that the last bringing up to date took, and how many files it read. */
  readonly lastRun?: { readonly milliseconds: number; readonly read: number };
}
export interface ModelHealth {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly dimensions: number;
  /** How many chunks have its vector. */
  readonly vectors: number;
  /** `missing`: not on this machine; `broken`: there, and not what it should be. */
  readonly state: 'ready' | 'loading' | 'missing' | 'broken' | 'off';
  readonly message?: string;
}
export const indexHealth = method<IndexHealth>()('index.health', z.strictObject({}));
export const pauseIndex = method<null>()('index.pause', z.strictObject({ paused: z.boolean() }));
/** Forgets everything and begins anew. */
export const rebuildIndex = method<null>()('index.rebuild', z.strictObject({}));
/** Files that are left out, by reason, page by page. */
export const listLeftOut = method<{
  readonly total: number;
  readonly items: readonly {
    readonly root: string;
    readonly path: string;
    readonly reason: string;
    readonly detail: string;
  }[];
}>()(
  'index.leftOut',
  z.strictObject({
    reason: z.optional(z.string()),
    from: z.int().check(z.gte(0)),
    limit: z.int().check(z.gte(1), z.lte(1000)),
  }),
);
/** Worker -> host -> pages: something about the index is new. At most every 250 ms. */
export const indexChanged: Notice<Record<string, never>> = { name: 'index.changed', params: z.strictObject({}) };

// ---- Searching: a page may ask the worker through the host ----

export const searchFilter = z.strictObject({
  roots: z.optional(names),
  include: z.optional(globs),
  /** Further lists of globs: a path has to match one of each, and one of `include`. */
  within: z.optional(z.array(globs).check(z.maxLength(10))),
  exclude: z.optional(globs),
  languages: z.optional(names),
  kinds: z.optional(z.array(z.enum(['code', 'section', 'paragraph', 'lines']))),
});

export type SearchFilter = z.infer<typeof searchFilter>;

export interface PartScore {
  /** 1 is the best in its list. */
  readonly rank: number;
  /** BM25 or cosine. */
  readonly score: number;
  /** What its rank adds to the fused score: its weight over rank and a constant. Absent of the re-ranker's. */
  readonly adds?: number;
}
export interface SearchHit {
  readonly chunk: number;
  readonly root: string;
  readonly path: string;
  readonly language: string;
  readonly kind: string;
  readonly names: readonly string[];
  readonly startLine: number;
  readonly endLine: number;
  /** UTF-16 offsets into the file as it was indexed. */
  readonly start: number;
  readonly end: number;
  /** The chunk's text; the first of it where it is long. */
  readonly text: string;
  /** Where words of the query stand in `text`: UTF-16 offsets, in order, not overlapping. */
  readonly marks: readonly { readonly start: number; readonly end: number }[];
  /** What the order is by: higher is better. */
  readonly score: number;
  readonly lexical: PartScore | null;
  readonly vector: PartScore | null;
  /** Cosine by the re-ranking model, where it was asked. */
  readonly rerank: PartScore | null;
}
export interface SearchAnswer {
  readonly query: string;
  readonly hits: readonly SearchHit[];
  /** Milliseconds, by stage: `terms`, `embed`, `lexical`, `vector`, `fuse`, `rerank`, `read`. */
  readonly took: Readonly<Record<string, number>>;
  /** Which models took part. */
  readonly models: readonly string[];
  /** Files that are found and not in the index yet: their words were searched all the same if `scanned`. */
  readonly pending: number;
  readonly scanned: boolean;
  /** How many of the best the better model had no time for: with more patience their order may be a better one. */
  readonly uncompared?: number;
  /** For people: why the answer is less than it could be. */
  readonly notes: readonly string[];
}
/** Milliseconds that a better model has for what it doesn't know yet; 0 does with what it knows, at once. */
const patience = z.optional(z.int().check(z.gte(0), z.lte(60_000)));
export const MOST_HITS = 200;
export const searchIndex = method<SearchAnswer>()(
  'search.query',
  z.strictObject({
    query,
    top: z.int().check(z.gte(1), z.lte(MOST_HITS)),
    filter: z.optional(searchFilter),
    /** What takes part; all that there is if absent. */
    parts: z.optional(z.array(z.enum(['lexical', 'vector', 'rerank']))),
    patience,
    progress,
  }),
);
/** Chunks like a text: by vectors, and by the words that are rare in this index. The text's own place is left out. */
export const searchSimilar = method<SearchAnswer>()(
  'search.similar',
  z.strictObject({
    text,
    top: z.int().check(z.gte(1), z.lte(MOST_HITS)),
    filter: z.optional(searchFilter),
    patience,
    except: z.optional(z.strictObject({ root: id, path, startLine: z.int(), endLine: z.int() })),
  }),
);

/** Why a chunk is among the hits of a query. */
export interface HitReason {
  readonly hit: SearchHit;
  /** Its file is not in the index yet: it was found by its words alone, in a look through the file's text. */
  readonly scanned: boolean;
  /** Each of the query's words: what it adds to BM25, where it stands, how rare it is. */
  readonly words: readonly {
    readonly term: string;
    /** How often it stands in the chunk. */
    readonly count: number;
    /** In how many of the index's chunks it stands. */
    readonly inChunks: number;
    /** Its part of the score. */
    readonly score: number;
  }[];
  readonly bm25: {
    readonly score: number;
    readonly length: number;
    readonly averageLength: number;
    readonly chunks: number;
  };
  /** The chunk's sentences or statements, nearest to the query first. */
  readonly sentences: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly similarity: number;
  }[];
  readonly cosines: readonly { readonly model: string; readonly cosine: number }[];
  /** How the ranks became the score: one line a part, with its weight. */
  readonly fusion: readonly {
    readonly part: string;
    readonly rank: number | null;
    readonly weight: number;
    readonly adds: number;
  }[];
  /** Lines around the chunk, and which of them are its own. */
  readonly around: { readonly startLine: number; readonly text: string };
  /** The chunks before and after it in its file, by their lines. */
  readonly borders: readonly {
    readonly startLine: number;
    readonly endLine: number;
    readonly names: readonly string[];
    readonly own: boolean;
  }[];
}
export const explainHit = method<HitReason>()(
  'search.explain',
  z.strictObject({
    query,
    chunk: z.int(),
    /** Where the hit stands: chunks are cut anew while the index is made, and what stands there now is explained. */
    at: z.optional(z.strictObject({ root: id, path, startLine: z.int().check(z.gte(1)) })),
    /** As it was searched: places in an order are places in that one. */
    filter: z.optional(searchFilter),
    top: z.optional(z.int().check(z.gte(1), z.lte(MOST_HITS))),
    /** The query is a text whose like was looked for. */
    similar: z.optional(z.boolean()),
  }),
);

/** What a page or a command may have the search worker do, beside `search.query` and the rest above. */
export const relayedSearchMethods = [
  indexHealth,
  pauseIndex,
  rebuildIndex,
  listLeftOut,
  searchIndex,
  searchSimilar,
  explainHit,
] as const;
