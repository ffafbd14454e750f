// The sentiment model that ships, in three hands: Hugging Face's code on PyTorch (test/reference/make_sentiment.py), the
// real pipeline of Transformers.js, and our own engine. And what its card says of it.

import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { SafetensorsFile } from '../../../src/formats/safetensors.ts';
import { measureSentiment, testReviews, trainingReviews } from '../../../src/model/sentiment/measure.ts';
import { drawReviews, KINDS } from '../../../src/model/sentiment/reviews.ts';
import { SENTIMENT_FILES, type SentimentFiles, SentimentModel } from '../../../src/model/sentiment/sentimentModel.ts';
import { HOME_TOPICS } from '../../../src/model/sentiment/words.ts';
import { TINY_SENTIMENT } from '../../../src/services/models/knownModels.ts';
import { loadRealModels } from '../../../src/services/models/load.ts';
import { checkHashes, readList } from '../../../src/services/models/modelFolder.ts';
import type { RealModels } from '../../../src/services/models/realModels.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { loadTestKernels } from '../programs/run.ts';
import { makeModelsBundle } from './support.ts';

const FOLDER = inRoot('media/models', TINY_SENTIMENT);
const read = async (name: string) => new Uint8Array(await readFile(path.join(FOLDER, name)));
let dist: string;
let models: RealModels;
let ours: SentimentModel;
let expected: { text: string; ids: number[]; logits: number[]; label: string; score: number }[];

beforeAll(async () => {
  dist = await mkdtemp(path.join(tmpdir(), 'inside-llms-'));
  await makeModelsBundle(dist);
  await cp(FOLDER, path.join(dist, 'models', TINY_SENTIMENT), { recursive: true });
  models = await loadRealModels({ dist, cache: path.join(dist, 'cache'), threads: 1 });
  const files = Object.fromEntries(
    await Promise.all(SENTIMENT_FILES.map(async (name) => [name, await models.file(TINY_SENTIMENT, name)])),
  ) as unknown as SentimentFiles;
  ours = new SentimentModel(new Engine(await loadTestKernels()), files);
  expected = JSON.parse(await readFile(inRoot('test/fixtures/model/sentiment.json'), 'utf8'));
}, 120_000);

afterAll(async () => {
  ours?.release();
  await models?.dispose();
  await rm(dist, { recursive: true, force: true });
});

describe('tiny-sentiment', () => {
  it('answers as PyTorch does, on our engine and through the real pipeline', async () => {
    const judged = ours.judge(expected.map(({ text }) => text));
    for (const [i, { text, ids, label, score }] of expected.entries()) {
      expect([...ours.ids(text)], text).toEqual(ids);
      expect(judged[i]!.label, text).toBe(label);
      expect(judged[i]!.score, text).toBeCloseTo(score, 5);
      const [piped] = (await models.run('text-classification', TINY_SENTIMENT, text, {})) as [(typeof judged)[0]];
      expect(piped!.label, text).toBe(label);
      expect(piped!.score, text).toBeCloseTo(score, 4); // its tanh and GELU are approximations
    }
  });

  it('gives a text the same answer whatever stands beside it', () => {
    const texts = expected.map(({ text }) => text);
    const alone = texts.map((text) => ours.judge([text])[0]!.score);
    ours.judge([...texts, ...texts], 3).forEach(({ score }, i) => {
      expect(score).toBeCloseTo(alone[i % texts.length]!, 6);
    });
  });

  it('is whole, small, and the same in both of its files', async () => {
    const list = (await readList(FOLDER))!;
    await checkHashes(FOLDER, list);
    expect(list.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(1_000_000);
    const stored = new SafetensorsFile(await read('model.safetensors'), 'model.safetensors');
    const graph = readOnnx(await read('onnx/model.onnx'), 'model.onnx');
    const weight = graph.tensors.find(({ name }) => name === 'classifier.weight')!;
    expect([...(weight.data as Float32Array)]).toEqual([...(stored.tensor('classifier.weight').data as Float32Array)]);
  });

  it('is as good, and as bad, as its card says', async () => {
    const card = await readFile(path.join(FOLDER, 'README.md'), 'utf8');
    const { all, byKind, away, elsewhere } = measureSentiment(ours);
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
    for (const [name, row] of [
      ['held-out reviews, all', all],
      ['plain', byKind.plain],
      ['negated', byKind.negated],
      ['contrast', byKind.contrast],
      ['other topics: plays and furniture', away],
      ['written by hand, of all kinds', elsewhere],
    ] as const) {
      const cells = [row.texts.toLocaleString('en'), percent(row.model), percent(row.words), percent(row.confidence)];
      expect(card).toContain(`| ${name} | ${cells.join(' | ')} |`);
    }
    const list = (await readList(FOLDER))!;
    const { sha256, bytes } = list.files.find((file) => file.path === 'model.safetensors')!;
    expect(card).toContain(`${bytes.toLocaleString('en')} bytes`);
    expect(card).toContain(sha256);
    expect(card).toContain(`${ours.classifier.parameters.count.toLocaleString('en')} weights`);
  });

  it('says which files there are, and that a model of the hub is missing', async () => {
    await expect(models.file(TINY_SENTIMENT, '../config.json')).rejects.toMatchObject({ code: 'not-found' });
    await expect(models.file('zero-shot', 'config.json')).rejects.toMatchObject({ code: 'model-missing' });
    // The bundle has a class `Fault` of its own: here it counts as ours.
    await expect(models.file('zero-shot', 'config.json')).rejects.toBeInstanceOf(Fault);
    expect(new TypeError('x')).not.toBeInstanceOf(Fault);
    expect((await models.models()).find(({ id }) => id === TINY_SENTIMENT)).toMatchObject({ state: 'packed' });
  });
});

describe('the reviews', () => {
  it('are held out: no text of the test is in the training', () => {
    const training = new Set(trainingReviews().map(({ text }) => text));
    const test = testReviews();
    expect(training.size).toBe(8000);
    expect(test.filter(({ text }) => training.has(text))).toEqual([]);
  });

  it('have both labels alike in each kind, and turn by a negation or a contrast', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...KINDS), (seed, only) => {
        const drawn = drawReviews(seededRandom(seed), HOME_TOPICS, 300, { only });
        const positive = drawn.filter((review) => review.positive).length;
        expect(positive).toBeGreaterThan(100);
        expect(positive).toBeLessThan(200);
        expect(new Set(drawn.map(({ text }) => text)).size).toBe(300);
        if (only === 'contrast') {
          expect(drawn.every(({ text }) => /\bbut\b|^Although/.test(text))).toBe(true);
        }
      }),
      { numRuns: 10 },
    );
  });
});
