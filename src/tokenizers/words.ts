// The tokenizer that everybody writes first: cut at words, number the words. It has no answer to a word it never met.
// Not handled: languages that don't put spaces between words.

export const SPLITTERS = ['spaces', 'words'] as const;
export type Splitter = (typeof SPLITTERS)[number];

/** Stands for every piece that is not in the vocabulary. */
export const UNKNOWN = '<unk>';

/**
 * Cuts `text` into pieces; white space is dropped. `spaces` cuts there alone, so that signs stick to the words;
 * `words` makes each sign a piece of its own.
 *
 * Example: `splitWords('Stop, thief!', 'spaces')` is `['Stop,', 'thief!']`,
 * with `'words'` it is `['Stop', ',', 'thief', '!']`.
 */
export function splitWords(text: string, splitter: Splitter): string[] {
  return Array.from(piecesOf(text, splitter), (piece) => piece.text);
}

/** As {@link splitWords}, one piece at a time with its UTF-16 offset: for texts too long to hold all pieces. */
export function* piecesOf(text: string, splitter: Splitter): Generator<{ text: string; at: number }, void, void> {
  const pattern = splitter === 'spaces' ? /\S+/gu : /[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu;
  for (const match of text.matchAll(pattern)) {
    yield { text: match[0], at: match.index };
  }
}

/** Each different piece once, sorted, and numbered from 0; {@link UNKNOWN} gets the last number. */
export interface WordVocabulary {
  readonly pieces: readonly string[];
  readonly ids: ReadonlyMap<string, number>;
  readonly unknownId: number;
}

/**
 * Numbers the different pieces in alphabetical order (by code unit, so capitals come first).
 *
 * Example: `numberWords(['the', 'cat', 'the'])` gives `cat` 0, `the` 1 and `<unk>` 2.
 */
export function numberWords(pieces: readonly string[]): WordVocabulary {
  const different = [...new Set(pieces)].filter((piece) => piece !== UNKNOWN).sort(byCodeUnit);
  const numbered = [...different, UNKNOWN];
  return { pieces: numbered, ids: new Map(numbered.map((piece, id) => [piece, id])), unknownId: different.length };
}

/** The number of `piece`; that of {@link UNKNOWN} when it was never met. */
export function lookUp(piece: string, vocabulary: WordVocabulary): number {
  return vocabulary.ids.get(piece) ?? vocabulary.unknownId;
}

/** The pieces of `ids` with one space between them: what was between them before is not in the numbers. */
export function decodeWords(ids: readonly number[], vocabulary: WordVocabulary): string {
  return ids.map((id) => vocabulary.pieces[id] ?? UNKNOWN).join(' ');
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
