// Which stretch of the text explains how a token came about: its word, for tokenizers don't join over white space. Pure.

import type { TokenData } from './tokenData.ts';

/** Most UTF-16 units to either side of the token: some scripts have no spaces. */
const REACH = 40;
/** Longest stretch, in UTF-16 units: what a token stands for may be of any length. */
const MOST = 400;
const SPACE = /\s/u;

/**
 * The token with what stands around it up to the next white space; white space of the token's own, or the single space
 * before it, stays.
 *
 * Example: of `say unhappily now` at the token `happ` it is ` unhappily`.
 */
export function wordAround(data: TokenData, token: number): string {
  const { text } = data;
  let start = data.start(token);
  let end = Math.min(data.end(token), start + MOST - 2 * REACH - 1);
  const own = text.slice(start, end);
  if (own.trim() === '') {
    return own;
  }
  const least = Math.max(0, start - REACH);
  while (start > least && !SPACE.test(text[start - 1] as string) && !SPACE.test(text[start] as string)) {
    start--;
  }
  if (start > 0 && text[start - 1] === ' ' && !SPACE.test(text[start] as string)) {
    start--;
  }
  const most = Math.min(text.length, end + REACH);
  while (end < most && !SPACE.test(text[end] as string)) {
    end++;
  }
  return whole(text, start, end);
}

/** Without half a character at either end. */
function whole(text: string, start: number, end: number): string {
  const low = (at: number) => at > 0 && at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  return text.slice(low(start) ? start + 1 : start, low(end) ? end + 1 : end);
}
