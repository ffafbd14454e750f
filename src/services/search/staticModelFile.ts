// The static model from its file, made when it is first asked for.

import { readFile } from 'node:fs/promises';
import type { Embedder } from '../../retrieval/embedder.ts';
import { readStaticModel } from '../../retrieval/staticModel.ts';
import { Fault } from '../../shared/errors.ts';
import type { TokenizerLoader } from '../../tokenizers/tokenizer.ts';

/** The tokenizer that the model was made for. */
const TOKENIZER = 'bert-base-uncased';

/** Faults of what it gives: `not-found` when there is no such file, `bad-input` when it is damaged. */
export function staticModelFile(file: string, loadTokenizer: TokenizerLoader): () => Promise<Embedder> {
  let model: Promise<Embedder> | undefined;
  return () => {
    model ??= load(file, loadTokenizer).catch((error: unknown) => {
      model = undefined;
      throw error;
    });
    return model;
  };
}

async function load(file: string, loadTokenizer: TokenizerLoader): Promise<Embedder> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new Fault('not-found', 'The static model is missing.', {
      where: file,
      remedy: 'Install the extension again; in a checkout run "npm run models".',
      cause,
    });
  });
  return readStaticModel(bytes, await loadTokenizer(TOKENIZER), file);
}
