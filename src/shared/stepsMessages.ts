// What the page that steps through a learner's code asks of the host.

import { method, type Notice } from './messages.ts';
import type { TracedAnswer } from './runnerMessages.ts';
import { z } from './schema.ts';

/** A learner's run beside the reference's, with what it is a run of. */
export interface ShownSteps {
  readonly title: string;
  readonly answer: TracedAnswer;
}

/** Null where there is none: the window was loaded again since. */
export const loadSteps = method<ShownSteps | null>()('steps.load', z.strictObject({}));

/** Host -> page: there is another run to show. */
export const stepsChanged: Notice<Record<string, never>> = { name: 'steps.changed', params: z.strictObject({}) };
