// The models that programs are given in tests: what ships, from where it stands in the repository.

import os from 'node:os';
import path from 'node:path';
import { inRoot } from '../../../src/build/paths.ts';
import { localModels } from '../../../src/services/models/localModels.ts';
import { loadRealTokenizer } from './realTokenizers.ts';

export const testModels = localModels(
  {
    staticModel: inRoot('media/models/static-minilm/model.bin'),
    dist: inRoot('dist'),
    cache: path.join(os.tmpdir(), 'inside-llms-test-models'),
  },
  loadRealTokenizer,
);
