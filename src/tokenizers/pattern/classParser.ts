// Reads a class, `[^\r\n\p{L}]`: characters, ranges, properties, classes in it, and `&&` for what is in both.

import { allOf, anyOf, type CharacterTest, noneOf, rangeTest } from './characterSet.ts';
import { readEscape } from './escapes.ts';
import { inAnyCase } from './letterCase.ts';
import type { PatternSource } from './patternSource.ts';
import { posixTest } from './properties.ts';

/**
 * Reads a class; the reader stands behind its `[`. In any case (as Oniguruma has it) the other cases of all that it
 * would take are taken as well, and only then its own `^` turns it round.
 *
 * @param depth how many more classes may stand within one another
 * @throws Fault `bad-input` naming the part that is wrong.
 */
export function readClass(source: PatternSource, anyCase: boolean, depth: number): CharacterTest {
  const from = source.at - 1;
  if (depth === 0) {
    throw source.fault('classes stand too deep within one another', 'Write it flatter.', from);
  }
  const negative = source.takes('^');
  const all: CharacterTest[] = [];
  let tests: CharacterTest[] = [];
  // The first sign of a class stands for itself even where it is the bracket that would end it.
  for (let isFirst = true; isFirst || !source.takes(']'); isFirst = false) {
    if (source.ended) {
      throw source.fault('the class that begins here has no end', 'Close it with ].', from);
    }
    if (source.takes('&&')) {
      all.push(anyOf(tests));
      tests = [];
    } else {
      tests.push(readItem(source, depth));
    }
  }
  all.push(anyOf(tests));
  const test = anyCase ? inAnyCase(allOf(all)) : allOf(all);
  return negative ? noneOf(test) : test;
}

function readItem(source: PatternSource, depth: number): CharacterTest {
  const from = source.at;
  const posix = source.takesMatch(/\[:(\^?)([a-z]+):\]/y);
  if (posix !== null) {
    const test = posixTest(posix[2] as string);
    if (test === undefined) {
      throw source.fault('there is no such class', 'Write one such as [:alpha:] or [:punct:].', from);
    }
    return posix[1] === '^' ? noneOf(test) : test;
  }
  if (source.takes('[')) {
    return readClass(source, false, depth - 1);
  }
  const first = readOne(source);
  if (typeof first === 'function') {
    return first;
  }
  if (!source.sees('-') || source.sees('-]') || source.sees('-[') || source.sees('-&&')) {
    return rangeTest(first, first);
  }
  source.at += 1;
  if (source.ended) {
    throw source.fault('a range has no end', 'Write the character that it ends with.', from);
  }
  const last = readOne(source);
  if (typeof last === 'function' || last < first) {
    const what = typeof last === 'function' ? 'a set stands at the end of a range' : 'the range ends before it begins';
    throw source.fault(what, 'Write - as \\- where it stands for itself.', from);
  }
  return rangeTest(first, last);
}

/** A character, as its code point, or a set. */
function readOne(source: PatternSource): number | CharacterTest {
  if (!source.takes('\\')) {
    return source.next();
  }
  if (source.takes('b')) {
    return 8; // in a class a backspace
  }
  const escaped = readEscape(source);
  return 'test' in escaped ? escaped.test : escaped.codePoint;
}
