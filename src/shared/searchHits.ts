// A hit's best line and its place in the file, for those who show or open hits.

import type { SearchHit } from './searchMessages.ts';

/** A line of a hit, with the marks in it. */
export interface HitLine {
  /** From 1, in the file. */
  readonly line: number;
  readonly text: string;
  /** UTF-16 offsets into the line. */
  readonly marks: readonly { readonly start: number; readonly end: number }[];
}

/** The lines of a hit's text, each with its marks. A mark over a line's end counts for both lines. */
export function hitLines({ text, marks, startLine }: Pick<SearchHit, 'text' | 'marks' | 'startLine'>): HitLine[] {
  const lines: HitLine[] = [];
  let from = 0;
  for (const [at, line] of text.split('\n').entries()) {
    const end = from + line.length;
    const own = marks
      .filter((mark) => mark.start < end && mark.end > from)
      .map((mark) => ({ start: Math.max(0, mark.start - from), end: Math.min(end, mark.end) - from }));
    lines.push({ line: startLine + at, text: line.replace(/\r$/, ''), marks: own });
    from = end + 1;
  }
  return lines;
}

/**
 * The line that holds most of what was looked for: different words count, and long ones count more, as short ones are
 * mostly in every line. Of several the first; without any match the first that says something.
 */
export function bestLine(hit: Pick<SearchHit, 'text' | 'marks' | 'startLine'>): HitLine {
  const lines = hitLines(hit);
  const words = ({ text, marks }: HitLine) =>
    new Set(marks.map(({ start, end }) => text.slice(start, end).toLowerCase()));
  const worth = (line: HitLine) => [...words(line)].reduce((sum, word) => sum + word.length, 0);
  let best: HitLine | undefined;
  for (const line of lines) {
    if (line.marks.length > 0 && (best === undefined || worth(line) > worth(best))) {
      best = line;
    }
  }
  return best ?? lines.find(({ text }) => /\w/.test(text)) ?? (lines[0] as HitLine);
}

/** What `search.open` takes, for this hit: its lines, and the match in its best line. */
export function openPlace(hit: SearchHit) {
  const { root, path, startLine, endLine, text } = hit;
  const best = bestLine(hit);
  const [longest] = [...best.marks].sort((a, b) => b.end - b.start - (a.end - a.start));
  return {
    root,
    path,
    startLine,
    endLine,
    firstLine: (text.split('\n', 1)[0] as string).trim().slice(0, 10_000),
    ...(longest !== undefined && { match: { line: best.line, from: longest.start, to: longest.end } }),
  };
}
