// Plain text: paragraphs, short ones together, long ones cut between sentences.

import type { Chunk } from '../chunk.ts';
import { type ChunkLimits, chunkLimits } from './limits.ts';
import { ChunkMaker, cutSpan, joinSpans, type Span } from './spans.ts';

export function chunkParagraphs(text: string, limits: ChunkLimits = chunkLimits): Chunk[] {
  const maker = new ChunkMaker(text);
  const spans = joinParagraphs(text, blocksOf(text, { start: 0, end: text.length }), limits);
  return spans.flatMap((span) => maker.make('paragraph', span, []));
}

/** Paragraphs as they stand, each with the blank lines after it. */
export function blocksOf(text: string, { start, end }: Span): Span[] {
  const blocks: Span[] = [];
  const own = text.slice(start, end);
  let from = 0;
  // Two line ends with nothing but blanks between them, and the blank lines after those.
  for (const { index, 0: gap } of own.matchAll(/\n[^\S\n]*\n\s*/g)) {
    // The next paragraph has its indentation.
    const to = index + gap.lastIndexOf('\n') + 1;
    blocks.push({ start: start + from, end: start + to });
    from = to;
  }
  return from < own.length ? [...blocks, { start: start + from, end }] : blocks;
}

/** Cuts blocks that are too long, then puts together those that are short. */
export function joinParagraphs(text: string, blocks: readonly Span[], { most, good }: ChunkLimits): Span[] {
  const cut = blocks.flatMap((block) =>
    block.end - block.start > most ? cutSpan(text, block, { most: good }) : [block],
  );
  return joinSpans(cut, (start, end) => end - start <= good);
}
