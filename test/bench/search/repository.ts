// A repository to index: sources of the packages that are installed here, copied into a folder of their own. The same
// packages give the same one.

import { copyFile, glob, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from '../../../src/build/paths.ts';

export interface Repository {
  readonly files: number;
  readonly bytes: number;
}

const SOURCES = 'node_modules/**/*.{ts,mts,cts,js,mjs,cjs,jsx,md,py,css,json,yaml,yml,c,h,cpp,java,go,rs}';
/** Larger ones are mostly bundles. Bytes. */
const LARGEST = 80_000;
const LEAST = 500;
/** Written by programs, or the same in every package. */
const NOT_SOURCES = /\.min\.|[/\\](dist|umd|locale|\.bin)[/\\]|package\.json$|LICENSE/;

/**
 * Copies so many files with about so many bytes together into `folder`: spread evenly over what there is, of a size that
 * fits.
 *
 * @throws Error when too little is installed
 */
export async function makeRepository(folder: string, files: number, bytes: number): Promise<Repository> {
  const sources: { file: string; size: number }[] = [];
  for await (const file of glob(SOURCES, { cwd: inRoot() })) {
    if (!NOT_SOURCES.test(file)) {
      const found = await stat(inRoot(file));
      if (found.isFile() && found.size >= LEAST && found.size <= LARGEST) {
        sources.push({ file, size: found.size });
      }
    }
  }
  if (sources.length < files) {
    throw new Error(`Only ${sources.length} sources are installed, and ${files} are needed.`);
  }
  sources.sort((a, b) => a.size - b.size || (a.file < b.file ? -1 : 1));
  const window = fitting(sources, files, bytes);
  let sum = 0;
  for (const { file, size } of window) {
    sum += size;
    const target = path.join(folder, file.replaceAll('node_modules', 'packages'));
    await mkdir(path.dirname(target), { recursive: true });
    await copyFile(inRoot(file), target);
  }
  return { files: window.length, bytes: sum };
}

/** From files in the order of their sizes: every n-th one of the largest so many, so that their sum is as wanted. */
function fitting<T extends { readonly size: number }>(sorted: readonly T[], count: number, bytes: number): T[] {
  let [low, high] = [0, sorted.length - count];
  const from = (start: number) => {
    const step = (sorted.length - start) / count;
    return Array.from({ length: count }, (_, i) => sorted[start + Math.floor(i * step)] as T);
  };
  const sumOf = (some: readonly T[]) => some.reduce((sum, { size }) => sum + size, 0);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sumOf(from(middle)) < bytes) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return from(low);
}
