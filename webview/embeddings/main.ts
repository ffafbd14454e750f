// The embedding inspector's entry.

import { boot } from '../boot.ts';
import { EmbeddingsPage } from './embeddingsPage.ts';

await boot((host, api) => Object.assign(new EmbeddingsPage(), { host, api }), { code: false });
