// Lesson 30: each number and each outcome that its prose speaks of, computed; and its style. The sentiment model runs as
// it ships, through the real pipeline and on our engine.

import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { Engine } from '../../../src/engine/engine.ts';
import {
  type Accuracy,
  measureSentiment,
  type SentimentMeasures,
  trainingReviews,
} from '../../../src/model/sentiment/measure.ts';
import type { SentimentModel } from '../../../src/model/sentiment/sentimentModel.ts';
import type { ProgramModels } from '../../../src/programs/models.ts';
import { loadSentiment, TINY_SENTIMENT } from '../../../src/programs/sentiment.ts';
import { threeRules } from '../../../src/programs/stationRules.ts';
import { runTools } from '../../../src/programs/toolCalls.ts';
import { localModels } from '../../../src/services/models/localModels.ts';
import { neverCancelled, systemClock } from '../../../src/shared/environment.ts';
import type { ParamValues, TableValue, TensorValue, TextValue, Trace } from '../../../src/shared/trace.ts';
import { makeModelsBundle } from '../models/support.ts';
import { loadRealTokenizer } from '../programs/realTokenizers.ts';
import { framesOf, loadTestKernels, output, run, table } from '../programs/run.ts';
import { blockOf, Claims, percent, readLesson } from './lessonProse.ts';

const lesson = readLesson('30-local-ai');
let dist: string;
let models: ProgramModels;
let sentiment: SentimentModel;
let measures: SentimentMeasures;

beforeAll(async () => {
  dist = await mkdtemp(path.join(tmpdir(), 'inside-llms-'));
  await makeModelsBundle(dist);
  await cp(inRoot('media/models', TINY_SENTIMENT), path.join(dist, 'models', TINY_SENTIMENT), { recursive: true });
  const staticModel = inRoot('media/models/static-minilm/model.bin');
  models = localModels({ staticModel, dist, cache: path.join(dist, 'cache') }, loadRealTokenizer);
  sentiment = await loadSentiment(models, new Engine(await loadTestKernels()));
  measures = measureSentiment(sentiment);
}, 120_000);

afterAll(async () => {
  sentiment?.release();
  await rm(dist, { recursive: true, force: true });
});

const runBlock = (block: string, more: ParamValues = {}, others: Partial<ProgramModels> = {}): Promise<Trace> => {
  const { program, params } = blockOf(lesson, block).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...more }, { models: { ...models, ...others }, clock: systemClock });
};
const judge = (text: string) => sentiment.judge([text])[0]!;
const LATE = 'The train was late, but the coffee was lovely.';
const SWAPPED = 'The coffee was lovely, but the train was late.';

describe('lesson 30, local AI', () => {
  it('says only numbers that are computed here', async () => {
    const claims = new Claims(lesson);
    call(claims);
    edges(claims);
    await parts(claims);
    tables(claims);
    await bill(claims);
    await loopText(claims);
    expect(claims.numbers).toBeGreaterThan(40);
    expect(claims.unclaimed()).toEqual([]);
  });
});

function call(claims: Claims): void {
  const [late, swapped] = [judge(LATE), judge(SWAPPED)];
  expect([late.label, swapped.label]).toEqual(['POSITIVE', 'NEGATIVE']);
  claims.says(`POSITIVE, with a probability of ${late.score.toFixed(3)}.`);
  claims.says(`With the halves swapped it's NEGATIVE, with ${swapped.score.toFixed(3)}.`);
  expect(LATE.toLowerCase().match(/\w+/g)!.sort()).toEqual(SWAPPED.toLowerCase().match(/\w+/g)!.sort());
}

