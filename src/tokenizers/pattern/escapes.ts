// What a backslash begins, where it stands for a character or for a set of them: the same inside a class and outside.

import { type CharacterTest, noneOf } from './characterSet.ts';
import type { PatternSource } from './patternSource.ts';
import { propertyTest, SHORTHANDS } from './properties.ts';

export type Escaped = { readonly codePoint: number } | { readonly test: CharacterTest };

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, a: 7, e: 27 };

/** Letters that Oniguruma gives a meaning that is not read here: better refused than taken for a letter. */
const NOT_READ: Readonly<Record<string, string>> = {
  k: 'a reference back to a group',
  g: 'a call of a group',
  K: 'keeping what is left of it',
  G: 'where the search began',
  R: 'any line break',
  X: 'a whole grapheme',
  y: "a grapheme's edge",
  Y: "no grapheme's edge",
  N: 'anything but a line break',
  O: 'anything at all',
  c: 'a control',
  C: 'a control',
  M: 'a meta character',
};

/**
 * Reads what follows a backslash.
 *
 * @throws Fault `bad-input` naming the escape that is not read or not whole.
 */
export function readEscape(source: PatternSource): Escaped {
  const from = source.at - 1;
  if (source.ended) {
    throw source.fault('a backslash ends it', 'Write \\\\ for a backslash.', from);
  }
  if (source.sees('p') || source.sees('P')) {
    return { test: readProperty(source, from) };
  }
  const hex = source.takesMatch(/x\{([0-9A-Fa-f]{1,8})\}|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})/y);
  if (hex !== null) {
    return { codePoint: checkedCodePoint(source, hex[1] ?? hex[2] ?? (hex[3] as string), from) };
  }
  const octal = source.takesMatch(/0[0-7]{0,2}/y);
  if (octal !== null) {
    return { codePoint: Number.parseInt(octal[0], 8) };
  }
  const codePoint = source.next();
  const letter = String.fromCodePoint(codePoint);
  if (/[1-9]/.test(letter) || Object.hasOwn(NOT_READ, letter)) {
    const meaning = NOT_READ[letter] ?? 'a reference back to a group';
    throw source.fault(`\\${letter} (${meaning}) is not read`, 'Write it without.', from);
  }
  if (letter === 'x' || letter === 'u') {
    throw source.fault('its hexadecimal digits are missing', 'Write \\x{1F600} or \\u00e9.', from);
  }
  const set = Object.hasOwn(SHORTHANDS, letter.toLowerCase()) ? SHORTHANDS[letter.toLowerCase()] : undefined;
  if (set !== undefined) {
    const test = propertyTest(set) as CharacterTest;
    return { test: letter === letter.toLowerCase() ? test : noneOf(test) };
  }
  // As Oniguruma does: a sign, or a letter without a meaning, stands for itself.
  return { codePoint: Object.hasOwn(CONTROLS, letter) ? (CONTROLS[letter] as number) : codePoint };
}

/** `\p{Lu}`, `\p{^Lu}`, `\P{Lu}`, or with a single letter `\pL`. */
function readProperty(source: PatternSource, from: number): CharacterTest {
  const written = source.takesMatch(/([pP])(?:\{(\^?)([^{}]*)\}|([A-Z]))/y);
  if (written === null) {
    throw source.fault('a property needs a name', 'Write \\p{L}, \\P{L} or \\p{^L}.', from);
  }
  const [, letter, hat, inBraces, single] = written;
  const name = inBraces ?? (single as string);
  const test = propertyTest(name);
  if (test === undefined) {
    throw source.fault(`Unicode has no property ${JSON.stringify(name)}`, 'Write one such as L, Nd or Han.', from);
  }
  return (letter === 'P') === (hat === '^') ? test : noneOf(test);
}

function checkedCodePoint(source: PatternSource, digits: string, from: number): number {
  const codePoint = Number.parseInt(digits, 16);
  if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint < 0xe000)) {
    throw source.fault('there is no such character', 'The highest is \\x{10FFFF}, and halves of pairs are none.', from);
  }
  return codePoint;
}
