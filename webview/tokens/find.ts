// Finding tokens by id or by text within the subject. Text is found across the borders of tokens, upper and lower case
// alike; nothing is left out of the count. Pure, no DOM.

import type { TokenData } from './tokenData.ts';

export interface Found {
  /** First token of each hit, ascending. */
  readonly first: Uint32Array;
  /** Last token of each hit. */
  readonly last: Uint32Array;
}

const NOTHING: Found = { first: new Uint32Array(), last: new Uint32Array() };

/** `#995` is the id 995; anything else is text. */
export function idIn(query: string): number | undefined {
  const digits = /^\s*#(\d{1,9})\s*$/.exec(query)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function find(data: TokenData, query: string): Found {
  if (query === '' || data.count === 0) {
    return NOTHING;
  }
  const id = idIn(query);
  return id === undefined ? findText(data, query) : findId(data, id);
}

function findId(data: TokenData, id: number): Found {
  const hits: number[] = [];
  for (let at = data.ids.indexOf(id); at !== -1; at = data.ids.indexOf(id, at + 1)) {
    hits.push(at);
  }
  const first = Uint32Array.from(hits);
  return { first, last: first };
}

function findText(data: TokenData, query: string): Found {
  const firsts: number[] = [];
  const lasts: number[] = [];
  // Without the u flag upper and lower case are matched unit by unit, so that offsets stay true.
  const pattern = new RegExp(query.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'gi');
  let token = 0;
  for (let match = pattern.exec(data.text); match !== null; match = pattern.exec(data.text)) {
    const start = match.index;
    const end = start + match[0].length;
    token = Math.max(token, data.tokenAt(start));
    let last = token;
    while (last + 1 < data.count && data.start(last + 1) < end) {
      last++;
    }
    firsts.push(token);
    lasts.push(last);
  }
  return { first: Uint32Array.from(firsts), last: Uint32Array.from(lasts) };
}

/** The hit to go to from a token: the next one after it, or before it, round the end; -1 when there are none. */
export function nextHit({ first }: Found, from: number, forward: boolean): number {
  if (first.length === 0) {
    return -1;
  }
  const after = countUpTo(first, forward ? from : from - 1);
  return forward ? after % first.length : (after - 1 + first.length) % first.length;
}

/** The hit that starts at or after a token, round the end; -1 when there are none. */
export function hitFrom({ first }: Found, from: number): number {
  return first.length === 0 ? -1 : countUpTo(first, from - 1) % first.length;
}

/** Whether a token is part of a hit. */
export function isHit({ first, last }: Found, token: number): boolean {
  const at = countUpTo(first, token) - 1;
  return at >= 0 && (last[at] as number) >= token;
}

/** How many entries of an ascending list are at most `value`. */
function countUpTo(list: Uint32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
