// Where a text can be cut for a given definition, so that a large one is worked on in parts: what is done to a part
// must not depend on the others. Told from the definition alone; where it can't be told, a text is worked on whole.

import { isCut } from '../shared/textCuts.ts';
import type { NormalizerSpec, PreTokenizerSpec, TokenizerDefinition } from './definition.ts';
import { patternName } from './patterns.ts';

/**
 * `none`: nowhere. `spaces`: where `isCut` says so, at spaces alone. `cuts`: wherever it says so. `lines`: before any
 * letter that a line begins with, too; GPT-2's pattern would give a line break after another one to another token.
 */
export type Chunking = (typeof CHUNKINGS)[number];
/** The later allows all that the earlier do. */
const CHUNKINGS = ['none', 'spaces', 'cuts', 'lines'] as const;

/** UTF-16 units that a part has at least, where nothing else is said. */
export const CHUNK = 1 << 16;

const SPACE = 0x20;
const LINE_FEED = 0x0a;

export function chunkingOf({ normalizers, preTokenizers }: TokenizerDefinition): Chunking {
  if (!normalizers.every(isLocal)) {
    return 'none';
  }
  let chunking: Chunking = 'none';
  let spacesOnly = false; // something is put before a word that has no space before it
  for (const spec of preTokenizers) {
    const borders = bordersOf(spec);
    if (borders === undefined) {
      return 'none';
    }
    spacesOnly ||= prefixesWords(spec) && !allows(chunking, 'cuts');
    chunking = allows(chunking, borders) ? chunking : borders;
  }
  return spacesOnly && allows(chunking, 'cuts') ? 'spaces' : chunking;
}

/**
 * Whether both parts of a text that is cut at `isCut` have, each encoded by itself, the tokens of the whole: nothing is
 * put at the beginning of a text, and no added token is found without being asked for.
 */
export function canCut(definition: TokenizerDefinition): boolean {
  return (
    allows(chunkingOf(definition), 'cuts') &&
    !definition.normalizers.some(({ type }) => type === 'prepend') &&
    !definition.preTokenizers.some((spec) => spec.type === 'metaspace' && spec.prepend === 'first') &&
    definition.addedTokens.every(({ special }) => special)
  );
}

/** The end of the part of `text` that begins at `from` and has at least `size` units, if `text` up to `to` has them. */
export function chunkEnd(text: string, from: number, to: number, chunking: Chunking, size: number): number {
  if (chunking === 'none') {
    return to;
  }
  for (let at = from + size; at < to; at++) {
    const found = isCut(text, at) && (allows(chunking, 'cuts') || text.charCodeAt(at) === SPACE);
    if (found || (chunking === 'lines' && text.charCodeAt(at - 1) === LINE_FEED && isLetterAt(text, at))) {
      return at;
    }
  }
  return to;
}

function allows(chunking: Chunking, wanted: Chunking): boolean {
  return CHUNKINGS.indexOf(chunking) >= CHUNKINGS.indexOf(wanted);
}

function isLetterAt(text: string, at: number): boolean {
  return /\p{L}/u.test(String.fromCodePoint(text.codePointAt(at)!));
}

/** Whether what it does to a character depends on no other than those that compose with it. */
function isLocal(spec: NormalizerSpec): boolean {
  switch (spec.type) {
    case 'strip':
      return false;
    case 'replace':
      return 'text' in spec.pattern && spec.pattern.text.length === 1;
    default:
      return true; // `prepend` is done to the first part alone
  }
}

/** Where it makes borders between words; undefined where that can't be told. */
function bordersOf(spec: PreTokenizerSpec): Chunking | undefined {
  switch (spec.type) {
    case 'bert':
    case 'whitespace':
    case 'whitespace-split':
      return 'lines';
    case 'byte-level':
      return spec.pattern ? 'cuts' : 'none';
    case 'split': {
      const known = 'regex' in spec.pattern ? patternName(spec.pattern.regex) : undefined;
      if (known === undefined || spec.behavior !== 'isolated') {
        return undefined;
      }
      return known === 'gpt2' ? 'cuts' : 'lines';
    }
    case 'metaspace':
      return spec.split ? 'spaces' : 'none';
    default:
      return 'none';
  }
}

function prefixesWords(spec: PreTokenizerSpec): boolean {
  return (spec.type === 'byte-level' && spec.prefixSpace) || (spec.type === 'metaspace' && spec.prepend !== 'never');
}
