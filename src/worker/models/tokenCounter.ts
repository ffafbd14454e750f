// What of an instruct model lays out and counts a prompt: its tokenizer, its chat template, its window. Its graph is not
// loaded for that: one types long before one asks.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PreTrainedTokenizer } from '@huggingface/transformers';
import type { KnownModel } from '../../services/models/knownModels.ts';
import type { TokenCounter } from '../../services/models/realModels.ts';
import type { Runtime } from './runtime.ts';

/** Tokens that a model takes where its files don't say. */
const USUAL_WINDOW = 2048;

export interface OpenCounter {
  readonly value: TokenCounter;
  readonly tokenizer: PreTrainedTokenizer;
}

export async function openTokenCounter(
  { transformers }: Runtime,
  model: KnownModel,
  folder: string,
): Promise<OpenCounter> {
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(folder);
  const config = JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')) as {
    readonly max_position_embeddings?: number;
    readonly n_positions?: number;
  };
  const value: TokenCounter = {
    id: model.id,
    label: model.label,
    contextWindow: Number(config.max_position_embeddings ?? config.n_positions ?? USUAL_WINDOW),
    countTokens: (text) => tokenizer.encode(text, { add_special_tokens: false }).length,
    promptOf: (messages) =>
      tokenizer.apply_chat_template([...messages], { tokenize: false, add_generation_prompt: true }) as string,
  };
  return { value, tokenizer };
}
