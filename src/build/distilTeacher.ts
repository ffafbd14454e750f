// The teacher of the distillation: all-MiniLM-L6-v2 (Wang et al. 2020; sentence-transformers), run on the project's own
// engine.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Engine } from '../engine/engine.ts';
import { bestKernels } from '../engine/kernels/wasm.ts';
import { SafetensorsFile } from '../formats/safetensors.ts';
import type { Bert } from '../model/encoder/bert.ts';
import { bertConfigOf, loadBert } from '../model/encoder/bertFile.ts';
import { meanPooled } from '../retrieval/pooling.ts';
import { kernelThreads } from '../services/kernelThreads.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { compiledKernels } from './kernels.ts';

/** Of `model.safetensors` as sentence-transformers published it. */
const WEIGHTS_SHA256 = '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db';

/** The most tokens at once: batches of more gain nothing. */
const BATCH_TOKENS = 1024;
/** Bytes: weights of 90 MB, and room for batches of every length. */
const BUDGET = 2 ** 31;

export interface Teacher {
  readonly bert: Bert;
  /** (ids) between [CLS] and [SEP] to the mean of what comes out, (C,); in the order given. Not brought to length 1. */
  embed(texts: readonly Uint32Array[], onProgress: (done: number) => void): Float32Array[];
}

/**
 * @param folder with `model.safetensors` and `config.json`
 * @throws Error when the weights are not those that were published
 */
export async function openTeacher(folder: string, tokenizer: Tokenizer): Promise<Teacher> {
  const bytes = new Uint8Array(await readFile(path.join(folder, 'model.safetensors')));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== WEIGHTS_SHA256) {
    throw new Error(`model.safetensors in ${folder} has the SHA-256 ${sha256}, not the published ${WEIGHTS_SHA256}.`);
  }
  const threads = kernelThreads(new URL('../services/kernelThread.ts', import.meta.url));
  const engine = new Engine(await bestKernels(compiledKernels, BUDGET, threads));
  const config = bertConfigOf(await readFile(path.join(folder, 'config.json'), 'utf8'), 'config.json');
  const bert = loadBert(engine, config, new SafetensorsFile(bytes, 'model.safetensors'), 'model.safetensors');
  const [first, last] = tokenizer.encode('[CLS][SEP]', { specialTokens: true }).ids;
  return {
    bert,
    embed(texts, onProgress) {
      const vectors: Float32Array[] = new Array(texts.length);
      let done = 0;
      for (const batch of batchesOf(texts)) {
        const length = texts[batch[0]!]!.length + 2;
        const ids = batch.flatMap((i) => [first!, ...texts[i]!, last!]);
        const pooled = engine.noGrad(() =>
          engine.scope(() => {
            const inputs = engine.fromData(Int32Array.from(ids), [batch.length, length]); // (B, T)
            return meanPooled(bert.forward(inputs)).toFlat() as Float32Array; // (B, C)
          }),
        );
        batch.forEach((i, row) => {
          vectors[i] = pooled.slice(row * config.channels, (row + 1) * config.channels); // (C,)
        });
        done += batch.length;
        onProgress(done);
      }
      return vectors;
    },
  };
}

/** Places of texts of one length together, as there is no padding. */
function batchesOf(texts: readonly Uint32Array[]): number[][] {
  const order = texts.map((_, i) => i).sort((a, b) => texts[a]!.length - texts[b]!.length || a - b);
  const batches: number[][] = [];
  for (const i of order) {
    const batch = batches.at(-1);
    const length = texts[i]!.length;
    const fits = batch && texts[batch[0]!]!.length === length && (batch.length + 1) * (length + 2) <= BATCH_TOKENS;
    if (fits) {
      batch.push(i);
    } else {
      batches.push([i]);
    }
  }
  return batches;
}
