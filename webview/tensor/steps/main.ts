// The entry of the page that steps through a learner's code.

import { boot } from '../../boot.ts';
import { answerTakeAway } from '../../elements/takeOut.ts';
import { StepsPageElement } from './stepsPage.ts';

await boot(
  (host, api) => {
    const page = Object.assign(new StepsPageElement(), { host, api });
    answerTakeAway(page, host);
    return page;
  },
  { code: false },
);
