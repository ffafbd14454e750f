// How a token is shown: its text with every invisible character as a sign, a part of a character as its bytes, and
// never as U+FFFD. Pure, no DOM; the views draw the parts.

import { hexBytes, visibleStretches } from '../elements/visibleText.ts';
import { t } from '../l10n.ts';
import type { TokenData } from './tokenData.ts';
import { insertedPiece } from './tokenFlags.ts';
import { isContinuation, tornBy } from './torn.ts';

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** `real` can't be seen; `sign` stands for it, in a box when it is a name or a code. */
  | { readonly kind: 'sign'; readonly real: string; readonly sign: string; readonly boxed: boolean }
  /** Bytes that are no whole character, `F0 9F`. */
  | { readonly kind: 'bytes'; readonly hex: string };

// Characters with no picture of their own that are neither separators nor controls, and the replacement character,
// which would look like a mistake of this view.
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\ufffd]/u;
const COMBINING_FIRST = /^\p{M}/u;

/** A token in parts, in order; together they are all of its bytes. */
export function partsOf(data: TokenData, token: number): Part[] {
  const text = data.textOf(token);
  if (text !== null) {
    return partsOfText(text);
  }
  const inserted = insertedPiece(data, token);
  if (inserted !== undefined) {
    return [{ kind: 'sign', real: '', sign: inserted, boxed: false }];
  }
  const bytes = data.bytesOf(token);
  const parts: Part[] = [];
  let head = 0;
  while (head < bytes.length && isContinuation(bytes[head] as number)) {
    head++;
  }
  const tail = startOfTornTail(bytes, head);
  if (head > 0) {
    parts.push({ kind: 'bytes', hex: hexBytes(bytes.subarray(0, head)) });
  }
  if (tail > head) {
    parts.push(...partsOfText(wholeText(data, token, bytes.subarray(head, tail))));
  }
  if (tail < bytes.length) {
    parts.push({ kind: 'bytes', hex: hexBytes(bytes.subarray(tail)) });
  }
  return parts;
}

/** Where the unfinished character at the end of `bytes` starts, or their length when there is none. */
function startOfTornTail(bytes: Uint8Array, from: number): number {
  let start = bytes.length - 1;
  while (start > from && isContinuation(bytes[start] as number)) {
    start--;
  }
  if (start < from) {
    return bytes.length;
  }
  const first = bytes[start] as number;
  const needed = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return start + needed > bytes.length ? start : bytes.length;
}

/** The whole characters inside a fragment, taken from the text so that a lone surrogate stays one. */
function wholeText(data: TokenData, token: number, whole: Uint8Array): string {
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole);
  const at = data.text.slice(data.start(token), data.end(token));
  const torn = tornBy(data, token);
  const skip = torn.some(({ first }) => first > 1) ? (torn[0]?.character.length ?? 0) : 0;
  return at.slice(skip, skip + decoded.length);
}

export function partsOfText(text: string): Part[] {
  const parts: Part[] = [];
  for (const { real, sign } of visibleStretches(text)) {
    const name = nameOf(real);
    if (real === ' ') {
      // The middle dot that editors draw: running text has many of them.
      parts.push({ kind: 'sign', real, sign: '·', boxed: false });
    } else if (sign !== undefined) {
      parts.push({ kind: 'sign', real, sign: name ?? sign, boxed: name !== undefined || sign.length > 1 });
    } else {
      splitUnseen(real, parts);
    }
  }
  return parts;
}

function splitUnseen(real: string, parts: Part[]): void {
  let plain = '';
  const flush = () => {
    if (plain !== '') {
      // A mark with nothing before it would sit on the token to its left.
      const alone = parts.length === 0 && COMBINING_FIRST.test(plain);
      parts.push({ kind: 'text', text: alone ? `\u25cc${plain}` : plain });
      plain = '';
    }
  };
  for (const character of real) {
    if (UNSEEN.test(character)) {
      flush();
      parts.push({ kind: 'sign', real: character, sign: nameOf(character) ?? codePoint(character), boxed: true });
    } else {
      plain += character;
    }
  }
  flush();
}

/** `U+200D` */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The usual short names, with the code, of what people look for: `ZWJ U+200D`. */
function nameOf(character: string): string | undefined {
  if (character === '\r') {
    return 'CR'; // on every line of some files: short
  }
  const short = SHORT[character];
  return short === undefined ? undefined : `${short} ${codePoint(character)}`;
}

const SHORT: Readonly<Record<string, string>> = {
  '\u0000': 'NUL',
  '\u001b': 'ESC',
  '\u00a0': 'NBSP',
  '\u00ad': 'SHY',
  '\u061c': 'ALM',
  '\u200b': 'ZWSP',
  '\u200c': 'ZWNJ',
  '\u200d': 'ZWJ',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u202f': 'NNBSP',
  '\u2060': 'WJ',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
  '\ufe0e': 'VS15',
  '\ufe0f': 'VS16',
  '\ufeff': 'BOM',
};

/** What an invisible or misleading character is, in words; undefined for those that can be seen. */
export function explain(character: string): string | undefined {
  const code = character.codePointAt(0) as number;
  if (code >= 0xd800 && code <= 0xdfff) {
    return t('lone surrogate: half of a pair, encoded as EF BF BD');
  }
  if (code >= 0x202a && code <= 0x202e) {
    return t('bidirectional control: changes the order in which text is shown');
  }
  if (code >= 0x2066 && code <= 0x2069) {
    return t('bidirectional control: changes the order in which text is shown');
  }
  switch (character) {
    case ' ':
      return t('space');
    case '\n':
      return t('line feed');
    case '\r':
      return t('carriage return');
    case '\t':
      return t('tab');
    case '\u00a0':
      return t('no-break space');
    case '\u00ad':
      return t('soft hyphen');
    case '\u200b':
      return t('zero-width space');
    case '\u200c':
      return t('zero-width non-joiner');
    case '\u200d':
      return t('zero-width joiner');
    case '\u200e':
    case '\u200f':
    case '\u061c':
      return t('direction mark');
    case '\u2060':
      return t('word joiner');
    case '\ufe0e':
      return t('variation selector: text style');
    case '\ufe0f':
      return t('variation selector: emoji style');
    case '\ufeff':
      return t('byte order mark');
    case '\ufffd':
      return t('replacement character, as it stands in the text');
  }
  return UNSEEN.test(character) || /[\p{Z}\p{C}]/u.test(character) ? t('invisible') : undefined;
}

/** The token in words, for screen readers: its text with invisible characters named, or its bytes. */
export function spoken(data: TokenData, token: number): string {
  const text = data.textOf(token);
  if (text === null) {
    const inserted = insertedPiece(data, token);
    if (inserted !== undefined) {
      return t('the piece {0}, for no character', inserted);
    }
    return t('bytes {0}', hexBytes(data.bytesOf(token)));
  }
  return partsOfText(text)
    .map((part) =>
      part.kind === 'sign' ? ` ${explain(part.real) ?? part.sign} ` : part.kind === 'text' ? part.text : part.hex,
    )
    .join('')
    .trim();
}
