// The models of an installation: where its files are, and what loads them.

import path from 'node:path';
import type { ProgramModels } from '../../programs/models.ts';
import type { TokenizerLoader } from '../../tokenizers/tokenizer.ts';
import { staticModelFile } from '../search/staticModelFile.ts';
import { loadRealModels } from './load.ts';
import { programModels } from './programModels.ts';
import type { RealModels } from './realModels.ts';
import { wordVectorsFolder } from './wordVectorsFolder.ts';

/** Where models are. */
export interface ModelPlaces {
  /** The static model's file; the word vectors' folder stands beside its own. */
  readonly staticModel: string;
  /** Folder of the bundle that runs real models, and of what was packed with it. */
  readonly dist: string;
  /** Folder in which fetched models are kept. */
  readonly cache: string;
}

/** Each is loaded when first used. */
export function localModels(places: ModelPlaces, loadTokenizer: TokenizerLoader): ProgramModels {
  let real: Promise<RealModels> | undefined;
  return programModels({
    staticModel: staticModelFile(places.staticModel, loadTokenizer),
    wordVectors: wordVectorsFolder(path.resolve(path.dirname(places.staticModel), '../glove-6b-50d')),
    realModels: () => {
      real ??= loadRealModels(places).catch((error: unknown) => {
        real = undefined;
        throw error;
      });
      return real;
    },
  });
}
