// The training view's entry.

import { boot } from '../boot.ts';
import { TrainingPage } from './trainingPage.ts';

await boot((host, api) => Object.assign(new TrainingPage(), { host, api }), { code: false });
