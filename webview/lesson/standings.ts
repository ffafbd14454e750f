// Where the lesson's exercises stand, as the host says it: asked for once, and then told.

import { asFault, type Fault } from '../../src/shared/errors.ts';
import { type ExerciseStanding, loadStandings, standingChanged } from '../../src/shared/exerciseMessages.ts';
import type { Lesson } from '../../src/shared/lesson.ts';
import type { Host } from '../host.ts';

export class Standings {
  /** Why they can't be had. */
  fault: Fault | undefined;
  private readonly host: Host;
  private readonly changed: () => void;
  private readonly known = new Map<string, ExerciseStanding>();

  /** @param changed called whenever something here changed */
  constructor(host: Host, changed: () => void) {
    this.host = host;
    this.changed = changed;
    host.onNotice(standingChanged, ({ standing }) => {
      this.known.set(standing.id, standing);
      changed();
    });
  }

  /** Asks for all of them (again); of a lesson without exercises there are none to ask for. */
  async load(lesson: Lesson): Promise<void> {
    const blocks = lesson.sections.flatMap(({ content }) => content);
    if (!blocks.some(({ type }) => type === 'exercise')) {
      return;
    }
    try {
      const standings = await this.host.request(loadStandings, {});
      this.fault = undefined;
      for (const standing of standings) {
        this.known.set(standing.id, standing);
      }
    } catch (error) {
      this.fault = asFault(error);
    }
    this.changed();
  }

  of(exercise: string): ExerciseStanding | undefined {
    return this.known.get(exercise);
  }
}
