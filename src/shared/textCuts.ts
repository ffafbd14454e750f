// Where a text can be cut in two so that both parts have the tokens that they have as parts of the whole. True for
// every tokenizer whose `cuts` says so (src/tokenizers/tokenizer.ts), which a property test holds for each.
// So an edit in a large file costs its surroundings, not the file.

/**
 * Whether `text` can be cut before index `at`: at the start of a line that begins with a sign that is not white space,
 * or at a single space between two small Latin letters.
 *
 * Example: `isCut('one two', 3)` and `isCut('a;\nb', 3)` are true; `isCut('one  two', 3)` is false.
 */
export function isCut(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  if (before === 0x0a) {
    return isVisibleAscii(after);
  }
  return after === 0x20 && isSmallLetter(before) && isSmallLetter(text.charCodeAt(at + 1));
}

/** Safe stretch of `text` around `start .. end`: both its ends are cuts, or the text's own ends. */
export function cutAround(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  let from = Math.max(0, start - 1);
  while (from > 0 && !isCut(text, from)) {
    from--;
  }
  // The sign after a cut takes part in the rule, so the cut must stand two signs behind the stretch.
  let to = Math.min(text.length, end + 1);
  while (to < text.length && !isCut(text, to)) {
    to++;
  }
  return { start: from, end: to };
}

function isVisibleAscii(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f;
}

function isSmallLetter(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}
