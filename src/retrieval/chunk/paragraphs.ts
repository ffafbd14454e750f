// Plain text: paragraphs, short ones together, long ones cut between sentences.

import type { Chunk } from '../chunk.ts';
import { type ChunkLimits, chunkLimits } from './limits.ts';
import { allOf, ChunkMaker, cutSpan, type FoundChunks, joinSpans, type Span } from './spans.ts';

export function chunkParagraphs(text: string, limits: ChunkLimits = chunkLimits): Chunk[] {
  return allOf(findParagraphs(text, limits));
}

/** The same, one after the other. */
export function* findParagraphs(text: string, limits: ChunkLimits): FoundChunks {
  const maker = new ChunkMaker(text);
  for (const span of joinParagraphs(text, blocksOf(text, { start: 0, end: text.length }), limits)) {
    yield maker.make('paragraph', span, []);
  }
}

/** Paragraphs as they stand, each with the blank lines after it. */
export function* blocksOf(text: string, { start, end }: Span): Generator<Span, void, void> {
  const own = text.slice(start, end);
  let from = 0;
  // Two line ends with nothing but blanks between them, and the blank lines after those.
  for (const { index, 0: gap } of own.matchAll(/(?:\n|\r(?!\n))[^\S\n\r]*[\r\n]\s*/g)) {
    // The next paragraph has its indentation.
    const to = index + Math.max(gap.lastIndexOf('\n'), gap.lastIndexOf('\r')) + 1;
    yield { start: start + from, end: start + to };
    from = to;
  }
  if (from < own.length) {
    yield { start: start + from, end };
  }
}

/** Cuts blocks that are too long, then puts together those that are short. */
export function joinParagraphs(text: string, blocks: Iterable<Span>, { most, good }: ChunkLimits): Iterable<Span> {
  return joinSpans(cutLong(text, blocks, { most, good }), (start, end) => end - start <= good);
}

function* cutLong(text: string, blocks: Iterable<Span>, { most, good }: Pick<ChunkLimits, 'most' | 'good'>) {
  for (const block of blocks) {
    if (block.end - block.start > most) {
      yield* cutSpan(text, block, { most: good });
    } else {
      yield block;
    }
  }
}
