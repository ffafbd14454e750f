// So many lines at a time, for what has no other structure that is known.

import type { Chunk } from '../chunk.ts';
import { type ChunkLimits, chunkLimits } from './limits.ts';
import { ChunkMaker, cutSpan } from './spans.ts';

const MOST_LINES = 60;

/** Chunks of at most 60 lines, cut before a line that looks like a beginning. */
export function chunkLines(text: string, limits: ChunkLimits = chunkLimits): Chunk[] {
  const maker = new ChunkMaker(text);
  return cutSpan(text, { start: 0, end: text.length }, { most: limits.most, lines: MOST_LINES }).flatMap((span) =>
    maker.make('lines', span, []),
  );
}
