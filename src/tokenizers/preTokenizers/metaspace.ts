// SentencePiece's way with spaces (Kudo & Richardson 2018): a space is a character like others, written `▁`, so that
// pieces know where a word begins and the text can be had back.

import type { Rewriter } from '../alignedText.ts';
import type { PreTokenizerSpec } from '../definition.ts';
import { finderOf, type Match } from '../matching.ts';
import { cutter, prefixWords, rewriteWords, type Words } from './cutWords.ts';

type MetaspaceSpec = Extract<PreTokenizerSpec, { type: 'metaspace' }>;

/** Example: `Hey friend` becomes the words `▁Hey` and `▁friend`; with `prepend: 'never'` `Hey` and `▁friend`. */
export function metaspace(given: Words, { replacement, prepend, split }: MetaspaceSpec): Words {
  const prefixed = prefixWords(replaceSpaces(given, replacement), replacement, ({ text, starts }, { start }) => {
    const wanted = prepend === 'always' || (prepend === 'first' && starts[start] === 0);
    return wanted && !text.startsWith(replacement, start);
  });
  return split ? cutter(finderOf({ text: replacement }), 'merged-with-next')(prefixed) : prefixed;
}

function replaceSpaces(given: Words, replacement: string): Words {
  const { aligned, words } = given;
  if (replacement.length === 1) {
    return { aligned: aligned.withText(aligned.text.replaceAll(' ', replacement)), words };
  }
  const write = (rewriter: Rewriter, { start, end }: Match) => {
    const word = aligned.text.slice(start, end); // to search the text itself would go on past the word, to its end
    let written = end - start;
    for (let at = word.indexOf(' '); at !== -1; at = word.indexOf(' ', at + 1)) {
      rewriter.keep(start + at);
      rewriter.put(replacement, 0);
      written += replacement.length - 1;
    }
    rewriter.keep(end);
    return written;
  };
  return rewriteWords(given, write);
}
