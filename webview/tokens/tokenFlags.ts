// What one tokenizer does to a text that is worth knowing: characters torn over tokens, tokens that stand for anything,
// text that is written otherwise or dropped and so can't be had back. Pure, no DOM.

import { type Change, NO_RANGES, type Ranges, rangesOf, replaced } from './ranges.ts';
import type { TokenData } from './tokenData.ts';

export const TOKEN_FLAGS = ['unknown', 'fragment', 'changed', 'dropped'] as const;
export type TokenFlag = (typeof TOKEN_FLAGS)[number];
export type TokenFlags = ReadonlyMap<TokenFlag, Ranges>;

/** How vocabularies write the token for what they can't write. */
const UNKNOWN = /^(\[UNK\]|<unk>|<UNK>|\ufffd|⁇)$/;
/** The signs by which vocabularies say where words begin, go on and end. */
const JOINTS = /^(##|▁)|<\/w>$|@@$/gu;

/** Tokens that are looked at in one go. */
const SLICE = 200_000;

/** What an id's piece spells, without the signs for where words begin: `##ing` is `ing`. */
export function spelledBy(piece: string): string {
  return piece.replace(JOINTS, '').replaceAll('▁', ' ');
}

export function isUnknown(piece: string | undefined): boolean {
  return piece !== undefined && UNKNOWN.test(piece);
}

/**
 * The piece of a token that a tokenizer puts before a text to say that a word begins there, and that no character of the
 * text stands for: SentencePiece's `▁` before `#`. Undefined for all others.
 */
export function insertedPiece(data: TokenData, token: number): string | undefined {
  const piece = data.isFragment(token) ? data.pieces.get(data.id(token)) : undefined;
  return piece !== undefined && spelledBy(piece).trim() === '' ? piece : undefined;
}

/** Whether a token shares a character with an inserted piece alone: the sign before it, or the character itself. */
function sharesWhole(data: TokenData, token: number): boolean {
  const piece = data.pieces.get(data.id(token));
  const text = data.text.slice(data.start(token), data.end(token));
  return insertedPiece(data, token) !== undefined || (piece !== undefined && spelledBy(piece).trim() === text.trim());
}

/** All findings among the tokens that start within `from .. to`, where tokens must have borders. */
export function scanTokens(data: TokenData, from: number, to: number): TokenFlags {
  const found: Record<TokenFlag, [number, number][]> = { unknown: [], fragment: [], changed: [], dropped: [] };
  const last = to >= data.text.length ? data.count : data.firstFrom(to);
  const lossy = data.pieces.size > 0;
  let at = from;
  for (let token = data.firstFrom(from); token < last; token++) {
    const start = data.start(token);
    const end = data.end(token);
    if (start > at) {
      addDropped(data.text, at, start, found.dropped);
    }
    at = Math.max(at, end);
    if (data.isFragment(token) && sharesWhole(data, token)) {
      continue;
    }
    if (data.isFragment(token)) {
      const before = found.fragment.at(-1);
      if (before !== undefined && start < before[1]) {
        before[1] = Math.max(before[1], end);
      } else {
        found.fragment.push([start, end]);
      }
    } else if (lossy) {
      const piece = data.pieces.get(data.id(token));
      if (isUnknown(piece)) {
        found.unknown.push([start, end]);
      } else if (piece !== undefined && spelledBy(piece).trim() !== data.text.slice(start, end).trim()) {
        found.changed.push([start, end]);
      }
    }
  }
  if (at < to) {
    addDropped(data.text, at, to, found.dropped);
  }
  return new Map(TOKEN_FLAGS.map((kind) => [kind, found[kind].length === 0 ? NO_RANGES : rangesOf(found[kind])]));
}

/** The same for a whole text of any size. @param pause lets the page draw and answer in between; false ends it. */
export async function scanAllTokens(data: TokenData, pause: () => Promise<boolean>): Promise<TokenFlags | undefined> {
  let flags: TokenFlags = new Map();
  for (let from = 0; ; ) {
    let token = data.firstFrom(from) + SLICE;
    while (token < data.count && data.start(token) < data.end(token - 1)) {
      token++;
    }
    const to = token >= data.count ? data.text.length : data.start(token);
    flags = patchedTokens(flags, { start: from, oldEnd: from, newEnd: from }, scanTokens(data, from, to));
    if (to >= data.text.length) {
      return flags;
    }
    from = to;
    if (!(await pause())) {
      return undefined;
    }
  }
}

/** The findings after a change, with what a scan of the changed stretch has found. */
export function patchedTokens(flags: TokenFlags, change: Change, fresh: TokenFlags): TokenFlags {
  return new Map(
    TOKEN_FLAGS.map((kind) => [kind, replaced(flags.get(kind) ?? NO_RANGES, change, fresh.get(kind) ?? NO_RANGES)]),
  );
}

/** A single space between two tokens is understood; anything else that no token covers is gone for good. */
function addDropped(text: string, start: number, end: number, found: [number, number][]): void {
  if (end - start > 1 || text[start] !== ' ') {
    found.push([start, end]);
  }
}
