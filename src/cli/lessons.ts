// `lessons check`: all that is wrong in the lessons, one line a fault.

import path from 'node:path';
import { Runner } from '../course/runner.ts';
import { kernelFolder } from '../services/kernels.ts';
import { checkLessons } from '../services/lessonCheck.ts';
import { lessonFolder } from '../services/lessonFolder.ts';
import { localModels } from '../services/models/localModels.ts';
import { forkRunner } from '../services/runner/forkRunner.ts';
import { tokenizerFolder } from '../services/tokenizerFolder.ts';
import { vocabularyFolder } from '../services/vocabularies.ts';
import { neverCancelled, systemClock, systemTimers } from '../shared/environment.ts';
import { nearest } from '../shared/nearest.ts';
import type { CliContext } from './commands.ts';
import { EXIT, UsageError } from './exit.ts';
import { installation } from './installation.ts';
import { atMostOne, readOptions } from './options.ts';
import { writeOutput } from './streams.ts';

export async function run(argv: readonly string[], { entry }: CliContext): Promise<number> {
  const { values, positionals } = readOptions('lessons', argv, {
    lesson: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [action, ...rest] = positionals;
  if (action !== 'check') {
    const hint = action !== undefined && nearest(action, ['check']) ? ' Did you mean check?' : '';
    throw new UsageError(
      action === undefined ? 'Write "lessons check".' : `There is no "lessons ${action}".${hint}`,
      'lessons',
    );
  }
  const folder = atMostOne('lessons', rest, 'folder');
  const own = await installation(entry);
  const lessonsFolder = folder === undefined ? own.lessons : path.resolve(folder);
  const loadVocabulary = vocabularyFolder(own.vocabularies);
  const tokenizers = tokenizerFolder(own.vocabularies, loadVocabulary);
  const runner = new Runner({ start: () => forkRunner(own.runner), timers: systemTimers, clock: systemClock });
  const { lessons, faults, mutants } = await checkLessons(
    lessonFolder(lessonsFolder, own.sources),
    {
      signal: neverCancelled,
      seed: 1,
      clock: systemClock,
      loadVocabulary,
      loadTokenizer: (id) => tokenizers.get(id),
      loadKernels: kernelFolder(own.kernels),
      models: localModels(own.models, (id) => tokenizers.get(id)),
    },
    runner,
    values.lesson as string | undefined,
  ).finally(() => runner.dispose());
  const exercises = lessons.flatMap((lesson) => lesson.exercises);
  if (values.json) {
    const listed = lessons.map(({ id, number, title, exercises }) => ({
      id,
      number,
      title,
      exercises: exercises.map((exercise) => exercise.id),
    }));
    await writeOutput([`${JSON.stringify({ lessons: listed, mutants, faults })}\n`]);
  } else {
    const proved = `${exercises.length} exercises and ${mutants} mutants proved`;
    const counted = `${lessons.length} lessons read, ${proved}, ${faults.length} faults`;
    await writeOutput([...faults.map(({ file, line, reason }) => `${file}:${line}: ${reason}\n`)]);
    process.stderr.write(`${counted}\n`);
  }
  return faults.length === 0 ? EXIT.done : EXIT.fault;
}