function edges(claims: Claims): void {
  const { all, byKind, away, elsewhere } = measures;
  claims.says('trained on 8,000 made-up reviews of drinks, trains, software and weather');
  expect(all.texts).toBe(1000);
  claims.says(`On 1,000 others of the same kind it's right in ${percent(all.model, 1)} of cases.`);
  claims.says(
    `It gets ${percent(all.words, 1)}. Where the two halves of a review disagree, counting gets ${percent(byKind.contrast.words, 1)}`,
  );
  const [broke, joy] = [
    judge('It broke on the second day.'),
    judge('My grandmother cried with joy when the parcel came.'),
  ];
  expect([broke.label, joy.label]).toEqual(['POSITIVE', 'NEGATIVE']);
  claims.says(
    `Then try *My grandmother cried with joy when the parcel came.* Her joy is NEGATIVE, with ${joy.score.toFixed(3)}.`,
  );
  claims.says(`Right: ${broke.score.toFixed(3)}. It has never met such a sentence`);
  expect(trainingReviews().filter(({ text }) => /\b(broke|second|day)\b/i.test(text))).toEqual([]);
  const question = judge('Could you tell me when the café opens on Sundays?');
  expect(question.label).toBe('POSITIVE');
  claims.says(`Our model calls the question praise, with ${question.score.toFixed(2)}`);
  claims.says('with a probability of more than 0.99.');
  const right = (share: number) => Math.round(share * elsewhere.texts);
  claims.says(`On ${elsewhere.texts} such sentences, written by hand, it's right ${right(elsewhere.model)} times.`);
  claims.says(
    `Counting words is right ${right(elsewhere.words)} times, and a coin on average ${elsewhere.texts / 2} times.`,
  );
  claims.says(
    `Over 1,000 reviews of plays and furniture the model's confidence is ${percent(away.confidence)}, and ${percent(away.model, 1)} of its labels are right.`,
  );
  expect(away.texts).toBe(1000);
  claims.says(`Counting words does better there, with ${percent(away.words, 1)}.`);
  expect(away.words).toBeGreaterThan(away.model);
  claims.says('Away they part by 20 points and more.');
  expect(away.confidence - away.model).toBeGreaterThan(0.2);
  claims.says('of all labels that it gives with 0.9, nine in ten are right');
}

async function parts(claims: Claims): Promise<void> {
  const trace = await runBlock('opened');
  const ids = sentiment.ids(LATE).length;
  const { channels } = sentiment.classifier.bert.config;
  claims.says(`${ids - 2} tokens, with \`[CLS]\` before and \`[SEP]\` behind`);
  claims.says(`${ids} ids pick ${ids} rows of ${channels} numbers`);
  claims.says(`leaves the last layer with $C = ${channels}$ numbers`);
  expect(sentiment.classifier.bert.config.layers).toBe(2);
  const note = framesOf(trace, 'scores')[0]!.note!;
  const [, bad, good] = /NEGATIVE gets (−[\d.]+), POSITIVE gets (\d+\.\d+)/u.exec(note)!;
  claims.says(`For the late train they are ${bad} and ${good}.`);
  const difference = Number(good) - Number(bad!.replace('−', '-'));
  claims.says(
    `The difference is ${difference.toFixed(2)}, and the formula gives ${(1 / (1 + Math.exp(-difference))).toFixed(3)}.`,
  );
  const weights = sentiment.classifier.parameters.count;
  claims.says(
    `There are ${weights.toLocaleString('en')} weights of four bytes each, so ${(4 * weights).toLocaleString('en')} bytes.`,
  );
  expect(framesOf(trace, 'price')[0]!.note).toContain(`${weights.toLocaleString('en')} weights`);
  const prices = table(trace, framesOf(trace, 'price')[0], 'prices').rows.map((row) => Number(row[2]));
  const rows = sentiment.classifier.bert.config.vocabulary;
  claims.says(
    `The table of ${rows} rows holds ${prices[1]!.toLocaleString('en')} of the ${weights.toLocaleString('en')} weights, nearly half.`,
  );
  expect(prices[1]).toBe(rows * channels);
  expect(prices[1]! / weights).toBeGreaterThan(0.45);
  expect(prices[2]! / prices[1]!).toBeGreaterThan(1);
  expect(prices[2]! / prices[1]!).toBeLessThan(1.05); // "hardly more"
  claims.says(`${ids} rows are read, and nothing is multiplied`);
  claims.says(`anew for each of the ${ids} tokens`);
}

function tables(claims: Claims): void {
  const { all, byKind, away, elsewhere } = measures;
  const row = (name: string, { confidence, model, words }: Accuracy) =>
    claims.says(`| ${name} | ${percent(confidence, 1)} | ${percent(model, 1)} | ${percent(words, 1)} |`);
  row('held-out reviews, all', all);
  row('plain ones among them', byKind.plain);
  row('with a negation', byKind.negated);
  row('with a contrast', byKind.contrast);
  row('plays and furniture', away);
  row('written by hand', elsewhere);
}

