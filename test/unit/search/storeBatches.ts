// What storeWriter.ts writes, and how its tests know it again.

import type { StoreChange } from '../../../src/retrieval/store.ts';
import { sampleChunks, sampleFile } from './storeSamples.ts';

export const FILES_A_BATCH = 4;
/** So many batches stay; the one before goes when a new one comes. */
export const BATCHES_KEPT = 12;

export function batchOf(root: string, batch: number): StoreChange {
  const key = (of: number, i: number) => sampleFile(`${of}/${i}.ts`, { root, hash: `${of}` });
  const each = Array.from({ length: FILES_A_BATCH }, (_, i) => i);
  const gone = batch - BATCHES_KEPT;
  return {
    write: each.map((i) => ({
      file: key(batch, i),
      chunks: sampleChunks(
        ...Array.from({ length: 6 }, (_, n) => `batch${batch} chunk${n} ${'filling '.repeat(60)}${i}`),
      ),
    })),
    ...(gone >= 0 && { remove: each.map((i) => key(gone, i)) }),
  };
}
