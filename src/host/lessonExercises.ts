// What a lesson's page may ask about exercises and its runnable code, and what it is told of them.

import { DisposableStore } from '../shared/disposable.ts';
import { Fault } from '../shared/errors.ts';
import type { CodePlace } from '../shared/exercise.ts';
import { actOnExercise, loadStandings, runBlock, standingChanged } from '../shared/exerciseMessages.ts';
import type { Lesson } from '../shared/lesson.ts';
import type { z } from '../shared/schema.ts';
import type { ExercisesFeature } from './exercisesFeature.ts';
import { showFault } from './faults.ts';
import type { HostServices } from './services.ts';
import { type Handler, handle, type WebviewConnection } from './webviewConnection.ts';

export interface LessonExercisesParts {
  readonly services: HostServices;
  /** Loads them. */
  readonly exercises: () => Promise<ExercisesFeature>;
  /** The lesson that the page shows. */
  readonly lesson: () => Promise<Lesson>;
  /** The page, as it is now. */
  readonly page: () => Pick<WebviewConnection, 'notify'> | undefined;
}

export class LessonExercises {
  private readonly parts: LessonExercisesParts;
  private readonly store = new DisposableStore();
  private following = false;

  constructor(parts: LessonExercisesParts) {
    this.parts = parts;
  }

  handlers(): Handler[] {
    const { services, lesson } = this.parts;
    return [
      handle(loadStandings, async () => {
        const { exercises } = await this.feature();
        await exercises.ready();
        return exercises.standings((await lesson()).id);
      }),
      handle(actOnExercise, async ({ exercise, act, place }) => {
        const feature = await this.feature();
        await feature.exercises.ready();
        if (!(await lesson()).exercises.some(({ id }) => id === exercise)) {
          throw new Fault('refused', `The lesson has no exercise "${exercise}".`);
        }
        if (act === 'check' || act === 'step') {
          feature.needTrust();
        }
        try {
          await actIn(feature, exercise, act, place);
        } catch (error) {
          void showFault(services, error);
        }
        return null;
      }),
      handle(runBlock, async ({ block, code }, { token }) => {
        const shown = await lesson();
        const blocks = shown.sections.flatMap(({ content }) => content);
        if (!blocks.some((one) => one.type === 'run' && one.id === block)) {
          throw new Fault('refused', `The lesson has no code "${block}" to run.`);
        }
        return (await this.feature()).run(block, code, token);
      }),
    ];
  }

  dispose(): void {
    this.store.dispose();
  }

  private async feature(): Promise<ExercisesFeature> {
    const feature = await this.parts.exercises();
    if (!this.following) {
      this.following = true;
      // All of them: which lesson is shown may change, and a page passes over what isn't its own.
      this.store.add(
        feature.exercises.onDidChange((ids) => {
          for (const id of ids) {
            const standing = feature.exercises.standing(id);
            if (standing !== undefined) {
              this.parts.page()?.notify(standingChanged, { standing });
            }
          }
        }),
      );
    }
    return feature;
  }
}

async function actIn(
  { actions, exercises, resetting }: ExercisesFeature,
  id: string,
  act: z.infer<typeof actOnExercise.params>['act'],
  place: CodePlace | undefined,
): Promise<void> {
  switch (act) {
    case 'open':
      await actions.open(id, place);
      break;
    case 'check':
      await actions.check(id);
      break;
    case 'cancel':
      exercises.cancel(id);
      break;
    case 'hint':
      await actions.hint(id, false);
      break;
    case 'step':
      await actions.step(id);
      break;
    case 'compare':
      await actions.compare(id);
      break;
    case 'solution':
      await actions.solution(id);
      break;
    case 'blank':
      await actions.blank(id);
      break;
    case 'reset':
      await resetting.reset([id]);
      break;
    case 'park':
    case 'unpark':
      await actions.park(id, act === 'park');
      break;
  }
}
