// Entry of the tokens panel.

import { boot } from '../boot.ts';
import { TokensApp } from './app.ts';

await boot((host, api) => new TokensApp(host, api), { code: false });
