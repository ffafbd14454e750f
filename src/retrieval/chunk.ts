// What a file is cut into for search. How, by language, stands in the files beside this one.

/** What a chunk is: a piece of code, a section under its heading, a paragraph, or so many lines where nothing else is known. */
export type ChunkKind = 'code' | 'section' | 'paragraph' | 'lines';

/** A stretch of a file. Chunks of a file are in order, don't overlap, and leave out white space only. */
export interface Chunk {
  readonly kind: ChunkKind;
  /** UTF-16 offsets into the file's text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** First and last line, from 1. */
  readonly startLine: number;
  readonly endLine: number;
  /** Names that enclose it, outermost first: `['Parser', 'parse']`, or the headings above a section. */
  readonly names: readonly string[];
  /** The file's text from `start` to `end`. */
  readonly text: string;
}

/** What is embedded of a chunk: its names, then its text. Not its path: a file that is moved costs nothing. */
export function embeddedText({ names, text }: Pick<Chunk, 'names' | 'text'>): string {
  return names.length === 0 ? text : `${names.join(' ')}\n${text}`;
}
