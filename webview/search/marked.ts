// A line of text with its matches marked. The text is data: it is shown as it is.

import { html, type TemplateResult } from 'lit';

interface Mark {
  readonly start: number;
  readonly end: number;
}

/** @param marks in order, not overlapping, within the text */
export function marked(text: string, marks: readonly Mark[]): TemplateResult {
  const parts: (string | TemplateResult)[] = [];
  let at = 0;
  for (const { start, end } of marks) {
    parts.push(text.slice(at, start), html`<mark>${text.slice(start, end)}</mark>`);
    at = end;
  }
  parts.push(text.slice(at));
  return html`${parts}`;
}

/** Characters before the first match that are kept in a line of one row. */
const BEFORE = 10;

/** A line without its indentation, and without what stands far before its first match. */
export function shortened(
  text: string,
  marks: readonly Mark[],
): { readonly text: string; readonly marks: readonly Mark[] } {
  const indent = text.length - text.trimStart().length;
  const first = marks[0]?.start ?? indent;
  const cut = first - indent > 2 * BEFORE ? first - BEFORE : indent;
  const lead = cut > indent ? '…' : '';
  const moved = marks
    .map(({ start, end }) => ({ start: Math.max(0, start - cut) + lead.length, end: end - cut + lead.length }))
    .filter(({ start, end }) => end > start);
  return { text: `${lead}${text.slice(cut)}`, marks: moved };
}
