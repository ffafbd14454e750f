// What the Overview of lesson 26 says: two searches, a sentence as one direction, one list out of two, a threshold.

import { expect } from 'vitest';
import { readLabelled } from '../../../src/programs/labelledQuestions.ts';
import { CLAUSE_TEXTS, CLAUSES, MORE_QUESTIONS, QUESTIONS } from '../../../src/programs/tenancy.ts';
import { blockOf, type Claims, type LessonProse } from './lessonProse.ts';
import { byWords, cosine, fused, lengthOf, type Meaning, pairsOf, shown } from './tenancyReckoned.ts';

export function twoSearches(claims: Claims, { byMeaning }: Meaning): void {
  claims.says(`a tenancy agreement of ${CLAUSES.length} short clauses`);
  const cats = CLAUSES[3]!;
  claims.says(`**${cats.title}.** ${cats.text}`);
  expect([byWords('cats')[0]!.clause, byMeaning('cats')[0]!.clause]).toEqual([4, 4]);
  claims.says('Both put clause 4 first.');
  expect(byWords('feline pets')).toEqual([]);
  const felines = byMeaning('feline pets');
  expect(felines[0]!.clause).toBe(4);
  claims.says(
    `with a cosine of ${shown(felines[0]!.score)}. The next clause is far behind, with ${shown(felines[1]!.score)}.`,
  );
  expect(byMeaning('kitten')[0]!.clause).toBe(4);
  expect(byMeaning('Can I play the piano at midnight?')[0]!.clause).toBe(5);
  const words = byWords('ERR_4032');
  const meaning = byMeaning('ERR_4032');
  claims.says('the boiler shows `ERR_4032`');
  claims.says('Clause 10 is about this code and says which valve to open. Clause 11 is about `ERR_4031`');
  expect(CLAUSES[9]!.text).toMatch(/ERR_4032.*valve/u);
  expect(CLAUSES[10]!.text).toMatch(/ERR_4031.*switch it off and go outside/u);
  expect(CLAUSE_TEXTS.filter((text) => text.includes('ERR_4032'))).toHaveLength(1);
  expect([words[0]!.clause, meaning[0]!.clause, meaning[1]!.clause]).toEqual([10, 11, 10]);
  claims.says(
    `By words it's clause 10. By meaning it's clause 11, with ${shown(meaning[0]!.score)} against ${shown(meaning[1]!.score)}.`,
  );
  claims.says(`a word score of ${Math.round(words[0]!.score)} to a cosine of ${shown(meaning[1]!.score)}`);
  expect(words[0]!.score).toBeCloseTo(5, 1);
  claims.says('part number `AB-1200`');
  claims.says('`XK-77B`');
  claims.says('the same mistake with ERR_4032');
}

export function direction(claims: Claims, { model, byMeaning, tokensOf }: Meaning): void {
  expect(tokensOf('feline pets').map(({ name }) => name)).toEqual(['fe', '##line', 'pets']);
  const parts = pairsOf(tokensOf('feline pets'), tokensOf(CLAUSE_TEXTS[3]!));
  expect(parts.slice(0, 2).map(({ pair }) => pair)).toEqual([
    ['pets', 'animals'],
    ['pets', 'cats'],
  ]);
  claims.says(
    `It's \`pets\` with \`animals\`, ${shown(parts[0]!.value)}, and then \`pets\` with \`cats\`, ${shown(parts[1]!.value)}.`,
  );
  const total = parts.reduce((all, { value }) => all + value, 0);
  expect(total).toBeCloseTo(byMeaning('feline pets')[0]!.score, 4);
  claims.says(`All the cells together are the cosine, ${shown(total)}.`);
  twoCodes(claims, { model, tokensOf });

  const rows = tokensOf('The landlord may end the lease.');
  const length = (name: string) => lengthOf(rows.find((row) => row.name === name)!.vector);
  claims.says(
    `the row of \`landlord\` has the length ${shown(length('landlord'), 2)} and that of \`the\` ${shown(length('the'))}. The full stop has ${shown(length('.'))}.`,
  );
  // What the quiz says of "not".
  const [plain, negated] = ['you may smoke here', 'you may not smoke here'];
  expect(cosine(model.embedOne(plain), model.embedOne(negated))).toBeGreaterThan(0.98);
  const own = tokensOf(negated).map(({ vector }) => lengthOf(vector));
  expect(tokensOf(negated).map(({ name }) => name)[2]).toBe('not');
  expect(own[2]).toBeLessThan(own.reduce((a, b) => a + b) / own.length / 2);
}

