// The thread's side of `train`: the whole run, step by step, until it ends or is told to stop.

import { Engine } from '../engine/engine.ts';
import { saveGpt } from '../model/gptFile.ts';
import { findRecipe } from '../model/recipes.ts';
import { TokenizerVocabulary } from '../model/textVocabulary.ts';
import { prepareRun, train } from '../model/train.ts';
import { kernelFolder } from '../services/kernels.ts';
import { systemClock } from '../shared/environment.ts';
import type { Tasks } from './task.ts';

/** @throws Fault `bad-params` for an unknown recipe, `bad-input` when the text is too short or the tokenizer broken. */
export async function trainInThread(
  { text, tokenizer, recipe, steps, seed, save, stop, kernels }: Tasks['train']['input'],
  onProgress: (progress: Tasks['train']['progress']) => void,
): Promise<Tasks['train']['output']> {
  const flag = new Int32Array(stop);
  const engine = new Engine(await kernelFolder(kernels)());
  const vocabulary = tokenizer && new TokenizerVocabulary(tokenizer.file, tokenizer.name);
  const run = prepareRun(engine, text, findRecipe(recipe), seed, vocabulary);
  const signal = {
    get cancelled() {
      return Atomics.load(flag, 0) !== 0;
    },
  };
  let last: Tasks['train']['progress'] | undefined;
  for await (const progress of train(run, { signal, clock: systemClock, ...(steps !== undefined && { steps }) })) {
    last = progress;
    onProgress(progress);
  }
  return {
    steps: last?.step ?? 0,
    finished: last?.valLoss !== undefined,
    file: save && last !== undefined ? saveGpt(run.model, run.vocabulary).buffer : undefined,
  };
}
