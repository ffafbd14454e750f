// All the demonstrations, by id. A program joins the course by standing in this list.

import { Fault } from '../shared/errors.ts';
import type { ProgramInfo } from '../shared/messages.ts';
import { nearest } from '../shared/nearest.ts';
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
    const meant = nearest(id, known);
    throw new Fault('unknown-program', `There is no program "${id.slice(0, 80)}".`, {
      where: id.slice(0, 80),
      remedy: `${meant === undefined ? '' : `Did you mean ${meant}? `}There are: ${known.join(', ')}.`,
    });
  }
  return program;
}

/** What a form needs to know. */
export function describe(program: Program): ProgramInfo {
  return { id: program.id, title: program.title, session: program.session, params: program.params };
}
