// A text's token ids, fast: the same as the tokenizer finds in the text with its identifiers spaced, without their places.
// For BERT's uncased WordPiece alone, and made for code, in which nearly all is ASCII and words come again and again.

import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { spaceIdentifiers } from './identifiers.ts';

// Kinds of characters.
const OTHER = 0; // not ASCII, or a control: the tokenizer's own business
const SPACE = 1;
const SIGN = 2;
const LOW = 3; // small letters and digits
const HIGH = 4;
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[ \t\n\r]/.test(character)) {
    return SPACE;
  }
  return /[a-z0-9]/.test(character) ? LOW : /[A-Z]/.test(character) ? HIGH : /[!-~]/.test(character) ? SIGN : OTHER;
});

/** Words kept with their ids; then all are forgotten. */
const MOST_KEPT = 1 << 16;
/** Longer words hardly ever come again. UTF-16 units. */
const LONGEST_KEPT = 40;

export class WordIds {
  private readonly tokenizer: Tokenizer;
  private readonly kept = new Map<string, Uint32Array>();
  /** By code of an ASCII sign. */
  private readonly signs: readonly (Uint32Array | undefined)[];

  constructor(tokenizer: Tokenizer) {
    this.tokenizer = tokenizer;
    this.signs = Array.from(kinds, (kind, code) =>
      kind === SIGN ? tokenizer.encode(String.fromCharCode(code)).ids : undefined,
    );
  }

  /** Calls back for the ids of each word and sign of `text` from `start` to `end`, in order. Words don't reach across. */
  each(text: string, start: number, end: number, visit: (ids: Uint32Array) => void): void {
    for (let at = start; at < end; ) {
      const kind = kindAt(text, at);
      if (kind === SPACE) {
        at += 1;
        continue;
      }
      const stop = plainEnd(text, at, end);
      if (stop === -1) {
        const to = stretchEnd(text, at, end);
        visit(this.tokenizer.encode(spaceIdentifiers(text.slice(at, to))).ids);
        at = to;
      } else {
        this.plain(text, at, stop, visit);
        at = stop;
      }
    }
  }

  /** A stretch of ASCII letters, digits and signs. */
  private plain(text: string, start: number, end: number, visit: (ids: Uint32Array) => void): void {
    for (let at = start; at < end; ) {
      if (kindAt(text, at) === SIGN) {
        visit(this.signs[text.charCodeAt(at)]!);
        at += 1;
        continue;
      }
      const to = partEnd(text, at, end);
      visit(this.idsOf(text.slice(at, to)));
      at = to;
    }
  }

  private idsOf(word: string): Uint32Array {
    const known = this.kept.get(word);
    if (known !== undefined) {
      return known;
    }
    const { ids } = this.tokenizer.encode(word);
    if (word.length <= LONGEST_KEPT) {
      if (this.kept.size === MOST_KEPT) {
        this.kept.clear();
      }
      this.kept.set(word, ids);
    }
    return ids;
  }
}

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? kinds[code]! : OTHER;
}

/** Where white space of ASCII comes next, or the end. */
function stretchEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && kindAt(text, at) !== SPACE) {
    at += 1;
  }
  return at;
}

/** As {@link stretchEnd}, or -1 where something before it is no plain ASCII. */
function plainEnd(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const kind = kindAt(text, at);
    if (kind === SPACE) {
      return at;
    }
    if (kind === OTHER) {
      return -1;
    }
  }
  return end;
}

/** Where the part of an identifier that begins at `start` ends: the borders of {@link spaceIdentifiers}. */
function partEnd(text: string, start: number, end: number): number {
  let before = kindAt(text, start);
  for (let at = start + 1; at < end; at++) {
    const kind = kindAt(text, at);
    if (kind === SIGN || (before === LOW && kind === HIGH)) {
      return at;
    }
    if (before === HIGH && kind === HIGH && at + 1 < end && isSmallLetter(text.charCodeAt(at + 1))) {
      return at;
    }
    before = kind;
  }
  return end;
}

function isSmallLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}
