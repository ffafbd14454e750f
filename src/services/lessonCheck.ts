// `lessons check` with the real programs: gives the course's own checks what they run the live blocks with.

import { setImmediate } from 'node:timers/promises';
import { type CheckedCourse, checkCourse } from '../lessons/check.ts';
import type { LessonFiles } from '../lessons/course.ts';
import { JoinedParts } from '../programs/joinedParts.ts';
import { describe, findProgram } from '../programs/registry.ts';
import { type RunEnvironment, SessionRun } from '../programs/run.ts';
import { Fault } from '../shared/errors.ts';
import type { ParamValues, Trace } from '../shared/trace.ts';

/** Frames of a session that are looked at: a session may go on for long. */
const SESSION_FRAMES = 200;

/**
 * @throws Fault `not-found` when the folder of lessons is missing or has none in it, or when a vocabulary's data or the
 * kernels are.
 */
export async function checkLessons(files: LessonFiles, environment: RunEnvironment): Promise<CheckedCourse> {
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
  });
  if (missing !== undefined) {
    throw missing; // no lesson's fault
  }
  if (checked.lessons.length === 0 && checked.faults.length === 0) {
    throw new Fault('not-found', 'There are no lessons in the folder.', { remedy: 'Name the folder that holds them.' });
  }
  return checked;
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
