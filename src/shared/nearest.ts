// The known word that a mistyped one most likely means.

/** The known word that is fewest edits away from `word`, if it is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const edits = editDistance(word.slice(0, 100), candidate);
    if (edits < least && edits <= Math.max(2, candidate.length / 3)) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** Levenshtein's distance: the fewest letters put in, taken out or changed that make one word the other. */
export function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      here.push(Math.min(changed, above[column]! + 1, here[column - 1]! + 1));
    }
    above = here;
  }
  return above[b.length]!;
}
