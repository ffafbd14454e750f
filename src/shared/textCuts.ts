// Where a text can be cut in two so that both parts have the tokens that they have as parts of the whole. True for
// every tokenizer whose `cuts` says so (src/tokenizers/tokenizer.ts), which a property test holds for each.
// So an edit in a large file costs its surroundings, not the file.

const SLASH = 0x2f;

/**
 * Whether `text` can be cut before index `at`: at the start of a line, or at a single space between two small Latin
 * letters. The line before must end in a sign that is not white space (several line breaks can be one token), and this
 * one must begin with such a sign other than a slash (o200k keeps slashes with the line breaks before them).
 *
 * Example: `isCut('one two', 3)` and `isCut('a;\nb', 3)` are true; `isCut('one  two', 3)` is false.
 */
export function isCut(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  if (before === 0x0a) {
    return isVisibleAscii(text.charCodeAt(at - 2)) && isVisibleAscii(after) && after !== SLASH;
  }
  return after === 0x20 && isSmallLetter(before) && isSmallLetter(text.charCodeAt(at + 1));
}

/**
 * Safe stretch of `text` around `start .. end`: both its ends are cuts, or the text's own ends. They are cuts whatever
 * stands in `start .. end`, so also in the text as it was before an edit there.
 */
export function cutAround(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  // The sign after a cut takes part in the rule, so a cut before the stretch stands two signs before it.
  let from = Math.max(0, start - 2);
  while (from > 0 && !isCut(text, from)) {
    from--;
  }
  // The two signs before it do too, so a cut behind the stretch stands two signs behind it.
  let to = Math.min(text.length, end + 2);
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
