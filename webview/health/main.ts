// The index health view's entry.

import { boot } from '../boot.ts';
import { HealthPage } from './healthPage.ts';

await boot((host, api) => Object.assign(new HealthPage(), { host, api }), { code: false });
