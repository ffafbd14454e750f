// What counts as a word of a text, for search by words: identifiers as a whole and in their parts, words of all scripts,
// pairs of characters where a script writes no spaces. Linear in the text's length, whatever stands in it. Not for
// language models: their tokenizers are in src/tokenizers.

/** Where a term stands in the text it came from: UTF-16 offsets, `end` exclusive. */
export interface TermPlace {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/** Changes whenever the terms of some text change: stores then make theirs anew. */
export const TERMS_VERSION = 1;

/** Longer terms are cut here: nobody types them, and encoded data would fill an index with them. UTF-16 units. */
export const LONGEST_TERM = 64;
/** Of a longer word without a space (minified code, base64) only so much is read. */
const LONGEST_WORD = 256;

/** Scripts that are written without spaces. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー々`;
const UPPER = String.raw`\p{Lu}\p{M}*`;
const LOWER = String.raw`[\p{L}--[\p{Lu}${UNSPACED}]]\p{M}*`;

const WORD = /[\p{L}\p{M}\p{N}_]+(?:-(?=\p{L})[\p{L}\p{M}\p{N}_]+)*/uy;
/** The pieces of a word: an unspaced run, digits, `HTTP` before `Response`, `Response`, `parse`. */
const PIECE = new RegExp(
  `([${UNSPACED}][${UNSPACED}\\p{M}]*)|\\p{N}+|(?:${UPPER})+(?!${LOWER})|(?:${UPPER})?(?:${LOWER})+`,
  'gv',
);
const JOINTS = /[_-]+/g;
const NOT_WORD = /[^\p{L}\p{M}\p{N}]+/gu;
/** A character and what is written above and below it. */
const WITH_MARKS = /[^\p{M}]\p{M}*/gu;
const ONLY_ASCII = /^[\0-\x7f]*$/;

// Kinds of ASCII characters.
const NONE = 0;
const LOW = 1;
const HIGH = 2;
const DIGIT = 3;
const JOIN = 4;
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[a-z]/.test(character)
    ? LOW
    : /[A-Z]/.test(character)
      ? HIGH
      : /[0-9]/.test(character)
        ? DIGIT
        : character === '_'
          ? JOIN
          : NONE;
});
const HYPHEN = 45;

/**
 * The terms of a text in their order, lower-cased and in Unicode's form NFKC. A word of several parts gives itself
 * without its joints, then its parts.
 *
 * Example: `termsOf('parseHTTPResponse2')` is `['parsehttpresponse2', 'parse', 'http', 'response', '2']`.
 */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  eachTerm(text, (term) => terms.push(term));
  return terms;
}

/** As {@link termsOf}, each with its place. A word and its parts overlap. */
export function termPlaces(text: string): TermPlace[] {
  const places: TermPlace[] = [];
  eachTerm(text, (term, start, end) => places.push({ term, start, end }));
  return places;
}

/** Where any of these terms stand: in order, and what overlaps or touches within a word is one mark. */
export function markTerms(text: string, terms: ReadonlySet<string>): { start: number; end: number }[] {
  const marks: { start: number; end: number }[] = [];
  eachTerm(text, (term, start, end) => {
    if (!terms.has(term)) {
      return;
    }
    const last = marks.at(-1);
    if (last !== undefined && start <= last.end) {
      last.end = Math.max(last.end, end);
    } else {
      marks.push({ start, end });
    }
  });
  return marks;
}

type Visit = (term: string, start: number, end: number) => void;

/** Calls back for each term, in order of where it begins, the whole word before its parts. */
export function eachTerm(text: string, visit: Visit): void {
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code < 128 && kinds[code] === NONE) {
      at += 1;
      continue;
    }
    const end = asciiWord(text, at);
    if (end > at) {
      asciiPieces(text, at, end, visit);
      at = end;
      continue;
    }
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    if (word === undefined) {
      at += text.codePointAt(at)! > 0xffff ? 2 : 1;
    } else {
      pieces(word, at, visit);
      at += word.length;
    }
  }
}

