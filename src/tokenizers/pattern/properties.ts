// Characters by what Unicode says of them: `\p{Lu}`, `\p{Han}`, `[[:punct:]]`, `\w`. The data is the platform's.

import { type CharacterTest, platformTest } from './characterSet.ts';

/**
 * Names that mean something of their own in Oniguruma, in the platform's words. As there, `punct` is Unicode's
 * punctuation in `\p{Punct}`, and with all symbols in `[[:punct:]]`.
 */
const NAMES: Readonly<Record<string, string>> = {
  alnum: String.raw`[\p{Alphabetic}\p{Nd}]`,
  alpha: String.raw`\p{Alphabetic}`,
  ascii: String.raw`[\0-\x7f]`,
  blank: String.raw`[\p{Zs}\t]`,
  digit: String.raw`\p{Nd}`,
  lower: String.raw`\p{Lowercase}`,
  punct: String.raw`\p{P}`,
  space: String.raw`\p{White_Space}`,
  upper: String.raw`\p{Uppercase}`,
  word: String.raw`[\p{L}\p{M}\p{Nd}\p{Pc}]`,
  xdigit: '[0-9A-Fa-f]',
};

/** The letters after a backslash that stand for a set; a capital stands for all others. */
export const SHORTHANDS: Readonly<Record<string, string>> = { s: 'space', d: 'digit', w: 'word', h: 'xdigit' };

/** Of a name in `\p{name}`; undefined when nothing is called so. Case, spaces, `-` and `_` in names don't matter. */
export function propertyTest(name: string): CharacterTest | undefined {
  const plain = name.replaceAll(/[ _-]/g, '').toLowerCase();
  if (Object.hasOwn(NAMES, plain)) {
    return platformTest(NAMES[plain]!);
  }
  if (!/^[A-Za-z][A-Za-z0-9_ -]*$/.test(name)) {
    return undefined;
  }
  const words = name.split(/[ _-]/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase());
  const spellings = [name, words.join('_'), name.toUpperCase()];
  for (const source of spellings.flatMap((word) => [`\\p{${word}}`, `\\p{Script=${word}}`])) {
    try {
      return platformTest(source);
    } catch {
      // No property of this spelling: the next one may be.
    }
  }
  return undefined;
}

/** Of a name in `[[:name:]]`. */
export function posixTest(name: string): CharacterTest | undefined {
  if (!Object.hasOwn(NAMES, name)) {
    return undefined;
  }
  return platformTest(name === 'punct' ? String.raw`[\p{P}\p{S}]` : NAMES[name]!);
}
