// Naive Bayes over the words of a text (Maron 1961; McCallum and Nigam 1998, the multinomial model): learned by counting.
// Two classes only.

import { countWords } from './wordBag.ts';

export interface LabelledWords {
  readonly words: readonly string[];
  readonly spam: boolean;
}

export interface NaiveBayes {
  /** ln of how many times more spam than wanted mail there is: the score of a mail before it is read. */
  readonly prior: number;
  /** For each word of the training mails: ln of how many times likelier it is in spam. */
  readonly weights: ReadonlyMap<string, number>;
}

/**
 * Counts the words of spam and of wanted mail, and compares their shares. A little is added to each count, so that a word
 * that one side never used doesn't decide alone.
 *
 * @param smoothing what is added to each count; 1 is Laplace's
 */
export function trainNaiveBayes(mails: readonly LabelledWords[], smoothing = 1): NaiveBayes {
  const [spam, wanted] = [mails.filter((mail) => mail.spam), mails.filter((mail) => !mail.spam)];
  const inSpam = countWords(spam.flatMap(({ words }) => words));
  const inWanted = countWords(wanted.flatMap(({ words }) => words));
  const vocabulary = new Set([...inSpam.keys(), ...inWanted.keys()]); // V words
  const share = (counts: ReadonlyMap<string, number>) => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0) + smoothing * vocabulary.size;
    return (word: string) => ((counts.get(word) ?? 0) + smoothing) / total;
  };
  const [spamShare, wantedShare] = [share(inSpam), share(inWanted)];
  return {
    prior: Math.log(spam.length / wanted.length),
    weights: new Map(Array.from(vocabulary, (word) => [word, Math.log(spamShare(word) / wantedShare(word))])),
  };
}

/** The log-odds of spam: the prior, and the weight of each word as often as it stands there. Unknown words add nothing. */
export function naiveBayesScore({ prior, weights }: NaiveBayes, words: readonly string[]): number {
  return words.reduce((score, word) => score + (weights.get(word) ?? 0), prior);
}
