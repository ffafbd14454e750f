// The entry of the view that asks the workspace.

import { boot } from '../boot.ts';
import { AskPage } from './askPage.ts';

await boot((host, api) => Object.assign(new AskPage(), { host, api }), { code: false });
