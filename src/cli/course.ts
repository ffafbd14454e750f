// `course check`: the learner's exercises, checked as the editor checks them and told in the same words.

import path from 'node:path';
import { CourseChecker, type LearnerFiles } from '../course/courseChecker.ts';
import { exercisePath } from '../course/courseContents.ts';
import { ExerciseFolder } from '../course/exerciseFiles.ts';
import { Runner } from '../course/runner.ts';
import { Course } from '../lessons/course.ts';
import { learnerFolder } from '../services/learnerFolder.ts';
import { lessonFolder } from '../services/lessonFolder.ts';
import { forkRunner } from '../services/runner/forkRunner.ts';
import { systemClock, systemTimers } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { Diagnosis, ExerciseSummary } from '../shared/exercise.ts';
import { nearest } from '../shared/nearest.ts';
import { harmless } from './askText.ts';
import type { CliContext } from './commands.ts';
import { EXIT, UsageError } from './exit.ts';
import { installation } from './installation.ts';
import { readOptions } from './options.ts';
import { writeOutput } from './streams.ts';

/** How one exercise stands. */
interface Checked {
  readonly exercise: string;
  readonly lesson: string;
  /** In the course folder. */
  readonly path: string;
  /** `untouched`: the starter still; `away`: there is no such file. */
  readonly state: 'passed' | 'failed' | 'untouched' | 'away';
  readonly diagnosis?: Diagnosis;
  /** Exercises whose reference stood in for the learner's. */
  readonly standIns: readonly string[];
  readonly milliseconds?: number;
}

export async function run(argv: readonly string[], { entry }: CliContext): Promise<number> {
  const { values, positionals } = readOptions('course', argv, {
    exercise: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [action, directory, more] = positionals;
  if (action !== 'check' || directory === undefined || more !== undefined) {
    throw new UsageError(usage(action, directory, more), 'course');
  }
  const own = await installation(entry);
  const lessons = lessonFolder(own.lessons, own.sources);
  const summaries = (await new Course(lessons).load()).lessons.flatMap(({ exercises }) => exercises);
  const wanted = choose(summaries, values.exercise as string | undefined);
  const learner = await learnerFolder(path.resolve(directory));
  const exercises = new ExerciseFolder(lessons);
  const runner = new Runner({ start: () => forkRunner(own.runner), timers: systemTimers, clock: systemClock });
  const checker = new CourseChecker({ runner, exercises, summaries: async () => summaries, learner });
  const all: Checked[] = [];
  try {
    for (const exercise of wanted) {
      const checked = await check(exercise, checker, exercises, learner);
      all.push(checked);
      if (!values.json) {
        await writeOutput([told(checked)]);
      }
    }
  } finally {
    runner.dispose();
  }
  const count = (state: Checked['state']) => all.filter((checked) => checked.state === state).length;
  const [passed, failed] = [count('passed'), count('failed')];
  if (values.json) {
    await writeOutput([`${JSON.stringify({ exercises: all, passed, failed })}\n`]);
  } else {
    process.stderr.write(`${passed} pass, ${failed} fail, ${all.length - passed - failed} not written yet\n`);
  }
  const done = values.exercise === undefined ? failed === 0 : passed === all.length;
  return done ? EXIT.done : EXIT.fault;
}

function usage(action: string | undefined, directory: string | undefined, more: string | undefined): string {
  if (action !== 'check') {
    const hint = action !== undefined && nearest(action, ['check']) ? ' Did you mean check?' : '';
    return action === undefined ? 'Write "course check DIR".' : `There is no "course ${action}".${hint}`;
  }
  return directory === undefined ? 'Which course folder?' : `One folder at a time: "${more}" is one too many.`;
}

/** @throws Fault `bad-params` naming the nearest */
function choose(summaries: readonly ExerciseSummary[], id: string | undefined): readonly ExerciseSummary[] {
  const wanted = summaries.filter((exercise) => id === undefined || exercise.id === id);
  if (id !== undefined && wanted.length === 0) {
    const known = summaries.map((exercise) => exercise.id);
    const meant = nearest(id, known);
    throw new Fault('bad-params', `There is no exercise "${id}".`, {
      where: id,
      remedy: meant === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${meant}?`,
    });
  }
  return wanted;
}

async function check(
  exercise: ExerciseSummary,
  checker: CourseChecker,
  exercises: ExerciseFolder,
  learner: LearnerFiles,
): Promise<Checked> {
  const at = await exercisePath(exercises, exercise);
  const about = { exercise: exercise.id, lesson: exercise.lesson, path: at };
  const text = await learner.read(at);
  if (text === undefined || text === (await exercises.files(exercise)).starter) {
    return { ...about, state: text === undefined ? 'away' : 'untouched', standIns: [] };
  }
  const { report, standIns } = await checker.check(exercise.id);
  const { diagnosis, milliseconds } = report;
  const state = diagnosis === undefined ? 'passed' : diagnosis.kind === 'untouched' ? 'untouched' : 'failed';
  return { ...about, state, ...(diagnosis !== undefined && { diagnosis }), standIns, milliseconds };
}

const STATES = {
  passed: 'It passes.',
  failed: 'It does not pass.',
  untouched: 'Not written yet.',
  away: 'The file is not there.',
} as const;

/** One line; of one that fails, what the editor shows below it. */
function told({ exercise, path: at, state, diagnosis, standIns }: Checked): string {
  const borrowed =
    standIns.length === 0
      ? ''
      : ` (the course’s own solution stood in for yours, which doesn’t pass yet: ${standIns.join(', ')})`;
  if (state !== 'failed' || diagnosis === undefined) {
    return `${at}: ${exercise}: ${STATES[state]}${borrowed}\n`;
  }
  const { message, place, input = [], expected, actual, at: where } = diagnosis;
  const start = place === undefined ? at : `${place.file}:${place.line}:${place.column}`;
  const details = [
    ...input.map(({ name, text }) => ['with', `${name} = ${text}`]),
    ...(expected === undefined ? [] : [['expected', expected]]),
    ...(actual === undefined ? [] : [['yours', actual]]),
    ...(where === undefined ? [] : [['first difference at', where]]),
  ];
  const lines = [
    `${start}: ${exercise}: ${message}${borrowed}`,
    ...details.map(([what, text]) => `  ${what}: ${text}`),
  ];
  return `${lines.map((line) => harmless(line)).join('\n')}\n`;
}
