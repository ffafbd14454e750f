// So many lines at a time, for what has no other structure that is known.

import type { Chunk } from '../chunk.ts';
import { type ChunkLimits, chunkLimits } from './limits.ts';
import { allOf, ChunkMaker, cutSpan, type FoundChunks } from './spans.ts';

const MOST_LINES = 60;

/** Chunks of at most 60 lines, cut before a line that looks like a beginning. */
export function chunkLines(text: string, limits: ChunkLimits = chunkLimits): Chunk[] {
  return allOf(findLines(text, limits));
}

/** The same, one after the other. */
export function* findLines(text: string, { most }: ChunkLimits): FoundChunks {
  const maker = new ChunkMaker(text);
  for (const span of cutSpan(text, { start: 0, end: text.length }, { most, lines: MOST_LINES })) {
    yield maker.make('lines', span, []);
  }
}
