// Twelve weeks of a model at work. From some week on, more and more of the texts are of another kind than those that it
// was trained on. What the monitor can see, and what it can't.

import { ELSEWHERE } from '../model/sentiment/elsewhere.ts';
import { drawReview, type Review } from '../model/sentiment/reviews.ts';
import type { SentimentModel } from '../model/sentiment/sentimentModel.ts';
import { AWAY_TOPICS, HOME_TOPICS } from '../model/sentiment/words.ts';
import type { Random } from '../shared/environment.ts';
import type { TableValue } from '../shared/trace.ts';
import { splitWords } from '../tokenizers/words.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { loadSentiment } from './sentiment.ts';
import { tableValue } from './views.ts';

const WEEKS = 12;
/** Of a week's texts that are new, by how many weeks ago it began. */
const SHARES = [0.25, 0.5, 0.75, 1] as const;
const COLUMNS: TableValue['columns'] = [
  { id: 'week', label: 'week', type: 'number' },
  { id: 'confidence', label: 'mean confidence', type: 'number' },
  { id: 'right', label: 'share that is right', type: 'number' },
  { id: 'cut', label: 'share of words cut into pieces', type: 'number' },
];

type Judgeable = Pick<Review, 'text' | 'positive'>;

export const driftWatch = defineProgram({
  id: 'drift-watch',
  title: 'Twelve weeks at work',
  session: false,
  params: {
    kind: {
      type: 'choice',
      label: 'What comes in instead',
      default: 'theatre',
      options: [
        { value: 'none', label: 'nothing: all stays as it was' },
        ...AWAY_TOPICS.map(({ name }) => ({ value: name, label: `reviews of ${name}` })),
        { value: 'elsewhere', label: 'sentences of all kinds, written by hand' },
      ],
    },
    from: { type: 'number', label: 'From week', default: 5, min: 2, max: 9, step: 1 },
    texts: { type: 'number', label: 'Texts a week', default: 100, min: 20, max: 400, step: 20 },
  },
  async *run({ params: { kind, from, texts }, trace, models, engine: load, random }) {
    const model = await loadSentiment(models, await load());
    for (let week = 1; week <= WEEKS; week++) {
      const share = kind === 'none' || week < from ? 0 : (SHARES[week - from] ?? 1);
      const drawn = Array.from({ length: texts }, () => (random() < share ? strange(random, kind) : known(random)));
      const row = measured(model, drawn);
      trace.frame({
        op: 'week',
        label: `Week ${week}`,
        note: `${Math.round(100 * share)}% of the texts are drawn from the new kind. The model gives its labels ${percent(row.confidence)} on average, and ${percent(row.right)} of them are right.`,
        outputs: {
          weeks: trace.value(tableValue(COLUMNS, [[week, short(row.confidence), short(row.right), short(row.cut)]])),
        },
      });
      yield;
    }
    model.release();
  },
});

const known = (random: Random): Judgeable => drawReview(random, HOME_TOPICS);

function strange(random: Random, kind: string): Judgeable {
  const topics = AWAY_TOPICS.filter(({ name }) => name === kind);
  return topics.length > 0
    ? drawReview(random, topics)
    : (ELSEWHERE[Math.floor(random() * ELSEWHERE.length)] as Judgeable);
}

function measured(model: SentimentModel, texts: readonly Judgeable[]) {
  const judged = model.judge(texts.map(({ text }) => text));
  const words = texts.flatMap(({ text }) => splitWords(text, 'words'));
  const isCut = (word: string) => model.tokenizer.encode(word).ids.length > 1;
  return {
    confidence: judged.reduce((sum, { score }) => sum + score, 0) / judged.length,
    right: texts.filter(({ positive }, i) => (judged[i]?.label === 'POSITIVE') === positive).length / texts.length,
    cut: words.filter(isCut).length / words.length,
  };
}

const short = (value: number) => Math.round(value * 1000) / 1000;
const percent = (share: number) => `${decimal(100 * share, 1)}%`;
