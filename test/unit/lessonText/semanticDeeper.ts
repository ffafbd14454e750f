// What lesson 26 says below its Overview: BM25, three ways compared, the static model's making, what a transformer adds,
// contrastive training, and figures of papers.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { cosinesOf, lossOf, startingAngles, trained } from '../../../src/programs/contrastivePairs.ts';
import { readLabelled } from '../../../src/programs/labelledQuestions.ts';
import { CLAUSES, QUESTIONS } from '../../../src/programs/tenancy.ts';
import type { Embedder } from '../../../src/retrieval/embedder.ts';
import { inverseFrequency } from '../../../src/retrieval/tokenWeights.ts';
import { type Claims, grouped } from './lessonProse.ts';
import {
  adds,
  askedFor,
  averageLength,
  byWords,
  cosine,
  type Found,
  fused,
  idfOf,
  type Meaning,
  shown,
  TERMS,
  withTerm,
} from './tenancyReckoned.ts';

const card = readFileSync(new URL('../../../media/models/static-minilm/README.md', import.meta.url), 'utf8');

/** What all-MiniLM-L6-v2 says: held against the model where it is, whose packed form is rounded to bytes. */
export const MINILM = { dogs: 0.9, not: 0.86 };

/** Pairs of sentences that a sum of token vectors can't tell apart, or hardly. */
export const TWINS = {
  dogs: ['dog bites man', 'man bites dog'],
  not: ['The tenant may keep a dog.', 'The tenant may not keep a dog.'],
} as const;

export async function between(embedder: Embedder, [a, b]: readonly [string, string]): Promise<number> {
  const [first, second] = await embedder.embed([a, b]);
  return cosine(first!, second!);
}

export function wordScores(claims: Claims): void {
  const question = 'The boiler shows ERR_4032';
  claims.says('`The boiler shows ERR_4032`. How good is clause 10 by words?');
  claims.says(`\`the\` stands in ${withTerm('the')} of the ${CLAUSES.length} clauses`);
  expect([withTerm('boiler'), withTerm('err4032')]).toEqual([2, 1]);
  expect((TERMS.length - 2 + 0.5) / (2 + 0.5)).toBeCloseTo(16.5 / 2.5, 12);
  claims.says('\\ln \\frac{N - n + 0.5}{n + 0.5}');
  claims.says(`For \`boiler\` that's $\\ln(16.5 / 2.5) = ${shown(idfOf('boiler'), 2)}$.`);
  claims.says('BM25');
  claims.says(`ten times rarer is ${shown(Math.log(10), 1)} more`);
  claims.says('$k_1 = 1.2$ says how soon repeats stop counting, and $b = 0.75$');
  const ten = TERMS[9]!;
  claims.says(`Clause 10 has ${ten.length} words, and the average is ${shown(averageLength, 1)}.`);
  expect(ten.filter((term) => term === 'boiler')).toHaveLength(2);
  claims.says(`the formula makes ${shown(adds('boiler', 9), 2)} of that`);
  const scores = byWords(question);
  expect(scores.slice(0, 2).map(({ clause }) => clause)).toEqual([10, 11]);
  expect(askedFor(question).filter((term) => adds(term, 10) > 0.01)).toEqual(['boiler', 'shows', 'err']);
  claims.says(
    `Clause 11 scores too, for \`boiler\`, \`shows\` and \`err\`. It ends at ${shown(scores[1]!.score, 2)} against ${shown(scores[0]!.score, 2)}.`,
  );
  claims.says(
    `For \`boiler\` in clause 10, \`idf\` is ${shown(idfOf('boiler'), 2)}, \`frequency\` is 2 and \`length\` is ${ten.length}.`,
  );
  expect(idfOf('the')).toBeLessThan(0);
  claims.says(`In BM25, a word stands in ${withTerm('the')} of ${CLAUSES.length} clauses.`);
  claims.says(`For ${CLAUSES.length} clauses we compared`);
}

/** Words, meaning and both, over the questions that the agreement answers. */
export function threeWays(claims: Claims, { byMeaning }: Meaning): void {
  const answerable = readLabelled(QUESTIONS).labelled.filter(({ clauses }) => clauses.length > 0);
  const share = (ranking: (question: string) => readonly Found[], first: number) =>
    (100 *
      answerable.filter(({ question, clauses }) =>
        ranking(question)
          .slice(0, first)
          .some(({ clause }) => clauses.includes(clause - 1)),
      ).length) /
    answerable.length;
  const both = (question: string) => fused([byWords(question), byMeaning(question)], [1, 0.7]);
  claims.says(
    `the right clause comes first in ${share(byWords, 1)}% of the cases by words, and in ${share(byMeaning, 1)}% by meaning. Fused it's ${share(both, 1)}% as well.`,
  );
  // The words that pull the clause on keys up when somebody asks for a lamp.
  expect(byWords('Who pays for a new lamp?')[0]!.clause).toBe(17);
  expect(Math.min(adds('pays', 16), adds('a', 16))).toBeGreaterThan(0);
  claims.says('share words such as `pays` and `a` with clauses that have nothing to do with them');
  claims.says(`Among the first three, fusion is *worse*: ${share(both, 3)}% against ${share(byMeaning, 3)}%.`);
}

