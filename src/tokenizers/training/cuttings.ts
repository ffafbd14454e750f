// The ways to cut a corpus into words, one for each kind of tokenizer, as their first users had them.

import { AlignedText } from '../alignedText.ts';
import { isContinuation } from '../bytes.ts';
import type { NormalizerSpec, PreTokenizerSpec } from '../definition.ts';
import { normalizerOf } from '../normalizers/normalize.ts';
import { PATTERNS, type PatternName } from '../patterns.ts';
import { preTokenizerOf } from '../preTokenizers/preTokenize.ts';
import { SCANNERS } from '../scanners/scanners.ts';
import type { Scanner } from '../scanners/scanning.ts';
import type { Cutting } from './words.ts';

const SPACE = 0x20;
/** What has no separator for longer is cut all the same, so that no step takes long. In bytes. */
const LONGEST_STRETCH = 64 * 1024;
/** SentencePiece's space (Kudo & Richardson 2018). */
const METASPACE = '▁';

/**
 * Byte-level, by one of the published patterns. No text is changed. Written as Hugging Face writes GPT-2's tokenizer, and
 * for the other patterns Llama 3's.
 */
export function byteLevel(pattern: PatternName): Cutting {
  const byteLevel = { type: 'byte-level', prefixSpace: false, pattern: pattern === 'gpt2' } as const;
  const split = { type: 'split', pattern: { regex: PATTERNS[pattern] }, behavior: 'isolated', invert: false } as const;
  return {
    normalizers: [],
    preTokenizers: pattern === 'gpt2' ? [byteLevel] : [split, byteLevel],
    decoders: [{ type: 'byte-level' }],
    symbols: 'bytes',
    scan: SCANNERS[pattern],
  };
}

/** BERT's, uncased: no accents and no capitals; words, punctuation marks and Chinese characters by themselves. */
export const bertWords: Cutting = (() => {
  const normalizers: readonly NormalizerSpec[] = [
    { type: 'bert', cleanText: true, chineseCharacters: true, stripAccents: true, lowercase: true },
  ];
  const preTokenizers: readonly PreTokenizerSpec[] = [{ type: 'bert' }];
  const normalize = normalizerOf(normalizers);
  const preTokenize = preTokenizerOf(preTokenizers);
  return {
    normalizers,
    preTokenizers,
    decoders: [{ type: 'wordpiece', prefix: '##', cleanup: true }],
    symbols: 'characters',
    // No word reaches across white space, so that each stretch without any is looked at once, however often it occurs.
    scan: stretchEnd((byte) => byte === SPACE || (byte >= 0x09 && byte <= 0x0d)),
    wordsOf: (stretch) => {
      const { aligned, words } = preTokenize(normalize(AlignedText.of(stretch, 0)));
      return words.map(({ start, end }) => aligned.text.slice(start, end));
    },
  };
})();

/** SentencePiece's: a word is what begins with a space, written `▁`, and so does the text. */
export const metaspaceWords: Cutting = {
  normalizers: [],
  preTokenizers: [{ type: 'metaspace', replacement: METASPACE, prepend: 'always', split: true }],
  decoders: [{ type: 'metaspace', replacement: METASPACE, prepend: 'always' }],
  symbols: 'characters',
  scan: stretchEnd((byte) => byte === SPACE),
  wordsOf: (stretch) => {
    const text = stretch.replace(' ', METASPACE);
    // A text's first stretch has no space before it. A sign in the text itself is cut at like the others.
    return (text.startsWith(METASPACE) ? text : METASPACE + text).split(/(?=▁)/u);
  },
};

/** Stretches that reach from one separator to before the next, which belongs to what follows it; or at most so many bytes. */
function stretchEnd(separates: (byte: number) => boolean): Scanner {
  return (bytes, start, end) => {
    let at = start + 1;
    while (at < end && !separates(bytes[at]!) && (at - start < LONGEST_STRETCH || isContinuation(bytes[at]!))) {
      at++;
    }
    return at;
  };
}
