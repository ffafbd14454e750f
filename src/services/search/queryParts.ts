// A query as search takes it apart: filters that were typed into it, phrases in quotes that have to stand in a hit word
// for word, and the rest, which is looked for by its words and by its meaning.

import { termsOf } from '../../retrieval/lexical/terms.ts';
import type { SearchFilter } from '../../shared/searchMessages.ts';
import { joinFilters, readQueryText } from '../../shared/searchText.ts';

export interface QueryParts {
  /** What is embedded: the text without filters and quotes. */
  readonly text: string;
  /** Each term once, in order. */
  readonly terms: readonly string[];
  /** In small letters, with single spaces. A hit has all of them. */
  readonly phrases: readonly string[];
  readonly filter: SearchFilter;
  /** For people: what was typed and can't be followed. */
  readonly notes: readonly string[];
}

/** Example: `"retry after" lang:ts path:src` looks for the phrase in TypeScript files under a folder `src`. */
export function queryParts(query: string, filter: SearchFilter = {}): QueryParts {
  const typed = readQueryText(query);
  const phrases = [...typed.query.matchAll(/"([^"]+)"/g)].map(([, phrase]) => plain(phrase as string));
  const text = typed.query.replaceAll('"', ' ').replace(/\s+/g, ' ').trim();
  return {
    text,
    terms: [...new Set(termsOf(text))],
    phrases: phrases.filter((phrase) => phrase !== ''),
    filter: joinFilters(filter, typed.filter),
    notes: typed.unknown.map((word) => `"${word}" is no filter that there is, and was not looked for.`),
  };
}

/** Whether a text has all the phrases, whatever its line breaks, indentation and capitals. */
export function hasPhrases(text: string, phrases: readonly string[]): boolean {
  if (phrases.length === 0) {
    return true;
  }
  const flat = plain(text);
  return phrases.every((phrase) => flat.includes(phrase));
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
