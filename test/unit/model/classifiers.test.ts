// Naive Bayes, logistic regression and tf-idf against scikit-learn's numbers (test/reference/make_classifiers.py), and
// what must hold of any verdicts and of the course's mails.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logisticScore, sigmoid, trainLogisticRegression } from '../../../src/model/logisticRegression.ts';
import { mailSets } from '../../../src/model/mails/mails.ts';
import { meanDirection, meanDirectionScore } from '../../../src/model/meanDirection.ts';
import { naiveBayesScore, trainNaiveBayes } from '../../../src/model/naiveBayes.ts';
import { inverseDocumentFrequencies, tfIdf } from '../../../src/model/tfIdf.ts';
import { accuracy, confusionOf, f1, precision, recall } from '../../../src/model/verdicts.ts';
import { countWords, wordsOf } from '../../../src/model/wordBag.ts';

const fixture = JSON.parse(readFileSync(new URL('../../fixtures/model/classifiers.json', import.meta.url), 'utf8')) as {
  readonly training: string[][];
  readonly labels: boolean[];
  readonly heldOut: string[][];
  readonly naiveBayes: number[];
  readonly decay: number;
  readonly logistic: number[];
  readonly weights: Record<string, number>;
  readonly bias: number;
  readonly tfIdf: Record<string, number>[];
};
const mails = fixture.training.map((words, i) => ({ words, spam: fixture.labels[i]! }));

describe('as scikit-learn does', () => {
  it('naive Bayes scores', () => {
    const model = trainNaiveBayes(mails);
    fixture.heldOut.forEach((words, i) => {
      expect(naiveBayesScore(model, words)).toBeCloseTo(fixture.naiveBayes[i]!, 9);
    });
  });

  it('logistic regression ends, when it goes downhill for long', () => {
    const examples = mails.map(({ words, spam }) => ({ features: countWords(words), label: spam ? 1 : 0 }) as const);
    const model = trainLogisticRegression(examples, { steps: 6000, learningRate: 0.5, decay: fixture.decay });
    expect(model.bias).toBeCloseTo(fixture.bias, 4);
    for (const [word, weight] of Object.entries(fixture.weights)) {
      expect(model.weights.get(word)).toBeCloseTo(weight, 4);
    }
    fixture.heldOut.forEach((words, i) => {
      expect(logisticScore(model, countWords(words))).toBeCloseTo(fixture.logistic[i]!, 3);
    });
    expect(sigmoid(0)).toBe(0.5);
  });

  it('tf-idf weighs', () => {
    const rarity = inverseDocumentFrequencies(fixture.training);
    fixture.heldOut.forEach((words, i) => {
      const weighed = tfIdf(words, rarity);
      expect([...weighed.keys()].sort()).toEqual(Object.keys(fixture.tfIdf[i]!).sort());
      for (const [word, value] of weighed) {
        expect(value).toBeCloseTo(fixture.tfIdf[i]![word]!, 9);
      }
    });
    expect(tfIdf(['unheard'], rarity).size).toBe(0);
  });
});

describe('verdicts', () => {
  const scored = fc.array(fc.record({ score: fc.integer({ min: -9, max: 9 }), spam: fc.boolean() }), { minLength: 1 });

  it('count every mail once, and a higher threshold never catches more', () => {
    fc.assert(
      fc.property(scored, fc.integer({ min: -9, max: 9 }), (given, threshold) => {
        const low = confusionOf(given, threshold);
        const high = confusionOf(given, threshold + 1);
        expect(low.caught + low.lost + low.missed + low.kept).toBe(given.length);
        expect(high.caught).toBeLessThanOrEqual(low.caught);
        expect(high.lost).toBeLessThanOrEqual(low.lost);
        expect(accuracy(low)).toBeCloseTo(
          given.filter(({ score, spam }) => score > threshold === spam).length / given.length,
        );
      }),
    );
  });

  it('give shares of what they are shares of', () => {
    const counts = { caught: 6, lost: 2, missed: 4, kept: 8 };
    expect([accuracy(counts), precision(counts), recall(counts)]).toEqual([0.7, 0.75, 0.6]);
    expect(f1(counts)).toBeCloseTo((2 * 0.75 * 0.6) / (0.75 + 0.6), 12);
    expect(precision({ caught: 0, lost: 0, missed: 1, kept: 1 })).toBeNaN();
  });
});

describe('the direction between two means', () => {
  it('puts each mean as far from the threshold as the other', () => {
    const vectors = [
      [1, 0, 2],
      [3, 2, 0],
      [0, 1, 1],
      [-2, 1, 1],
    ].map((row) => Float32Array.from(row));
    const model = meanDirection(vectors, [true, true, false, false]);
    expect(meanDirectionScore(model, Float32Array.of(2, 1, 1))).toBeCloseTo(4.5, 12); // half of 3 * 3
    expect(meanDirectionScore(model, Float32Array.of(-1, 1, 1))).toBeCloseTo(-4.5, 12);
  });
});

describe('the mails', () => {
  it.each([1, 2, 7])('share no family between the parts, and no text, in deal %i', (deal) => {
    const sets = mailSets('families', deal);
    const [train, validation, test] = [sets.train, sets.validation, sets.test].map(
      (part) => new Set(part.flatMap(({ family }) => family ?? [])),
    );
    expect([train!.size, validation!.size, test!.size].every((size) => size > 4)).toBe(true);
    expect([...train!].filter((family) => validation!.has(family) || test!.has(family))).toEqual([]);
    expect([...validation!].filter((family) => test!.has(family))).toEqual([]);
    const all = Object.values(sets).flat();
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
    expect(all.every(({ text }) => !/[{}]/.test(text) && wordsOf(text).length > 3)).toBe(true);
  });

  it('have as many families of each side in each part, whatever the deal', () => {
    const kinds = (deal: number) =>
      Object.values(mailSets('families', deal)).map((part) =>
        [true, false].map(
          (spam) => new Set(part.flatMap((mail) => (mail.spam === spam ? (mail.family ?? []) : []))).size,
        ),
      );
    expect([kinds(2), kinds(9)]).toEqual([kinds(1), kinds(1)]);
    const tested = (deal: number) => new Set(mailSets('families', deal).test.map(({ family }) => family));
    expect(tested(2)).not.toEqual(tested(1));
  });

  it('are the same mails, dealt out otherwise, when split at random', () => {
    const texts = (by: 'families' | 'random') =>
      Object.values(mailSets(by))
        .flat()
        .map(({ text }) => text)
        .sort();
    expect(texts('random')).toEqual(texts('families'));
    const { train, test } = mailSets('random');
    const seen = new Set(train.map(({ family }) => family));
    expect(test.filter(({ family }) => family !== undefined && seen.has(family)).length).toBeGreaterThan(50);
  });
});
