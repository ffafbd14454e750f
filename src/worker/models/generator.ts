// A small instruct model as a TextGenerator, through Transformers.js: how it is run, and how it is stopped.

import type { KnownModel } from '../../services/models/knownModels.ts';
import type { ChatMessage, TextGenerator } from '../../services/models/realModels.ts';
import { Fault } from '../../shared/errors.ts';
import { giveTurns, type Inputs, readPrompt } from './promptReading.ts';
import type { Runtime } from './runtime.ts';
import { openTokenCounter } from './tokenCounter.ts';

export async function openGenerator(
  runtime: Runtime,
  model: KnownModel,
  folder: string,
): Promise<{ value: TextGenerator; close(): Promise<void> }> {
  const { transformers } = runtime;
  const { value: counter, tokenizer } = await openTokenCounter(runtime, model, folder);
  const options = { dtype: model.precision, device: 'wasm' } as const;
  const network = await transformers.AutoModelForCausalLM.from_pretrained(folder, options);
  giveTurns(network);

  async function* generate(
    messages: readonly ChatMessage[],
    { maxTokens, temperature, signal }: Parameters<TextGenerator['generate']>[1],
  ): AsyncGenerator<string, void, void> {
    const inputs = tokenizer(counter.promptOf(messages), { add_special_tokens: false }) as Inputs;
    const pieces: string[] = [];
    let wake = () => {};
    const stop = new transformers.InterruptableStoppingCriteria();
    const streamer = new transformers.TextStreamer(tokenizer, {
      skip_prompt: true,
      skip_special_tokens: true,
      callback_function: (piece: string) => {
        pieces.push(piece);
        wake();
      },
      token_callback_function: () => {
        if (signal.cancelled) {
          stop.interrupt();
        }
      },
    });
    const sampling = temperature > 0 ? { do_sample: true, temperature } : { do_sample: false };
    let ended = false;
    let failure: unknown;
    const running = readPrompt(runtime, network, inputs, signal)
      .then((cache) =>
        network.generate({
          ...{ ...inputs, ...sampling, max_new_tokens: maxTokens, streamer, stopping_criteria: stop },
          ...(cache !== undefined && { past_key_values: cache }),
        }),
      )
      .catch((error: unknown) => {
        failure = error;
      })
      .finally(() => {
        ended = true;
        wake();
      });
    try {
      while (!ended || pieces.length > 0) {
        if (signal.cancelled) {
          throw new Fault('cancelled', `${model.label}: stopped.`);
        }
        const piece = pieces.shift();
        if (piece !== undefined) {
          yield piece;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
      if (failure !== undefined) {
        throw failure;
      }
    } finally {
      stop.interrupt();
      await running;
    }
  }

  return { value: { ...counter, generate }, close: () => network.dispose() as unknown as Promise<void> };
}
