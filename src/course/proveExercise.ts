// What `lessons check` asks of an exercise: that its starter fails with a sentence, its right answer passes, and each of
// its typical wrong answers gets its own diagnosis, whatever the seed.

import type { CheckReport, ExerciseSummary } from '../shared/exercise.ts';
import { checkRequest, type NamedText } from './checkRequest.ts';
import type { ExerciseFiles } from './exerciseFiles.ts';
import type { Runner } from './runner.ts';

/** The solution passes with each of them, and a typical wrong answer gets its diagnosis with the first two. */
const SEEDS = [1, 2, 3, 4, 5] as const;
/** Fewest typical wrong answers of an exercise. */
export const LEAST_MUTANTS = 4;

/**
 * @param uses the right answers of the exercises that it uses, by id
 * @returns what is wrong, a sentence each; empty where nothing is
 */
export async function proveExercise(
  runner: Pick<Runner, 'check'>,
  exercise: ExerciseSummary,
  own: ExerciseFiles,
  uses: Readonly<Record<string, NamedText>>,
): Promise<readonly string[]> {
  const faults: string[] = [];
  const check = (text: string, seed: number): Promise<CheckReport> =>
    runner.check(checkRequest({ exercise, own, answer: { path: `${exercise.id}.ts`, text }, uses, seed }), {
      limitMs: 20_000,
    });
  const say = (report: CheckReport) =>
    report.diagnosis === undefined
      ? 'passes.'
      : `is told (${report.diagnosis.mutant ?? report.diagnosis.kind}): ${report.diagnosis.message}`;
  const names = Object.keys(own.mutants);
  if (names.length < LEAST_MUTANTS) {
    faults.push(`has ${names.length} typical wrong answers; ${LEAST_MUTANTS} at least.`);
  }
  const starter = await check(own.starter, SEEDS[0]);
  const kinds =
    exercise.kind === 'repair' ? ['mutant', 'value', 'shape', 'threw', 'invariant', 'not-finite'] : ['untouched'];
  if (starter.passed || !kinds.includes(starter.diagnosis?.kind ?? '')) {
    faults.push(`the starter should fail as ${kinds.join(' or ')}, and ${say(starter)}`);
  }
  for (const seed of SEEDS) {
    const right = await check(own.solution, seed);
    if (!right.passed) {
      faults.push(`the solution fails with seed ${seed}: it ${say(right)}`);
      break;
    }
    const undone = right.parts.find(({ passed }) => !passed);
    if (undone !== undefined) {
      faults.push(`the solution fails the part "${undone.id}" with seed ${seed}.`);
      break;
    }
  }
  for (const name of names) {
    for (const seed of SEEDS.slice(0, 2)) {
      const wrong = await check(own.mutants[name] as string, seed);
      if (wrong.diagnosis?.mutant !== name) {
        faults.push(`the wrong answer ${name} gets another diagnosis with seed ${seed}: it ${say(wrong)}`);
        break;
      }
    }
  }
  return faults;
}
