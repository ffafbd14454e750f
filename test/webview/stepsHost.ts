// The host's answers for the page that steps through a learner's code: what the test sets.

import { type Handler, handle } from '../../src/host/webviewConnection.ts';
import { loadStrings, openSource } from '../../src/shared/messages.ts';
import { loadSteps, type ShownSteps } from '../../src/shared/stepsMessages.ts';

export class StepsHost {
  readonly handlers: readonly Handler[];
  readonly opened: string[] = [];
  shown: ShownSteps | null;

  constructor(shown: ShownSteps | null) {
    this.shown = shown;
    this.handlers = [
      handle(loadStrings, () => ({})),
      handle(loadSteps, () => this.shown),
      handle(openSource, ({ file, line }) => {
        this.opened.push(`${file}#${line}`);
        return null;
      }),
    ];
  }
}
