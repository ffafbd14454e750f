// The models of an installation: where its files are, and what loads them.

import type { ProgramModels } from '../../programs/models.ts';
import { Fault } from '../../shared/errors.ts';
import type { TokenizerLoader } from '../../tokenizers/tokenizer.ts';
import { programModels } from './programModels.ts';

/** Where models are. */
export interface ModelPlaces {
  /** The static model's file. */
  readonly staticModel: string;
  /** Folder of the bundle that runs real models, and of what was packed with it. */
  readonly dist: string;
  /** Folder in which fetched models are kept. */
  readonly cache: string;
}

export function localModels(places: ModelPlaces, _loadTokenizer: TokenizerLoader): ProgramModels {
  return programModels({
    staticModel: async () => {
      throw new Fault('not-found', `${places.staticModel} is not there.`);
    },
    realModels: async () => {
      throw new Fault('not-found', `${places.dist} is not there.`);
    },
  });
}
