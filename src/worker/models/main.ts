// Entry of dist/models.mjs: what runs real models, loaded by src/services/models/load.ts when the first is wanted.

import type { RealModels, RealModelsOptions } from '../../services/models/realModels.ts';
import { LoadedModels } from './loadedModels.ts';

export function createRealModels(options: RealModelsOptions): RealModels {
  return new LoadedModels(options);
}

/** For benchmarks: what ours are compared with. */
export { runtime } from './runtime.ts';
