// An index for the tests of the inspector's map: paragraphs of real lessons as chunks, laid out by the toy's principal
// components; the third and fourth of them stand for UMAP's layout.

import { readdirSync, readFileSync } from 'node:fs';
import { inRoot } from '../../src/build/paths.ts';
import type { ChunkPlace, IndexMap, PointCategories } from '../../src/shared/embeddingMessages.ts';
import { flat } from './embeddingsToy.ts';

export type Chunk = ChunkPlace & { readonly whole: string };

/** Paragraphs of the first lessons, as chunks of an index. */
export function lessonChunks(): readonly Chunk[] {
  const folders = readdirSync(inRoot('lessons'))
    .filter((name) => /^\d/.test(name))
    .sort()
    .slice(0, 8);
  let chunk = 0;
  return folders.flatMap((folder) => {
    let line = 1;
    return readFileSync(inRoot('lessons', folder, 'lesson.md'), 'utf8')
      .split('\n\n')
      .map((whole) => {
        const startLine = line;
        line += whole.split('\n').length + 1;
        chunk += 1;
        const language = whole.startsWith('```') ? 'yaml' : 'markdown';
        const place = {
          chunk,
          root: 'root',
          path: `lessons/${folder}/lesson.md`,
          language,
          kind: 'paragraph',
          names: [],
        };
        return { ...place, startLine, endLine: line - 2, text: whole.slice(0, 400), whole };
      });
  });
}

export function indexMap(method: 'pca' | 'umap', chunks: readonly Chunk[], rows: readonly Float32Array[]): IndexMap {
  const { xy, explained } = flat(rows, method === 'umap' ? 2 : 0);
  const sampled = Uint8Array.from(chunks, (_, at) => (method === 'pca' || at % 3 === 0 ? 1 : 0));
  return {
    model: 'static',
    method,
    xy: Float32Array.from(xy).buffer,
    ...(method === 'pca' && { explained }),
    kept: 0.31,
    said: method === 'pca' ? 'The two directions in which the chunks differ most.' : 'UMAP of a third of the chunks.',
    count: chunks.length,
    chunks: chunks.length,
    ids: Float64Array.from(chunks, ({ chunk }) => chunk).buffer,
    sampled: sampled.buffer,
    folders: categories(chunks, ({ path }) => path.split('/')[1] as string),
    languages: categories(chunks, ({ language }) => language),
    version: 1,
  };
}

function categories(chunks: readonly Chunk[], of: (chunk: Chunk) => string): PointCategories {
  const all = chunks.map(of);
  const counts = new Map<string, number>();
  for (const name of all) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
  return {
    names,
    counts: names.map((name) => counts.get(name) as number),
    of: Uint8Array.from(all, (name) => names.indexOf(name)).buffer,
  };
}
