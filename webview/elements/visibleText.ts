// Text in which nothing is invisible: spaces, line ends, controls, zero-width and lone characters get a visible sign.
// The real character stays in the page beside its sign, so that what is copied is the text itself.

import { css, html, type TemplateResult } from 'lit';

/** A stretch of text as it is shown. */
export interface Stretch {
  /** The text itself. */
  readonly real: string;
  /** The sign that stands for it; absent when it is visible as it is. */
  readonly sign?: string;
}

const SIGNS: Readonly<Record<string, string>> = {
  ' ': '␣',
  '\n': '↵',
  '\r': '␍',
  '\t': '→',
  '\u00a0': '⍽',
};

// Separators, controls, format characters, private use, unassigned, and halves of surrogate pairs.
// The last few look like letters to Unicode's categories and like nothing to people: fillers and variation selectors.
const INVISIBLE = /\p{Z}|\p{C}|\u115f|\u1160|\u3164|\p{Variation_Selector}/u;

/**
 * Cuts a text into stretches that are visible and characters that are not.
 *
 * Example: `visibleStretches('a b')` gives `a`, ` ` with the sign `␣`, and `b`.
 */
export function visibleStretches(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let plain = '';
  for (const character of text) {
    const sign = signOf(character);
    if (sign === undefined) {
      plain += character;
      continue;
    }
    if (plain !== '') {
      stretches.push({ real: plain });
      plain = '';
    }
    stretches.push({ real: character, sign });
  }
  if (plain !== '') {
    stretches.push({ real: plain });
  }
  return stretches;
}

function signOf(character: string): string | undefined {
  const known = SIGNS[character];
  if (known !== undefined) {
    return known;
  }
  return INVISIBLE.test(character) ? codePoint(character) : undefined;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with signs; needs {@link visibleTextStyles}. */
export function visibleText(text: string): TemplateResult {
  return html`${visibleStretches(text).map(({ real, sign }) =>
    sign === undefined
      ? real
      : html`<span class="sign ${sign.length > 1 ? 'named' : ''}" data-sign=${sign}><span>${real}</span></span>`,
  )}`;
}

/** A byte that is no character by itself, as the tokenizers spell it; it is 80 or more, or it would be one. */
const LOOSE_BYTE = /(‹[89A-F][0-9A-F]›)/;

/**
 * Cuts a spelled text into its text and its loose bytes, which take turns: every second one is a byte.
 *
 * Example: `looseBytes('caf‹C3›')` gives `caf`, `‹C3›` and an empty text.
 */
export function looseBytes(spelled: string): string[] {
  return spelled.split(LOOSE_BYTE);
}

/** A text with its loose bytes drawn as bytes, and the rest as `drawn` does it; needs {@link visibleTextStyles}. */
export function markedBytes(text: string, drawn: (rest: string) => unknown = (rest) => rest): TemplateResult {
  return html`${looseBytes(text).map((part, index) => (index % 2 === 1 ? html`<span class="byte">${part}</span>` : drawn(part)))}`;
}

/** A piece with signs, its loose bytes (`‹C3›`) drawn as bytes and not as text; needs {@link visibleTextStyles}. */
export function visiblePiece(piece: string): TemplateResult {
  return markedBytes(piece, visibleText);
}

/** Bytes as people write them: `F0 9F`. */
export function hexBytes(bytes: readonly number[] | Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

export const visibleTextStyles = css`
  .sign::before {
    content: attr(data-sign);
    color: var(--ink-quiet);
  }
  .sign > span {
    font-size: 0;
  }
  .sign.named::before {
    font-size: 0.72em;
    border: 1px solid currentColor;
    border-radius: 2px;
    padding: 0 2px;
    margin: 0 1px;
  }
  .byte {
    font-family: var(--mono);
    font-size: 0.85em;
    font-style: italic;
    letter-spacing: 0.02em;
    color: var(--ink-quiet);
  }
`;
