// What a learner waits for: the process that runs their code, the first check after saving, one that is warm, and the end
// of a loop and of a list without end. Each beside what the design promises.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { bundleAll } from '../../src/build/bundle.ts';
import { lessIsBetter, type Measure, median } from '../../src/build/measurement.ts';
import { inRoot } from '../../src/build/paths.ts';
import { checkRequest, standIn } from '../../src/course/checkRequest.ts';
import { ExerciseFolder } from '../../src/course/exerciseFiles.ts';
import { CHECK_MS, Runner } from '../../src/course/runner.ts';
import { Course } from '../../src/lessons/course.ts';
import { lessonFolder } from '../../src/services/lessonFolder.ts';
import { forkRunner } from '../../src/services/runner/forkRunner.ts';
import { systemClock, systemTimers } from '../../src/shared/environment.ts';

const ROUNDS = 7;
/** Promised, in ms. */
const START = 150;
const FIRST = 2000;
const WARM = 300;

const GREEDY = 'const list: unknown[] = []; for (;;) list.push(new Array(100_000).fill(1));';

const start = () => forkRunner(inRoot('dist/runner.mjs'));
const newRunner = () => new Runner({ start, timers: systemTimers, clock: systemClock });

export const measure: Measure = async (report) => {
  await bundleAll();
  const reader = lessonFolder(inRoot('lessons'), inRoot('.'));
  const folder = new ExerciseFolder(reader);
  const summaries = (await new Course(reader).load()).lessons.flatMap(({ exercises }) => exercises);
  const requests = await Promise.all(
    summaries.map(async (exercise) => {
      const own = await folder.files(exercise);
      const used = summaries.filter(({ id }) => exercise.uses.includes(id));
      const uses = Object.fromEntries(
        await Promise.all(used.map(async (one) => [one.id, standIn(one.id, await folder.files(one))] as const)),
      );
      return (text: string) =>
        checkRequest({ exercise, own, answer: { path: `mine/${exercise.id}.ts`, text }, uses, seed: 1 });
    }),
  );
  const solutions = await Promise.all(summaries.map(async (exercise) => (await folder.files(exercise)).solution));
  const [first] = requests.map((request, i) => request(solutions[i] as string));
  if (first === undefined) {
    throw new Error('The course has no exercises.');
  }

  const ready = await repeated(readyOnce);
  report(lessIsBetter('the process is ready', ready, 'ms', 'goal', START));
  report(lessIsBetter('  median', ready, 'ms', 'a Node that does nothing', await repeated(nothing)));
  const cold = await repeated(async () => {
    const runner = newRunner();
    await runner.check(first);
    runner.dispose();
  });
  report(lessIsBetter('first check, its process included', cold, 'ms', 'goal', FIRST));

  const runner = newRunner();
  try {
    await runner.check(first);
    const times: number[] = [];
    for (const [i, request] of requests.entries()) {
      times.push(await timed(() => runner.check(request(solutions[i] as string))));
    }
    report(lessIsBetter(`warm check of a right answer, ${times.length} exercises`, median(times), 'ms', 'goal', WARM));
    report(lessIsBetter('  the slowest', Math.max(...times), 'ms', 'goal', WARM));
    const endless = { ...first, files: { ...first.files, [first.entry]: 'for (;;) {}' } };
    report(
      lessIsBetter('a loop without end is ended', await timed(() => runner.check(endless)), 'ms', 'goal', CHECK_MS),
    );
    report(lessIsBetter('  the check after it', await timed(() => runner.check(first)), 'ms', 'goal', FIRST));
    const greedy = { ...endless, files: { ...endless.files, [first.entry]: GREEDY } };
    const ended = await timed(async () => {
      const { diagnosis } = await runner.check(greedy);
      if (diagnosis?.kind !== 'memory') {
        throw new Error(`A list without end is told as "${diagnosis?.kind}".`);
      }
    });
    report(lessIsBetter('a list without end is ended', ended, 'ms', 'goal', CHECK_MS));
    report(lessIsBetter('  the check after it', await timed(() => runner.check(first)), 'ms', 'goal', FIRST));
  } finally {
    runner.dispose();
  }
};

async function readyOnce(): Promise<void> {
  const { connection, exited, kill } = start();
  await new Promise<void>((resolve) => {
    connection.onNotification('ready', () => resolve());
  });
  kill();
  await exited;
}

async function nothing(): Promise<void> {
  await once(spawn(process.execPath, ['--eval', '']), 'exit');
}

async function repeated(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    times.push(await timed(work));
  }
  return median(times);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = systemClock.elapsed();
  await work();
  return systemClock.elapsed() - begun;
}