/** Where the word that begins at `start` ends, or `start` if it is not ASCII alone. The same words as WORD finds. */
function asciiWord(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128) {
      // A sign such as “ ends the word; whether it is one is not known here.
      return start;
    }
    if (kinds[code] === NONE) {
      const next = code === HYPHEN && at > start && at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
      if (next >= 128) {
        return start;
      }
      if (kinds[next] !== LOW && kinds[next] !== HIGH) {
        return at;
      }
    }
  }
  return at;
}

function asciiPieces(text: string, start: number, end: number, visit: Visit): void {
  const last = Math.min(end, start + LONGEST_WORD);
  // Most words are of one kind, perhaps with a capital first.
  let at = start;
  const first = kinds[text.charCodeAt(at)];
  do {
    at += 1;
  } while (at < last && kinds[text.charCodeAt(at)] === (first === HIGH ? LOW : first));
  if (at === end && first !== JOIN) {
    visit(text.slice(start, Math.min(at, start + LONGEST_TERM)).toLowerCase(), start, end);
    return;
  }
  const cuts: number[] = [];
  for (at = start; at < last; ) {
    const kind = kinds[text.charCodeAt(at)];
    const from = at;
    at += 1;
    if (kind === NONE || kind === JOIN) {
      continue;
    }
    while (at < last && kinds[text.charCodeAt(at)] === kind) {
      at += 1;
    }
    if (kind === HIGH && at < last && kinds[text.charCodeAt(at)] === LOW) {
      if (at - from > 1) {
        at -= 1; // the last capital begins the next piece
      } else {
        while (at < last && kinds[text.charCodeAt(at)] === LOW) {
          at += 1;
        }
      }
    }
    cuts.push(from, at);
  }
  give(text, 0, cuts, visit);
}

/** Of one word, of any script. */
function pieces(word: string, offset: number, visit: Visit): void {
  const cuts: number[] = [];
  const flush = () => {
    if (cuts.length > 0) {
      give(word, offset, cuts, visit);
      cuts.length = 0;
    }
  };
  let begun = 0;
  for (const match of word.matchAll(PIECE)) {
    const end = match.index + match[0].length;
    if (match[1] !== undefined) {
      flush();
      pairs(match[1], offset + match.index, visit);
      begun = end;
    } else if (match.index < begun + LONGEST_WORD) {
      cuts.push(match.index, Math.min(end, begun + LONGEST_WORD));
    }
  }
  flush();
}

/** The whole, if it has several pieces and is not too long to be meant, and the pieces, by where they begin and end. */
function give(text: string, offset: number, cuts: readonly number[], visit: Visit): void {
  let length = 0;
  for (let i = 0; i < cuts.length; i += 2) {
    length += cuts[i + 1] - cuts[i];
  }
  if (cuts.length > 2 && length <= LONGEST_TERM) {
    const [start, end] = [cuts[0], cuts[cuts.length - 1]];
    const whole = normal(text.slice(start, end).replace(JOINTS, ''));
    if (whole !== '') {
      visit(whole, offset + start, offset + end);
    }
  }
  for (let i = 0; i < cuts.length; i += 2) {
    const term = normal(text.slice(cuts[i], cuts[i + 1]));
    if (term !== '') {
      visit(term, offset + cuts[i], offset + cuts[i + 1]);
    }
  }
}

/** Two characters at a time, each pair sharing one with the next; a character by itself stays one. */
function pairs(run: string, offset: number, visit: Visit): void {
  let before: RegExpExecArray | undefined;
  let alone = true;
  for (const character of run.matchAll(WITH_MARKS)) {
    if (before !== undefined) {
      const end = character.index + character[0].length;
      visit(normal(before[0] + character[0]), offset + before.index, offset + end);
      alone = false;
    }
    before = character;
  }
  if (alone) {
    visit(normal(run), offset, offset + run.length);
  }
}

function normal(text: string): string {
  if (ONLY_ASCII.test(text)) {
    return cut(text.toLowerCase());
  }
  return cut(text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(NOT_WORD, ''));
}

function cut(term: string): string {
  if (term.length <= LONGEST_TERM) {
    return term;
  }
  // Not through the middle of a character.
  const end = term.charCodeAt(LONGEST_TERM - 1) >> 10 === 0x36 ? LONGEST_TERM - 1 : LONGEST_TERM;
  return term.slice(0, end);
}
