// What an edit in a document means for its tokens: the one stretch around it that has to be encoded again. Reads only
// the document's text around the edit. Pure; the panel (tokensPanel.ts) sends what comes of it.

import { cutAround } from '../shared/textCuts.ts';

/** Longest stretch that is encoded again in place of the whole, in UTF-16 units. */
export const MOST_PATCHED = 64 * 1024;
/** How much around an edit is read first; four times as much each time that there is no cut in it. */
const FIRST_MARGIN = 128;

/** Units `start .. oldEnd` of a text became units `start .. newEnd`. */
export interface Edit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** A change as VS Code tells it; of several in one event each is of the text that those before it made. */
export interface Change {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** One edit that covers `edit`, if there is one, and then `changes`. */
export function joined(edit: Edit | undefined, changes: readonly Change[]): Edit | undefined {
  let whole = edit;
  for (const { rangeOffset: start, rangeLength, text } of changes) {
    const oldEnd = start + rangeLength;
    const newEnd = start + text.length;
    if (whole === undefined) {
      whole = { start, oldEnd, newEnd };
      continue;
    }
    const reached = Math.max(whole.newEnd, oldEnd);
    whole = {
      start: Math.min(whole.start, start),
      oldEnd: whole.oldEnd + reached - whole.newEnd,
      newEnd: reached + newEnd - oldEnd,
    };
  }
  return whole;
}

/** A text of which parts are read. */
export interface TextSource {
  /** UTF-16 units. */
  readonly length: number;
  /** The text from `start` to `end`, or from a little before; `start` of the answer says from where. */
  read(start: number, end: number): { readonly start: number; readonly text: string };
}

/** A stretch that can be encoded by itself. */
export interface SafeStretch {
  readonly start: number;
  readonly text: string;
}

/**
 * The least stretch around `start .. end` that can be encoded by itself (textCuts.ts).
 *
 * @returns undefined when it would be longer than `most`
 */
export function safeStretch(
  source: TextSource,
  start: number,
  end: number,
  most: number = MOST_PATCHED,
): SafeStretch | undefined {
  for (let margin = FIRST_MARGIN; end - start <= most; margin *= 4) {
    const window = source.read(Math.max(0, start - margin), Math.min(source.length, end + margin));
    const { text } = window;
    const cut = cutAround(text, start - window.start, end - window.start);
    const begun = cut.start > 0 || window.start === 0;
    const ended = cut.end < text.length || window.start + text.length >= source.length;
    if (begun && ended) {
      const found = text.slice(cut.start, cut.end);
      return found.length > most ? undefined : { start: window.start + cut.start, text: found };
    }
    if (text.length > most) {
      return undefined;
    }
  }
  return undefined;
}

/** The stretch that replaces units `start .. end` of the text before the edit. */
export interface Plan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What to encode after `edit`.
 *
 * @param source the text after it
 * @param oldLength UTF-16 units of the text before it
 * @returns undefined when the whole has to be encoded again: no cut is near, or edit and text don't fit together.
 */
export function planPatch(source: TextSource, edit: Edit, oldLength: number): Plan | undefined {
  const grown = edit.newEnd - edit.oldEnd;
  if (oldLength + grown !== source.length || edit.oldEnd > oldLength) {
    return undefined;
  }
  const stretch = safeStretch(source, edit.start, edit.newEnd);
  return stretch && { start: stretch.start, end: stretch.start + stretch.text.length - grown, text: stretch.text };
}
