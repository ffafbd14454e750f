// Lesson 26: each number and each outcome that its prose speaks of, computed; and its style. Then what its live blocks show.

import { describe, expect, it } from 'vitest';
import { CLAUSE_TEXTS, CLAUSES } from '../../../src/programs/tenancy.ts';
import type { ParamValues, TableValue, Trace } from '../../../src/shared/trace.ts';
import { testModels } from '../programs/models.ts';
import { framesOf, output, run, table } from '../programs/run.ts';
import { blockOf, Claims, readLesson } from './lessonProse.ts';
import {
  between,
  contrastive,
  distilled,
  MINILM,
  published,
  TWINS,
  threeWays,
  transformer,
  wordScores,
} from './semanticDeeper.ts';
import { direction, fusion, threshold, twoSearches } from './semanticOverview.ts';
import { dot, readMeaning } from './tenancyReckoned.ts';

const lesson = readLesson('26-semantic-search');
/** The packed form of all-MiniLM-L6-v2 is rounded to bytes. */
const ROUNDING = 0.02;

const runBlock = (block: string, more: ParamValues = {}) => {
  const { program, params } = blockOf(lesson, block).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...more });
};

describe('lesson 26, semantic search', { timeout: 60_000 }, () => {
  it('says only numbers that are computed here', async () => {
    const claims = new Claims(lesson);
    const meaning = await readMeaning();
    twoSearches(claims, meaning);
    direction(claims, meaning);
    fusion(claims, meaning);
    threshold(claims, lesson, meaning);
    wordScores(claims);
    threeWays(claims, meaning);
    distilled(claims, meaning);
    await transformer(claims, meaning);
    contrastive(claims);
    published(claims);
    expect(claims.numbers).toBeGreaterThan(70);
    expect(claims.unclaimed()).toEqual([]);
  });
});

describe('what lesson 26 says of all-MiniLM-L6-v2', () => {
  it('is what the model says, where it is on this machine', async ({ skip }) => {
    const minilm = await testModels.embedder('minilm').catch(() => undefined);
    if (minilm === undefined) {
      return skip();
    }
    expect(minilm.dimensions).toBe(384);
    expect(Math.abs((await between(minilm, TWINS.dogs)) - MINILM.dogs)).toBeLessThan(ROUNDING);
    expect(Math.abs((await between(minilm, TWINS.not)) - MINILM.not)).toBeLessThan(ROUNDING);
    const [code, low, flue] = await minilm.embed(['ERR_4032', CLAUSE_TEXTS[9]!, CLAUSE_TEXTS[10]!]);
    expect(dot(code!, flue!)).toBeGreaterThan(dot(code!, low!));
  });
});

describe('the live blocks of lesson 26', { timeout: 60_000 }, () => {
  const lists = (trace: Trace) => table(trace, framesOf(trace, 'search')[0], 'lists').rows;
  const agreement = (trace: Trace) => table(trace, framesOf(trace, 'agreement')[0], 'agreement');

  it('find cats by their name in both lists, and without a shared word in one', async () => {
    expect(lists(await runBlock('feline'))[0]).toEqual([1, '4 Animals: 2.52', '4 Animals: 0.646']);
    const felines = await runBlock('feline', { query: 'feline pets' });
    expect(lists(felines)[0]).toEqual([1, '–', '4 Animals: 0.581']);
    expect(agreement(felines).marks).toBeUndefined();
  });

  it('find a code by its word alone, and offer both boilers to bet on', async () => {
    const trace = await runBlock('code');
    expect(lists(trace)[0]!.slice(1)).toEqual(['10 Boiler, low pressure: 5', '11 Boiler, flue: 0.383']);
    const [{ inputs }] = framesOf(trace, 'search') as [Trace['frames'][number]];
    const candidates = trace.values[inputs.find(({ name }) => name === 'candidates')!.value] as TableValue;
    expect(candidates.rows.slice(0, 2)).toEqual([['11 Boiler, flue'], ['10 Boiler, low pressure']]);
    expect(candidates.rows.length).toBeGreaterThanOrEqual(4);
    expect(candidates.marks).toEqual([{ row: 0, role: 'chosen' }]);
  });

  it('fuse as the formula says, and weigh as the learner drags', async () => {
    const first = async (weight: number) => {
      const trace = await runBlock('fusion', { weight });
      return table(trace, framesOf(trace, 'fuse')[0], 'fused').rows[0]!;
    };
    expect((await first(0.7))[0]).toBe('10 Boiler, low pressure');
    expect((await first(0.7)).slice(1)).toEqual([0.267, '1 → 0.167', '2 → 0.1']);
    expect((await first(1.2))[0]).toBe('11 Boiler, flue');
  });

  it('show where a cosine comes from, and end on one direction', async () => {
    const trace = await runBlock('direction');
    expect(trace.frames.map(({ op }) => op)).toEqual(['tokens', 'look-up', 'pool', 'normalise', 'compare']);
    expect(table(trace, framesOf(trace, 'compare')[0], 'pairs').rows[0]).toEqual(['pets', 'animals', 0.148]);
    const codes = await runBlock('direction', { text: 'ERR_4032', other: 'ERR_4031' });
    expect(output(codes, framesOf(codes, 'compare')[0], 'cosine')).toMatchObject({ value: 0.981 });
  });

  it('mark the questions, the highest cosine first, so that a threshold cuts the table', async () => {
    const trace = await runBlock('threshold', { threshold: 0.35 });
    expect(framesOf(trace, 'answer')[0]!.note).toContain('10 right, 3 false answers, 1 silent');
    const { rows, marks } = table(trace, framesOf(trace, 'answer')[0], 'answers') as TableValue;
    expect(rows[0]).toEqual([0.774, 'The boiler shows ERR_4032', 'false: 11 Boiler, flue', '10']);
    const cosines = rows.map((row) => Number(row[0]));
    expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
    expect(rows.map((row) => String(row[2]).includes('silent'))).toEqual(cosines.map((value) => value < 0.35));
    expect(marks!.map(({ row }) => String(rows[row]![2]).slice(0, 6))).toEqual([
      'false:',
      'false:',
      'false:',
      'silent',
    ]);
    const scores = table(trace, framesOf(trace, 'ways')[0], 'scores') as TableValue;
    expect(scores.rows.map((row) => row.slice(0, 3))).toEqual([
      ['words', 40, 60],
      ['meaning', 70, 100],
      ['both, fused', 70, 80],
    ]);
    expect(agreement(trace).rows.map((row) => row[2])).toEqual(CLAUSES.map(({ text }) => text));
  });

  it('mark the learner’s own questions', async () => {
    const own = await runBlock('yours', { questions: 'May I have a cat? => 4\nno arrow here\nx => 99' });
    expect(table(own, framesOf(own, 'answer')[0], 'answers').rows).toHaveLength(1);
    expect(table(own, framesOf(own, 'answer')[0], 'unread').rows).toEqual([['no arrow here'], ['x => 99']]);
  });

  it('score the boiler clause word by word', async () => {
    const trace = await runBlock('bm25');
    const rows = table(trace, framesOf(trace, 'score')[0], 'words').rows;
    expect(rows.find(([term]) => term === 'boiler')).toEqual(['boiler', 2, 1.89, 2, 2.08]);
    expect(rows.find(([term]) => term === 'the')!.at(-1)).toBe(0);
  });

  it('turn the pairs together', async () => {
    const trace = await runBlock('pairs', { steps: 20 });
    expect(framesOf(trace, 'arrows')[0]!.note).toBe(
      '3 of 3 questions are nearest to their own clause. The loss is 0.214.',
    );
  });
});
