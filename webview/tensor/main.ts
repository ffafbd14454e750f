// The tensor view's entry.

import { boot } from '../boot.ts';
import { answerTakeAway } from '../elements/takeOut.ts';
import { TensorPageElement } from './tensorPage.ts';

await boot(
  (host, api) => {
    const page = Object.assign(new TensorPageElement(), { host, api });
    answerTakeAway(page, host);
    return page;
  },
  { code: false },
);
