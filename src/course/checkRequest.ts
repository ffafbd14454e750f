// What the runner is sent to check an answer: all texts under names that their imports find.

import type { ExerciseSummary } from '../shared/exercise.ts';
import type { checkAnswer } from '../shared/runnerMessages.ts';
import type { z } from '../shared/schema.ts';
import type { ExerciseFiles } from './exerciseFiles.ts';

export interface AnswerToCheck {
  readonly exercise: Pick<ExerciseSummary, 'id' | 'exports'>;
  readonly own: ExerciseFiles;
  /** The learner's file, and by what path diagnoses name it. */
  readonly answer: { readonly path: string; readonly text: string };
  /** Answers that it is built on, by exercise: the learner's, or the reference's. */
  readonly uses?: Readonly<Record<string, string>>;
  /** Other files of the learner's, by their paths. */
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
  const named = (prefix: string, texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${prefix}${name}`, text]));
  return {
    exercise: exercise.id,
    exports: [...exercise.exports],
    entry: answer.path,
    solution: 'course:solution',
    check: 'course:check',
    mutants: Object.fromEntries(Object.keys(own.mutants).map((name) => [name, `course:mutant/${name}`])),
    files: {
      ...beside,
      ...named('mine/', uses),
      'course:solution': own.solution,
      'course:check': own.check,
      ...named('course:mutant/', own.mutants),
      [answer.path]: answer.text,
    },
    seed,
  };
}
