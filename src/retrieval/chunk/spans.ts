// Stretches of a text, and how a long one is cut where nothing is known but its lines. All in time linear in the text.

import { isLineStart, nextLine } from '../../shared/lines.ts';
import type { Chunk, ChunkKind } from '../chunk.ts';

/** UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Chunks as they are found. undefined where there is none yet, and others may have their turn. */
export type FoundChunks = Generator<Chunk | undefined, void, void>;

/** All of them, at once. */
export function allOf(found: FoundChunks): Chunk[] {
  return [...found].filter((chunk) => chunk !== undefined);
}

/** So many are found before others are asked whether they want a turn. */
const FOUND_AT_ONCE = 16;

/** All of them, with others in between. */
export async function allInTurns(found: FoundChunks, giveWay: () => Promise<void>): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  let count = 0;
  for (const chunk of found) {
    if (chunk !== undefined) {
      chunks.push(chunk);
    }
    if (++count % FOUND_AT_ONCE === 0) {
      await giveWay();
    }
  }
  return chunks;
}

/** Makes chunks of one text: without white space at their ends, but with the first line's indentation. */
export class ChunkMaker {
  readonly #text: string;
  /** Where each line starts. */
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = nextLine(text, 0); at >= 0; at = nextLine(text, at)) {
      this.#starts.push(at);
    }
  }

  /** undefined where there is nothing but white space. */
  make(kind: ChunkKind, span: Span, names: readonly string[]): Chunk | undefined {
    const text = this.#text;
    const first = skipSpace(text, span.start, span.end);
    if (first === span.end) {
      return undefined;
    }
    let start = first;
    while (start > span.start && isIndent(text.charCodeAt(start - 1))) {
      start--;
    }
    if (!isLineStart(text, start)) {
      start = first;
    }
    let { end } = span;
    while (isSpace(text.charCodeAt(end - 1))) {
      end--;
    }
    const startLine = this.#lineOf(start);
    return { kind, start, end, startLine, endLine: this.#lineOf(end - 1), names, text: text.slice(start, end) };
  }

  /** From 1. */
  #lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low + 1;
  }
}

/** What `trim` takes for white space. */
export function isSpace(code: number): boolean {
  return code <= 32 ? code === 32 || (code >= 9 && code <= 13) : code > 127 && /\s/.test(String.fromCharCode(code));
}

function isIndent(code: number): boolean {
  return code === 32 || code === 9;
}

export function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

export interface CutLimits {
  /** UTF-16 units. */
  readonly most: number;
  readonly lines?: number;
}

/** Cuts a span where its lines suggest it, into pieces within the limits that together are all of it. */
export function* cutSpan(text: string, { start, end }: Span, limits: CutLimits): Generator<Span, void, void> {
  for (let from = start; from < end; ) {
    const to = nextCut(text, from, end, limits);
    yield { start: from, end: to };
    from = to;
  }
}

/**
 * Of the lines that a piece could end before, in its second half, the one that looks most like a beginning: after a
 * blank line, little indented, no closing bracket, and late.
 */
function nextCut(
  text: string,
  from: number,
  end: number,
  { most, lines = Number.POSITIVE_INFINITY }: CutLimits,
): number {
  const full = Math.min(end, from + most);
  let best = -1;
  let bestCost = Number.POSITIVE_INFINITY;
  let line = 0;
  let at = from;
  for (; ; line++) {
    // Not beyond this piece: a long line must not be searched to its end again and again.
    const next = nextLine(text, at, full);
    if (next < 0 || line === lines) {
      break;
    }
    at = next;
    const used = Math.max((at - from) / most, (line + 1) / lines);
    const cost =
      used < 0.5 ? 1000 * (1 - used) : lineCost(text, at, end) + (isBlankBefore(text, at) ? 0 : 12) - 16 * used;
    if (cost <= bestCost) {
      best = at;
      bestCost = cost;
    }
  }
  if (full === end && line < lines) {
    return end;
  }
  // Lines of a usual length leave a border in the second half; else a space does, or just any character.
  return best - from >= most / 4 || line === lines ? best : cutInLine(text, from, full);
}

/** Columns of indentation, and more for a line that closes what is above it. */
function lineCost(text: string, start: number, end: number): number {
  let columns = 0;
  for (let at = start; at < Math.min(end, start + 40); at++) {
    const char = text[at];
    if (char !== ' ' && char !== '\t') {
      return (
        Math.min(columns, 40) + (/[)\]}>]/.test(char as string) || /^end(?!\w)/.test(text.slice(at, at + 4)) ? 40 : 0)
      );
    }
    columns += char === '\t' ? 4 : 1;
  }
  return 40;
}

function isBlankBefore(text: string, lineStart: number): boolean {
  let at = lineStart - (text[lineStart - 1] === '\n' && text[lineStart - 2] === '\r' ? 3 : 2);
  while (at >= 0 && isIndent(text.charCodeAt(at))) {
    at--;
  }
  return at < 0 || text[at] === '\n' || text[at] === '\r';
}

/** After the last end of a sentence, else after the last space, in the second half of a piece; never inside of a pair. */
function cutInLine(text: string, from: number, full: number): number {
  const half = from + ((full - from) >> 1);
  let space = -1;
  for (let at = full; at > half; at--) {
    if (isSpace(text.charCodeAt(at - 1))) {
      if (/[.!?;]/.test(text[at - 2] as string)) {
        return at;
      }
      space = space < 0 ? at : space;
    }
  }
  if (space > 0) {
    return space;
  }
  const code = text.charCodeAt(full - 1);
  return code >= 0xd800 && code <= 0xdbff && full - 1 > from ? full - 1 : full;
}

/**
 * Puts neighbours together while they fit.
 *
 * @param fits whether a stretch from the first's start to the next's end may be one
 */
export function* joinSpans(
  spans: Iterable<Span>,
  fits: (start: number, end: number) => boolean,
): Generator<Span, void, void> {
  let last: Span | undefined;
  for (const span of spans) {
    if (last !== undefined && fits(last.start, span.end)) {
      last = { start: last.start, end: span.end };
    } else {
      if (last !== undefined) {
        yield last;
      }
      last = span;
    }
  }
  if (last !== undefined) {
    yield last;
  }
}
