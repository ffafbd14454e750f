// A definition's pre-tokenizers as functions: each cuts the words that the one before it made.

import { type CancelSignal, neverCancelled } from '../../shared/environment.ts';
import type { AlignedText } from '../alignedText.ts';
import type { PreTokenizerSpec } from '../definition.ts';
import { lookAt } from '../faults.ts';
import { holdGrowth } from '../growth.ts';
import { characterFinder, finderOf } from '../matching.ts';
import { byteLevel } from './byteLevel.ts';
import { cutter, type PreTokenize, type Words } from './cutWords.ts';
import { metaspace } from './metaspace.ts';

/** @throws Fault `cancelled` between two steps; `too-large` when the text grows out of all measure. */
export type CutWords = (aligned: AlignedText, signal?: CancelSignal) => Words;

const PUNCTUATION = String.raw`[!-\/:-@\[-\x60{-~]|\p{P}`;
const WORD = String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}`;

/** White space goes, each punctuation mark is a word: the rest of BERT's `BasicTokenizer` (Devlin et al. 2018). */
const BERT_WORDS = characterFinder(new RegExp(String.raw`${PUNCTUATION}|(?:(?!${PUNCTUATION})\P{White_Space})+`, 'gu'));

/**
 * All of `specs`, one after the other, on a text that is one word to begin with.
 *
 * @throws Fault `bad-input` for a regular expression that can't be used.
 */
export function preTokenizerOf(specs: readonly PreTokenizerSpec[]): CutWords {
  const steps = specs.map(stepOf);
  return (aligned, signal = neverCancelled) => {
    const whole = { aligned, words: aligned.text === '' ? [] : [{ start: 0, end: aligned.text.length }] };
    return steps.reduce((words, step) => {
      lookAt(signal);
      const cut = step(words, signal);
      holdGrowth(cut.aligned.text.length, aligned.text.length);
      return cut;
    }, whole as Words);
  };
}

function stepOf(spec: PreTokenizerSpec): PreTokenize {
  switch (spec.type) {
    case 'split':
      return cutter(finderOf(spec.pattern), spec.behavior, spec.invert);
    case 'byte-level':
      return byteLevel(spec.prefixSpace, spec.pattern);
    case 'bert':
      return cutter(BERT_WORDS, 'removed', true);
    case 'metaspace':
      return (words) => metaspace(words, spec);
    case 'whitespace':
      return cutter(characterFinder(new RegExp(`[${WORD}]+|[^${WORD}\\p{White_Space}]+`, 'gu')), 'removed', true);
    case 'whitespace-split':
      return cutter(characterFinder(/\p{White_Space}/gu), 'removed', false);
    case 'punctuation':
      return cutter(characterFinder(new RegExp(PUNCTUATION, 'gu')), spec.behavior, false);
    case 'digits':
      return cutter(characterFinder(/\p{N}/gu), spec.individual ? 'isolated' : 'contiguous', false);
    case 'delimiter':
      return cutter(finderOf({ text: spec.character }), 'removed', false);
  }
}
