// Which characters a match can begin with, so that a search need not try where none does.

import { anyOf, CharacterSet, type CharacterTest } from './characterSet.ts';
import { OP, type Program } from './program.ts';

/** The set of characters that every match begins with one of, or undefined where a match may take nothing. */
export function firstCharacters(program: Program): CharacterSet | undefined {
  const { op, a, b, sets } = program;
  const tests: CharacterTest[] = [];
  const seen = new Set<number>();
  const open = [0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) {
      continue;
    }
    seen.add(at);
    switch (op[at]!) {
      case OP.character: {
        const only = a[at]!;
        tests.push((codePoint) => codePoint === only);
        break;
      }
      case OP.set:
        tests.push(memberTest(sets[a[at]!]!));
        break;
      case OP.run:
      case OP.wholeRun:
        tests.push(memberTest(sets[a[at]!]!));
        open.push(at + 1);
        break;
      case OP.either:
        open.push(a[at]!, b[at]!);
        break;
      case OP.jump:
      case OP.look: // it only narrows what comes behind it
        open.push(a[at]!);
        break;
      case OP.loopEnd:
        open.push(at + 1, b[at]!);
        break;
      case OP.loop:
      case OP.anchor:
      case OP.peek:
      case OP.atomic:
        open.push(at + 1);
        break;
      default:
        return undefined;
    }
  }
  return new CharacterSet(anyOf(tests));
}

function memberTest(set: CharacterSet): CharacterTest {
  return (codePoint) => set.has(codePoint);
}
