// What is worth knowing of a text before anyone cuts it: characters that can't be seen, letters that pass for others,
// text that spells a special token. Each kind of finding depends on its surroundings up to the next cut (textCuts.ts)
// alone, so that a change costs its stretch. Pure, no DOM.

import { isCut } from '../../src/shared/textCuts.ts';
import { mixedWords } from './homoglyphs.ts';
import { type Change, NO_RANGES, type Ranges, rangesOf, replaced } from './ranges.ts';

export const TEXT_FLAGS = [
  'special',
  'bidi',
  'tag',
  'zero-width',
  'soft-hyphen',
  'no-break-space',
  'odd-space',
  'variation',
  'control',
  'lone',
  'look-alike',
  'trailing',
] as const;
export type TextFlag = (typeof TEXT_FLAGS)[number];

/** `special` holds all that has the shape of a special token; which of them is one, a vocabulary tells. */
export type TextFlags = ReadonlyMap<TextFlag, Ranges>;

const UNSEEN = /(?![ \t\n\r])[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/gu;
/** The shapes that special tokens have: `<|endoftext|>`, `</s>`, `[CLS]`, `[/INST]`, `<<SYS>>`. */
const SPECIAL = /<\|[^\s|<>]{1,60}\|>|<<?\/?[A-Za-z_]\w{0,40}>>?|\[\/?[A-Za-z]{2,12}\d{0,4}\]/g;
/** UTF-16 units that are looked at in one go. */
const SLICE = 500_000;
/** Of these characters a slice may not end within. */
const LONGEST_STEP = 10_000;

/** All findings within `from .. to`, which must be cuts. */
export function scanText(text: string, from: number, to: number): TextFlags {
  // By itself: a search for what isn't there would go on to the text's end.
  const part = text.slice(from, to);
  const found = new Map<TextFlag, [number, number][]>(TEXT_FLAGS.map((kind) => [kind, []]));
  for (const { 0: character, index } of part.matchAll(UNSEEN)) {
    const start = from + index;
    const list = found.get(kindOf(character)) as [number, number][];
    const last = list.at(-1);
    // A run of one kind is one finding.
    if (last !== undefined && last[1] === start) {
      last[1] += character.length;
    } else {
      list.push([start, start + character.length]);
    }
  }
  for (const { 0: shape, index } of part.matchAll(SPECIAL)) {
    found.get('special')?.push([from + index, from + index + shape.length]);
  }
  found.set(
    'look-alike',
    mixedWords(part).map(([start, end]) => [from + start, from + end]),
  );
  found.set('trailing', trailingSpace(text, from, to));
  return new Map(Array.from(found, ([kind, pairs]) => [kind, pairs.length === 0 ? NO_RANGES : rangesOf(pairs)]));
}

/** The same for a whole text of any size. @param pause lets the page draw and answer in between; false ends it. */
export async function scanWhole(text: string, pause: () => Promise<boolean>): Promise<TextFlags | undefined> {
  let flags: TextFlags = new Map(TEXT_FLAGS.map((kind) => [kind, NO_RANGES]));
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + SLICE);
    const last = Math.min(text.length, to + LONGEST_STEP);
    while (to < last && !isCut(text, to)) {
      to++;
    }
    flags = patched(flags, { start: from, oldEnd: from, newEnd: from }, scanText(text, from, to));
    from = to;
    if (from < text.length && !(await pause())) {
      return undefined;
    }
  }
  return flags;
}

/** The findings after a change, with what a scan of the changed stretch has found. */
export function patched(flags: TextFlags, change: Change, fresh: TextFlags): TextFlags {
  return new Map(
    TEXT_FLAGS.map((kind) => [kind, replaced(flags.get(kind) ?? NO_RANGES, change, fresh.get(kind) ?? NO_RANGES)]),
  );
}

function kindOf(character: string): TextFlag {
  const code = character.codePointAt(0) as number;
  if (code >= 0xd800 && code <= 0xdfff) {
    return 'lone';
  }
  if (
    code === 0x061c ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  ) {
    return 'bidi';
  }
  if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) {
    return 'variation';
  }
  if (code >= 0xe0000 && code <= 0xe007f) {
    return 'tag';
  }
  switch (code) {
    case 0x00ad:
      return 'soft-hyphen';
    case 0x00a0:
    case 0x202f:
      return 'no-break-space';
    case 0x034f:
    case 0x180e:
    case 0x200b:
    case 0x200c:
    case 0x200d:
    case 0x2060:
    case 0xfeff:
      return 'zero-width';
  }
  return /\p{Z}/u.test(character) ? 'odd-space' : 'control';
}

/** White space at the end of lines, and at the end of the text. A walk and no regular expression: those go back. */
function trailingSpace(text: string, from: number, to: number): [number, number][] {
  const found: [number, number][] = [];
  for (let line = from; line < to; ) {
    const feed = text.indexOf('\n', line);
    let end = feed === -1 || feed >= to ? to : feed;
    const next = end + 1;
    if (end < to || to === text.length) {
      if (end > line && text[end - 1] === '\r') {
        end--;
      }
      let start = end;
      while (start > line && (text[start - 1] === ' ' || text[start - 1] === '\t')) {
        start--;
      }
      if (start < end) {
        found.push([start, end]);
      }
    }
    line = next;
  }
  return found;
}
