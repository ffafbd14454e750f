// How good the sentiment model is, beside counting words: on held-out reviews of its own grammar, by their kind, and on
// sentences that are none of its own.

import { seededRandom } from '../../shared/environment.ts';
import { ELSEWHERE } from './elsewhere.ts';
import { drawReviews, KINDS, type Review } from './reviews.ts';
import type { SentimentModel } from './sentimentModel.ts';
import { WordCounts } from './wordCounts.ts';
import { AWAY_TOPICS, HOME_TOPICS } from './words.ts';

const TRAINING = 8000;
const TEST = 1000;

export function trainingReviews(): Review[] {
  return drawReviews(seededRandom(1), HOME_TOPICS, TRAINING);
}

/** As those that it was trained on, and none of them. */
export function testReviews(training: readonly Review[] = trainingReviews()): Review[] {
  return drawReviews(seededRandom(30), HOME_TOPICS, TEST, { without: new Set(training.map(({ text }) => text)) });
}

/** Of the same grammar, with words of other topics. */
export function awayReviews(): Review[] {
  return drawReviews(seededRandom(31), AWAY_TOPICS, TEST);
}

export interface Accuracy {
  readonly texts: number;
  /** From 0 to 1. */
  readonly model: number;
  readonly words: number;
  /** The model's mean probability of the label that it gave. */
  readonly confidence: number;
}

export interface SentimentMeasures {
  readonly all: Accuracy;
  readonly byKind: Readonly<Record<Review['kind'], Accuracy>>;
  readonly away: Accuracy;
  readonly elsewhere: Accuracy;
}

export function measureSentiment(
  model: SentimentModel,
  training: readonly Review[] = trainingReviews(),
  test: readonly Review[] = testReviews(training),
): SentimentMeasures {
  const counts = new WordCounts(training);
  const accuracy = (reviews: readonly Pick<Review, 'text' | 'positive'>[]): Accuracy => {
    const judged = model.judge(reviews.map(({ text }) => text));
    const share = (right: (review: Pick<Review, 'text' | 'positive'>, at: number) => boolean) =>
      reviews.filter(right).length / reviews.length;
    return {
      texts: reviews.length,
      model: share(({ positive }, at) => (judged[at]?.label === 'POSITIVE') === positive),
      words: share(({ text, positive }) => counts.score(text) > 0 === positive),
      confidence: judged.reduce((sum, { score }) => sum + score, 0) / judged.length,
    };
  };
  const of = (kind: Review['kind']) => accuracy(test.filter((review) => review.kind === kind));
  const byKind = Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])) as SentimentMeasures['byKind'];
  return { all: accuracy(test), byKind, away: accuracy(awayReviews()), elsewhere: accuracy(ELSEWHERE) };
}
