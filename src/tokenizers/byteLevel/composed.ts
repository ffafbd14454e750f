// Unicode's composed form (NFC) of a text before it is encoded, and where its tokens stand in the text as it was given.

import type { CancelSignal } from '../../shared/environment.ts';
import { AlignedText } from '../alignedText.ts';
import { countLoneSurrogates, utf8 } from '../bytes.ts';
import { tooLarge } from '../faults.ts';
import { isInForm, unicodeForm } from '../normalizers/unicodeForm.ts';
import type { Encoded } from '../tokenizer.ts';
import type { Stretch } from './specialTokens.ts';

/** Below U+0300 every character is as NFC has it, whatever stands beside it. */
const MAY_CHANGE = /[\u0300-\uffff]/;
/** What working out where a character came from takes for each UTF-16 unit: ranges twice over, and the parts. */
const WORK_BYTES = 32;

export interface ComposeOptions {
  readonly signal?: CancelSignal | undefined;
  /** Most memory that a text which is not in NFC may take while it is changed. */
  readonly budgetBytes?: number;
}

/**
 * `text` in NFC with where it came from, or undefined where it is in NFC already, as nearly every text is.
 *
 * @param base where `text` begins in the given one
 * @throws Fault `cancelled`, `too-large`
 */
export function composed(text: string, base = 0, options: ComposeOptions = {}): AlignedText | undefined {
  if (!MAY_CHANGE.test(text) || isInForm(text, 'NFC')) {
    return undefined;
  }
  const { signal, budgetBytes = Number.POSITIVE_INFINITY } = options;
  if (text.length * WORK_BYTES > budgetBytes) {
    throw tooLarge(budgetBytes, `at character ${base}, where the text is to be composed`);
  }
  const given = AlignedText.of(text, base);
  const changed = unicodeForm(given, 'NFC', signal);
  return changed === given ? undefined : changed;
}

/**
 * Each ordinary stretch of a text in NFC by itself; special tokens stay. `aligned` is all of them, where any changed.
 *
 * @throws as {@link composed}
 */
export function composedStretches(
  given: Iterable<Stretch>,
  options: ComposeOptions,
): { stretches: Stretch[]; aligned?: AlignedText } {
  let changed = false;
  const parts = Array.from(given, (stretch) => {
    const aligned = stretch.id === undefined ? composed(stretch.text, stretch.start, options) : undefined;
    changed ||= aligned !== undefined;
    return { stretch, aligned };
  });
  const stretches = parts.map(({ stretch, aligned }) => (aligned ? { ...stretch, text: aligned.text } : stretch));
  if (!changed) {
    return { stretches };
  }
  return {
    stretches,
    aligned: joined(parts.map(({ stretch, aligned }) => aligned ?? AlignedText.of(stretch.text, stretch.start))),
  };
}

function joined(parts: readonly AlignedText[]): AlignedText {
  const text = parts.map((part) => part.text).join('');
  const starts = new Uint32Array(text.length);
  const ends = new Uint32Array(text.length);
  let at = 0;
  for (const part of parts) {
    starts.set(part.starts, at);
    ends.set(part.ends, at);
    at += part.text.length;
  }
  return new AlignedText(text, starts, ends, 0);
}

/**
 * The encoded NFC form `encoded` of the text `given`, with places in `given`. A token has the bytes of what it covers
 * there, a part of a character its own.
 */
export function placedInGiven(encoded: Encoded, aligned: AlignedText, given: string): Encoded {
  const { ids, fragment } = encoded;
  const starts = encoded.starts.map((start) => aligned.starts[start]!);
  const ends = encoded.ends.map((end) => aligned.ends[end - 1]!);
  const givenBytes = utf8(given);
  const byteAt = byteOffsets(given);
  const byteEnds = new Uint32Array(ids.length + 1);
  const covered = (i: number): Uint8Array =>
    fragment[i] === 1
      ? encoded.bytes.subarray(encoded.byteEnds[i], encoded.byteEnds[i + 1])
      : givenBytes.subarray(byteAt[starts[i]!], byteAt[ends[i]!]);
  ids.forEach((_, i) => {
    byteEnds[i + 1] = byteEnds[i]! + covered(i).length;
  });
  const bytes = new Uint8Array(byteEnds[ids.length]!);
  ids.forEach((_, i) => {
    bytes.set(covered(i), byteEnds[i]);
  });
  const textBytes = givenBytes.length;
  return { ids, starts, ends, fragment, byteEnds, bytes, textBytes, loneSurrogates: countLoneSurrogates(given) };
}

/** At which byte of the text's UTF-8 each UTF-16 unit's character begins, and where the text ends. */
function byteOffsets(text: string): Uint32Array {
  const offsets = new Uint32Array(text.length + 1);
  let byte = 0;
  for (let at = 0; at < text.length; at++) {
    offsets[at] = byte;
    const point = text.codePointAt(at)!;
    if (point >= 0x10000) {
      offsets[++at] = byte;
      byte += 4;
    } else {
      byte += point < 0x80 ? 1 : point < 0x800 ? 2 : 3;
    }
  }
  offsets[text.length] = byte;
  return offsets;
}
