// Which of the colours a token has: they are dealt out anew in each line of the text, so that a keystroke recolours its
// line and no other. Pure, no DOM.

import type { TokenData } from './tokenData.ts';

/** How many colours there are before they start again. */
export const COLOURS = 4;
const LINE_FEED = 10;

/** A token's place in its line, from 0; a token stands in the line in which it starts. */
export function placeInLine(data: TokenData, token: number): number {
  const start = data.start(token);
  const line = start === 0 ? 0 : data.text.lastIndexOf('\n', start - 1) + 1;
  return token - data.firstFrom(line);
}

/** The place of the token after `token`, whose own place is `place`. */
export function nextPlace(data: TokenData, token: number, place: number): number {
  if (token + 1 >= data.count) {
    return place + 1;
  }
  const next = data.start(token + 1);
  for (let at = data.start(token); at < next; at++) {
    if (data.text.charCodeAt(at) === LINE_FEED) {
      return 0;
    }
  }
  return place + 1;
}

/** The classes by which a token differs from its neighbours: a colour, and a line that is broken in every second. */
export function looks(place: number): string {
  return `token k${place % COLOURS}${place % 2 === 1 ? ' odd' : ''}`;
}
