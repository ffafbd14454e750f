// The inputs that a check tries: drawn ones from small to large, then the planted ones. Each has a name by which it is
// made again.

import { type Random, seededRandom } from '../../shared/environment.ts';
import type { CaseName, ShownInput } from '../../shared/exercise.ts';
import type { ExerciseCheck, Inputs } from './exerciseCheck.ts';
import { show } from './show.ts';

export interface Case {
  readonly name: CaseName;
  /** The same inputs each time, made anew. */
  readonly inputs: () => Inputs;
}

/** Sizes and draws of each that are tried. */
const SIZES = [1, 2, 3, 4, 5, 6] as const;
const DRAWS = 5;
/** Draws that are tried to tell two typical wrong answers apart. */
const SEPARATING_DRAWS = 60;

export function casesOf(check: ExerciseCheck, seed: number): Case[] {
  const planted = (check.planted ?? []).map(({ inputs }, i): Case => ({ name: { planted: i }, inputs }));
  const drawn = SIZES.flatMap((size) => Array.from({ length: DRAWS }, (_, i) => drawnCase(check, size, seed + i)));
  return [...drawn, ...planted];
}

/** More draws, none of them among {@link casesOf}. */
export function separatingCases(check: ExerciseCheck, seed: number): Case[] {
  return Array.from({ length: SEPARATING_DRAWS }, (_, draw) =>
    drawnCase(check, SIZES[draw % SIZES.length] as number, seed + DRAWS + draw),
  );
}

/** The inputs of a case, made again. */
export function inputsOf(check: ExerciseCheck, name: CaseName): Inputs {
  return 'planted' in name
    ? (check.planted?.[name.planted]?.inputs() ?? [])
    : drawnCase(check, name.size, name.seed).inputs();
}

/** Inputs as people read them, by their parameters' names. */
export function shownInputs({ parameters }: ExerciseCheck, inputs: Inputs, most: number): readonly ShownInput[] {
  return inputs.map((value, i) => ({ name: parameters[i] ?? `input ${i + 1}`, text: show(value, most) }));
}

function drawnCase(check: ExerciseCheck, size: number, seed: number): Case {
  return { name: { size, seed }, inputs: () => check.draw(randomOf(size, seed), size) };
}

/** The draws of a case: the same each time, and unlike those of other sizes and seeds. */
function randomOf(size: number, seed: number): Random {
  return seededRandom(Math.imul(seed, 0x9e3779b1) ^ (size << 24));
}
