// Finds a hit's place in a file that may have changed since it was indexed. Knows nothing of vscode.

import type { OpenedHit } from '../shared/searchViewMessages.ts';

/** A text, line by line; lines count from 0. */
export interface Lines {
  readonly lineCount: number;
  text(line: number): string;
}

export interface WantedPlace {
  /** From 1, as it was indexed. */
  readonly startLine: number;
  /** What stood there. Absent: it is not looked for. */
  readonly firstLine?: string | undefined;
}

/** Lines that are looked at, at most: a large file is not read whole for a place that is gone. */
const MOST_LOOKED = 20_000;

/** The place as it is now: the line with the same text that is nearest to where it was. Lines count from 0. */
export function findAgain(lines: Lines, { startLine, firstLine }: WantedPlace): OpenedHit & { readonly line: number } {
  const was = Math.min(startLine, lines.lineCount) - 1;
  const wanted = firstLine?.trim();
  if (wanted === undefined || wanted === '') {
    return { line: was, place: startLine <= lines.lineCount ? 'same' : 'changed' };
  }
  // A long first line came cut.
  const fits = (line: number) => line >= 0 && line < lines.lineCount && lines.text(line).trim().startsWith(wanted);
  for (let away = 0; away <= Math.min(lines.lineCount, MOST_LOOKED); away++) {
    for (const line of [was - away, was + away]) {
      if (fits(line)) {
        return { line, place: line === startLine - 1 ? 'same' : 'moved' };
      }
    }
  }
  return { line: was, place: 'changed' };
}
