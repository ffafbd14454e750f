// A text as a row of numbered symbols, characters or words, such that the symbols in a row are the text again.

export const UNITS = ['characters', 'words'] as const;
export type Unit = (typeof UNITS)[number];

/**
 * A word or a mark with the white space before it; white space that nothing follows is a symbol of its own. What is
 * longer than any word is cut, so that no symbol is long.
 */
const WORDS = /\s{0,40}(?:[\p{L}\p{M}\p{N}_]{1,40}|[^\s\p{L}\p{M}\p{N}_])|\s{1,40}/gu;

export interface SymbolText {
  /** The different symbols, in the order of their code units; a symbol's place here is its number. */
  readonly alphabet: readonly string[];
  /** The text: one number a symbol. */
  readonly ids: Int32Array;
  /** Where symbol i begins in the text, as a UTF-16 offset; one more entry is the text's length. */
  readonly starts: Int32Array;
}

/**
 * Cuts a text into symbols. Characters are code points, and a lone surrogate is one as well.
 *
 * Example: `cutSymbols('to be', 'words')` has the symbols `to` and `␣be`, numbers 1 and 0.
 *
 * @param also texts whose symbols get a number too, though they don't stand in `text`
 */
export function cutSymbols(text: string, unit: Unit, ...also: readonly string[]): SymbolText {
  const cut = piecesOf(text, unit);
  const different = new Set(cut);
  for (const other of also) {
    for (const piece of piecesOf(other, unit)) {
      different.add(piece);
    }
  }
  const alphabet = [...different].sort((a, b) => (a < b ? -1 : Number(a > b)));
  const numbers = new Map(alphabet.map((piece, id) => [piece, id]));
  const ids = new Int32Array(cut.length);
  const starts = new Int32Array(cut.length + 1);
  cut.forEach((piece, at) => {
    ids[at] = numbers.get(piece) as number;
    starts[at + 1] = (starts[at] as number) + piece.length;
  });
  return { alphabet, ids, starts };
}

/** The numbers of a text's symbols in an alphabet that has them all: one that was made with it. */
export function numbersOf(text: string, unit: Unit, alphabet: readonly string[]): Int32Array {
  const numbers = new Map(alphabet.map((piece, id) => [piece, id]));
  return Int32Array.from(piecesOf(text, unit), (piece) => numbers.get(piece) as number);
}

/** A text with at most `most` different characters: the rarer ones all turned into U+FFFD. */
export function withoutRare(text: string, most: number): string {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  if (counts.size <= most) {
    return text;
  }
  const byCount = [...counts].sort((a, b) => b[1] - a[1]);
  const kept = new Set(byCount.slice(0, most - 1).map(([character]) => character));
  return Array.from(text, (character) => (kept.has(character) ? character : '\u{FFFD}')).join('');
}

function piecesOf(text: string, unit: Unit): string[] {
  return unit === 'characters' ? Array.from(text) : (text.match(WORDS) ?? []);
}
