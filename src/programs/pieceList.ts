// A small vocabulary as a learner writes it: a piece a line, with a number behind it. Forgiving: what can't be read is
// counted and left out, since it's typed letter by letter.

/** Most pieces that are read, and most characters that one may have. */
const MOST_PIECES = 60;
const LONGEST_PIECE = 24;

export interface PieceList {
  readonly pieces: readonly { readonly piece: string; readonly weight: number }[];
  /** Lines that are no piece, or one that was there before. */
  readonly skipped: number;
}

/**
 * Example: `now 6`, `here 8` on two lines are two pieces of weights 6 and 8; without a number the weight is 1.
 */
export function readPieceList(text: string): PieceList {
  const pieces = new Map<string, number>();
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  for (const line of lines) {
    const [piece = '', number = '1'] = line.trim().split(/\s+/u);
    const weight = Number(number);
    const fits = weight > 0 && weight <= 1e6 && [...piece].length <= LONGEST_PIECE && !/\p{Surrogate}/u.test(piece);
    if (fits && !pieces.has(piece) && pieces.size < MOST_PIECES) {
      pieces.set(piece, weight);
    }
  }
  return { pieces: [...pieces].map(([piece, weight]) => ({ piece, weight })), skipped: lines.length - pieces.size };
}

/** A piece whose probability is set, whatever its weight. */
export interface SetProbability {
  readonly piece: string;
  readonly probability: number;
}

/**
 * The pieces with their probabilities: those that are set have what was set, and the others share what is left by
 * their weights. Pieces that are set and not in the list are left out.
 */
export function probabilities({ pieces }: PieceList, set: readonly SetProbability[]): Map<string, number> {
  const fixed = new Map(
    set
      .filter(({ piece }) => pieces.some((listed) => listed.piece === piece))
      .map((one) => [one.piece, one.probability]),
  );
  const left = 1 - [...fixed.values()].reduce((sum, probability) => sum + probability, 0);
  const weights = pieces.reduce((sum, { piece, weight }) => (fixed.has(piece) ? sum : sum + weight), 0);
  return new Map(pieces.map(({ piece, weight }) => [piece, fixed.get(piece) ?? (left * weight) / weights]));
}
