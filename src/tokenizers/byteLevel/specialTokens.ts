// Finds special tokens in a text, for callers who asked for them.

/** A stretch of a text: a special token where it has an `id`, else ordinary text. */
export interface Stretch {
  readonly text: string;
  /** UTF-16 */
  readonly start: number;
  readonly id?: number;
}

/**
 * Cuts `text` at special tokens: the leftmost first, of several at one place the longest. Empty stretches are left out.
 *
 * Example: with `<|end|>` as 7, `hi<|end|>` is `hi` and then `<|end|>` with the id 7.
 *
 * @param specials text to id
 */
export function* stretchesOf(text: string, specials: Readonly<Record<string, number>>): Generator<Stretch, void, void> {
  const names = Object.keys(specials).filter((name) => name !== '');
  let from = 0;
  if (names.length > 0) {
    const longestFirst = names.sort((a, b) => b.length - a.length).map(quoted);
    for (const match of text.matchAll(new RegExp(longestFirst.join('|'), 'gu'))) {
      if (match.index > from) {
        yield { text: text.slice(from, match.index), start: from };
      }
      yield { text: match[0], start: match.index, id: specials[match[0]]! };
      from = match.index + match[0].length;
    }
  }
  if (from < text.length) {
    yield { text: text.slice(from), start: from };
  }
}

/** A regular expression for exactly this text. */
function quoted(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
