// What the demonstrations of n-grams share: their parameters, the model made of them, and words for what they show.

import { countNgrams } from '../model/ngram/counts.ts';
import type { NgramModel, Smoothing } from '../model/ngram/smoothing.ts';
import { cutSymbols, type SymbolText, type Unit } from '../model/ngram/symbols.ts';
import type { Column, TableValue } from '../shared/trace.ts';
import { POST_ROAD } from './postRoad.ts';
import { counted, tableValue, visible } from './views.ts';

/** What add-k lends each symbol where a program doesn't ask. */
export const LENT = 0.1;

export const textParam = {
  type: 'text',
  label: 'Text to count in',
  default: POST_ROAD,
  maxLength: 4_000_000,
  multiline: true,
} as const;

export const unitParam = {
  type: 'choice',
  label: 'Symbols',
  default: 'characters',
  options: [
    { value: 'characters', label: 'characters' },
    { value: 'words', label: 'words' },
  ],
} as const;

export const nParam = { type: 'number', label: 'n', default: 3, min: 1, max: 7, step: 1 } as const;

export const smoothingParam = {
  type: 'choice',
  label: 'Where the table is empty',
  default: 'counts',
  options: [
    { value: 'counts', label: 'nothing is lent' },
    { value: 'add-k', label: 'each symbol is lent 0.1' },
    { value: 'interpolated', label: 'a shorter context is asked' },
  ],
} as const;

export function smoothingOf(choice: string): Smoothing {
  return choice === 'add-k' ? { kind: choice, k: LENT } : { kind: choice as 'counts' | 'interpolated' };
}

/** A text cut, and the model that counts it. Symbols of `also` get a number as well. */
export function ngramOf(
  params: { readonly text: string; readonly unit: string; readonly n: number; readonly smoothing: string },
  also: string,
): { cut: SymbolText; model: NgramModel } {
  const cut = cutSymbols(params.text, params.unit as Unit, also);
  const { n } = params;
  const counts = countNgrams(cut.ids, n);
  return { cut, model: { counts, n, alphabet: cut.alphabet.length, smoothing: smoothingOf(params.smoothing) } };
}

/** `3 characters`. */
export function symbols(count: number, unit: string): string {
  return counted(count, unit === 'words' ? 'word' : 'character');
}

export function spelled(ids: Iterable<number>, alphabet: readonly string[]): string {
  let text = '';
  for (const id of ids) {
    text += alphabet[id];
  }
  return text;
}

/** `“ca”`, or in words where it is empty. */
export function quoted(text: string): string {
  return text === '' ? 'nothing' : `“${visible(text)}”`;
}

/** A share for a sentence: 12%, and never 0% for what is more than nothing. */
export function percent(share: number): string {
  const points = 100 * share;
  return points > 0 && points < 1 ? `${Number(points.toPrecision(1))}%` : `${Math.round(points)}%`;
}

const NEXT: readonly Column[] = [
  { id: 'next', label: 'came next', type: 'piece' },
  { id: 'count', label: 'count', type: 'number' },
  { id: 'share', label: 'share', type: 'number' },
];

/** What came next, with the row of `chosen` marked; the first rows, and that one where it is further down. */
export function followersTable(
  { counts }: NgramModel,
  context: number,
  alphabet: readonly string[],
  chosen: number | undefined,
): TableValue {
  const followers = counts.followers(context);
  const total = counts.total(context);
  const at = followers.findIndex(({ symbol }) => symbol === chosen);
  const shown = [...followers.slice(0, ROWS), ...(at >= ROWS ? [followers[at]!] : [])];
  const rows = shown.map(({ symbol, count }) => [alphabet[symbol]!, count, Number((count / total).toFixed(3))]);
  const marks = at < 0 ? [] : [{ row: Math.min(at, ROWS), role: 'chosen' as const }];
  return { ...tableValue(NEXT, rows, marks), ...(followers.length > rows.length && { total: followers.length }) };
}

/** Rows of a table of followers. */
const ROWS = 8;
