// What the runner is sent to check an answer: all texts under names that their imports find.

import type { ExerciseSummary } from '../shared/exercise.ts';
import type { checkAnswer } from '../shared/runnerMessages.ts';
import type { z } from '../shared/schema.ts';
import type { ExerciseFiles } from './exerciseFiles.ts';

/** A text, and by what path diagnoses name it. */
export interface NamedText {
  readonly path: string;
  readonly text: string;
}

export interface AnswerToCheck {
  readonly exercise: Pick<ExerciseSummary, 'id' | 'exports'>;
  readonly own: ExerciseFiles;
  /** The learner's file. */
  readonly answer: NamedText;
  /** Answers that it is built on, by exercise: the learner's, or the reference's. */
  readonly uses?: Readonly<Record<string, NamedText>>;
  /** Other files of the learner's that these import, by their paths. */
  readonly beside?: Readonly<Record<string, string>>;
  readonly seed: number;
}

export function checkRequest({
  exercise,
  own,
  answer,
  uses = {},
  beside = {},
  seed,
}: AnswerToCheck): z.infer<typeof checkAnswer.params> {
  const mutants = Object.keys(own.mutants).map((name) => [name, `course:mutant/${name}`] as const);
  return {
    exercise: exercise.id,
    exports: [...exercise.exports],
    entry: answer.path,
    solution: 'course:solution',
    check: 'course:check',
    mutants: Object.fromEntries(mutants),
    mine: Object.fromEntries(Object.entries(uses).map(([id, { path }]) => [id, path])),
    files: {
      ...beside,
      ...Object.fromEntries(Object.values(uses).map(({ path, text }) => [path, text])),
      'course:solution': own.solution,
      'course:check': own.check,
      ...Object.fromEntries(mutants.map(([name, file]) => [file, own.mutants[name] as string])),
      [answer.path]: answer.text,
    },
    seed,
  };
}

/** The right answer of an exercise, standing in for the learner's. */
export function standIn(id: string, { solution }: ExerciseFiles): NamedText {
  return { path: `reference/${id}.ts`, text: solution };
}
