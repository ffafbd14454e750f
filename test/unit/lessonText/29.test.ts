// Lesson 29: each number and each outcome that its prose speaks of, computed by its own live blocks, by plain arithmetic,
// or from what the search benchmark measured on three labelled code bases; and its style.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { JUDGED } from '../../../src/programs/judgeBias.ts';
import { BOARD, LABELS } from '../../../src/programs/potteryLabels.ts';
import { average, bootstrap } from '../../../src/retrieval/metrics.ts';
import { RERANKED } from '../../../src/retrieval/rerank.ts';
import { readLabels } from '../../../src/services/search/evaluate/labelFile.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { Cell, ParamValues, Trace } from '../../../src/shared/trace.ts';
import { codeBases } from '../../bench/searchQuality/labels.ts';
import { readMeasured } from '../../bench/searchQuality/measured.ts';
import { FEW } from '../../bench/searchQuality/ways.ts';
import { framesOf, run, table } from '../programs/run.ts';
import { blockOf, Claims, readLesson } from './lessonProse.ts';

const lesson = readLesson('29-evaluating-rag');
const runBlock = (block: string, more: ParamValues = {}) => {
  const { program, params } = blockOf(lesson, block).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...more });
};
const rowsOf = (trace: Trace, op: string, name: string) => table(trace, framesOf(trace, op)[0], name).rows;
const minus = (text: string) => text.replace('-', '−');

describe('lesson 29, evaluating search and RAG', () => {
  it('says only numbers that are computed here', { timeout: 120_000 }, async () => {
    const claims = new Claims(lesson);
    await reorder(claims);
    await ways(claims);
    await spread(claims);
    codeBasesMeasured(claims);
    betterModel(claims);
    await faithful(claims);
    await judge(claims);
    quizzes(claims);
    yourOwn();
    expect(claims.numbers).toBeGreaterThan(60);
    expect(claims.unclaimed()).toEqual([]);
  });
});

async function reorder(claims: Claims): Promise<void> {
  const moved = await runBlock('reorder', { answer: 3, students: 2, clay: 5 });
  const of = (name: string) => rowsOf(moved, 'measure', 'measures').find(([measure]) => measure === name)!;
  claims.says('You push the answer itself from place 1 down to 3. You pull the two others up to places 2 and 5.');
  claims.says(`Recall@5 goes from ${of('recall@5')[1]} to ${of('recall@5')[2]}`);
  claims.says(`The reciprocal rank falls from ${of('reciprocal rank')[1]} to ${of('reciprocal rank')[2]}`);
  claims.says(`nDCG@5 moves from ${of('nDCG@5')[1]} to ${of('nDCG@5')[2]}.`);
  // The same with plain arithmetic.
  const log = (place: number) => Math.log2(place + 1);
  const [gained, best] = [1 / log(2) + 2 / log(3) + 1 / log(5), 2 / log(1) + 1 / log(2) + 1 / log(3)];
  expect(log(3)).toBe(2);
  claims.says(
    `That's 1/${log(2).toFixed(3)} + 2/2 + 1/${log(5).toFixed(3)}, so ${gained.toFixed(3)}. The best possible order has 2, 1 and 1 at places 1, 2 and 3: ${best.toFixed(3)}. Their quotient is the *normalised* DCG, ${(gained / best).toFixed(3)}.`,
  );
  expect(of('nDCG@5')[2]).toBeCloseTo(gained / best, 3);
  claims.says('and the one between 9 and 10 hardly');
}

async function ways(claims: Claims): Promise<void> {
  expect([BOARD.length, LABELS.split('\n').length]).toEqual([24, 24]);
  claims.says('### Four searches, 24 questions');
  claims.says('are 24 passages. We wrote 24 questions for them');
  claims.says('You have 24 questions. With 24 others the means');
  claims.says(
    'Put the 24 differences, fusion minus vectors, into a bag. Draw one, note it, put it back, and do so 24 times.',
  );
  claims.says("Tune for a month on the same 24 questions, and you'll be good at 24 questions.");
  const trace = await runBlock('ways');
  const [grep, bm25, vectors, fusion] = rowsOf(trace, 'ways', 'ways').map((row) => Number(row[3]));
  claims.says(`By nDCG@10 it's grep ${grep}, BM25 ${bm25}, vectors ${vectors} and fusion ${fusion}.`);
  expect(Math.max(grep!, bm25!, vectors!)).toBeLessThan(fusion!);
  expect(grep! / fusion!).toBeLessThan(0.5); // the plot's choices
  const note = framesOf(trace, 'ways')[0]!.note!;
  const [, more, low, high] = /fusion minus vectors: (\S+), .* from (\S+) to (\S+)\. Zero lies inside/.exec(note)!;
  claims.says(`The difference is ${more}, and it could as well lie between ${low} and ${high}.`);
  const [, up, down] = /better on (\d+), worse on (\d+)/.exec(framesOf(trace, 'questions')[0]!.note!)!;
  claims.says(`Fusion is better on ${up} questions and worse on ${down}.`);
  for (const second of ['grep', 'BM25']) {
    expect(framesOf(await runBlock('ways', { second }), 'ways')[0]!.note).toContain('Zero lies outside');
  }
  const few = await runBlock('ways', { count: 6, first: 'vectors', second: 'BM25' });
  expect(framesOf(few, 'ways')[0]!.note).toContain('Zero lies inside');
}