/** What the static model's card says, and what its own table holds. */
export function distilled(claims: Claims, { model }: Meaning): void {
  const inCard = (figure: string) => {
    expect(card.replaceAll(/\s+/g, ' ')).toContain(figure);
    return figure;
  };
  const row = (name: string) =>
    new RegExp(`\\| (?:\\*\\*)?${name}(?:\\*\\*)? \\|.*\\| ([\\d.]+) \\|`, 'u').exec(card)![1]!;
  claims.says(`has ${inCard('189')} marked questions over three code bases`);
  claims.says(`| BM25 | ${row('BM25')} |`);
  claims.says(`| static vectors | ${row('this model')} |`);
  claims.says(`| all-MiniLM-L6-v2 | ${row('all-MiniLM-L6-v2')} |`);
  claims.says(`| BM25 and static vectors, fused | ${row('BM25 and this model, fused')} |`);
  claims.says(`| the same, re-ranked by all-MiniLM-L6-v2 | ${row('the same, re-ranked by all-MiniLM-L6-v2')} |`);
  const { scales, dimensions } = model.table;
  claims.says(`a table of ${grouped(scales.length)} rows with ${dimensions} numbers each`);
  claims.says("where $p$ estimates the token's share of running text, and $a = 0.0002$");
  inCard('a = 0.0002');
  claims.says(`A token that makes up 5% of a text keeps ${shown(inverseFrequency(0.05, 0.0002))} of its length`);
  expect(inverseFrequency(1e-6, 0.0002)).toBeGreaterThan(0.99);
  claims.says(`what the large model makes of ${inCard('7,359')} whole passages`);
  claims.says(`The mean cosine rises ${inCard('from 0.497 to 0.758')}`);
  claims.says(`The ${dimensions} directions with the greatest spread are kept, and they hold 89.2% of it.`);
  inCard('(89.2 % of the squared lengths)');
}

export async function transformer(claims: Claims, { model }: Meaning): Promise<void> {
  expect(await between(model, TWINS.dogs)).toBeCloseTo(1, 6);
  claims.says(`And \`${TWINS.not[0]}\` has ${shown(await between(model, TWINS.not))} with \`${TWINS.not[1]}\``);
  claims.says(
    `The two dog sentences then have about ${shown(MINILM.dogs, 2)}, and the two on the tenant's dog about ${MINILM.not}.`,
  );
  claims.says('even in 384 dimensions');
  claims.says('The real model does this with vectors of 384 numbers.');
}

export function contrastive(claims: Claims): void {
  const start = startingAngles();
  const cosines = cosinesOf(start);
  claims.says(
    `\`kitten?\` has a cosine of ${Number(cosines[0]![0]!.toFixed(3))} with its own clause and ${shown(cosines[0]![1]!)} with the bicycles`,
  );
  const exps = cosines[0]!.map((value) => Math.exp(value / 0.2));
  const shares = exps.map((value) => value / exps.reduce((a, b) => a + b));
  const percents = shares.map((share) => `${(100 * share).toFixed(1)}%`);
  claims.says('Bet: after 20 steps');
  claims.says('Divide its cosines by a **temperature**, 0.2 here.');
  claims.says(`The three shares are ${percents[0]}, ${percents[1]} and ${percents[2]}.`);
  claims.says(`$-\\ln ${shown(shares[0]!)} = ${shown(-Math.log(shares[0]!))}$`);
  claims.says(`The mean over the three rows is ${shown(lossOf(start, 0.2))}.`);
  claims.says(`Guessing at random would cost $\\ln 3 = ${shown(Math.log(3))}$`);
  let after = start;
  for (let step = 0; step < 20; step++) {
    after = trained(after, 0.2);
  }
  claims.says(`After 20 steps it's ${shown(lossOf(after, 0.2))}, and every question is nearest to its own clause.`);
  cosinesOf(after).forEach((row, i) => {
    expect(row.indexOf(Math.max(...row))).toBe(i);
  });
  const apart = ({ questions }: typeof start) => (Math.abs(questions[0]! - questions[2]!) * 180) / Math.PI;
  claims.says(`were ${apart(start).toFixed(0)} degrees apart and are ${apart(after).toFixed(0)} apart now`);
}

/** Figures of the papers' own. */
export function published(claims: Claims): void {
  claims.says('Finding the most similar pair among 10,000 sentences took BERT about 65 hours by pairs'); // Reimers and Gurevych 2019
}
