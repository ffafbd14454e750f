// A chunk cut into what a person takes in at once: sentences of prose, statements or lines of code.

import type { ChunkKind } from '../../retrieval/chunk.ts';

export interface Sentence {
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Shorter ones are taken together with what follows: a brace says nothing by itself. Characters. */
const LEAST = 12;
/** Where a sentence of prose ends, or a paragraph; a line of code. */
const PROSE = /(?<=[.!?。！？]["')\]]*)\s+|\n\s*\n/gu;
const CODE = /\n+/g;

/** In order, without the white space around them; at most `most` of them. */
export function sentencesOf(text: string, kind: ChunkKind, most: number): Sentence[] {
  const sentences: Sentence[] = [];
  const border = kind === 'section' || kind === 'paragraph' ? PROSE : CODE;
  let start = 0;
  const add = (end: number, last: boolean) => {
    const piece = text.slice(start, end);
    const trimmed = piece.trim();
    if (trimmed.length < LEAST && !last) {
      return;
    }
    if (/[\p{L}\p{N}]/u.test(trimmed)) {
      const from = start + piece.length - piece.trimStart().length;
      sentences.push({ start: from, end: from + trimmed.length, text: trimmed });
    }
    start = end;
  };
  for (const { index } of text.matchAll(border)) {
    if (sentences.length < most) {
      add(index, false);
    }
  }
  if (sentences.length < most) {
    add(text.length, true);
  }
  return sentences;
}
