// Cuts a long run of tokens into pages, of which only those near the screen are drawn, and guesses how high a page
// that was never drawn will be. Pure, no DOM.

import type { TokenData } from './tokenData.ts';

/** Tokens a page holds at least, and at most twice as many. */
const PAGE = 256;
/** Pages that a text is cut into at most, about: past this they grow. */
const MOST_PAGES = 12_000;
const LINE_FEED = 10;

/**
 * The first token of each page, and the count as a last entry. A page ends after a line break where one comes in time,
 * else in the middle of a line.
 */
export function cutPages(data: TokenData): Uint32Array {
  const size = Math.max(PAGE, Math.ceil(data.count / MOST_PAGES));
  const firsts: number[] = [];
  let first = 0;
  while (first < data.count) {
    firsts.push(first);
    const hard = Math.min(first + 2 * size, data.count);
    let next = Math.min(first + size, hard);
    while (next < hard && data.text.charCodeAt(data.end(next - 1) - 1) !== LINE_FEED) {
      next++;
    }
    first = next;
  }
  return Uint32Array.from([...firsts, data.count]);
}

/** Which page a token is on. */
export function pageOf(pages: Uint32Array, token: number): number {
  let low = 0;
  let high = pages.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((pages[middle] as number) <= token) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** Sizes of the text as it is drawn, in px. */
export interface Metrics {
  readonly width: number;
  readonly lineHeight: number;
  readonly character: number;
  /** What a token takes beside its characters: borders and gap. */
  readonly token: number;
}

/** About how high each page will be, in px. A guess: drawn pages are measured. */
export function guessHeights(
  data: TokenData,
  pages: Uint32Array,
  { width, lineHeight, character, token }: Metrics,
): Float64Array {
  const heights = new Float64Array(pages.length - 1);
  for (let page = 0; page < heights.length; page++) {
    const from = pages[page] as number;
    const to = pages[page + 1] as number;
    const start = data.start(from);
    const end = data.end(to - 1);
    const units = Math.max(1, end - start);
    // Scripts that take three bytes a character are mostly twice as wide as Latin letters.
    const wide = (data.byteEnd(to - 1) - data.byteStart(from)) / units > 2.2 ? 2 : 1;
    const perLine = Math.max(1, width / (character * wide + (token * (to - from)) / units));
    heights[page] = Math.max(1, linesIn(data.text, start, end, perLine)) * lineHeight;
  }
  return heights;
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
