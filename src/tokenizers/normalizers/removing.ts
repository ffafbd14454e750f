// Normalizers that take characters out: accents anywhere, white space at the ends.

import { AlignedText, Rewriter } from '../alignedText.ts';

/** Example: of `e\u0301!` only `e!` stays, `e` at 0 to 1 and `!` at 2 to 3. A precomposed `é` stays as it is. */
export function stripAccents(source: AlignedText): AlignedText {
  return removeMatches(source, /\p{M}+/gu);
}

/** White space is Unicode's White_Space. */
export function strip(source: AlignedText, left: boolean, right: boolean): AlignedText {
  const { text } = source;
  let from = 0;
  let to = text.length;
  while (left && from < to && isWhiteSpace(text[from]!)) {
    from++;
  }
  while (right && to > from && isWhiteSpace(text[to - 1]!)) {
    to--;
  }
  if (to - from === text.length) {
    return source;
  }
  const { starts, ends, base } = source;
  return new AlignedText(text.slice(from, to), starts.subarray(from, to), ends.subarray(from, to), base);
}

/** Takes every match out. `pattern` must have the flag `g` and never match nothing. */
export function removeMatches(source: AlignedText, pattern: RegExp): AlignedText {
  let rewriter: Rewriter | undefined;
  for (const match of source.text.matchAll(pattern)) {
    rewriter ??= new Rewriter(source);
    rewriter.keep(match.index);
    rewriter.skipTo(match.index + match[0].length);
  }
  rewriter?.keep(source.text.length);
  return rewriter?.finish() ?? source;
}

/** All of White_Space is one UTF-16 unit each. */
export function isWhiteSpace(character: string): boolean {
  return /^\p{White_Space}$/u.test(character);
}
