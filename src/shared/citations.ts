// The citations in an answer: `[2]`, `[1, 3]`, `[2-4]`, where they stand, and which sentences have none. What stands in
// code is code: `list[1]` between backticks cites nothing.

export interface Citation {
  /** UTF-16 offsets into the answer, brackets included. */
  readonly start: number;
  readonly end: number;
  /** The passages it names, in its order. */
  readonly numbers: readonly number[];
}

/** A stretch of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Between the first and the last of a range: more is a mistake, or an attack on the page. */
const MOST_IN_RANGE = 20;
const CITATION = /\[\s*(?:passages?\s+)?(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\s*\]|【(\d{1,3})】/giu;
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

/** Example: `citationsOf('It waits [1, 3].')` is one citation of passages 1 and 3. */
export function citationsOf(answer: string): Citation[] {
  const code = stretches(answer, CODE);
  return [...answer.matchAll(CITATION)]
    .filter(({ index }) => !code.some(({ start, end }) => index >= start && index < end))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      numbers: numbersOf((match[1] ?? match[2]) as string),
    }));
}

/**
 * Sentences of the answer that name no passage, without headings, code and what only introduces a list. One that cites
 * nothing may still be right: it is for the reader to look at.
 */
export function sentencesWithoutCitation(answer: string): Stretch[] {
  const citations = citationsOf(answer);
  return sentences(answer).filter(
    ({ start, end }) => !citations.some((citation) => citation.start < end && citation.end > start),
  );
}

function numbersOf(list: string): number[] {
  return list.split(/[,;]/).flatMap((part) => {
    const [first = 0, last = first] = part.split(/[–-]/).map(Number);
    const count = last - first + 1;
    return count < 1 || count > MOST_IN_RANGE ? [first, last] : Array.from({ length: count }, (_, i) => first + i);
  });
}

/** A sentence ends at `.`, `!` or `?` before white space; citations right behind it belong to it. */
const END = /[.!?。！？]+["'”’)\]]*(?:\s*(?:\[[\d\s,;–-]+\]|【\d+】))*(?=\s|$)|\n+/gu;

function sentences(answer: string): Stretch[] {
  const blank = answer.replace(CODE, (code) => (code.startsWith('```') ? code.replace(/[^\n]/g, ' ') : code));
  const found: Stretch[] = [];
  let from = 0;
  const add = (to: number) => {
    const piece = blank.slice(from, to);
    const bare = piece.replace(/^[\s>*+-]*(?:\d+[.)]\s+)?/, '');
    const says = /[\p{L}\p{N}]{2}/u.test(bare.replace(CITATION, ''));
    if (says && !/^\s*#/.test(piece) && !/:\s*$/.test(piece)) {
      const start = to - bare.length;
      found.push({ start, end: start + bare.trimEnd().length });
    }
    from = to;
  };
  for (const match of blank.matchAll(END)) {
    // `1.` of a list and `e.g.` end no sentence.
    const before = blank.slice(from, match.index + 1);
    if (match[0].startsWith('\n') || !/(?:^|\n)\s*\d+\.$|\b(?:e\.g|i\.e|etc|cf|vs)\.$/i.test(before)) {
      add(match.index + match[0].length);
    }
  }
  add(blank.length);
  return found;
}

function stretches(text: string, pattern: RegExp): Stretch[] {
  return [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
}
