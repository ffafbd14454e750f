// How tokens are drawn in an editor: which stretches, in which of two alternating colours, and which of them would not
// be seen. Pure; tokenDecorations.ts draws.

import type { EncodedText } from '../shared/messages.ts';

/** A token, or several that are parts of one character. */
export interface Mark {
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
  /** Neighbours differ. */
  readonly odd: boolean;
  /** Nothing but white space: a colour alone would not show where it ends. */
  readonly white: boolean;
  /** Offsets of the line breaks in it (of `\r\n` the first half), which have no width of their own. */
  readonly breaks: readonly number[];
}

/**
 * Marks for all tokens of `text`. The colours start anew with each line, so that an edit or a scroll changes no colour
 * on other lines; a token that comes from the line before counts as the line's first.
 */
export function marksOf(text: string, encoded: EncodedText): Mark[] {
  const starts = new Uint32Array(encoded.starts);
  const ends = new Uint32Array(encoded.ends);
  const marks: Mark[] = [];
  let line = 0; // where the line begins that has been reached
  let last: Mark | undefined;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] as number;
    const end = ends[i] as number;
    const reached = last?.end ?? 0;
    if (end === start || start < reached) {
      continue; // stands for no text of its own, or is another part of the same character
    }
    line = afterLastBreak(text.slice(reached, start), reached) ?? line;
    const goesOn = last !== undefined && (last.start >= line || last.end > line);
    const held = text.slice(start, end);
    const breaks = [...held.matchAll(/\r\n|\n/g)].map(({ index }) => start + index);
    last = { start, end, odd: goesOn && last?.odd === false, white: /^\s+$/.test(held), breaks };
    marks.push(last);
    line = afterLastBreak(held, start) ?? line;
  }
  return marks;
}

function afterLastBreak(text: string, offset: number): number | undefined {
  const at = text.lastIndexOf('\n');
  return at === -1 ? undefined : offset + at + 1;
}
