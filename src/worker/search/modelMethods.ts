// The search worker's methods about real models: which there are, fetching and removing them.

import type { RealModels } from '../../services/models/realModels.ts';
import { describeModel, fetchModel, listModels, removeModel } from '../../shared/modelMessages.ts';
import type { On } from '../methods.ts';

/** @param changed called when a model has come or gone */
export function addModelMethods(on: On, models: () => Promise<RealModels>, changed: () => void): void {
  on(listModels, async () => (await models()).models());
  on(describeModel, async ({ model }, { signal }) => (await models()).describe(model, { signal }));
  on(fetchModel, async ({ model, revision }, { signal, onProgress }) => {
    await (await models()).fetch(model, { signal, onProgress, ...(revision !== undefined && { revision }) });
    changed();
    return null;
  });
  on(removeModel, async ({ model }) => {
    await (await models()).remove(model);
    changed();
    return null;
  });
}
