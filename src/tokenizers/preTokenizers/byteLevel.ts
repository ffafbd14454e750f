// GPT-2's pre-tokenizer: words by its pattern, and their bytes as visible characters (Radford et al. 2019).

import { bytesOfUnit, toByteCharacters } from '../byteCharacters.ts';
import { characterFinder, type Match } from '../matching.ts';
import { compilePattern, GPT2_PATTERN } from '../patterns.ts';
import { cutter, type PreTokenize, prefixWords } from './cutWords.ts';

/**
 * Example: `Hey you` becomes the words `Hey` and `Ġyou`; with `prefixSpace` `ĠHey` and `Ġyou`.
 *
 * @param prefixSpace puts a space before each word that has none
 * @param pattern cuts by GPT-2's pattern; else the words stay as they are
 */
export function byteLevel(prefixSpace: boolean, pattern: boolean): PreTokenize {
  const cut = cutter(characterFinder(compilePattern(GPT2_PATTERN)), 'isolated');
  return (given) => {
    const spaced = prefixSpace ? prefixWords(given, ' ', ({ text }, { start }) => text[start] !== ' ') : given;
    const { aligned, words } = pattern ? cut(spaced) : spaced;
    return { aligned: toByteCharacters(aligned), words: movedTo(aligned.text, words) };
  };
}

/** The words' places once each character of `text` has become as many as it has bytes in UTF-8. */
function movedTo(text: string, words: readonly Match[]): Match[] {
  let at = 0; // UTF-16
  let bytes = 0;
  const bytesUpTo = (to: number) => {
    for (; at < to; at++) {
      bytes += bytesOfUnit(text.charCodeAt(at));
    }
    return bytes;
  };
  return words.map(({ start, end }) => ({ start: bytesUpTo(start), end: bytesUpTo(end) }));
}
