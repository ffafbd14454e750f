// The lesson view's entry.

import { boot } from '../boot.ts';
import { answerTakeAway } from '../elements/takeOut.ts';
import { LessonPageElement } from './lessonPage.ts';

await boot(
  (host, api) => {
    const page = Object.assign(new LessonPageElement(), { host, api });
    answerTakeAway(page, host);
    return page;
  },
  { code: true },
);
