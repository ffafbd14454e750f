// The borders of GPT-2's pre-tokens in UTF-8 bytes. Checked against the pattern itself (patterns.ts) on random texts.

import { characterLength } from '../bytes.ts';
import { classAt, LETTER, MARK, NUMBER, runEnd, SIGN, WHITE } from './characterClasses.ts';
import { APOSTROPHE, contractionEnd, SPACE, whiteEnd } from './scanning.ts';

/** Letters, numbers, or signs: what one pre-token may be made of. */
function sameKind(kind: number): number {
  if ((kind & LETTER) !== 0) {
    return LETTER;
  }
  return (kind & NUMBER) !== 0 ? NUMBER : SIGN | MARK;
}

/**
 * A {@link Scanner} for GPT-2's pattern.
 *
 * Example: in the bytes of `a dog` the pre-token that begins at 0 ends at 1, and the next at 5.
 */
export function gpt2PreTokenEnd(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]!;
  if (first === APOSTROPHE) {
    const ending = contractionEnd(bytes, start, end);
    if (ending !== -1) {
      return ending;
    }
  }
  const kind = classAt(bytes, start);
  if ((kind & WHITE) === 0) {
    return runEnd(bytes, start + characterLength(first), end, sameKind(kind));
  }
  // One plain space belongs to the word, number or signs after it.
  if (first === SPACE && start + 1 < end) {
    const following = classAt(bytes, start + 1);
    if ((following & WHITE) === 0) {
      return runEnd(bytes, start + 1, end, sameKind(following));
    }
  }
  return whiteEnd(bytes, start, end);
}
