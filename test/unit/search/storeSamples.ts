// Files, chunks and vectors for the tests of stores, made from a seed.

import type { Chunk, ChunkKind } from '../../../src/retrieval/chunk.ts';
import type { FileWrite, StoredFile } from '../../../src/retrieval/store.ts';
import { type Random, seededRandom } from '../../../src/shared/environment.ts';

const KINDS: readonly ChunkKind[] = ['code', 'section', 'paragraph', 'lines'];
const LANGUAGES = ['typescript', 'markdown', 'python'];
const FOLDERS = ['src', 'src/parse', 'docs', 'test/unit'];

export function sampleFile(path: string, more: Partial<StoredFile> = {}): StoredFile {
  return {
    root: 'r',
    path,
    size: 100,
    modified: 1.5,
    hash: `hash of ${path}`,
    language: 'typescript',
    cut: 'lines',
    indexed: 7,
    ...more,
  };
}

/** One after the other, with a line's end between. */
export function sampleChunks(...texts: (string | { text: string; names?: string[]; kind?: ChunkKind })[]): Chunk[] {
  let start = 0;
  let line = 1;
  return texts.map((one) => {
    const { text, names = [], kind = 'lines' } = typeof one === 'string' ? { text: one } : one;
    const lines = text.split('\n').length;
    const chunk = { kind, names, text, start, end: start + text.length, startLine: line, endLine: line + lines - 1 };
    start += text.length + 1;
    line += lines;
    return chunk;
  });
}

/** Words that are the rarer, the longer their number. */
function word(random: Random): string {
  return `word${Math.floor(200 ** random())}`;
}

function words(random: Random, count: number): string {
  return Array.from({ length: count }, () => word(random)).join(' ');
}

/** Files in a few folders and languages, each of a few chunks, some of them equal. */
export function randomWrites(files: number, seed: number): FileWrite[] {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: files }, (_, i) => ({
    file: sampleFile(`${pick(FOLDERS)}/${word(random)}-${i}.${pick(['ts', 'md'])}`, {
      root: pick(['one', 'two']),
      language: pick(LANGUAGES),
    }),
    chunks: sampleChunks(
      ...Array.from({ length: 1 + Math.floor(random() * 6) }, () => ({
        text: random() < 0.1 ? 'the same everywhere' : words(random, 1 + Math.floor(random() * 40)),
        names: random() < 0.5 ? [words(random, 2)] : [],
        kind: pick(KINDS),
      })),
    ),
  }));
}

/** Of length 1. */
export function randomVector(dimensions: number, random: Random): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, () => random() + random() + random() - 1.5);
  const length = Math.hypot(...vector);
  return vector.map((x) => x / length);
}
