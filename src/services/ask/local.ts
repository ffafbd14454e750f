// A small instruct model on this machine that answers: what it is and how it is run is RealModels' business.

import type { PromptMessage } from '../../shared/askMessages.ts';
import type { TextEnd } from '../../shared/pulledText.ts';
import type { RealModels } from '../models/realModels.ts';

/** The pieces of the answer. @throws Fault as RealModels; `cancelled` */
export async function* streamLocal(
  models: () => Promise<RealModels>,
  id: string,
  messages: readonly PromptMessage[],
  { maxTokens, temperature, signal }: { maxTokens: number; temperature: number; signal: AbortSignal },
): AsyncGenerator<string, TextEnd, void> {
  const model = await (await models()).generator(id);
  let text = '';
  const cancel = {
    get cancelled() {
      return signal.aborted;
    },
  };
  for await (const piece of model.generate(messages, { maxTokens, temperature, signal: cancel })) {
    text += piece;
    yield piece;
  }
  // It doesn't say why it ended: one that took all its tokens was cut.
  return { cut: model.countTokens(text) >= maxTokens };
}
