// Checks the learner's answers where they stand: in the course folder, or in an editor that isn't saved. An exercise that
// is built on others gets the learner's own where they pass, and the reference's where they don't, and says which.

import { Fault } from '../shared/errors.ts';
import type { CaseName, CheckReport, ExerciseSummary } from '../shared/exercise.ts';
import type { CancelToken } from '../shared/messages.ts';
import { MOST_SOURCE, type TracedAnswer } from '../shared/runnerMessages.ts';
import { besideOf } from './beside.ts';
import { checkRequest, type NamedText, standIn } from './checkRequest.ts';
import { exercisePath } from './courseContents.ts';
import type { ExerciseFolder } from './exerciseFiles.ts';
import type { Runner } from './runner.ts';

/** The learner's files, as they are in the editor now. Paths are in the course folder, with `/`. */
export interface LearnerFiles {
  /** Undefined where there is none. */
  read(path: string): Promise<string | undefined>;
}

/** A check, and what stood in for what. */
export interface CheckedAnswer {
  readonly report: CheckReport;
  /** Exercises whose reference stood in, because the learner's own doesn't pass. */
  readonly standIns: readonly string[];
  /** Of the learner's file. */
  readonly path: string;
  /** The text that was checked. */
  readonly text: string;
}

export interface CourseCheckerOptions {
  readonly runner: Pick<Runner, 'check' | 'trace'>;
  readonly exercises: ExerciseFolder;
  readonly summaries: () => Promise<readonly ExerciseSummary[]>;
  readonly learner: LearnerFiles;
}

interface CheckOptions {
  readonly token?: CancelToken;
  readonly seed?: number;
}

export class CourseChecker {
  private readonly options: CourseCheckerOptions;
  /** By exercise: the text checked last, and whether it passed. It is not checked again to be built on. */
  private readonly last = new Map<string, { readonly text: string; readonly passed: boolean }>();

  constructor(options: CourseCheckerOptions) {
    this.options = options;
  }

  /** @throws Fault `not-found` for an exercise or a file that isn't there, `too-large`, `cancelled`, `worker-died` */
  async check(id: string, { token, seed = 1 }: CheckOptions = {}): Promise<CheckedAnswer> {
    const { request, standIns, path, text } = await this.request(id, seed, token);
    const report = await this.options.runner.check(request, token === undefined ? {} : { token });
    this.last.set(id, { text, passed: report.passed });
    return { report, standIns, path, text };
  }

  /** The learner's run beside the reference's. @throws Fault as {@link check} */
  async trace(
    id: string,
    caseName: CaseName | undefined,
    { token, seed = 1 }: CheckOptions = {},
  ): Promise<TracedAnswer> {
    const { request } = await this.request(id, seed, token);
    return this.options.runner.trace(
      { ...request, ...(caseName !== undefined && { caseName }) },
      token === undefined ? {} : { token },
    );
  }

  private async request(id: string, seed: number, token: CancelToken | undefined) {
    const { exercise, path, text } = await this.answer(id);
    const { uses, standIns } = await this.usesOf(exercise, token);
    const own = await this.options.exercises.files(exercise);
    const answer = { path, text };
    const beside = await besideOf([answer, ...Object.values(uses)], this.options.learner);
    return { request: checkRequest({ exercise, own, answer, uses, beside, seed }), standIns, path, text };
  }

  private async answer(id: string) {
    const exercise = await this.find(id);
    const path = await exercisePath(this.options.exercises, exercise);
    const text = await this.options.learner.read(path);
    if (text === undefined) {
      throw new Fault('not-found', `The file ${path} is not in the course folder any more.`, {
        where: path,
        remedy: 'Reset the exercise to have it back.',
      });
    }
    if (text.length > MOST_SOURCE) {
      throw new Fault('too-large', `${path} has more than ${MOST_SOURCE / 1024} KB.`, {
        where: path,
        remedy: 'Take out what the answer does not need.',
      });
    }
    return { exercise, path, text };
  }

  private async find(id: string): Promise<ExerciseSummary> {
    const summaries = await this.options.summaries();
    const exercise = summaries.find((candidate) => candidate.id === id);
    if (exercise === undefined) {
      throw new Fault('not-found', `There is no exercise "${id}".`, {
        where: id,
        remedy: `There are ${summaries.map((candidate) => candidate.id).join(', ')}.`,
      });
    }
    return exercise;
  }

  private async usesOf(exercise: ExerciseSummary, token: CancelToken | undefined) {
    const uses: Record<string, NamedText> = {};
    const standIns: string[] = [];
    const add = async (id: string): Promise<void> => {
      if (Object.hasOwn(uses, id)) {
        return;
      }
      const used = await this.find(id);
      const path = await exercisePath(this.options.exercises, used);
      const text = await this.options.learner.read(path);
      if (text !== undefined && (await this.passes(id, text, token))) {
        uses[id] = { path, text };
      } else {
        uses[id] = standIn(id, await this.options.exercises.files(used));
        standIns.push(id);
      }
      for (const further of used.uses) {
        await add(further);
      }
    };
    for (const id of exercise.uses) {
      await add(id);
    }
    return { uses, standIns };
  }

  private async passes(id: string, text: string, token: CancelToken | undefined): Promise<boolean> {
    const last = this.last.get(id);
    return last?.text === text
      ? last.passed
      : (await this.check(id, token === undefined ? {} : { token })).report.passed;
  }
}
