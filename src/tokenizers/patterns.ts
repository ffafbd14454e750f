// The regular expressions that published tokenizers cut texts by, as they were published, and as JavaScript takes them.
// Written to be read: the scanners find the same borders in bytes, for texts of any size.

/**
 * In words, the first that fits: an English ending (`'s`, `'ll`), a word with the space before it, a number with the
 * space before it, other signs with the space before them, white space up to the last one before a word, white space.
 * From GPT-2's code (Radford et al. 2019).
 */
export const GPT2_PATTERN = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

/**
 * As GPT-2's, but: endings in any case; a word takes any one character before it along, unless that is a line break;
 * numbers are cut after three digits, and have no space; line breaks stay with the signs or the white space before
 * them. GPT-4's.
 */
export const CL100K_PATTERN = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

/** Meta took cl100k's over as it is. */
export const LLAMA3_PATTERN = CL100K_PATTERN;

/** As cl100k's, with every digit by itself. Qwen 2 and 2.5. */
export const QWEN2_PATTERN = CL100K_PATTERN.replace('{1,3}', '');

/**
 * As cl100k's, but: a word ends where small letters are followed by a capital, keeps the marks upon its letters, and
 * has its English ending in it; slashes stay with the signs before them. GPT-4o's.
 */
export const O200K_PATTERN = [
  String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?`,
  String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?`,
  String.raw`\p{N}{1,3}`,
  String.raw` ?[^\s\p{L}\p{N}]+[\r\n/]*`,
  String.raw`\s*[\r\n]+`,
  String.raw`\s+(?!\S)`,
  String.raw`\s+`,
].join('|');

export const PATTERNS = {
  gpt2: GPT2_PATTERN,
  cl100k: CL100K_PATTERN,
  o200k: O200K_PATTERN,
  llama3: LLAMA3_PATTERN,
  qwen2: QWEN2_PATTERN,
} as const;
export type PatternName = keyof typeof PATTERNS;

/** How packages spell some of them otherwise. The same borders, but for white space that no token reaches across. */
const otherSpellings: readonly (readonly [string, PatternName])[] = [
  [String.raw`'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s`, 'gpt2'],
  [String.raw`'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`, 'gpt2'],
];

/** The published pattern that `source` is, if it is one. */
export function patternName(source: string): PatternName | undefined {
  const names = Object.keys(PATTERNS) as PatternName[];
  return names.find((name) => PATTERNS[name] === source) ?? otherSpellings.find(([other]) => other === source)?.[1];
}

/**
 * The regular expression for a published pattern. Where these come from, `\s` is Unicode's White_Space; in JavaScript
 * it holds U+FEFF and lacks U+0085. `(?i:...)` is written out, since not every Node in use knows it; the long s, U+017F,
 * is a case of `s`.
 */
export function compilePattern(pattern: string): RegExp {
  const caseless = pattern.replaceAll(/\(\?i:([^)]*)\)/gu, (_, inner: string) => `(?:${inAnyCase(inner)})`);
  const unicode = caseless.replaceAll(String.raw`\s`, String.raw`\p{White_Space}`);
  return new RegExp(unicode.replaceAll(String.raw`\S`, String.raw`\P{White_Space}`), 'gu');
}

function inAnyCase(words: string): string {
  return words.replaceAll(/[a-z]/gu, (letter) => `[${letter}${letter.toUpperCase()}${letter === 's' ? '\u017f' : ''}]`);
}