/** Why the wrong boiler comes first. */
function twoCodes(claims: Claims, { model, tokensOf }: Pick<Meaning, 'model' | 'tokensOf'>): void {
  expect(tokensOf('ERR_4032').map(({ name }) => name)).toEqual(['er', '##r', '_', '403', '##2']);
  expect(tokensOf('ERR_4031').at(-1)!.name).toBe('##1');
  claims.says('Put `ERR_4032` and `ERR_4031` into the two fields.');
  claims.says('`403` and `##2`');
  const pairs = pairsOf(tokensOf('ERR_4032'), tokensOf('ERR_4031'));
  expect(pairs[0]!.pair).toEqual(['403', '403']);
  const between = (first: string, second: string) => cosine(model.embedOne(first), model.embedOne(second));
  claims.says(
    `Their cosine is ${shown(between('ERR_4032', 'ERR_4031'))}, and the \`403\` that they share adds ${shown(pairs[0]!.value)} of it.`,
  );
  const [low, flue] = [CLAUSE_TEXTS[9]!, CLAUSE_TEXTS[10]!];
  for (const clause of [low, flue]) {
    expect(pairsOf(tokensOf('ERR_4032'), tokensOf(clause))[0]!.pair).toEqual(['403', '403']);
  }
  claims.says("Why did clause 11 win? It's shorter.");
  claims.says(
    `In a sum of ${tokensOf(flue).length} tokens \`403\` makes up more than in a sum of ${tokensOf(low).length}.`,
  );
  const other = (clause: string) => clause.replace(/403[12]/u, (code) => (code === '4032' ? '4031' : '4032'));
  claims.says(
    `clause 11 would still be first: ${shown(between('ERR_4032', other(flue)))} against ${shown(between('ERR_4032', other(low)))}.`,
  );
}

export function fusion(claims: Claims, { byMeaning }: Meaning): void {
  const lists = [byWords('ERR_4032'), byMeaning('ERR_4032')];
  const result = fused(lists, [1, 0.7]);
  expect(result.slice(0, 2).map(({ clause }) => clause)).toEqual([10, 11]);
  claims.says(
    `With the list by meaning at 0.7, clause 10 gets ${shown(result[0]!.score)} and clause 11 gets ${shown(result[1]!.score)}.`,
  );
  const [even, other] = fused(lists, [1, 1]);
  expect(even!.score).toBeCloseTo(other!.score, 12);
  expect(fused(lists, [1, 1.1])[0]!.clause).toBe(11);
  claims.says('takes $k = 5$, so that first places stand out, and $w = 0.7$ for the static vectors');
  claims.says('used $k = 60$'); // Cormack et al. 2009
  const lamp = 'Who pays for a new lamp?';
  const [words, meaning] = [byWords(lamp), byMeaning(lamp)];
  expect([words[0]!.clause, meaning[0]!.clause, meaning[1]!.clause]).toEqual([17, 3, 8]);
  expect(words.some(({ clause }) => clause === 8)).toBe(false);
  expect(fused([words, meaning], [1, 0.7])[0]!.clause).not.toBe(8);
  claims.says('Lesson twenty-eight hands it');
}

export function threshold(claims: Claims, lesson: LessonProse, { byMeaning }: Meaning): void {
  const outcomes = (text: string, least: number) => {
    const counts = { right: 0, wrong: 0, silent: 0 };
    for (const { question, clauses } of readLabelled(text).labelled) {
      const [top] = byMeaning(question);
      const answered = top!.score >= least;
      if (answered ? clauses.includes(top!.clause - 1) : clauses.length === 0) {
        counts.right++;
      } else {
        counts[answered ? 'wrong' : 'silent']++;
      }
    }
    return counts;
  };
  const { labelled, unread } = readLabelled(QUESTIONS);
  expect(unread).toEqual([]);
  claims.says(`The block has ${labelled.length} of them.`);
  expect(labelled.filter(({ clauses }) => clauses.length > 0)).toHaveLength(10);
  const moon = byMeaning('Who was the first person on the moon?')[0]!;
  expect(moon.clause).toBe(4);
  claims.says(`The cosine is low, though: ${shown(moon.score)}.`);
  expect(outcomes(QUESTIONS, 0)).toEqual({ right: 7, wrong: 7, silent: 0 });
  const all = Array.from({ length: 91 }, (_, i) => ({ at: i / 100, ...outcomes(QUESTIONS, i / 100) }));
  const within = all.filter(({ at }) => at >= 0.3 && at <= 0.4);
  for (const { right, wrong, silent } of within) {
    expect({ right, wrong, silent }).toEqual({ right: 10, wrong: 3, silent: 1 });
  }
  expect(Math.max(...all.map(({ right }) => right))).toBe(10);
  claims.says("Between 0.3 and 0.4 it's 10 right, 3 false, and one silent");
  const boiler = byMeaning('The boiler shows ERR_4032')[0]!;
  expect(boiler.clause).toBe(11);
  expect(Math.max(...labelled.map(({ question }) => byMeaning(question)[0]!.score))).toBe(boiler.score);
  claims.says(`One is the wrong boiler, with a cosine of ${shown(boiler.score)}, the highest in the whole table.`);
  expect(readLabelled(MORE_QUESTIONS).labelled).toHaveLength(10);
  expect(outcomes(MORE_QUESTIONS, 0.35)).toEqual({ right: 7, wrong: 1, silent: 2 });
  const kept = new Set(labelled.map(({ question }) => question));
  expect(readLabelled(MORE_QUESTIONS).labelled.filter(({ question }) => kept.has(question))).toEqual([]);
  claims.says('Is 0.35 now *the* threshold?');
  claims.says('You set a threshold on 14 marked questions and got 10 right.');
  claims.says('these 14 were used to choose it');

  const { params } = blockOf(lesson, 'yours').body as unknown as { params: { questions: string; threshold: number } };
  expect(readLabelled(params.questions)).toMatchObject({ labelled: { length: 3 }, unread: [] });
  expect(outcomes(params.questions, params.threshold).right).toBe(1);
  claims.says('Of our three it gets one right.');
}
