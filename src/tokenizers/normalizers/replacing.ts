// Normalizers that put a text of their own in: at the beginning, or in the place of what a pattern finds.

import { type AlignedText, Rewriter } from '../alignedText.ts';
import type { Finder } from '../matching.ts';

/** Puts `prefix` before the text; it has the range of the text's first character. Nothing before an empty text. */
export function prepend(source: AlignedText, prefix: string): AlignedText {
  if (source.text === '' || prefix === '') {
    return source;
  }
  const rewriter = new Rewriter(source);
  putBefore(rewriter, prefix, source.text);
  rewriter.keep(source.text.length);
  return rewriter.finish();
}

/** Puts `prefix` before the source's next character, which `rest` begins with. */
export function putBefore(rewriter: Rewriter, prefix: string, rest: string): void {
  let change = 0;
  for (const character of prefix) {
    rewriter.put(character, change);
    change = 1;
  }
  rewriter.put(String.fromCodePoint(rest.codePointAt(0)!), 1);
}

/** Puts `content` in the place of each match; it has the range of the match's last character. */
export function replace(source: AlignedText, finder: Finder, content: string): AlignedText {
  const { text } = source;
  if (finder.text?.length === 1 && content.length === 1) {
    return source.withText(text.replaceAll(finder.text, content));
  }
  let rewriter: Rewriter | undefined;
  for (const { start, end } of finder.matches(text)) {
    rewriter ??= new Rewriter(source);
    rewriter.keep(start);
    rewriter.skipTo(end);
    for (const character of content) {
      rewriter.put(character, 1);
    }
  }
  rewriter?.keep(text.length);
  return rewriter?.finish() ?? source;
}
