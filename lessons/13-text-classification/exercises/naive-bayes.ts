import { todo } from 'inside-llms';

/** A mail as a list of its words, and whether it is spam. */
export interface Mail {
  readonly words: readonly string[];
  readonly spam: boolean;
}

/**
 * The score of a new mail under naive Bayes: above 0 it is more likely spam.
 *
 * It starts at ln(spam mails / wanted mails). Each word of the new mail adds ln(share in spam / share in wanted), as often
 * as it stands there. A word's share on one side is (its count there + 1) / (all words there + V), where V is the number
 * of different words in all mails together. A word that no mail has adds nothing.
 *
 * Example: with the spam mail ["win", "win"] and the wanted mails ["hi"] and ["hi", "win"], V is 2. The shares of "win" are
 * (2 + 1) / (2 + 2) in spam and (1 + 1) / (3 + 2) in wanted. So the mail ["win"] scores ln(1 / 2) + ln(0.75 / 0.4),
 * which is -0.0645.
 *
 * @param mails what to learn from: at least one spam mail and one wanted one
 * @param words the new mail
 */
export function spamScore(mails: readonly Mail[], words: readonly string[]): number {
  return todo('Gather the words of each side, then add up one logarithm for each word of the new mail.');
}
