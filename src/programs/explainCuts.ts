// What a tokenizer does to a text before any piece is looked for: it changes the characters, and cuts a first time.

import { AlignedText } from '../tokenizers/alignedText.ts';
import type { NormalizerSpec, PreTokenizerSpec, TokenizerDefinition } from '../tokenizers/definition.ts';
import { normalizerOf } from '../tokenizers/normalizers/normalize.ts';
import { compilePattern } from '../tokenizers/patterns.ts';
import { preTokenizerOf } from '../tokenizers/preTokenizers/preTokenize.ts';
import type { Vocabulary } from '../tokenizers/vocabulary.ts';
import { places } from './places.ts';
import type { Recorder } from './recorder.ts';
import { counted, textValue, tokensValue, visible } from './views.ts';

/** How each change of a text is called. */
const NORMALIZERS: Readonly<Record<NormalizerSpec['type'], string>> = {
  nfc: 'Compose characters (NFC)',
  nfd: 'Take characters apart (NFD)',
  nfkc: 'Make alike characters the same (NFKC)',
  nfkd: 'Make alike characters the same and take them apart (NFKD)',
  lowercase: 'Make small letters',
  'strip-accents': 'Take the accents off',
  strip: 'Take white space off the ends',
  prepend: 'Write a sign in front',
  replace: 'Replace characters',
  bert: 'Clean the text as BERT does',
  precompiled: 'Clean the text as SentencePiece does',
  'byte-level': 'Write each byte as a character',
};
const PRE_TOKENIZERS: Readonly<Record<PreTokenizerSpec['type'], string>> = {
  split: 'Cut by a pattern',
  'byte-level': 'Cut by GPT-2’s pattern, and write each byte as a character',
  bert: 'Cut at spaces and around marks',
  metaspace: 'Write spaces as ▁, and cut before them',
  whitespace: 'Cut at spaces and between words and marks',
  'whitespace-split': 'Cut at spaces',
  punctuation: 'Cut around marks',
  digits: 'Cut around digits',
  delimiter: 'Cut at a sign',
};

/** Records how a definition changes and cuts `text`; yields after each step. @returns the words */
export async function* definitionCuts(
  trace: Recorder,
  text: string,
  { normalizers, preTokenizers }: TokenizerDefinition,
): AsyncGenerator<void, readonly string[], void> {
  let aligned = AlignedText.of(text, 0);
  let before = trace.value(textValue(text));
  for (const spec of normalizers) {
    const next = normalizerOf([spec])(aligned);
    const after = trace.value(textValue(next.text));
    trace.frame({
      op: 'normalize',
      label: NORMALIZERS[spec.type],
      note:
        next.text === aligned.text
          ? `“${visible(next.text)}” stays as it is.`
          : `“${visible(aligned.text)}” becomes “${visible(next.text)}”.`,
      inputs: { before },
      outputs: { after },
      source: places.normalizerOf,
    });
    aligned = next;
    before = after;
    yield;
  }
  for (const [i, spec] of preTokenizers.entries()) {
    const { words } = cutBy(preTokenizers.slice(0, i + 1), aligned);
    recordWords(trace, PRE_TOKENIZERS[spec.type], words, before);
    yield;
  }
  return cutBy(preTokenizers, aligned).words;
}

function cutBy(specs: readonly PreTokenizerSpec[], aligned: AlignedText): { words: readonly string[] } {
  const { aligned: written, words } = preTokenizerOf(specs)(aligned);
  return { words: words.map(({ start, end }) => written.text.slice(start, end)) };
}

/** The same of a byte-level vocabulary, which knows one pattern. */
export async function* vocabularyCuts(
  trace: Recorder,
  text: string,
  { pattern, normalization }: Vocabulary,
): AsyncGenerator<void, readonly string[], void> {
  const composed = normalization === undefined ? text : text.normalize('NFC');
  const given = trace.value(textValue(text));
  if (normalization !== undefined) {
    trace.frame({
      op: 'normalize',
      label: NORMALIZERS.nfc,
      note: composed === text ? `“${visible(text)}” stays as it is.` : 'A letter and its accent become one character.',
      inputs: { before: given },
      outputs: { after: trace.value(textValue(composed)) },
    });
    yield;
  }
  const words = composed.match(compilePattern(pattern)) ?? [];
  recordWords(trace, 'Cut by its pattern', words, given);
  yield;
  return words;
}

function recordWords(trace: Recorder, label: string, words: readonly string[], before: number): void {
  const note =
    words.length === 0
      ? 'Nothing is left to be cut.'
      : words.length === 1
        ? `“${visible(words[0]!)}” stays in one piece.`
        : `${counted(words.length, 'piece')}; each is encoded by itself.`;
  trace.frame({
    op: 'pre-tokenize',
    label,
    note,
    inputs: { text: before },
    outputs: { words: trace.value(tokensValue(words.map((piece, word) => ({ text: piece, word })))) },
    source: places.preTokenizerOf,
  });
}
