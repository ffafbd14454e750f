// Which two pieces WordPiece's training joins, to be read: not the most frequent pair, but the one that is together more
// than its parts would be by chance. After Schuster & Nakajima (2012), who add the unit that makes the training text
// likeliest; their program was never published, and the score below is how it is usually told. It recounts after each
// merge: for a page of text and not for more. What trains vocabularies to be used is in training/.

/** A word as it is cut by now, and how often it occurs. */
export interface CutWord {
  readonly pieces: readonly string[];
  readonly count: number;
}

/** Two pieces side by side. */
export interface ScoredPair {
  readonly left: string;
  readonly right: string;
  /** How often they stand side by side, and how often each occurs at all. */
  readonly together: number;
  readonly leftCount: number;
  readonly rightCount: number;
  /** together / (leftCount x rightCount). */
  readonly score: number;
}

/** Before every piece of a word but its first. */
export const INSIDE = '##';

/** Words with their counts, cut into characters, in the order of their first appearance. */
export function cutIntoCharacters(words: Iterable<string>): CutWord[] {
  const counts = new Map<string, number>();
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => ({
    pieces: Array.from(word, (character, i) => (i === 0 ? character : INSIDE + character)),
    count,
  }));
}

/**
 * All pairs with their scores, the highest first; of equals the one that is met first.
 *
 * Example: in `ab ab ac`, `a` and `##b` are together 2 times, `a` occurs 3 times and `##b` 2 times: 2 / (3 x 2).
 */
export function scorePairs(words: readonly CutWord[]): ScoredPair[] {
  const single = new Map<string, number>();
  const pairs = new Map<string, { left: string; right: string; together: number }>();
  for (const { pieces, count } of words) {
    pieces.forEach((right, i) => {
      single.set(right, (single.get(right) ?? 0) + count);
      const left = pieces[i - 1];
      if (left !== undefined) {
        const key = `${left} ${right}`;
        const pair = pairs.get(key) ?? { left, right, together: 0 };
        pairs.set(key, { ...pair, together: pair.together + count });
      }
    });
  }
  const scored = [...pairs.values()].map(({ left, right, together }) => {
    const leftCount = single.get(left)!;
    const rightCount = single.get(right)!;
    return { left, right, together, leftCount, rightCount, score: together / (leftCount * rightCount) };
  });
  return scored.sort((a, b) => b.score - a.score);
}

/** What a pair becomes: `##g` and `##s` become `##gs`. */
export function joined(left: string, right: string): string {
  return left + right.slice(INSIDE.length);
}

/** The words with each occurrence of the pair joined, from the left. */
export function joinEverywhere(words: readonly CutWord[], left: string, right: string): CutWord[] {
  return words.map(({ pieces, count }) => {
    const after: string[] = [];
    for (let i = 0; i < pieces.length; i++) {
      const found = pieces[i] === left && pieces[i + 1] === right;
      after.push(found ? joined(left, right) : pieces[i]!);
      i += found ? 1 : 0;
    }
    return { pieces: after, count };
  });
}
