// What both stores make of files and chunks on their way in and out.

import { createHash } from 'node:crypto';
import { type Chunk, type ChunkKind, embeddedText } from '../../../retrieval/chunk.ts';
import type { StoredChunk, StoredFile } from '../../../retrieval/store.ts';
import { Fault } from '../../../shared/errors.ts';

export interface FileRow {
  readonly id: number;
  readonly root: string;
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  readonly hash: string;
  readonly language: string;
  readonly cut: string;
  readonly indexed: number;
}

export interface ChunkRow {
  readonly id: number;
  readonly root: string;
  readonly path: string;
  readonly language: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly start_line: number;
  readonly end_line: number;
  /** JSON. */
  readonly names: string;
  readonly text: string;
}

/** A lease that is not renewed is over after so many milliseconds. */
export const LEASE = 60_000;
/** Vectors that no chunk uses are kept so many milliseconds: a file that is renamed may seem to go before it comes. */
export const GRACE = 600_000;

/** Bytes of SHA-256 that tell embedded texts apart. */
const HASH_BYTES = 16;

export function embeddedHash(chunk: Pick<Chunk, 'names' | 'text'>): Uint8Array {
  return createHash('sha256').update(embeddedText(chunk)).digest().subarray(0, HASH_BYTES);
}

export function storedFile({ id: _, ...file }: FileRow): StoredFile {
  return file;
}

export function storedChunk(row: ChunkRow): StoredChunk {
  const { id, root, path, language, kind, start, end, start_line, end_line, names, text } = row;
  return {
    id,
    root,
    path,
    language,
    kind: kind as ChunkKind,
    start,
    end,
    startLine: start_line,
    endLine: end_line,
    names: JSON.parse(names) as string[],
    text,
  };
}

/** A term as {@link termsOf} makes them: letters and digits alone. Nothing else can stand in an index. */
export function isTerm(text: string): boolean {
  return text !== '' && !/[\0-/:-`{-\x7f]/.test(text);
}

/** @throws Fault `bad-params` */
export function checkDimensions(embedder: string, known: number, given: number): void {
  if (known !== given) {
    throw new Fault('bad-params', `Vectors of ${embedder} have ${known} numbers, and this one has ${given}.`, {
      where: embedder,
      remedy: 'Forget its vectors, then have them made again.',
    });
  }
}
