// BERT's normalizer (Devlin et al. 2018, `BasicTokenizer`), with alignment: what the text becomes before it is cut.

import { type CancelSignal, neverCancelled } from '../../shared/environment.ts';
import { type AlignedText, Rewriter } from '../alignedText.ts';
import type { NormalizerSpec } from '../definition.ts';
import { lowercase } from './letterCase.ts';
import { removeMatches } from './removing.ts';
import { unicodeForm } from './unicodeForm.ts';

type BertSpec = Extract<NormalizerSpec, { type: 'bert' }>;

/** Controls, formats and private characters, NUL and U+FFFD. Tab and line ends are white space to BERT. */
const CONTROLS = /(?:(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\ufffd])+/gu;

/**
 * Characters that are words by themselves: the CJK blocks that BERT's own code lists. Between them it leaves
 * U+2B820 to U+2B91F out, by a slip that has become the rule.
 */
const CHINESE =
  /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;

/** Example: `Caf\u00e9\t茶!` becomes `cafe  茶 !`: a tab is a space, and the character gets one on each side. */
export function bertNormalize(source: AlignedText, spec: BertSpec, signal: CancelSignal = neverCancelled): AlignedText {
  let aligned = source;
  if (spec.cleanText) {
    aligned = removeMatches(aligned, CONTROLS);
    aligned = aligned.withText(aligned.text.replace(/\p{White_Space}/gu, ' '));
  }
  if (spec.chineseCharacters) {
    aligned = spaceOut(aligned);
  }
  if (spec.stripAccents) {
    aligned = removeMatches(unicodeForm(aligned, 'NFD', signal), /\p{Mn}+/gu);
  }
  return spec.lowercase ? lowercase(aligned) : aligned;
}

/** A space on each side of a Chinese character. */
function spaceOut(source: AlignedText): AlignedText {
  let rewriter: Rewriter | undefined;
  for (const match of source.text.matchAll(CHINESE)) {
    rewriter ??= new Rewriter(source);
    rewriter.keep(match.index);
    rewriter.put(' ', 0);
    rewriter.put(match[0], 1);
    rewriter.put(' ', 1);
  }
  rewriter?.keep(source.text.length);
  return rewriter?.finish() ?? source;
}
