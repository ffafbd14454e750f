// Small letters, with alignment. Each character by itself: a capital sigma at a word's end becomes the same small one
// as elsewhere, which is how Rust has it and not how JavaScript has it.

import { type AlignedText, Rewriter } from '../alignedText.ts';

/** The one capital letter whose small one is longer in UTF-16: an i, and the dot above it as a mark. */
const DOTTED_CAPITAL_I = '\u0130';

/** Example: `STRASSE İ` becomes `strasse i̇`, where both the last `i` and its dot have the range of `İ`. */
export function lowercase(source: AlignedText): AlignedText {
  const text = source.text.replaceAll('Σ', 'σ').replaceAll(DOTTED_CAPITAL_I, '\0').toLowerCase();
  if (text === source.text) {
    return source;
  }
  return source.text.includes(DOTTED_CAPITAL_I) ? widened(source) : source.withText(text);
}

function widened(source: AlignedText): AlignedText {
  const rewriter = new Rewriter(source);
  let at = 0;
  for (const character of source.text) {
    at += character.length;
    const small = character === 'Σ' ? 'σ' : character.toLowerCase();
    if (small === character) {
      rewriter.keep(at);
      continue;
    }
    let change = 0;
    for (const part of small) {
      rewriter.put(part, change);
      change = 1;
    }
  }
  return rewriter.finish();
}
