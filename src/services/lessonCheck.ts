// `lessons check` with the real programs: gives the course's own checks what they run the live blocks with.

import { setImmediate } from 'node:timers/promises';
import { type NamedText, standIn } from '../course/checkRequest.ts';
import { ExerciseFolder, type ExerciseReader } from '../course/exerciseFiles.ts';
import { proveExercise } from '../course/proveExercise.ts';
import type { Runner } from '../course/runner.ts';
import { type CheckedCourse, checkCourse } from '../lessons/check.ts';
import { Course, type LessonFiles } from '../lessons/course.ts';
import { JoinedParts } from '../programs/joinedParts.ts';
import { describe, findProgram } from '../programs/registry.ts';
import { type RunEnvironment, SessionRun } from '../programs/run.ts';
import { Fault } from '../shared/errors.ts';
import type { ExerciseSummary } from '../shared/exercise.ts';
import type { RunReport } from '../shared/runnerMessages.ts';
import type { ParamValues, Trace } from '../shared/trace.ts';

/** Frames of a session that are looked at: a session may go on for long. */
const SESSION_FRAMES = 200;

/** Something is missing, or learners' code can't be run: no use to go on. */
const NO_FAULT_OF_A_LESSON: readonly string[] = ['not-found', 'worker-died'];

/** With how many of the exercises' typical wrong answers were proved. */
export interface CheckedLessons extends CheckedCourse {
  readonly mutants: number;
}

/**
 * @param only a lesson's id or number: no other is looked at
 * @throws Fault `not-found` when the folder of lessons is missing or has none in it, when there is no such lesson, or when
 * a vocabulary's data or the kernels are missing; `worker-died` when no process for learners' code can be started
 */
export async function checkLessons(
  files: LessonFiles & ExerciseReader,
  environment: RunEnvironment,
  runner: Pick<Runner, 'check' | 'run'>,
  only?: string,
): Promise<CheckedLessons> {
  let missing: Fault | undefined;
  const noting = async <T>(load: Promise<T>): Promise<T> => {
    try {
      return await load;
    } catch (error) {
      missing ??= error instanceof Fault && NO_FAULT_OF_A_LESSON.includes(error.code) ? error : undefined;
      throw error;
    }
  };
  const loadVocabulary: RunEnvironment['loadVocabulary'] = (name) => noting(environment.loadVocabulary(name));
  const loadTokenizer: RunEnvironment['loadTokenizer'] = (id) => noting(environment.loadTokenizer(id));
  const loadKernels: RunEnvironment['loadKernels'] = () => noting(environment.loadKernels());
  const models: RunEnvironment['models'] = {
    embedder: (id) => noting(environment.models.embedder(id)),
    pipeline: (task, id, text, options) => noting(environment.models.pipeline(task, id, text, options)),
    file: (id, name) => noting(environment.models.file(id, name)),
    wordVectors: () => noting(environment.models.wordVectors()),
  };
  /** Once no process could be started none is tried again: each try waits for long. */
  const running = async <T>(run: () => Promise<T>): Promise<T> => {
    if (missing?.code === 'worker-died') {
      throw missing;
    }
    return noting(run());
  };
  const guarded: Pick<Runner, 'check' | 'run'> = {
    check: (params, options) => running(() => runner.check(params, options)),
    run: (params, options) => running(() => runner.run(params, options)),
  };
  const own = { ...environment, loadVocabulary, loadTokenizer, loadKernels, models };
  let mutants = 0;
  const checked = await checkCourse(
    files,
    {
      describeProgram: (id) => describe(findProgram(id)),
      run: (program, params) => runSome(program, params, own),
      loadEncoding: loadTokenizer,
      prove: proverOf(files, guarded, (count) => {
        mutants += count;
      }),
      stopOf: async (code) => stopOf(await guarded.run({ entry: 'code.ts', files: { 'code.ts': code } })),
    },
    only,
  );
  if (missing !== undefined) {
    throw missing; // no lesson's fault
  }
  if (checked.lessons.length === 0 && checked.faults.length === 0) {
    throw new Fault('not-found', 'There are no lessons in the folder.', { remedy: 'Name the folder that holds them.' });
  }
  return { ...checked, mutants };
}

function stopOf({ diagnosis }: RunReport): string | undefined {
  return diagnosis === undefined
    ? undefined
    : `${diagnosis.message}${diagnosis.place === undefined ? '' : ` (its line ${diagnosis.place.line})`}`;
}

function proverOf(
  files: LessonFiles & ExerciseReader,
  runner: Pick<Runner, 'check'>,
  countMutants: (count: number) => void,
) {
  const folder = new ExerciseFolder(files);
  let known: Promise<ReadonlyMap<string, ExerciseSummary>> | undefined;
  const solutionsOf = async ({ uses }: ExerciseSummary): Promise<Readonly<Record<string, NamedText>>> => {
    known ??= new Course(files)
      .load()
      .then(
        ({ lessons }) => new Map(lessons.flatMap(({ exercises }) => exercises.map((one) => [one.id, one] as const))),
      );
    const solutions: Record<string, NamedText> = {};
    for (const id of uses) {
      const used = (await known).get(id);
      if (used === undefined) {
        throw new Fault('bad-input', `it uses the exercise "${id}", which doesn't exist.`);
      }
      Object.assign(solutions, await solutionsOf(used), { [id]: standIn(id, await folder.files(used)) });
    }
    return solutions;
  };
  return async (exercise: ExerciseSummary): Promise<readonly string[]> => {
    const own = await folder.files(exercise);
    countMutants(Object.keys(own.mutants).length);
    return proveExercise(runner, exercise, own, await solutionsOf(exercise));
  };
}

/** All frames of a finite program, and the first ones of a session. */
async function runSome(id: string, params: ParamValues, environment: RunEnvironment): Promise<Trace> {
  const program = findProgram(id);
  const run = SessionRun.start(program, params, environment);
  const parts = new JoinedParts();
  try {
    for (;;) {
      const part = await run.next(SESSION_FRAMES, 200);
      parts.add(part);
      if (part.done || (program.session && parts.frames.length >= SESSION_FRAMES)) {
        return parts.trace(id);
      }
      await setImmediate(); // an interrupt gets its turn
    }
  } finally {
    await run.stop();
  }
}
