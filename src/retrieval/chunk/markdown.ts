// Markdown along its headings: a section is a chunk, or several where it is long, under the trail of headings above it.
// Knows headings (`#` and underlined), code fences and front matter; HTML blocks and indented code count as paragraphs.

import { nextLine } from '../../shared/lines.ts';
import type { Chunk } from '../chunk.ts';
import { type ChunkLimits, chunkLimits } from './limits.ts';
import { blocksOf, joinParagraphs } from './paragraphs.ts';
import { allOf, ChunkMaker, type FoundChunks, type Span, skipSpace } from './spans.ts';

interface Section extends Span {
  /** Where its heading ends; `start` where it has none. */
  readonly body: number;
  readonly names: readonly string[];
  /** Code fences in it, in order. */
  readonly fences: readonly Span[];
}

/** So many lines are read before others may have their turn. */
const LINES_AT_ONCE = 500;

export function chunkMarkdown(text: string, limits: ChunkLimits = chunkLimits): Chunk[] {
  return allOf(findSections(text, limits));
}

/** The same, one after the other. */
export function* findSections(text: string, limits: ChunkLimits): FoundChunks {
  const maker = new ChunkMaker(text);
  // A heading with nothing but another heading below it goes with that one.
  let from: number | undefined;
  for (const section of sectionsOf(text)) {
    if (section === undefined) {
      yield undefined;
      continue;
    }
    const { body, end } = section;
    const start: number = from ?? section.start;
    const empty = skipSpace(text, body, end) === end;
    if (empty && body > section.start && end < text.length && end - start < limits.good / 2) {
      from = start;
      continue;
    }
    from = undefined;
    for (const span of spansOf(text, { ...section, start }, limits)) {
      yield maker.make('section', span, section.names);
    }
  }
}

/** A whole section where that is short, else its blocks put together; a fence that fits is never torn. */
function spansOf(text: string, section: Section, limits: ChunkLimits): Iterable<Span> {
  const { start, end } = section;
  return end - start <= limits.most ? [{ start, end }] : joinParagraphs(text, sectionBlocks(text, section), limits);
}

function* sectionBlocks(text: string, { start, body, end, fences }: Section): Generator<Span, void, void> {
  // The heading goes with the first block.
  let from: number | undefined = start;
  let at = body;
  for (const fence of [...fences, { start: end, end }]) {
    for (const block of blocksOf(text, { start: at, end: fence.start })) {
      yield { start: from ?? block.start, end: block.end };
      from = undefined;
    }
    at = fence.end;
    if (fence.start < fence.end) {
      yield { start: from ?? fence.start, end: fence.end };
      from = undefined;
    }
  }
  if (from !== undefined) {
    yield { start, end };
  }
}

/** In order. undefined now and then, amid a long one. */
function* sectionsOf(text: string): Generator<Section | undefined, void, void> {
  const trail: { readonly depth: number; readonly name: string }[] = [];
  let current = { start: 0, body: 0, names: [] as string[], fences: [] as Span[] };
  /** @returns the section that ends there */
  const begin = (start: number, body: number, depth: number, name: string): Section[] => {
    const before = start > current.start ? [{ ...current, end: start }] : [];
    while ((trail.at(-1)?.depth ?? 0) >= depth) {
      trail.pop();
    }
    trail.push({ depth, name });
    current = { start, body, names: trail.map((one) => one.name).filter((one) => one !== ''), fences: [] };
    return before;
  };

  let fence: { readonly mark: string; readonly start: number } | undefined;
  // Where the paragraph started that the line before belongs to; a line under it may make it a heading.
  let paragraph: number | undefined;
  let isFree = true;
  let lines = 0;
  for (let start = frontMatterEnd(text); start < text.length; ) {
    if (++lines % LINES_AT_ONCE === 0) {
      yield undefined;
    }
    const next = nextLine(text, start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, Math.min(end, start + LONGEST_LINE)).trimEnd();
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const underline = /^ {0,3}(=|-)\1*$/.exec(line)?.[1];
    const depth = /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(line)?.[1]?.length;
    if (fence !== undefined) {
      if (mark?.startsWith(fence.mark) && line.trim() === mark) {
        current.fences.push({ start: fence.start, end });
        fence = undefined;
      }
    } else if (mark !== undefined && !(mark[0] === '`' && line.includes('`', line.indexOf(mark) + mark.length))) {
      fence = { mark, start };
      paragraph = undefined;
      isFree = true;
    } else if (depth !== undefined) {
      yield* begin(start, end, depth, plain(line.trimStart().slice(depth)));
      paragraph = undefined;
      isFree = true;
    } else if (underline !== undefined && paragraph !== undefined) {
      yield* begin(paragraph, end, underline === '=' ? 1 : 2, plain(text.slice(paragraph, start)));
      paragraph = undefined;
      isFree = true;
    } else {
      // Lists, quotes, tables and indented code are no paragraphs, nor is what goes on below them.
      const isText = line !== '' && !/^\s*([-+*>|]|\d+[.)])|^ {4}|^\t/.test(line);
      paragraph = isText ? (paragraph ?? (isFree ? start : undefined)) : undefined;
      isFree = line === '';
    }
    start = end;
  }
  if (fence !== undefined) {
    current.fences.push({ start: fence.start, end: text.length });
  }
  if (current.start < text.length) {
    yield { ...current, end: text.length };
  }
}

/** A line's beginning tells what it is. */
const LONGEST_LINE = 2000;
const LONGEST_NAME = 200;

/** YAML between two lines of `---` at the very beginning; 0 where there is none. */
function frontMatterEnd(text: string): number {
  if (!/^---[ \t]*[\r\n]/.test(text)) {
    return 0;
  }
  const close = /[\r\n](?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|$)/g;
  close.lastIndex = 3;
  const end = close.exec(text);
  return end === null ? 0 : end.index + end[0].length;
}

/** A heading as people read it: no marks, no addresses of links. */
function plain(heading: string): string {
  let name = heading.slice(0, LONGEST_NAME).trim();
  const closing = name.length - [...name].reverse().findIndex((char) => char !== '#');
  if (closing < name.length && /^$|[ \t]$/.test(name.slice(0, closing))) {
    name = name.slice(0, closing);
  }
  return name
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/[*`]+|(?<![\p{L}\d])_+|_+(?![\p{L}\d])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
