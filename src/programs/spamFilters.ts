// The filters of lesson 13, trained on its mails when first asked for: two baselines, naive Bayes, and logistic regression
// on counts and on tf-idf. All of them give a mail a score; above a threshold it is called spam.

import {
  type LogisticOptions,
  type LogisticRegression,
  logisticScore,
  trainLogisticRegression,
} from '../model/logisticRegression.ts';
import { type Mail, type MailSets, mailSets } from '../model/mails/mails.ts';
import { type NaiveBayes, naiveBayesScore, trainNaiveBayes } from '../model/naiveBayes.ts';
import { inverseDocumentFrequencies, tfIdf } from '../model/tfIdf.ts';
import { countWords, wordsOf } from '../model/wordBag.ts';

/** The words of the rule that anyone would write first; they were chosen by looking at the training mails. */
export const KEYWORDS: readonly string[] = ['free', 'win', 'won', 'winner', 'money'];
/** Tf-idf's numbers are below 1, so its steps are larger. */
export const TF_IDF: LogisticOptions = { steps: 300, learningRate: 10, decay: 0.001 };

export interface Filter {
  readonly id: string;
  readonly label: string;
  score(text: string): number;
}

export interface SideCounts {
  readonly times: ReadonlyMap<string, number>;
  readonly mails: ReadonlyMap<string, number>;
}

export interface Filters {
  readonly sets: MailSets;
  readonly naiveBayes: NaiveBayes;
  readonly logistic: LogisticRegression;
  /** How often each word stands in the training mails of one side, and in how many of them. */
  readonly counts: Readonly<Record<'spam' | 'wanted', SideCounts>>;
  /** All of them, the simplest first. */
  readonly all: readonly Filter[];
}

const trained = new Map<string, Filters>();

/** The filters trained on the mails split in this way; `deal` as in {@link mailSets}. */
export function filtersOf(by: 'families' | 'random' = 'families', deal = 1): Filters {
  const key = `${by} ${deal}`;
  const known = trained.get(key);
  if (known !== undefined) {
    return known;
  }
  const sets = mailSets(by, deal);
  const mails = sets.train.map(({ text, spam }) => ({ words: wordsOf(text), spam }));
  const naiveBayes = trainNaiveBayes(mails);
  const label = (spam: boolean) => (spam ? 1 : 0);
  const logistic = trainLogisticRegression(
    mails.map(({ words, spam }) => ({ features: countWords(words), label: label(spam) })),
  );
  const rarity = inverseDocumentFrequencies(mails.map(({ words }) => words));
  const weighed = trainLogisticRegression(
    mails.map(({ words, spam }) => ({ features: tfIdf(words, rarity), label: label(spam) })),
    TF_IDF,
  );
  const spamShare = mails.filter(({ spam }) => spam).length / mails.length;
  const countsOf = (of: boolean): SideCounts => {
    const side = mails.filter(({ spam }) => spam === of).map(({ words }) => words);
    return { times: countWords(side.flat()), mails: countWords(side.flatMap((words) => [...new Set(words)])) };
  };
  const filters: Filters = {
    sets,
    naiveBayes,
    logistic,
    counts: { spam: countsOf(true), wanted: countsOf(false) },
    all: [
      { id: 'majority', label: 'larger class', score: () => (spamShare > 0.5 ? 1 : -1) },
      {
        id: 'keyword',
        label: 'five words',
        score: (text) => (wordsOf(text).some((word) => KEYWORDS.includes(word)) ? 1 : -1),
      },
      { id: 'naive-bayes', label: 'naive Bayes', score: (text) => naiveBayesScore(naiveBayes, wordsOf(text)) },
      {
        id: 'logistic',
        label: 'logistic regression',
        score: (text) => logisticScore(logistic, countWords(wordsOf(text))),
      },
      {
        id: 'tf-idf',
        label: 'logistic, tf-idf',
        score: (text) => logisticScore(weighed, tfIdf(wordsOf(text), rarity)),
      },
    ],
  };
  const kept = { ...filters, all: filters.all.map((filter) => ({ ...filter, score: remembered(filter.score) })) };
  trained.set(key, kept);
  return kept;
}

/** Scores of the same mails are asked for again and again, while a threshold is dragged. */
function remembered(score: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const found = known.get(text) ?? score(text);
    known.set(text, found);
    return found;
  };
}

/** Mails with a filter's scores. */
export function scored(mails: readonly Mail[], filter: Filter) {
  return mails.map((mail) => ({ ...mail, score: filter.score(mail.text) }));
}

/** The parts of the data, for a choice. */
export const PARTS = [
  { value: 'validation', label: 'validation: for choosing' },
  { value: 'test', label: 'test: for the end' },
  { value: 'train', label: 'training: seen before' },
] as const;
