// All the demonstrations, by id. A program joins the course by standing in this list.

import { Fault } from '../shared/errors.ts';
import type { ProgramInfo } from '../shared/messages.ts';
import { bpeCompression } from './bpeCompression.ts';
import { bpeEncode } from './bpeEncode.ts';
import { bpeTrain } from './bpeTrain.ts';
import { compareTokens } from './compareTokens.ts';
import type { Program } from './program.ts';
import { typesAndTokens } from './typesAndTokens.ts';
import { wordTokenizer } from './wordTokenizer.ts';

export const programs: readonly Program[] = [
  wordTokenizer,
  typesAndTokens,
  compareTokens,
  bpeTrain,
  bpeEncode,
  bpeCompression,
] as readonly unknown[] as readonly Program[];

/** @throws Fault `unknown-program`, naming the nearest id and all that there are. */
export function findProgram(id: string): Program {
  const program = programs.find((candidate) => candidate.id === id);
  if (program === undefined) {
    const known = programs.map((candidate) => candidate.id);
    const nearest = known.find((candidate) => editDistance(candidate, id) <= Math.max(2, candidate.length / 4));
    throw new Fault('unknown-program', `There is no program "${id.slice(0, 80)}".`, {
      where: id.slice(0, 80),
      remedy: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}There are: ${known.join(', ')}.`,
    });
  }
  return program;
}

/** What a form needs to know. */
export function describe(program: Program): ProgramInfo {
  return { id: program.id, title: program.title, session: program.session, params: program.params };
}

/** Levenshtein's: the fewest letters put in, taken out or changed that make one text the other. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      here.push(Math.min(changed, above[column]! + 1, here[column - 1]! + 1));
    }
    above = here;
  }
  return above[b.length]!;
}
