// Puts combining marks into Unicode's canonical order (UAX #15, D109) in linearithmic time. The engine's own
// `normalize` takes time with the square of how many marks follow each other, so a text of marks alone would hang it.
// JavaScript doesn't say a mark's combining class; which of two comes first it does say, and that is enough.

/** U+0345 has the highest combining class there is: any other mark behind it is moved before it. */
const HIGHEST = '\u0345';

/** What {@link markRanks} learned: for each character whether its combining class is not zero. */
const moved = new Map<string, boolean>();

/**
 * `parts` with each run of marks sorted by combining class, equal ones in the order they had.
 *
 * @returns the parts with their `rank`: 0 for a starter, else a number that grows with the combining class; it can be
 *   compared within a run of marks only.
 */
export function sortedMarks<P extends { readonly character: string }>(
  parts: readonly P[],
): (P & { readonly rank: number })[] {
  const sorted: (P & { rank: number })[] = [];
  for (let at = 0; at < parts.length; ) {
    if (!isMark(parts[at]!.character)) {
      sorted.push({ ...parts[at++]!, rank: 0 });
      continue;
    }
    const from = at;
    while (at < parts.length && isMark(parts[at]!.character)) {
      at++;
    }
    const run = parts.slice(from, at);
    const ranks = markRanks(new Set(run.map(({ character }) => character)));
    const ranked = run.map((part) => ({ ...part, rank: ranks.get(part.character)! }));
    for (const part of ranked.sort((a, b) => a.rank - b.rank)) {
      sorted.push(part);
    }
  }
  return sorted;
}

/** Whether the combining class is not zero. `character` is fully decomposed. */
function isMark(character: string): boolean {
  if (character < '\u0300') {
    return false;
  }
  let known = moved.get(character);
  if (known === undefined) {
    const behind = HIGHEST + character;
    known = character === HIGHEST || behind.normalize('NFD') !== behind;
    moved.set(character, known);
  }
  return known;
}

/** 1 for the lowest combining class among `marks`, 2 for the next, and so on. */
function markRanks(marks: ReadonlySet<string>): Map<string, number> {
  const order = [...marks].sort(byClass);
  const ranks = new Map<string, number>();
  let rank = 0;
  order.forEach((mark, i) => {
    if (i === 0 || byClass(order[i - 1]!, mark) !== 0) {
      rank++;
    }
    ranks.set(mark, rank);
  });
  return ranks;
}

/** Canonical order moves the one with the lower class to the front; two of one class stay as they are. */
function byClass(a: string, b: string): number {
  if (isMovedBefore(b, a)) {
    return 1;
  }
  return isMovedBefore(a, b) ? -1 : 0;
}

/** Whether `mark`, standing behind `other`, is moved before it. */
function isMovedBefore(mark: string, other: string): boolean {
  return mark !== other && (other + mark).normalize('NFD') === mark + other;
}
