// A small instruct model as a TextGenerator, through Transformers.js: its chat template, its tokenizer, its sampling.

import type { KnownModel } from '../../services/models/knownModels.ts';
import type { ChatMessage, TextGenerator } from '../../services/models/realModels.ts';
import { Fault } from '../../shared/errors.ts';
import type { Runtime } from './runtime.ts';

/** Tokens that a model takes where its files don't say. */
const USUAL_WINDOW = 2048;

export async function openGenerator(
  { transformers }: Runtime,
  model: KnownModel,
  folder: string,
): Promise<{ value: TextGenerator; close(): Promise<void> }> {
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(folder);
  const options = { dtype: model.precision, device: 'wasm' } as const;
  const network = await transformers.AutoModelForCausalLM.from_pretrained(folder, options);
  const config = network.config as unknown as Readonly<Record<string, unknown>>;
  const promptOf = (messages: readonly ChatMessage[]) =>
    tokenizer.apply_chat_template([...messages], { tokenize: false, add_generation_prompt: true }) as string;

  async function* generate(
    messages: readonly ChatMessage[],
    { maxTokens, temperature, signal }: Parameters<TextGenerator['generate']>[1],
  ): AsyncGenerator<string, void, void> {
    const inputs = tokenizer(promptOf(messages), { add_special_tokens: false });
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
    const running = network
      .generate({ ...inputs, ...sampling, max_new_tokens: maxTokens, streamer, stopping_criteria: stop })
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

  const value: TextGenerator = {
    id: model.id,
    label: model.label,
    contextWindow: Number(config.max_position_embeddings ?? config.n_positions ?? USUAL_WINDOW),
    countTokens: (text) => tokenizer.encode(text, { add_special_tokens: false }).length,
    promptOf,
    generate,
  };
  return { value, close: () => network.dispose() as unknown as Promise<void> };
}
