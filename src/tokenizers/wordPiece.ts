// WordPiece, written to be read: the longest piece of the vocabulary that a word begins with, then the longest that
// goes on from there (Schuster & Nakajima 2012; BERT, Devlin et al. 2018). `wordPieceModel.ts` finds the same pieces
// for texts of any size. Not handled: how a text is cut into words (preTokenizers/preTokenize.ts), training.

/** The pieces there are, by what they spell; those inside a word are written with `continuingPrefix` before them. */
export interface WordPieceTable {
  readonly ids: ReadonlyMap<string, number>;
  readonly unknownId: number;
  /** `##` in BERT's vocabularies. */
  readonly continuingPrefix: string;
  /** In characters; a longer word is unknown as a whole. */
  readonly longestWord: number;
}

/** A piece that was looked for. */
export interface WordPieceStep {
  /** As the vocabulary would write it. */
  readonly piece: string;
  /** UTF-16 offsets into the word. */
  readonly start: number;
  readonly end: number;
  /** Its id; undefined where the vocabulary lacks it. */
  readonly id: number | undefined;
}

/**
 * Every piece that is looked for, in order, until the word is covered. When the last one was not found, nothing that
 * the rest begins with is a piece: the word as a whole is unknown. A word that is too long has no steps.
 *
 * Example: with `un`, `##want`, `##ed` for pieces, `unwanted` tries `unwanted`, `unwante` and so on down to `un`
 * (found), then `##wanted`, `##wante`, `##want` (found), then `##ed` (found).
 */
export function matchWordPiece(word: string, table: WordPieceTable): WordPieceStep[] {
  const borders = charactersEnds(word);
  if (borders.length - 1 > table.longestWord) {
    return [];
  }
  const steps: WordPieceStep[] = [];
  let from = 0; // places in `borders`: how many characters are covered
  while (from < borders.length - 1) {
    let to = borders.length - 1; // the longest first
    for (; to > from; to--) {
      const step = look(word, borders[from]!, borders[to]!, table);
      steps.push(step);
      if (step.id !== undefined) {
        break;
      }
    }
    if (to === from) {
      return steps;
    }
    from = to;
  }
  return steps;
}

/**
 * The ids of a word's pieces; the unknown piece's alone when the word can't be covered.
 *
 * Example: `encodeWord('unwanted', table)` is the ids of `un`, `##want` and `##ed`.
 */
export function encodeWord(word: string, table: WordPieceTable): number[] {
  const steps = matchWordPiece(word, table);
  if (word !== '' && steps.at(-1)?.id === undefined) {
    return [table.unknownId];
  }
  return steps.flatMap((step) => (step.id === undefined ? [] : [step.id]));
}

function look(word: string, start: number, end: number, table: WordPieceTable): WordPieceStep {
  const piece = (start > 0 ? table.continuingPrefix : '') + word.slice(start, end);
  return { piece, start, end, id: table.ids.get(piece) };
}

/** 0, and where each character of `word` ends: half a surrogate pair is no place to cut. */
function charactersEnds(word: string): number[] {
  const ends = [0];
  for (const character of word) {
    ends.push(ends.at(-1)! + character.length);
  }
  return ends;
}