async function spread(claims: Claims): Promise<void> {
  const bins = rowsOf(await runBlock('spread'), 'drawings', 'spread');
  const drawn = bins.reduce((sum, row) => sum + Number(row[1]), 0);
  claims.says(`Repeat ${drawn.toLocaleString('en')} times.`);
  claims.says(`in ${drawn.toLocaleString('en')} drawings`);
  claims.says('cut off 2.5% at either end. What is left is a **confidence interval** of 95%.');
  const away = rowsOf(await runBlock('spread', { second: 'grep' }), 'drawings', 'spread');
  expect(Number(away[0]![0])).toBeGreaterThan(0);
  // Four times the questions, half the width.
  const random = seededRandom(3);
  const width = (count: number) => {
    const widths = Array.from({ length: 20 }, () => {
      const { low, high } = bootstrap(Array.from({ length: count }, random), random, 0.95, 400);
      return high - low;
    });
    return average(widths);
  };
  expect(width(25) / width(100)).toBeCloseTo(2, 0);
}

/** The figures of searchMeasured.test.ts, which says that they are still true. */
const { ndcgs } = readMeasured();
const allOf = (way: string) => [...ndcgs.get(way)!.values()].flat();
const three = (value: number) => value.toFixed(3);

function saysRow(claims: Claims, way: string): void {
  const means = [...codeBases.map((base) => average(ndcgs.get(way)!.get(base)!)), average(allOf(way))];
  claims.says(`| ${way} | ${means.map(three).join(' | ')} |`);
}

function difference(way: string, other: string) {
  const values = allOf(way).map((ndcg, i) => ndcg - allOf(other)[i]!);
  return { values, ...bootstrap(values, seededRandom(1)) };
}

function codeBasesMeasured(claims: Claims): void {
  for (const way of ['counting words', 'BM25', 'static vectors', 'fusion']) {
    saysRow(claims, way);
  }
  const sizes = [...ndcgs.get('fusion')!.values()].map(({ length }) => length);
  claims.says(
    `with ${allOf('fusion').length} labelled questions, ${Math.min(...sizes)} to ${Math.max(...sizes)} for each`,
  );
  claims.says('These are the means of nDCG@10:');
  const { values, mean, low, high } = difference('fusion', 'BM25');
  claims.says(
    `Fusion minus BM25 is ${three(mean)}, with an interval from ${three(low)} to ${three(high)}. Zero is outside`,
  );
  expect(low).toBeGreaterThan(0);
  const [up, down] = [values.filter((by) => by > 0).length, values.filter((by) => by < 0).length];
  claims.says(`But it's better on ${up} questions and *worse* on ${down}. If you are one of the ${down}`);
  claims.says(`worse for ${down} questions of ${values.length}`);
  const apart = average(ndcgs.get('fusion, fitted on the others')!.get('mcp')!);
  const bm25 = average(ndcgs.get('BM25')!.get('mcp')!);
  expect(apart).toBeLessThan(bm25);
  claims.says(`On \`mcp\` this gives ${three(apart)}, and BM25 alone has ${three(bm25)}.`);
}

