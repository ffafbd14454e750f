// A prompt read part by part, into the cache of keys and values from which a model goes on. At once, the scores of each
// token for each, and a graph's logits of all, would take gigabytes; and nobody else had a turn until it is done.

import type { DynamicCache, PreTrainedModel, Tensor } from '@huggingface/transformers';
import type { CancelSignal } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import type { Runtime } from './runtime.ts';

/** Tokens that are read at once. */
export const PART = 64;

/** What a tokenizer makes of a text: (1, T) each. */
export interface Inputs {
  readonly input_ids: Tensor;
  readonly attention_mask: Tensor;
}

/**
 * Reads all but the last tokens, one at least.
 *
 * @returns what `generate` goes on from; undefined where the prompt is one part
 * @throws Fault `cancelled`
 */
export async function readPrompt(
  { transformers }: Runtime,
  network: PreTrainedModel,
  { input_ids, attention_mask }: Inputs,
  signal: CancelSignal,
): Promise<DynamicCache | undefined> {
  const count = input_ids.dims[1] as number;
  let cache: DynamicCache | undefined;
  for (let from = 0; from + PART < count; from += PART) {
    if (signal.cancelled) {
      throw new Fault('cancelled', 'Stopped while the prompt was read.');
    }
    const to = from + PART;
    const outputs = (await network.forward({
      input_ids: input_ids.slice(null, [from, to]),
      attention_mask: attention_mask.slice(null, [0, to]),
      past_key_values: cache,
    })) as Readonly<Record<string, Tensor>>;
    cache = new transformers.DynamicCache(pastOf(outputs));
  }
  return cache;
}

/** A graph hands out as `present…` what it takes in as `past_key_values…`. */
function pastOf(outputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const present = Object.entries(outputs).filter(([name]) => name.startsWith('present'));
  return Object.fromEntries(present.map(([name, tensor]) => [name.replace('present', 'past_key_values'), tensor]));
}

/** Lets whatever waits have its turn before each step: a step of the graph hands nothing over by itself. */
export function giveTurns(network: PreTrainedModel): void {
  const forward = network.forward.bind(network);
  network.forward = async (inputs) => {
    await new Promise((resolve) => setImmediate(resolve));
    return forward(inputs);
  };
}
