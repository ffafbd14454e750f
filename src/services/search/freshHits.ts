// Hits as their files are now. An index is always a little behind: before a hit is shown, its file is looked at, and a
// place that has moved is found again. What can't be found any more is not shown.

import type { FileKey, StoredChunk, StoredFile } from '../../retrieval/store.ts';
import { lineEnds } from '../../shared/lines.ts';
import { keyOf } from './fileKeys.ts';
import type { FileSource, Found } from './fileSource.ts';

/** Files that are looked at at the same time. */
const LOOKS_AT_ONCE = 16;

/** Which files are not as they were when they were indexed; `gone` for those that are no longer to be found. */
export async function changedFiles(
  chunks: readonly FileKey[],
  files: FileSource,
  indexed: (file: FileKey) => StoredFile | undefined,
): Promise<Map<string, FileKey>> {
  const distinct = [...new Map(chunks.map(({ root, path }) => [keyOf({ root, path }), { root, path }]))];
  const changed = new Map<string, FileKey>();
  for (let at = 0; at < distinct.length; at += LOOKS_AT_ONCE) {
    await Promise.all(
      distinct.slice(at, at + LOOKS_AT_ONCE).map(async ([key, file]) => {
        const known = indexed(file);
        if (!isAs(known, await files.look(file).catch(() => undefined))) {
          changed.set(key, file);
        }
      }),
    );
  }
  return changed;
}

function isAs(known: StoredFile | undefined, found: Found | undefined): boolean {
  return (
    known !== undefined &&
    found !== undefined &&
    'found' in found &&
    found.found.size === known.size &&
    found.found.modified === known.modified
  );
}

/** Finds a chunk again in its file as it is now: the same text, where it stands nearest to its old place. */
export async function foundAgain(chunk: StoredChunk, files: FileSource): Promise<StoredChunk | undefined> {
  const look = await files.look(chunk).catch(() => undefined);
  const read = look !== undefined && 'found' in look ? await files.read(chunk).catch(() => undefined) : undefined;
  if (read === undefined || !('text' in read)) {
    return undefined;
  }
  const before = read.text.lastIndexOf(chunk.text, chunk.start);
  const after = read.text.indexOf(chunk.text, chunk.start);
  if (before < 0 && after < 0) {
    return undefined;
  }
  const start = before < 0 || (after >= 0 && after - chunk.start < chunk.start - before) ? after : before;
  const startLine = lineEnds(read.text.slice(0, start)) + 1;
  return {
    ...chunk,
    start,
    end: start + chunk.text.length,
    startLine,
    endLine: startLine + chunk.endLine - chunk.startLine,
  };
}
