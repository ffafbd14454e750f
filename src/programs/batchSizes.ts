// Texts a second by how many go into the model at once, measured on this machine.

import { byLength } from '../model/sentiment/byLength.ts';
import { drawReviews } from '../model/sentiment/reviews.ts';
import { HOME_TOPICS } from '../model/sentiment/words.ts';
import type { Embedder } from '../retrieval/embedder.ts';
import { seededRandom } from '../shared/environment.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { loadSentiment, TINY_SENTIMENT } from './sentiment.ts';
import { fastestMs } from './timing.ts';
import { many, tableValue } from './views.ts';

const SIZES = [1, 2, 4, 8, 16, 32, 64] as const;
const MOST = 64;
const COLUMNS: TableValue['columns'] = [
  { id: 'batch', label: 'texts at once', type: 'number' },
  { id: 'rate', label: 'texts a second', type: 'number' },
  { id: 'wait', label: 'ms until they are done', type: 'number' },
];

export const batchSizes = defineProgram({
  id: 'batch-sizes',
  title: 'How many at once',
  session: false,
  params: {
    model: {
      type: 'choice',
      label: 'Model',
      default: TINY_SENTIMENT,
      options: [
        { value: TINY_SENTIMENT, label: 'Tiny sentiment, on our engine' },
        { value: 'static', label: 'static MiniLM, a table of token vectors' },
        { value: 'minilm', label: 'all-MiniLM-L6-v2, a transformer' },
      ],
    },
  },
  async *run({ params: { model }, trace, models, engine: load, clock }) {
    const { all, run } = model === TINY_SENTIMENT ? await tiny() : encoding(await models.embedder(model));
    await fastestMs(clock, () => run(all.slice(0, 4))); // what only the first calls cost
    let alone = 0;
    for (const size of SIZES) {
      const texts = all.slice(0, size);
      const ms = await fastestMs(clock, () => run(texts));
      const rate = ms > 0 ? Math.round((1000 * size) / ms) : 0;
      alone = size === 1 ? rate : alone;
      trace.frame({
        op: 'measure',
        label: `${size} at once`,
        note: `${many(rate)} texts a second${size > 1 && alone > 0 ? `, ${decimal(rate / alone, 1)} times as many as one by one` : ''}. ${size > 1 ? `Who comes first waits ${decimal(ms, 2)} ms for all ${size} to be done.` : `The text waits ${decimal(ms, 2)} ms.`}`,
        outputs: { rates: trace.value(tableValue(COLUMNS, [[size, rate, Math.round(ms * 100) / 100]])) },
      });
      yield;
    }

    /** There is no padding in it: texts of one length in tokens, so that a batch is a batch. */
    async function tiny(): Promise<Measured> {
      const sentiment = await loadSentiment(models, await load());
      const groups = byLength(reviews().map((text) => ({ text, ids: sentiment.ids(text) })));
      const [most] = [...groups.values()].sort((a, b) => b.length - a.length);
      return {
        all: (most ?? []).slice(0, MOST).map(({ text }) => text),
        run: async (texts) => void sentiment.judge(texts, texts.length),
      };
    }
  },
});

interface Measured {
  readonly all: readonly string[];
  run(texts: readonly string[]): Promise<void>;
}

const encoding = (embedder: Embedder): Measured => ({
  all: reviews().slice(0, MOST),
  run: async (texts) => void (await embedder.embed(texts)),
});

const reviews = () => drawReviews(seededRandom(5), HOME_TOPICS, 1000, { only: 'plain' }).map(({ text }) => text);
