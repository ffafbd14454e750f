// Loads what runs real models, when the first is wanted. It is a bundle of its own (src/worker/models), as it is large
// and most sessions need none of it; nothing else imports a module by a computed address.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Fault } from '../../shared/errors.ts';
import type { RealModels, RealModelsOptions } from './realModels.ts';

export interface RealModelPlaces {
  /** The folder that holds models.mjs, ort/ and, where they were packed, models/. */
  readonly dist: string;
  /** Where fetched models are kept. */
  readonly cache: string;
  /** How many threads share one computation. Left out: as many as this machine can spare, four at most. */
  readonly threads?: number;
}

/** @throws Fault `not-found` when the bundle isn't there. */
export async function loadRealModels({ dist, cache, threads }: RealModelPlaces): Promise<RealModels> {
  const bundle = path.resolve(dist, 'models.mjs');
  if (!existsSync(bundle)) {
    throw new Fault('not-found', `What runs real models is not there: ${bundle}.`, {
      where: bundle,
      remedy: 'In a checkout, run "npm run build"; else install the extension again.',
    });
  }
  const { createRealModels } = (await import(pathToFileURL(bundle).href)) as {
    createRealModels(options: RealModelsOptions): RealModels;
  };
  const options = { packed: path.join(dist, 'models'), ort: path.join(dist, 'ort'), cache };
  return createRealModels({ ...options, ...(threads !== undefined && { threads }) });
}
