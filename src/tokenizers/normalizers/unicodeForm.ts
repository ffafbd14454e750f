// Unicode's normalisation forms (UAX #15) with alignment: NFC, NFD, NFKC and NFKD. JavaScript makes the text; which of
// its characters came from which is worked out here, as the library does that Hugging Face's tokenizers uses.
// Not handled: its Unicode version, which is 9. Here it is that of the JavaScript engine, so newer characters differ.

import { type CancelSignal, neverCancelled } from '../../shared/environment.ts';
import { type AlignedText, Rewriter } from '../alignedText.ts';
import { lookAt } from '../faults.ts';
import { sortedMarks } from './longMarks.ts';

export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/**
 * The least parts that can be normalised by themselves: a character, and those behind it that might compose with it.
 * ASCII by itself is left out, as nothing changes there.
 */
const PARTS = (() => {
  // Starters that nothing before them composes with: some blocks of them, for the rest goes with what is before it.
  const starters = String.raw`\0-\u02ff\u0391-\u0482\u05d0-\u05ea\u3041-\u3098\u309b-\u312f\u3400-\u9fff\uac00-\ud7a3`;
  return new RegExp(String.raw`\p{ASCII}[^${starters}]+|\P{ASCII}[^${starters}]*`, 'gu');
})();
/** From so many marks on, the time that the engine's own sorting takes is seen (it grows with their square). */
const LONG_MARKS = /\p{M}{64}/u;
/** Parts between two looks at the cancel signal, less one. */
const LOOK_MASK = 0xfff;

/**
 * Example: in `nfc` of `e\u0301!`, the `é` has the range of the `e`, 0 to 1, and `!` that of 2 to 3: Hugging Face's
 * tokenizers gives a composed character the place of its first part.
 *
 * @throws Fault `cancelled`
 */
export function unicodeForm(
  source: AlignedText,
  form: UnicodeForm,
  signal: CancelSignal = neverCancelled,
): AlignedText {
  const { text } = source;
  if (isInForm(text, form)) {
    return source;
  }
  const rewriter = new Rewriter(source);
  let parts = 0;
  for (const { 0: part, index } of text.matchAll(PARTS)) {
    if ((++parts & LOOK_MASK) === 0) {
      lookAt(signal);
    }
    const changed = changedPart(part, form);
    if (changed) {
      rewriter.keep(index);
      for (const { character, change } of changed) {
        rewriter.put(character, change);
      }
    }
  }
  rewriter.keep(text.length);
  return rewriter.finish();
}

/** Whether `text` is in the form for certain: of one with many marks in a row this would take long to tell. */
export function isInForm(text: string, form: UnicodeForm): boolean {
  return !LONG_MARKS.test(text) && text.normalize(form) === text;
}

/** A character of the changed text, and how it came to be: see {@link Rewriter.put}. */
interface Part {
  readonly character: string;
  readonly change: number;
}

/** What short parts become, by form: a text is made of few different ones. */
const known = new Map<UnicodeForm, Map<string, readonly Part[] | undefined>>();
const LONGEST_KNOWN = 8;
const MOST_KNOWN = 1 << 14;

/** What `part` becomes; undefined where it stays as it is. */
function changedPart(part: string, form: UnicodeForm): readonly Part[] | undefined {
  const change = () => (isInForm(part, form) ? undefined : normalized(part, form));
  if (part.length > LONGEST_KNOWN) {
    return change();
  }
  let parts = known.get(form);
  if (!parts) {
    parts = new Map();
    known.set(form, parts);
  }
  if (!parts.has(part)) {
    if (parts.size === MOST_KNOWN) {
      parts.clear();
    }
    parts.set(part, change());
  }
  return parts.get(part);
}

function normalized(text: string, form: UnicodeForm): readonly Part[] {
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
  return form === 'NFC' || form === 'NFKC' ? compose(sorted) : sorted;
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
