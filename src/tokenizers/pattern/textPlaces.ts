// Where in a text an anchor holds: at lines' ends, the text's ends, and words' edges. Lines end with a line feed.

import { CharacterSet, type CharacterTest } from './characterSet.ts';
import { widthBefore } from './characters.ts';
import { propertyTest } from './properties.ts';
import type { Anchor } from './syntax.ts';

const LINE_FEED = 10;

let wordCharacters: CharacterSet | undefined;

/** As Oniguruma has it: `^` and `$` are at every line, and no line begins behind the text's last line feed. */
export function holds(anchor: Anchor, text: string, at: number): boolean {
  switch (anchor) {
    case 'text-start':
      return at === 0;
    case 'text-end':
      return at === text.length;
    case 'line-start':
      return at === 0 || (at < text.length && text.charCodeAt(at - 1) === LINE_FEED);
    case 'line-end':
      return at === text.length || text.charCodeAt(at) === LINE_FEED;
    case 'last-line-end':
      return at === text.length || (at === text.length - 1 && text.charCodeAt(at) === LINE_FEED);
    case 'edge':
      return isWord(text, at) !== isWordBefore(text, at);
    case 'no-edge':
      return isWord(text, at) === isWordBefore(text, at);
  }
}

function isWord(text: string, at: number): boolean {
  wordCharacters ??= new CharacterSet(propertyTest('word') as CharacterTest);
  return at < text.length && wordCharacters.has(text.codePointAt(at) as number);
}

function isWordBefore(text: string, at: number): boolean {
  return at > 0 && isWord(text, at - widthBefore(text, at));
}
