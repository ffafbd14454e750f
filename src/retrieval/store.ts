// Where an index is kept, as indexer and searcher see it: files, their chunks, the chunks' terms and vectors. SQLite
// and PostgreSQL stand behind it (src/services/search/store). Every method is one transaction.

import type { Chunk } from './chunk.ts';

/** A file by the folder that it is in and its path there, with `/`. */
export interface FileKey {
  /** Id of a workspace folder. */
  readonly root: string;
  readonly path: string;
}

export interface StoredFile extends FileKey {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970, as the file system says; with `size` it tells an unchanged file without reading it. */
  readonly modified: number;
  /** SHA-256 of its bytes, as hexadecimal: the same hash at another path is a moved file. */
  readonly hash: string;
  /** As VS Code names it: `typescript`, `markdown`, `plaintext`. */
  readonly language: string;
  /** How its chunks were cut: by `lines` first, along its `syntax` when there was time. Changes with the chunker. */
  readonly cut: string;
  /** When it was indexed, milliseconds since 1970. */
  readonly indexed: number;
}

/** Why a file is not in the index. */
export type LeftOutReason =
  | 'ignored' // by .gitignore, .git/info/exclude or an exclude setting
  | 'binary'
  | 'large'
  | 'secret'
  | 'minified' // lines too long to be read by people
  | 'unreadable'
  | 'outside' // a link that leads out of its folder, or round in a circle
  | 'encoding';

export interface LeftOut extends FileKey {
  readonly reason: LeftOutReason;
  /** The rule, the size, the error: one line. */
  readonly detail: string;
}

export interface StoredChunk extends Chunk, FileKey {
  readonly id: number;
  readonly language: string;
}

/** A file as it is now. Replaces what was known of this key. */
export interface FileWrite {
  readonly file: StoredFile;
  /** The store makes their terms itself (lexical/chunkTerms.ts): of text, names and path. */
  readonly chunks: readonly Chunk[];
}

export interface StoreChange {
  readonly write?: readonly FileWrite[];
  /** Known already, and now elsewhere: its chunks and vectors stay. The terms are those of the new path's words. */
  readonly move?: readonly { readonly from: FileKey; readonly to: StoredFile }[];
  /** Known, not changed, but for its time stamp. */
  readonly touch?: readonly StoredFile[];
  readonly remove?: readonly FileKey[];
}

/** Which chunks may be found. What is absent doesn't matter. */
export interface SearchFilter {
  readonly roots?: readonly string[];
  /** Globs on the path, as VS Code's search takes them: `src/**`, `*.md`. */
  readonly include?: readonly string[];
  /** Further lists of globs: a path has to match one of each, and one of `include`. */
  readonly within?: readonly (readonly string[])[];
  readonly exclude?: readonly string[];
  readonly languages?: readonly string[];
  readonly kinds?: readonly Chunk['kind'][];
}

export interface ScoredChunk {
  readonly chunk: number;
  /** BM25 or cosine: higher is better. */
  readonly score: number;
}

export interface StoreCounts {
  readonly files: number;
  readonly chunks: number;
  /** Terms that a chunk has, on average: of text, names and path. BM25's length. */
  readonly averageLength: number;
  /** UTF-8 bytes of the indexed files. */
  readonly textBytes: number;
  /** What it takes on disk, as far as that is known. */
  readonly storeBytes: number;
  /** Chunks that have a vector, by the embedder's id. */
  readonly vectors: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
}

export interface SearchStore {
  /** For people: the file, or the server without its password. */
  readonly place: string;
  /** Set where what was found could not be used and was put aside: why, and where it is now. */
  readonly recovered?: string;
  /** What is there can be read, and nothing can be written: every change is refused. */
  readonly readOnly?: boolean;
  files(): Promise<StoredFile[]>;
  apply(change: StoreChange): Promise<void>;
  chunks(ids: readonly number[]): Promise<StoredChunk[]>;
  chunksOf(file: FileKey): Promise<StoredChunk[]>;
  /** All chunks in the order of their ids, page by page, for maps and evaluation. */
  chunkPage(after: number, limit: number): Promise<StoredChunk[]>;
  /** The best by BM25 (k1 = 1.2, b = 0.75, SQLite's idf) over the query's terms, best first; equal scores by id. */
  lexical(terms: readonly string[], limit: number, filter?: SearchFilter): Promise<ScoredChunk[]>;
  /** In how many chunks each term stands. */
  documentFrequencies(terms: readonly string[]): Promise<number[]>;
  /** The nearest by cosine, exactly rescored in f32, best first; equal scores by id. `query` has length 1. */
  nearest(embedder: string, query: Float32Array, limit: number, filter?: SearchFilter): Promise<ScoredChunk[]>;
  /** Vectors of chunks, row by row; a chunk without one is absent. */
  vectors(embedder: string, chunks: readonly number[]): Promise<Map<number, Float32Array>>;
  /** Chunks that have no vector of this embedder yet, lowest id first. */
  withoutVectors(embedder: string, limit: number): Promise<StoredChunk[]>;
  /** Kept by the hash of the embedded text: the same text elsewhere has its vector already. */
  putVectors(embedder: string, dimensions: number, vectors: ReadonlyMap<number, Float32Array>): Promise<void>;
  forgetVectors(embedder: string): Promise<void>;
  leftOut(): Promise<LeftOut[]>;
  setLeftOut(leftOut: readonly LeftOut[]): Promise<void>;
  counts(): Promise<StoreCounts>;
  meta(key: string): Promise<string | undefined>;
  setMeta(key: string, value: string): Promise<void>;
  /**
   * Of several windows on one store one writes: true when that is this one from now on. Held until it is released, or
   * not renewed for a minute.
   */
  takeLease(owner: string): Promise<boolean>;
  releaseLease(owner: string): Promise<void>;
  /** Changes whenever anyone has changed the index. */
  version(): Promise<number>;
  close(): Promise<void>;
}
