// Typed texts as they are kept with the page's state: what is too much for that is left out, from the end.

import { MOST_ITEMS } from '../../src/shared/embeddingMessages.ts';
import { AMONG, type Among, type AnalogyInput, firstAnalogy } from './analogyPart.ts';

/** UTF-16 units of all the listed texts together; as many again of what stands in the box. */
export const MOST_KEPT = 200_000;
/** UTF-16 units of one of an analogy's texts. */
const MOST_INPUT = 2000;

/** The texts that fit, each one whole. */
export function keptTexts(texts: readonly string[]): string[] {
  let left = MOST_KEPT;
  const kept: string[] = [];
  for (const text of texts.slice(0, MOST_ITEMS)) {
    left -= text.length;
    if (left < 0) {
      break;
    }
    kept.push(text);
  }
  return kept;
}

/** A text's beginning, without half a character at its end. */
export function keptBeginning(text: string, most = MOST_KEPT): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

export function keptAnalogy({ a, b, c, among }: AnalogyInput): AnalogyInput {
  const [first, second, third] = [a, b, c].map((text) => keptBeginning(text, MOST_INPUT)) as [string, string, string];
  return { a: first, b: second, c: third, among };
}

/** Of what was kept, whatever it is. */
export function textsOf(kept: unknown): string[] {
  return Array.isArray(kept) ? keptTexts(kept.filter((text) => typeof text === 'string')) : [];
}

/** The usual example where nothing was kept. */
export function analogyOf(kept: unknown): AnalogyInput {
  const { a, b, c, among } = (kept ?? {}) as Partial<Record<keyof AnalogyInput, unknown>>;
  const fits = [a, b, c].every((text) => typeof text === 'string') && AMONG.includes(among as Among);
  return fits ? keptAnalogy({ a, b, c, among } as AnalogyInput) : firstAnalogy;
}
