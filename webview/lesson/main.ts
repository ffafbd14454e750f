// The lesson view's entry.

import { boot } from '../boot.ts';
import { LessonPageElement } from './lessonPage.ts';

await boot((host, api) => Object.assign(new LessonPageElement(), { host, api }), { code: true });
