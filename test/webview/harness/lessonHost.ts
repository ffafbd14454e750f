// The host's answers for a lesson view, without an editor: a real course from a folder, progress in memory, and a record
// of what the page asked to have opened.

import { inRoot } from '../../../src/build/paths.ts';
import { type Handler, handle } from '../../../src/host/webviewConnection.ts';
import { codeColors } from '../../../src/lessons/codeColors.ts';
import { Course } from '../../../src/lessons/course.ts';
import { lessonFolder } from '../../../src/services/lessonFolder.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { actOnExercise, type ExerciseStanding, loadStandings, runBlock } from '../../../src/shared/exerciseMessages.ts';
import {
  inspectText,
  type LessonPage,
  loadLesson,
  loadStrings,
  loadTheme,
  openComputation,
  openLesson,
  openLink,
  openSource,
  reachGoal,
} from '../../../src/shared/messages.ts';
import { type ChosenText, chooseText } from '../../../src/shared/textMessages.ts';
import type { ThemeName } from './themes.ts';

export interface LessonHostOptions {
  readonly id: string;
  /** Folder of lessons, from the repository's root. */
  readonly folder?: string;
  readonly theme?: ThemeName;
  readonly strings?: Readonly<Record<string, string>>;
}

export class LessonHost {
  readonly handlers: readonly Handler[];
  /**
   * What was asked to be opened: `lesson:id`, `source:file#line`, `link:url`, `inspect:text`,
   * `computation:program params`; and of an exercise `act:what exercise`.
   */
  readonly opened: string[] = [];
  readonly reached = new Set<string>();
  /** Set to make the lesson fail to load, or a goal to be kept. */
  loadFault: Fault | undefined;
  goalFault: Fault | undefined;
  /** What the learner chooses when the page asks for a text; null: they leave it. */
  chosen: ChosenText | Fault | null = null;

  constructor({ id, folder = 'lessons', theme = 'dark', strings = {} }: LessonHostOptions) {
    const course = new Course(lessonFolder(inRoot(folder), inRoot('.')));
    const record = (what: string) => {
      this.opened.push(what);
      return null;
    };
    this.handlers = [
      handle(loadStrings, () => strings),
      handle(loadTheme, () => ({ css: codeColors(theme, undefined) })),
      handle(loadLesson, async () => {
        if (this.loadFault !== undefined) {
          throw this.loadFault;
        }
        return this.page(course, id);
      }),
      handle(reachGoal, ({ block }) => {
        if (this.goalFault !== undefined) {
          throw this.goalFault;
        }
        this.reached.add(block);
        return [...this.reached];
      }),
      handle(openLesson, ({ lesson }) => record(`lesson:${lesson}`)),
      handle(openComputation, ({ program, params }) => record(`computation:${program} ${JSON.stringify(params)}`)),
      handle(openSource, ({ file, line }) => record(`source:${file}#${line}`)),
      handle(openLink, ({ url }) => record(`link:${url}`)),
      handle(inspectText, ({ text }) => record(`inspect:${text}`)),
      handle(chooseText, ({ most }) => {
        record(`choose:${most}`);
        if (this.chosen instanceof Fault) {
          throw this.chosen;
        }
        return this.chosen;
      }),
      handle(loadStandings, async () => {
        const { sections } = await course.lesson(id);
        return sections
          .flatMap(({ content }) => content)
          .flatMap((block) => (block.type === 'exercise' ? [standingAway(block.exercise.id)] : []));
      }),
      handle(actOnExercise, ({ exercise, act }) => record(`act:${act} ${exercise}`)),
      handle(runBlock, () => {
        throw new Fault('refused', 'Code runs in a workspace that you trust only.');
      }),
    ];
  }

  private async page(course: Course, id: string): Promise<LessonPage> {
    const { lessons } = await course.load();
    const at = lessons.findIndex((lesson) => lesson.id === id);
    if (at < 0) {
      throw new Fault('not-found', `There is no lesson "${id}".`);
    }
    const [previous, next] = [lessons[at - 1], lessons[at + 1]];
    return {
      lesson: await course.lesson(id),
      ...(previous !== undefined && { previous }),
      ...(next !== undefined && { next }),
      reached: [...this.reached],
    };
  }
}

/** Of an exercise that was never opened. */
export function standingAway(id: string): ExerciseStanding {
  return { id, state: 'away', hints: 0, failed: 0, solutionSeen: false, checking: false, standIns: [] };
}
