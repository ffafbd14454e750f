// The sentiment model that ships, for programs: its files through the models, its parts on the run's own engine.

import type { Engine } from '../engine/engine.ts';
import {
  type Judged,
  SENTIMENT_FILES,
  type SentimentFiles,
  SentimentModel,
} from '../model/sentiment/sentimentModel.ts';
import type { ProgramModels } from './models.ts';

export const TINY_SENTIMENT = 'tiny-sentiment';

/** @throws Fault `not-found` when the model is not where it should have come with the extension */
export async function loadSentiment(models: ProgramModels, engine: Engine): Promise<SentimentModel> {
  const files = await Promise.all(
    SENTIMENT_FILES.map(async (name) => [name, await models.file(TINY_SENTIMENT, name)] as const),
  );
  return new SentimentModel(engine, Object.fromEntries(files) as unknown as SentimentFiles);
}

/** What the real pipeline makes of a text. */
export async function pipelineJudges(models: ProgramModels, text: string): Promise<Judged> {
  const [first] = (await models.pipeline('text-classification', TINY_SENTIMENT, text)) as [Judged];
  return first;
}
