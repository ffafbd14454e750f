// Finding by id or by text within the subject. Text is found across the borders of tokens, upper and lower case alike;
// nothing is left out of the count. Pure, no DOM.

import { NO_RANGES, type Ranges } from './ranges.ts';
import type { TokenData } from './tokenData.ts';

/** `#995` is the id 995; anything else is text. */
export function idIn(query: string): number | undefined {
  const digits = /^\s*#(\d{1,9})\s*$/.exec(query)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Where in the text the query is found: an id among the tokens of `data`. */
export function find(data: TokenData, query: string): Ranges {
  if (query === '') {
    return NO_RANGES;
  }
  const id = idIn(query);
  return id === undefined ? findText(data.text, query) : findId(data, id);
}

function findId(data: TokenData, id: number): Ranges {
  const tokens: number[] = [];
  const { ids } = data;
  for (let at = ids.indexOf(id); at !== -1; at = ids.indexOf(id, at + 1)) {
    tokens.push(at);
  }
  return {
    starts: Uint32Array.from(tokens, (token) => data.start(token)),
    ends: Uint32Array.from(tokens, (token) => data.end(token)),
  };
}

function findText(text: string, query: string): Ranges {
  const starts: number[] = [];
  const ends: number[] = [];
  // Without the u flag upper and lower case are matched unit by unit, so that offsets stay true.
  const pattern = new RegExp(query.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'gi');
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    starts.push(match.index);
    ends.push(match.index + match[0].length);
  }
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}
