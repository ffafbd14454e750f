// The search worker's methods about asking: see src/shared/askMessages.ts. Answers are pulled piece by piece.

import { type AskService, questionText } from '../../services/ask/askService.ts';
import { KeptFew } from '../../services/ask/keptFew.ts';
import { STATIC_MODEL } from '../../services/models/programModels.ts';
import { buildPromptFor, generateAnswer, nextOfAnswer, retrieve, stopAnswer } from '../../shared/askMessages.ts';
import { Fault } from '../../shared/errors.ts';
import type { PulledText } from '../../shared/pulledText.ts';
import type { On } from '../methods.ts';
import type { EmbeddingSource } from './embeddingSource.ts';
import { inspected } from './embeddingTokens.ts';

export interface AskMethodsParts {
  readonly ask: AskService;
  /** By whose static model a question's vector is shown. */
  readonly vectors: Pick<EmbeddingSource, 'embedder' | 'tokenizer'>;
  readonly newId: () => string;
}

export function addAskMethods(on: On, { ask, vectors, newId }: AskMethodsParts): void {
  const answers = new KeptFew<PulledText>(
    8,
    () => new Fault('unknown-session', 'This answer is no longer there.', { remedy: 'Ask again.' }),
  );
  on(retrieve, async ({ question, chunks = [] }, { signal }) => {
    const found = await ask.retrieve(question, chunks, signal);
    const embedder = await vectors.embedder(STATIC_MODEL);
    const text = questionText(question);
    const [vector] = await embedder.embed([text], { signal });
    return {
      ...found,
      inspected: inspected(STATIC_MODEL, embedder, await vectors.tokenizer(STATIC_MODEL), text, vector as Float32Array),
      embedder: embedder.label,
    };
  });
  on(buildPromptFor, ({ retrieved, chunks, target }) => ask.prompt(retrieved, chunks, target));
  on(generateAnswer, ({ prompt, generator }) => {
    const answer = newId();
    answers.keep(answer, ask.answer(prompt, generator));
    return { answer };
  });
  on(nextOfAnswer, ({ answer }) => answers.get(answer).next());
  on(stopAnswer, ({ answer }) => {
    answers.get(answer).stop();
    answers.delete(answer);
    return null;
  });
}
