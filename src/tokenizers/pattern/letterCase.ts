// Letters that are the same but for their case, by Unicode's simple case folding: one character stands for one.

import type { CharacterTest } from './characterSet.ts';

/** No letter from here on has another case. */
const CASES_END = 0x1e944;

/** Its capital is I, whose small letter is i, and yet it is no i. */
const DOTLESS_I = 0x131;

/** For each code point that has other cases all of them, itself included. */
let groups: ReadonlyMap<number, readonly number[]> | undefined;

/** All cases of a character, itself included. */
export function casesOf(codePoint: number): readonly number[] {
  groups ??= makeGroups();
  return groups.get(codePoint) ?? [codePoint];
}

/** What also takes the other cases of what `test` takes. */
export function inAnyCase(test: CharacterTest): CharacterTest {
  return (codePoint) => test(codePoint) || casesOf(codePoint).some(test);
}

function makeGroups(): Map<number, readonly number[]> {
  const byFold = new Map<number, number[]>();
  for (let codePoint = 0; codePoint < CASES_END; codePoint++) {
    const fold = foldOf(codePoint);
    if (fold !== codePoint) {
      const group = byFold.get(fold) ?? [fold];
      group.push(codePoint);
      byFold.set(fold, group);
    }
  }
  return new Map([...byFold.values()].flatMap((group) => group.map((codePoint) => [codePoint, group] as const)));
}

function foldOf(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  const capital = codePoint === DOTLESS_I ? character : single(character.toUpperCase(), character);
  return single(capital.toLowerCase(), capital).codePointAt(0) as number;
}

/** `changed` where it is one character, else `character`. */
function single(changed: string, character: string): string {
  return changed.length === 1 || (changed.length === 2 && (changed.codePointAt(0) as number) > 0xffff)
    ? changed
    : character;
}
