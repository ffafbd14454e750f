// Small helpers that turn what a tokenizer has into values for a trace and words for a caption.

import type { Piece, Role, TableValue, TextValue, TokensValue } from '../shared/trace.ts';
import { spell, textOf } from '../tokenizers/bytes.ts';

/** Most pieces of a text that a frame shows; the rest is a number. */
export const SHOWN_PIECES = 200;
/** Most UTF-16 units of a text that a frame shows. */
const SHOWN_TEXT = 2000;
/** Most rows of a table that a frame shows. */
export const SHOWN_ROWS = 60;

/** A token as a piece: its text where its bytes are whole characters, and its bytes. */
export function pieceOf(bytes: Uint8Array, more: { id?: number | null; word?: number; role?: Role } = {}): Piece {
  return { text: textOf(bytes), bytes: Array.from(bytes), ...more };
}

export function tokensValue(pieces: readonly Piece[], total: number = pieces.length): TokensValue {
  const shown = pieces.slice(0, SHOWN_PIECES);
  return { kind: 'tokens', pieces: shown, ...(total > shown.length && { total }) };
}

export function textValue(text: string, marks?: TextValue['marks']): TextValue {
  if (text.length <= SHOWN_TEXT) {
    return { kind: 'text', text, ...(marks && { marks }) };
  }
  const end = beforeCut(text, SHOWN_TEXT);
  const inside = marks?.filter((mark) => mark.end <= end);
  return { kind: 'text', text: text.slice(0, end), total: text.length, ...(inside && { marks: inside }) };
}

export function tableValue(
  columns: TableValue['columns'],
  rows: TableValue['rows'],
  marks: NonNullable<TableValue['marks']> = [],
  limit: number = SHOWN_ROWS,
): TableValue {
  const shown = rows.slice(0, limit);
  const inside = marks.filter((mark) => mark.row < shown.length);
  return {
    kind: 'table',
    columns,
    rows: shown,
    ...(inside.length > 0 && { marks: inside }),
    ...(rows.length > shown.length && { total: rows.length }),
  };
}

/** The last place up to `at` that is not in the middle of a surrogate pair. */
function beforeCut(text: string, at: number): number {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at;
}

/** A text for a label: white space and invisible characters as signs, long ones cut. */
export function visible(text: string): string {
  const signs = text.replaceAll(/[\p{C}\p{Z}]/gu, (character) => {
    switch (character) {
      case ' ':
        return '␣';
      case '\n':
        return '⏎';
      case '\t':
        return '⇥';
      default:
        return `\\u{${character.codePointAt(0)!.toString(16)}}`;
    }
  });
  return signs.length <= 40 ? signs : `${signs.slice(0, beforeCut(signs, 39))}…`;
}

/** A token for a label: {@link visible}, its loose bytes as `‹C3›`. */
export function visibleToken(bytes: Uint8Array): string {
  return visible(spell(bytes));
}

/** `once`, `twice`, `12 times`. */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${many(count)} times`;
}

/** `1 token`, `2 tokens`, `1,024 tokens`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${many(count)} ${count === 1 ? one : several}`;
}

export function many(count: number): string {
  return count.toLocaleString('en');
}

/** A ratio with two decimals, for people and for plots. */
export function rounded(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
