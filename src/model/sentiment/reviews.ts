// Short reviews with a label, drawn from a small grammar by seed. A negation turns what follows it; after "but" or
// "although … ," the main clause decides. There is no sarcasm in it, and nothing is ever neutral.

import type { Random } from '../../shared/environment.ts';
import { ANYWHERE, type Topic, VERBS, VERDICTS, VERY } from './words.ts';

/** By which rule a review was made. */
export const KINDS = ['plain', 'negated', 'contrast'] as const;
export type ReviewKind = (typeof KINDS)[number];

export interface Review {
  readonly text: string;
  readonly positive: boolean;
  readonly kind: ReviewKind;
  readonly topic: string;
}

type Side = 'good' | 'bad';

const other = (side: Side): Side => (side === 'good' ? 'bad' : 'good');

export function drawReview(random: Random, topics: readonly Topic[], only?: ReviewKind): Review {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const chance = (share: number) => random() < share;
  const topic = pick(topics);
  const side: Side = chance(0.5) ? 'good' : 'bad';
  const kind = only ?? pick(KINDS);
  const word = (of: Side) => pick(chance(0.5) ? topic[of] : ANYWHERE[of]);
  const the = () => `${pick(['the', 'the', 'the', 'our', 'this'])} ${pick(topic.things)}`;
  const was = () => pick(['was', 'was', 'is', 'seemed']);

  /** A clause that says `of`, without a negation. */
  const plainly = (of: Side): string =>
    pick([
      () => `${the()} ${was()} ${pick(VERY)}${word(of)}`,
      () => `${the()} ${was()} ${word(of)}`,
      () => `I ${pick(VERBS[of])} ${the()}`,
      () => `what a ${word(of)} ${pick(topic.things)}`,
    ])();
  /** One that says `of` by denying the other. */
  const denying = (of: Side): string =>
    pick([
      () => `${the()} ${pick(['was not', "wasn't", 'was never', 'is not'])} ${pick(VERY)}${word(other(of))}`,
      () =>
        `I did not ${of === 'bad' ? pick(['like', 'enjoy', 'love']) : pick(['dislike', 'hate', 'regret'])} ${the()}`,
      () => `${the()} was ${pick(['not', 'never', 'hardly', 'anything but'])} ${word(other(of))}`,
      () =>
        of === 'good' ? `nothing was ${word('bad')} about ${the()}` : `nothing was ${word('good')} about ${the()}`,
    ])();
  const clause = (of: Side) => (chance(0.3) ? denying(of) : plainly(of));

  const text = {
    plain: () =>
      pick([
        () => plainly(side),
        () => `${plainly(side)} and ${plainly(side)}`,
        () => `${plainly(side)}, ${pick(VERDICTS[side])}`,
        () => `${pick(VERDICTS[side])}, ${plainly(side)}`,
      ])(),
    negated: () =>
      pick([
        () => denying(side),
        () => `${denying(side)} and ${plainly(side)}`,
        () => `${denying(side)}, ${pick(VERDICTS[side])}`,
      ])(),
    contrast: () =>
      pick([
        () => `${clause(other(side))}, but ${clause(side)}`,
        () => `${clause(other(side))} but ${clause(side)}`,
        () => `although ${clause(other(side))}, ${clause(side)}`,
      ])(),
  }[kind]();
  const sentence = text.replace(/^./, (letter) => letter.toUpperCase());
  return { text: `${sentence}${pick(['.', '.', '.', '!'])}`, positive: side === 'good', kind, topic: topic.name };
}

/** So many reviews, no text twice, none of `without`. */
export function drawReviews(
  random: Random,
  topics: readonly Topic[],
  count: number,
  { without = new Set<string>(), only }: { readonly without?: ReadonlySet<string>; readonly only?: ReviewKind } = {},
): Review[] {
  const seen = new Set(without);
  const reviews: Review[] = [];
  while (reviews.length < count) {
    const review = drawReview(random, topics, only);
    if (!seen.has(review.text)) {
      seen.add(review.text);
      reviews.push(review);
    }
  }
  return reviews;
}
