// Unicode's normalisation forms (UAX #15) with alignment: NFC, NFD, NFKC and NFKD. JavaScript makes the text; which of
// its characters came from which is worked out here, as the library does that Hugging Face's tokenizers uses.
// Not handled: its Unicode version, which is 9. Here it is that of the JavaScript engine, so newer characters differ.

import { type AlignedText, Rewriter } from '../alignedText.ts';
import { sortedMarks } from './longMarks.ts';

export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/** What is not ASCII, and the one character before it: only there can anything change. */
const RUNS = /[\0-\x7f]?[^\0-\x7f]+/gu;
/** From so many marks on, the time that the engine's own sorting takes is seen (it grows with their square). */
const LONG_MARKS = /\p{M}{64,}/u;
/** Inside a longer stretch than this it pays to look for a border: a character that nothing composes with. */
const SAFE_BORDER = /(?=[\0-\u02ff\u0391-\u0482\u05d0-\u05ea\u3041-\u3098\u309b-\u312f\u3400-\u9fff\uac00-\ud7a3])/u;

/**
 * Example: in `nfc` of `e\u0301!`, the `é` has the range of the `e`, 0 to 1, and `!` that of 2 to 3: Hugging Face's
 * tokenizers gives a composed character the place of its first part.
 */
export function unicodeForm(source: AlignedText, form: UnicodeForm): AlignedText {
  const { text } = source;
  let rewriter: Rewriter | undefined;
  for (const match of text.matchAll(RUNS)) {
    let at = match.index;
    for (const part of match[0].length > 64 ? match[0].split(SAFE_BORDER) : [match[0]]) {
      if (LONG_MARKS.test(part) || part.normalize(form) !== part) {
        rewriter ??= new Rewriter(source);
        rewriter.keep(at);
        rewrite(part, form, rewriter);
      }
      at += part.length;
    }
  }
  rewriter?.keep(text.length);
  return rewriter?.finish() ?? source;
}

/** A character of the decomposed text, and how it came to be: see {@link Rewriter.put}. */
interface Part {
  readonly character: string;
  readonly change: number;
}

function rewrite(text: string, form: UnicodeForm, rewriter: Rewriter): void {
  const full = form === 'NFD' || form === 'NFC' ? 'NFD' : 'NFKD';
  const parts: Part[] = [];
  for (const character of text) {
    let change = 0;
    for (const part of character.normalize(full)) {
      parts.push({ character: part, change });
      change = 1;
    }
  }
  const sorted = sortedMarks(parts);
  const composed = form === 'NFC' || form === 'NFKC' ? compose(sorted) : sorted;
  for (const { character, change } of composed) {
    rewriter.put(character, change);
  }
}

/**
 * Canonical composition. A starter takes in each following mark that it composes with, if no mark of the same class or
 * a higher one stands between; a starter right after it, too. One new character for two old ones: one less.
 */
function compose(parts: readonly (Part & { readonly rank: number })[]): Part[] {
  const composed: Part[] = [];
  let starter = -1; // place in `composed`
  let lastRank = -1; // of what stands behind the starter and did not compose; -1 where nothing does
  for (const part of parts) {
    const before = composed[starter];
    const open = lastRank === -1 || (part.rank > lastRank && lastRank !== 0);
    const joined = before && open ? compositionOf(before.character, part.character) : undefined;
    if (before && joined !== undefined) {
      composed[starter] = { character: joined, change: before.change + part.change - 1 };
      continue;
    }
    if (part.rank === 0) {
      starter = composed.length;
      lastRank = -1;
    } else {
      lastRank = part.rank;
    }
    composed.push(part);
  }
  return composed;
}

/** The one character that two compose to. */
function compositionOf(left: string, right: string): string | undefined {
  const joined = (left + right).normalize('NFC');
  const length = joined.codePointAt(0)! > 0xffff ? 2 : 1;
  return joined.length === length ? joined : undefined;
}
