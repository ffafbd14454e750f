// What the tokens panel and the status bar look at: one selection, several, or a whole document. Pure: positions in,
// offsets and texts out. Doesn't follow the editor (tokensFollower.ts) and doesn't encode.

/** A stretch of a document in UTF-16 units, `end` exclusive, with its lines from 0. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** A document as this part needs it. */
export interface SubjectDocument {
  /** Another one for every document that was ever opened: addresses come again (`untitled:Untitled-1`). */
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** UTF-16 units. */
  readonly length: number;
  readonly lineCount: number;
}

export interface Subject {
  readonly what: 'selection' | 'document';
  readonly document: SubjectDocument;
  /** In the document's order, none empty unless the document is. */
  readonly stretches: readonly Stretch[];
  /** Two subjects with the same key have the same text. */
  readonly key: string;
  /** UTF-16 units of the text, the joining line breaks included. */
  readonly length: number;
  /** First and last line, from 1. */
  readonly lines: readonly [first: number, last: number];
}

/** Several selections are joined by this, as VS Code's own clipboard does it. */
export const JOIN = '\n';

/** The selections that hold text, or the whole document where none does. */
export function subjectOf(document: SubjectDocument, selections: readonly Stretch[]): Subject {
  const held = selections.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  const whole = { start: 0, end: document.length, firstLine: 0, lastLine: Math.max(0, document.lineCount - 1) };
  const stretches = held.length > 0 ? held : [whole];
  return {
    what: held.length > 0 ? 'selection' : 'document',
    document,
    stretches,
    key: held.length > 0 ? keyOf(document, held) : `${document.id}#${document.version}#whole`,
    length: stretches.reduce((sum, { start, end }) => sum + end - start, (stretches.length - 1) * JOIN.length),
    lines: [
      Math.min(...stretches.map(({ firstLine }) => firstLine)) + 1,
      Math.max(...stretches.map(({ lastLine }) => lastLine)) + 1,
    ],
  };
}

/** The key of the subject that these stretches are when they are selected. */
export function keyOf(
  { id, version }: SubjectDocument,
  stretches: readonly { readonly start: number; readonly end: number }[],
): string {
  return `${id}#${version}#${stretches.map(({ start, end }) => `${start}-${end}`).join(',')}`;
}

/** The subject's text; `read` gives a stretch of the document. */
export function textOf(subject: Subject, read: (stretch: Stretch) => string): string {
  return subject.stretches.map(read).join(JOIN);
}

/**
 * Where a stretch of the subject's text stands in the document: one range, or one a selection where it reaches across
 * the line break that joins two; none where it is that line break and nothing else.
 *
 * Example: with selections 10-13 and 20-22 the text is `abc\nde`; 1 to 5 is `bc\nd`, so 11-13 and 20-21.
 */
export function inDocument(
  subject: Subject,
  start: number,
  end: number,
): { readonly start: number; readonly end: number }[] {
  const places: { start: number; end: number }[] = [];
  let base = 0;
  for (const stretch of subject.stretches) {
    const length = stretch.end - stretch.start;
    const from = Math.max(start - base, 0);
    const to = Math.min(end - base, length);
    if (to > from) {
      places.push({ start: stretch.start + from, end: stretch.start + to });
    }
    base += length + JOIN.length;
  }
  return places;
}

/** How long to wait after a change before the tokens are made anew, in ms: a large text is asked for less often. */
export function settleTime(length: number): number {
  return length > 1_000_000 ? 1000 : 200;
}