function betterModel(claims: Claims): void {
  claims.says('The sentence encoder all-MiniLM-L6-v2 sees more');
  claims.says(`with the first ${FEW} hits alone`);
  claims.says(`It reads the first ${RERANKED} hits of the fusion`);
  claims.says(`Re-ranking reads up to ${RERANKED} chunks while`);
  for (const way of ['MiniLM vectors', `fusion, first ${FEW} re-ranked`, 'fusion, re-ranked', 'fusion with MiniLM']) {
    saysRow(claims, way);
  }
  const again = difference('fusion, re-ranked', 'fusion');
  expect(again.low).toBeGreaterThan(0);
  claims.says(
    `Re-ranking adds ${three(again.mean)} to the fusion, and the interval goes from ${three(again.low)} to ${three(again.high)}.`,
  );
  const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const settings = Object.assign(
    {},
    ...[manifest.contributes.configuration].flat().map(({ properties }) => properties),
  );
  expect(settings['insideLlms.search.rerank'].default).toBe(true);
  const whole = difference('fusion with MiniLM', 'fusion, re-ranked');
  for (const base of codeBases) {
    const [by, than] = ['fusion with MiniLM', 'fusion, re-ranked'].map((way) => average(ndcgs.get(way)!.get(base)!));
    expect(by).toBeGreaterThan(than!);
  }
  claims.says(
    `It leads by ${three(whole.mean)}, with an interval from ${minus(three(whole.low))} to ${three(whole.high)}.`,
  );
  expect(whole.low).toBeLessThan(0);
  const apart = codeBases.map((base) => average(ndcgs.get('fusion with MiniLM, fitted on the others')!.get(base)!));
  claims.says(`it has ${three(apart[0]!)}, ${three(apart[1]!)} and ${three(apart[2]!)} on the third`);
  codeBases.forEach((base, i) => {
    for (const way of ['BM25', 'MiniLM vectors']) {
      expect(apart[i]).toBeGreaterThan(average(ndcgs.get(way)!.get(base)!));
    }
  });
  const alone = average(allOf('fusion, in the order of MiniLM alone'));
  claims.says(`the first ${RERANKED} come out at ${three(alone)}, hardly better than before`);
  expect(Math.abs(alone - average(allOf('fusion')))).toBeLessThan(0.005);
}

async function faithful(claims: Claims): Promise<void> {
  const rows = rowsOf(await runBlock('faithful'), 'check', 'checked');
  expect(rows).toHaveLength(5);
  claims.says('from a cosine of 0.6 on');
  expect(rows.map((row) => row[1] === 'borne out')).toEqual([true, true, true, false, false]);
  expect(rows[0]![0]).toBe(rows[0]![3]);
  claims.says(`*Two hours* passes, with ${rows[1]![2]}`);
  claims.says(`turns the rule about the drain into its opposite, and its cosine is ${rows[2]![2]}.`);
  claims.says(`It fails, with ${rows[3]![2]}.`);
  expect([rows[1]![4], rows[2]![4]]).toEqual(['two', '']);
  expect(String(rows[3]![4]).split(', ').length).toBe(7); // each word of the café's sentence but none of the board's
}

async function judge(claims: Claims): Promise<void> {
  expect(JUDGED).toHaveLength(8);
  const seconds = (rows: readonly (readonly Cell[])[]) => rows.filter((row) => row[1] === 'the second').length;
  const verdicts = async (more: ParamValues) => rowsOf(await runBlock('judge', more), 'judge', 'verdicts');
  claims.says(`Of eight pairs it prefers the false answer in ${seconds(await verdicts({}))}.`);
  expect(seconds(await verdicts({ pairs: 'longer' }))).toBe(8);
  expect(seconds(await verdicts({ pairs: 'longer', swap: true }))).toBe(0);
  const numbers = await verdicts({ pairs: 'number' });
  expect(numbers).toHaveLength(4);
  expect(numbers.every((row) => row[3] === row[5])).toBe(true);
  expect([seconds(numbers), seconds(await verdicts({ pairs: 'number', swap: true }))]).toEqual([0, 0]);
  expect(framesOf(await runBlock('judge', { pairs: 'number' }), 'swap')[0]!.note).toContain('4 of 4 verdicts');
}

function yourOwn(): void {
  const texts = JSON.parse(readFileSync(inRoot('package.nls.json'), 'utf8')) as Record<string, string>;
  const section = lesson.section('Deep dive');
  expect(section).toContain(`*Inside LLMs: ${texts['command.evaluateSearch']}*`);
  expect(section).toContain('npm run bench -- searchQuality');
  const [label] = /\{"query".*?\}/.exec(section)!;
  expect(readLabels(label, 'lesson').map(({ labels }) => labels[0]?.path)).toEqual(['src/parser.ts']);
}

function quizzes(claims: Claims): void {
  claims.says('BM25'); // a name
  claims.says(minus('A new setting is better by 0.03, with an interval from -0.01 to 0.07.'));
  claims.says('A difference of 0.07 lies inside as well.');
  claims.says('how little 20 or 30 questions can show');
  claims.says('could stand in place 50 without');
  claims.says('nDCG@10, because it has the most in its formula.');
  claims.says('It also counts places 6 to 10');
  claims.says('on 70 of 100 pairs');
  claims.says('If 30 of the 70 fall to the other side');
  claims.says('Take the 70, since 100 pairs are many.');
  claims.says('Its 192 numbers are too few for it.');
}