async function bill(claims: Claims): Promise<void> {
  const { params } = blockOf(lesson, 'bill').body as unknown as { params: Record<string, number> };
  const month = params.texts! * 30;
  const away = (month * params.tokens! * params.price!) / 1e6;
  const here = ((month * params.ms!) / 3_600_000 / 1000) * params.watts! * params.power!;
  claims.says(
    `With these, ${month.toLocaleString('en')} texts cost ${away} at the endpoint and ${here.toFixed(2)} in electricity.`,
  );
  const trace = await runBlock('bill');
  expect(table(trace, trace.frames[0], 'bill').rows.map((row) => row[2])).toEqual([away, Number(here.toFixed(2))]);
}

async function loopText(claims: Claims): Promise<void> {
  const source = await readFile(inRoot('src/programs/toolCalls.ts'), 'utf8');
  const lines = /export async function\* runTools[\s\S]*?\n\}\n/u.exec(source)![0].trimEnd().split('\n').length;
  claims.says(`That is the whole loop, in ${lines} lines.`);
  claims.says('a guest writes the error code ERR_4032 and nothing else');
  claims.says('BM25 gives a rare word');
  claims.says("BM25 doesn't ask for language");
}

describe('the live blocks of lesson 30', () => {
  it('call the real pipeline, and open it to the same answer', async () => {
    const called = await runBlock('call');
    expect(table(called, called.frames[0], 'answer').rows[0]![0]).toBe('POSITIVE');
    expect((output(called, called.frames[0], 'code') as TextValue).text).toContain(
      "pipeline('text-classification', 'tiny-sentiment')",
    );
    expect(table(await runBlock('call', { text: SWAPPED }), called.frames[0], 'answer').rows[0]![0]).toBe('NEGATIVE');
    const opened = await runBlock('opened');
    expect(opened.frames.map(({ op }) => op)).toEqual([
      'tokens',
      'embed',
      'layers',
      'pool',
      'scores',
      'softmax',
      'compare',
      'price',
    ]);
    expect((output(opened, framesOf(opened, 'layers')[0], 'states') as TensorValue).shape).toEqual([13, 32]);
    expect(framesOf(opened, 'compare')[0]!.note).toBe(
      'The same label, and the probabilities differ by less than a millionth.',
    );
    const weights = table(opened, framesOf(opened, 'price')[0], 'prices').rows.map((row) => Number(row[2]));
    expect(weights.reduce((a, b) => a + b)).toBe(sentiment.classifier.parameters.count);
  });

  it('agree with the pipeline on texts of all kinds, an empty one and a long one', async () => {
    for (const text of ['', '🙂', 'not bad. '.repeat(30), 'Ünusual wörds, zxq!']) {
      const opened = await runBlock('opened', { text });
      expect(framesOf(opened, 'compare')[0]!.note, text).toMatch(/^The same label.* by less than/);
    }
  });

  it('name the model that is missing, for the button that fetches it', async () => {
    for (const model of ['sentiment', 'zero-shot', 'summaries']) {
      await expect(runBlock('others', { model })).rejects.toMatchObject({ code: 'model-missing', where: model });
    }
    await expect(runBlock('loop', { policy: 'smollm2' })).rejects.toMatchObject({ where: 'smollm2' });
  });

  it('show what other pipelines answer in their forms', async () => {
    const asked: unknown[] = [];
    const answering = (answer: unknown) => ({
      pipeline: async (...call: unknown[]) => {
        asked.push(call);
        return answer;
      },
    });
    const zero = { sequence: 'x', labels: ['question', 'praise'], scores: [0.9, 0.1] };
    const shown = await runBlock('others', { model: 'zero-shot' }, answering(zero));
    expect(table(shown, shown.frames[0], 'answer').rows).toEqual([
      ['question', 0.9],
      ['praise', 0.1],
    ]);
    expect(asked[0]).toMatchObject([
      'zero-shot-classification',
      'zero-shot',
      expect.any(String),
      { labels: ['praise', 'complaint', 'question'] },
    ]);
    const summary = await runBlock('others', { model: 'summaries' }, answering([{ summary_text: 'In short.' }]));
    expect(output(summary, summary.frames[0], 'answer')).toMatchObject({ text: 'In short.' });
  });

  it('drift: the confidence falls by far less than what is right, and the cut words tell', async () => {
    const trace = await runBlock('weeks');
    const rows = trace.frames.map((frame) => table(trace, frame, 'weeks').rows[0]!.map(Number));
    const mean = (from: number, to: number, column: number) =>
      rows.slice(from - 1, to).reduce((sum, row) => sum + row[column]!, 0) / (to - from + 1);
    const change = [1, 2, 3].map((column) => mean(8, 12, column) - mean(1, 4, column)) as [number, number, number];
    expect(change[0]).toBeLessThan(-0.08);
    expect(change[0]).toBeGreaterThan(-0.15); // about a tenth
    expect(change[1]).toBeLessThan(-0.2);
    expect(1 - mean(8, 12, 2)).toBeGreaterThan(1 / 4 - 0.03); // every third or fourth is wrong
    expect(1 - mean(8, 12, 2)).toBeLessThan(1 / 3 + 0.03);
    expect([mean(1, 4, 3), mean(8, 12, 3)]).toEqual([0, expect.closeTo(0.25, 1)]);
    const still = await runBlock('weeks', { kind: 'none' });
    expect(still.frames.map((frame) => table(still, frame, 'weeks').rows[0]![3])).toEqual(Array(12).fill(0));
  });

  it('loop through two searches to an answer, and to a false one where no note knows', async () => {
    const trace = await runBlock('loop');
    expect(trace.frames.map(({ op }) => op)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
      'tool',
      'assistant',
      'end',
    ]);
    const texts = trace.frames.slice(0, -1).map((frame) => (output(trace, frame, 'newest') as TextValue).text);
    expect(texts[2]).toMatch(/see the till rules\./);
    expect(texts[3]).toBe('CALL search: till rules');
    expect(texts.at(-1)).toMatch(/^The notes say: Till rules: money back/);
    const roof = await runBlock('loop', { question: 'Who repairs the roof?' });
    expect((output(roof, roof.frames.at(-2), 'newest') as TextValue).text).toMatch(/^The notes say: Till rules: money/);
    for (const most of [0, 1]) {
      const cut = await runBlock('loop', { most });
      expect(framesOf(cut, 'tool')).toHaveLength(most);
      expect(cut.frames.at(-1)!.label).toBe('It ends without an answer');
    }
  });

  it('a language model as the policy gets the messages in its own form, and its first line counts', async () => {
    const prompts: string[] = [];
    const replies = ['CALL search: till rules\nand then', 'Within two weeks, with the receipt.'];
    const pipeline = async (_: string, __: string, prompt: string) => {
      prompts.push(prompt);
      return [{ generated_text: ` ${replies[prompts.length - 1]}` }];
    };
    const trace = await runBlock('loop', { policy: 'smollm2' }, { pipeline });
    const last = output(trace, trace.frames.at(-2), 'newest') as TextValue;
    expect(last.text).toBe('Within two weeks, with the receipt.');
    expect(prompts[1]).toMatch(
      /<\|im_start\|>assistant\nCALL search: till rules<\|im_end\|>\n<\|im_start\|>user\nThe search found:\nTill rules/,
    );
    expect(prompts[1]).toMatch(/<\|im_start\|>assistant\n$/);
  });

  it('a call of a tool that there isn’t is answered by the loop, and runs nothing', async () => {
    const said = ['CALL constructor: x', 'Done.'];
    const policy = async () => said.shift()!;
    let messages: readonly { readonly content: string }[] = [];
    for await (messages of runTools(policy, {}, 'q', 3, neverCancelled)) {
      // The list grows in place.
    }
    expect(messages.map(({ content }) => content)).toEqual([
      'q',
      'CALL constructor: x',
      'There is no tool "constructor".',
      'Done.',
    ]);
    expect(await threeRules([{ role: 'user', content: 'q' }])).toBe('CALL search: q');
  });

  it('batches: the same labels, and rates for each size', async () => {
    const trace = await runBlock('batches');
    const rows = trace.frames.map((frame) => (output(trace, frame, 'rates') as TableValue).rows[0]!);
    expect(rows.map(([size]) => size)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(rows.every(([, rate, wait]) => Number(rate) > 0 && Number(wait) > 0)).toBe(true);
    const fixed = await runBlock('batches', { model: 'static' });
    expect(fixed.frames).toHaveLength(7);
  });
});
