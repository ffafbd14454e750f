// Search by words in texts that no index has yet: only the query's words are looked for, in passages of equal length, and
// scored by BM25 over these passages. Faster than cutting texts into terms by far; what is lost is said at each place.

import { bm25, type Corpus } from './bm25.ts';
import { eachTerm, termsOf } from './terms.ts';

/** UTF-16 units that a passage has before it is stretched to whole lines. */
const PASSAGE = 1200;
/** A line that ends so much further on is cut. */
const LONG_LINE = 400;
/** Of source code and prose alike: terms, parts of identifiers among them, stand about so many characters apart. */
const CHARACTERS_A_TERM = 6;

export interface Passage<Id> {
  readonly id: Id;
  /** UTF-16 offsets into the text, `end` exclusive: whole lines, as far as these are not too long. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly startLine: number;
  readonly endLine: number;
  readonly score: number;
}

interface Found<Id> extends Omit<Passage<Id>, 'score'> {
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

/**
 * Example: `const scan = new TextScan(termsOf('read file'))`, then `scan.add(name, text)` for each text, then
 * `scan.best(20)`.
 */
export class TextScan<Id> {
  readonly #terms: readonly string[];
  readonly #found: Found<Id>[] = [];
  readonly #containing = new Map<string, number>();
  #passages = 0;
  #characters = 0;

  constructor(terms: readonly string[]) {
    this.#terms = [...new Set(terms)];
  }

  /** @param path its words count in each passage, as they do for chunks */
  add(id: Id, text: string, path = ''): void {
    this.#passages += Math.max(1, Math.ceil(text.length / PASSAGE));
    this.#characters += text.length;
    const passages = this.#match(text);
    const ofPath = termsOf(path).filter((term) => this.#terms.includes(term));
    if (ofPath.length > 0 && passages.size === 0) {
      passages.set(0, new Map());
    }
    const lines = new LineCounter(text);
    for (const [number, counts] of [...passages].sort(([a], [b]) => a - b)) {
      for (const term of ofPath) {
        counts.set(term, (counts.get(term) ?? 0) + 1);
      }
      for (const term of counts.keys()) {
        this.#containing.set(term, (this.#containing.get(term) ?? 0) + 1);
      }
      const from = number * PASSAGE;
      const to = Math.min(text.length, from + PASSAGE);
      const start = lineStart(text, from);
      const end = lineEnd(text, to);
      const startLine = lines.at(start);
      const endLine = startLine + text.slice(start, end).split('\n').length - 1;
      const length = (to - from) / CHARACTERS_A_TERM;
      this.#found.push({ id, start, end, startLine, endLine, counts, length });
    }
  }

  /** Of all texts so far; equal scores in the order in which they came. */
  best(limit: number): Passage<Id>[] {
    const corpus: Corpus = {
      texts: this.#passages,
      averageLength: Math.max(1, this.#characters / CHARACTERS_A_TERM / this.#passages),
      containing: (term) => this.#containing.get(term) ?? 0,
    };
    return this.#found
      .map(({ counts, length, ...passage }) => {
        const document = { length, weighted: (term: string) => counts.get(term) ?? 0 };
        return { ...passage, score: bm25(this.#terms, document, corpus) };
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, limit);
  }

  /** How often each term stands in each passage, by the passage's number. */
  #match(text: string): Map<number, Map<string, number>> {
    const passages = new Map<number, Map<string, number>>();
    const count = (term: string, at: number) => {
      const number = Math.floor(at / PASSAGE);
      const counts = passages.get(number) ?? new Map<string, number>();
      passages.set(number, counts.set(term, (counts.get(term) ?? 0) + 1));
    };
    const lower = text.toLowerCase();
    if (lower.length !== text.length) {
      // A few letters change their length (İ): offsets would be off.
      const wanted = new Set(this.#terms);
      eachTerm(text, (term, start) => wanted.has(term) && count(term, start));
      return passages;
    }
    for (const term of this.#terms) {
      eachOccurrence(text, lower, term, (at) => count(term, at));
    }
    return passages;
  }
}

/** Where a term stands, and is not the middle of another. The text in small letters is as long as the text. */
function eachOccurrence(text: string, lower: string, term: string, found: (at: number) => void): void {
  let next = 0;
  for (let at = lower.indexOf(term); at >= 0; at = lower.indexOf(term, next)) {
    const end = at + term.length;
    next = at + 1;
    const before = isWordAt(text, at - 1);
    const after = isWordAt(text, end);
    if (!(before || after)) {
      found(at);
    } else if (!(joined(text, at) || joined(text, end))) {
      // Perhaps a piece of this word: the word is cut once, for all of its pieces.
      let from = at;
      while (isWordAt(text, from - 1)) {
        from -= 1;
      }
      let to = end;
      while (isWordAt(text, to)) {
        to += 1;
      }
      eachTerm(text.slice(from, to), (one, start) => one === term && from + start >= at && found(from + start));
      next = to;
    }
  }
}

/** Whether two characters belong together for sure: small letters, or digits. */
function joined(text: string, at: number): boolean {
  const a = text.charCodeAt(at - 1);
  const b = text.charCodeAt(at);
  return (isSmall(a) && isSmall(b)) || (isDigit(a) && isDigit(b));
}

function isSmall(code: number): boolean {
  return code > 96 && code < 123;
}

function isDigit(code: number): boolean {
  return code > 47 && code < 58;
}

const WORD_CHARACTER = /[\p{L}\p{M}\p{N}_]/u;

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at); // NaN outside
  if (code < 128) {
    return isSmall(code) || (code > 64 && code < 91) || isDigit(code) || code === 95;
  }
  return code >= 128 && WORD_CHARACTER.test(String.fromCharCode(code));
}

function lineStart(text: string, from: number): number {
  const before = text.slice(Math.max(0, from - LONG_LINE), from);
  const found = before.lastIndexOf('\n');
  return found < 0 && before.length === LONG_LINE ? from : from - before.length + found + 1;
}

function lineEnd(text: string, to: number): number {
  const after = text.slice(to, to + LONG_LINE);
  const found = after.indexOf('\n');
  return found >= 0 ? to + found : after.length === LONG_LINE ? to : text.length;
}

/** Line numbers of ascending offsets: the text is read once. */
class LineCounter {
  readonly #text: string;
  #line = 1;
  /** Where the next line begins, or infinity. */
  #next: number;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#after(0);
  }

  at(offset: number): number {
    while (this.#next <= offset) {
      this.#line += 1;
      this.#next = this.#after(this.#next);
    }
    return this.#line;
  }

  #after(at: number): number {
    const found = this.#text.indexOf('\n', at);
    return found < 0 ? Number.POSITIVE_INFINITY : found + 1;
  }
}
