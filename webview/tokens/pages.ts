// Cuts a long text into pages, of which only those near the screen are drawn, and guesses how high a page that was never
// drawn will be. A page is a stretch of the text: tokens belong to the page in which they start, whoever made them. Pure.

import { countUpTo } from './ranges.ts';
import type { TokenData } from './tokenData.ts';

/** Tokens a page holds at least, and about twice as many at most. */
const PAGE = 256;
/** Pages that a text is cut into at most, about: past this they grow. */
const MOST_PAGES = 12_000;
const LINE_FEED = 10;

/** Tokens for each page of a text of so many. */
export function pageSize(tokens: number): number {
  return Math.max(PAGE, Math.ceil(tokens / MOST_PAGES));
}

/** UTF-16 offset at which each page starts, and the text's length as a last entry. */
export function cutPages(data: TokenData): Uint32Array {
  return Uint32Array.from([...cutStretch(data, 0, data.text.length, pageSize(data.count)), data.text.length]);
}

/**
 * The starts of the pages of a stretch that begins and ends at borders of tokens. A page ends after a line break where
 * one comes in time, else in the middle of a line, and never within a character.
 */
export function cutStretch(data: TokenData, from: number, to: number, size: number): number[] {
  const starts = [from];
  const last = to >= data.text.length ? data.count : data.firstFrom(to);
  let token = data.firstFrom(from);
  while (token + size < last) {
    const hard = Math.min(token + 2 * size, last);
    let next = token + size;
    while (next < hard && !endsLine(data, borderBefore(data, next))) {
      next++;
    }
    while (next < last && borderBefore(data, next) === -1) {
      next++;
    }
    if (next >= last) {
      break;
    }
    const border = borderBefore(data, next);
    if (border > (starts.at(-1) as number)) {
      starts.push(border);
    }
    token = next;
  }
  return starts;
}

/** The starts of the lines of a stretch: after each line break at which a token ends, or that no token covers. */
export function cutLines(data: TokenData, from: number, to: number): number[] {
  const starts = [from];
  const last = to >= data.text.length ? data.count : data.firstFrom(to);
  for (let token = data.firstFrom(from) + 1; token < last; token++) {
    const border = borderBefore(data, token);
    if (endsLine(data, border) && border > (starts.at(-1) as number)) {
      starts.push(border);
    }
  }
  return starts;
}

/**
 * Where a page that begins with a token begins: behind the last line break that no token covers, else where the token
 * does; -1 where it shares a character with the one before it.
 */
function borderBefore(data: TokenData, token: number): number {
  const end = token === 0 ? 0 : data.end(token - 1);
  const start = data.start(token);
  if (start < end) {
    return -1;
  }
  const line = start > end ? data.text.lastIndexOf('\n', start - 1) + 1 : 0;
  return line > end ? line : start;
}

function endsLine(data: TokenData, border: number): boolean {
  return border > 0 && data.text.charCodeAt(border - 1) === LINE_FEED;
}

/** Which page an offset is on. */
export function pageAt(pages: Uint32Array, offset: number): number {
  return Math.max(0, countUpTo(pages.subarray(0, -1), offset) - 1);
}

/** Sizes of the text as it is drawn, in px. */
export interface Metrics {
  readonly width: number;
  readonly lineHeight: number;
  readonly character: number;
  /** What a token takes beside its characters: borders and gap. */
  readonly token: number;
  /** How often each line stands there, one under the other. */
  readonly lanes: number;
}

/** About how high the stretch `from .. to` will be, in px. A guess: drawn pages are measured. */
export function guessHeight(data: TokenData, from: number, to: number, metrics: Metrics): number {
  const { width, lineHeight, character, token, lanes } = metrics;
  const first = data.firstFrom(from);
  const tokens = Math.max(0, (to >= data.text.length ? data.count : data.firstFrom(to)) - first);
  const units = Math.max(1, to - from);
  // Scripts that take three bytes a character are mostly twice as wide as Latin letters.
  const bytes = tokens === 0 ? 0 : data.byteEnd(first + tokens - 1) - data.byteStart(first);
  const wide = bytes / units > 2.2 ? 2 : 1;
  const perLine = Math.max(1, width / (character * wide + (token * tokens) / units));
  return Math.max(1, linesIn(data.text, from, to, perLine)) * lineHeight * lanes;
}

function linesIn(text: string, start: number, end: number, perLine: number): number {
  let lines = 0;
  let at = start;
  while (at < end) {
    const found = text.indexOf('\n', at);
    const next = found === -1 || found >= end ? end : found + 1;
    lines += Math.max(1, Math.ceil((next - at) / perLine));
    at = next;
  }
  return lines;
}

/**
 * Pages that can stand in one scroller: browsers draw nothing past some 17 to 33 million px. Each entry is the first
 * page of a part; the number of pages is the last entry.
 */
export function cutParts(heights: Float64Array, most = 8_000_000): number[] {
  const parts = [0];
  let height = 0;
  for (let page = 0; page < heights.length; page++) {
    const here = heights[page] as number;
    if (height + here > most && height > 0) {
      parts.push(page);
      height = 0;
    }
    height += here;
  }
  parts.push(heights.length);
  return parts;
}
