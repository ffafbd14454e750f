// The host's answers for a lesson with exercises, without an editor: what the learner wrote is set by the test, and is
// checked and run by the real process.

import { inRoot } from '../../src/build/paths.ts';
import { checkRequest } from '../../src/course/checkRequest.ts';
import { type ExerciseFiles, ExerciseFolder } from '../../src/course/exerciseFiles.ts';
import type { Runner } from '../../src/course/runner.ts';
import { type Handler, handle } from '../../src/host/webviewConnection.ts';
import { lessonFolder } from '../../src/services/lessonFolder.ts';
import type { Fault } from '../../src/shared/errors.ts';
import type { CheckReport, CodePlace } from '../../src/shared/exercise.ts';
import { actOnExercise, type ExerciseStanding, loadStandings, runBlock } from '../../src/shared/exerciseMessages.ts';
import type { TracedAnswer } from '../../src/shared/runnerMessages.ts';
import { LessonHost, standingAway } from './harness/lessonHost.ts';
import type { ThemeName } from './harness/themes.ts';

const FOLDER = 'test/fixtures/exercises';
const folder = new ExerciseFolder(lessonFolder(inRoot(FOLDER), inRoot('.')));

export const filesOf = (id: string): Promise<ExerciseFiles> => folder.files({ lesson: 'shares', id });

const requestFor = async (id: string, text: string) =>
  checkRequest({
    exercise: { id, exports: [id] },
    own: await filesOf(id),
    answer: { path: `01-shares/${id}.ts`, text },
    seed: 1,
  });

/** What checking a text as the answer comes to. */
export async function reportOf(runner: Runner, id: string, text: string): Promise<CheckReport> {
  return runner.check(await requestFor(id, text), { limitMs: 20_000 });
}

/** A text's run beside the reference's. */
export async function tracedAnswer(runner: Runner, id: string, text: string): Promise<TracedAnswer> {
  return runner.trace(await requestFor(id, text), { limitMs: 20_000 });
}

export class ExerciseHost {
  readonly lesson: LessonHost;
  readonly handlers: readonly Handler[];
  /** `check shares`, in order; a place is named behind it. */
  readonly acts: string[] = [];
  /** Set: an act fails with it. */
  actFault: Fault | undefined;
  /** Set: code isn't run. */
  runFault: Fault | undefined;
  private readonly standings = new Map<string, ExerciseStanding>();

  constructor(runner: Runner, theme: ThemeName = 'dark') {
    this.lesson = new LessonHost({ id: 'shares', folder: FOLDER, theme });
    for (const id of ['shares', 'rescale']) {
      this.standings.set(id, standingAway(id));
    }
    this.handlers = [
      ...this.lesson.handlers,
      handle(loadStandings, () => [...this.standings.values()]),
      handle(actOnExercise, ({ exercise, act, place }) => {
        if (this.actFault !== undefined) {
          throw this.actFault;
        }
        this.acts.push(`${act} ${exercise}${place === undefined ? '' : ` ${written(place)}`}`);
        return null;
      }),
      handle(runBlock, ({ code }, { token }) => {
        if (this.runFault !== undefined) {
          throw this.runFault;
        }
        return runner.run({ entry: 'block.ts', files: { 'block.ts': code } }, { token });
      }),
    ];
  }

  /** Changes where an exercise stands. @returns what to tell the page */
  stand(id: string, change: Partial<ExerciseStanding>): { readonly standing: ExerciseStanding } {
    const standing = { ...(this.standings.get(id) as ExerciseStanding), ...change };
    this.standings.set(id, standing);
    return { standing };
  }
}

function written({ file, line, column }: CodePlace): string {
  return `${file}:${line}:${column}`;
}
