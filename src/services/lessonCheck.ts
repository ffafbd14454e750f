// `lessons check` with the real programs: gives the course's own checks what they run the live blocks with.

import { setImmediate } from 'node:timers/promises';
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
import type { ParamValues, Trace } from '../shared/trace.ts';

/** Frames of a session that are looked at: a session may go on for long. */
const SESSION_FRAMES = 200;

/**
 * @throws Fault `not-found` when the folder of lessons is missing or has none in it, or when a vocabulary's data or the
 * kernels are.
 */
export async function checkLessons(
  files: LessonFiles & ExerciseReader,
  environment: RunEnvironment,
  runner: Pick<Runner, 'check'>,
): Promise<CheckedCourse> {
  let missing: Fault | undefined;
  const noting = async <T>(load: Promise<T>): Promise<T> => {
    try {
      return await load;
    } catch (error) {
      missing ??= error instanceof Fault && error.code === 'not-found' ? error : undefined;
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
  };
  const own = { ...environment, loadVocabulary, loadTokenizer, loadKernels, models };
  const checked = await checkCourse(files, {
    describeProgram: (id) => describe(findProgram(id)),
    run: (program, params) => runSome(program, params, own),
    loadEncoding: loadTokenizer,
    prove: proverOf(files, runner),
  });
  if (missing !== undefined) {
    throw missing; // no lesson's fault
  }
  if (checked.lessons.length === 0 && checked.faults.length === 0) {
    throw new Fault('not-found', 'There are no lessons in the folder.', { remedy: 'Name the folder that holds them.' });
  }
  return checked;
}

/** Seeds with which each exercise is proved. */
const SEEDS = [1, 2, 3, 4, 5];

function proverOf(files: LessonFiles & ExerciseReader, runner: Pick<Runner, 'check'>) {
  const folder = new ExerciseFolder(files);
  let known: Promise<ReadonlyMap<string, ExerciseSummary>> | undefined;
  return async (exercise: ExerciseSummary): Promise<readonly string[]> => {
    known ??= new Course(files)
      .load()
      .then(
        ({ lessons }) => new Map(lessons.flatMap(({ exercises }) => exercises.map((one) => [one.id, one] as const))),
      );
    const solutions: Record<string, string> = {};
    for (const id of exercise.uses) {
      const used = (await known).get(id);
      if (used === undefined) {
        return [`it uses the exercise "${id}", which doesn't exist.`];
      }
      solutions[id] = (await folder.files(used)).solution;
    }
    return proveExercise(runner, exercise, await folder.files(exercise), solutions, SEEDS);
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
