// Real models as the product runs them: the bundle far from node_modules, Transformers.js on onnxruntime's WebAssembly,
// over a BERT with random weights and, where it was made, over MiniLM against PyTorch's vectors.

import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { SafetensorsFile } from '../../../src/formats/safetensors.ts';
import type { Embedder } from '../../../src/retrieval/embedder.ts';
import { ONNX_FILES, writeBertOnnx } from '../../../src/services/models/bertFiles.ts';
import { loadRealModels } from '../../../src/services/models/load.ts';
import { writeList } from '../../../src/services/models/modelFolder.ts';
import type { RealModels } from '../../../src/services/models/realModels.ts';
import { hasMiniLm, MINILM, makeModelsBundle, writeTinyBert } from './support.ts';

const TINY = 'tests/tiny';
let dist: string;
let cache: string;
let models: RealModels;

beforeAll(async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'inside-llms-'));
  [dist, cache] = [path.join(root, 'dist'), path.join(root, 'cache')];
  await makeModelsBundle(dist);
  const folder = path.join(cache, 'tests--tiny');
  await writeTinyBert(folder);
  const weights = path.join(folder, 'model.safetensors');
  const graphs = [await writeBertOnnx(folder, weights, 'f32'), await writeBertOnnx(folder, weights, 'q8')];
  await writeList(folder, ['config.json', 'tokenizer.json', 'tokenizer_config.json', ...graphs], {
    source: TINY,
    licence: 'none',
  });
  models = await loadRealModels({ dist, cache, threads: 1 });
}, 120_000);

afterAll(async () => {
  await models?.dispose();
  await rm(path.dirname(dist), { recursive: true, force: true });
});

describe('a small BERT', () => {
  it('gives the vectors that Transformers.js gives over the same file', async () => {
    const embedder = await models.embedder(TINY);
    const texts = ['red apple', 'a green tree', 'trees and apples', 'a'];
    const ours = await embedder.embed(texts);
    for (const [index, text] of texts.entries()) {
      const options = { pooling: 'mean', normalize: true };
      const [theirs] = (await models.run('feature-extraction', TINY, text, options)) as number[][];
      expect(cosine(ours[index] as Float32Array, theirs as number[])).toBeGreaterThan(0.9999);
    }
    expect(cosine(ours[0] as Float32Array, ours[1] as Float32Array)).toBeLessThan(0.999);
  });

  it('gives a text the same vector whatever stands beside it, and nothing gets zeros', async () => {
    const embedder = await models.embedder(TINY);
    const [alone] = await embedder.embed(['red tree']);
    const [, beside, nothing] = await embedder.embed(['a a a a a a a', 'red tree', '']);
    expect(beside).toEqual(alone);
    expect(nothing).toEqual(new Float32Array(embedder.dimensions));
  });

  it('cuts a text where the model ends', async () => {
    const embedder = await models.embedder(TINY);
    expect(embedder.tokens('tree '.repeat(30)).used).toBe(22);
    const [long, cut] = await embedder.embed(['tree '.repeat(30), 'tree '.repeat(22)]);
    expect(long).toEqual(cut);
  });

  it('stops when it is cancelled', async () => {
    const embedder = await models.embedder(TINY);
    await expect(embedder.embed(['a'], { signal: { cancelled: true } })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('is refused when a file of it has changed', async () => {
    const other = path.join(cache, 'tests--broken');
    await mkdir(other, { recursive: true });
    await writeTinyBert(other);
    await writeList(other, ['config.json', 'tokenizer.json'], { source: 'tests/broken', licence: 'none' });
    const config = path.join(other, 'config.json');
    const text = await readFile(config, 'utf8');
    await writeFile(config, text.replace('"bert"', '"bart"'));
    await expect(models.embedder('tests/broken')).rejects.toMatchObject({ code: 'bad-input' });
  });
});

it('names a model that has to be fetched first, and does not fetch it', async () => {
  await expect(models.embedder('tests/absent')).rejects.toMatchObject({ code: 'model-missing', where: 'tests/absent' });
  await expect(models.embedder('../x')).rejects.toMatchObject({ code: 'not-found' });
});

describe.skipIf(!hasMiniLm)('all-MiniLM-L6-v2 (npm run models)', () => {
  it('has PyTorch’s ids, and 8-bit vectors within 0.99 of PyTorch’s', async () => {
    await cp(MINILM, path.join(dist, 'models/all-MiniLM-L6-v2'), { recursive: true });
    expect(await leastCosine(await models.embedder('minilm'))).toBeGreaterThan(0.99);
  }, 240_000);

  it.skipIf(!existsSync(path.join(MINILM, ONNX_FILES.f32)))(
    'has PyTorch’s vectors where nothing is rounded (npm run models -- --fp32)',
    async () => {
      const folder = path.join(cache, 'tests--unrounded');
      const files = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'sentence_bert_config.json'];
      for (const file of [...files, ONNX_FILES.f32]) {
        await cp(path.join(MINILM, file), path.join(folder, file));
      }
      await writeList(folder, [...files, ONNX_FILES.f32], { source: 'tests', licence: 'none' });
      const embedder = await models.embedder('tests/unrounded');
      expect(await leastCosine(embedder)).toBeGreaterThan(0.99999);
    },
    240_000,
  );
});

/**
 * Over the fixture's texts, all of whose ids must be the same: how far a vector is from PyTorch's at most. Only some
 * are embedded, and few of the long ones, as that takes long; the benchmark `embedding` embeds all.
 */
async function leastCosine(embedder: Embedder): Promise<number> {
  const { texts, ids } = JSON.parse(await readFile(inRoot('test/fixtures/models/minilm.json'), 'utf8')) as {
    texts: string[];
    ids: number[][];
  };
  const place = inRoot('test/fixtures/models/minilm.safetensors');
  const expected = new SafetensorsFile(await readFile(place), place).tensor('vectors').data as Float32Array;
  for (const [index, text] of texts.entries()) {
    const { ids: ours, used } = embedder.tokens(text);
    expect([101, ...ours.subarray(0, used), 102], text).toEqual(ids[index]);
  }
  const [short, long] = [false, true].map((is) => [...texts.keys()].filter((i) => ids[i]!.length > 64 === is));
  const embedded = [...short!.filter((_, i) => i % 2 === 0), ...long!.filter((_, i) => i % 10 === 0)];
  expect(embedded.length).toBeGreaterThan(60);
  const vectors = await embedder.embed(embedded.map((index) => texts[index]!));
  const cosines = embedded.map((index, i) => cosine(vectors[i]!, expected.subarray(index * 384, index * 384 + 384)));
  return Math.min(...cosines);
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += (a[i] as number) * (b[i] as number);
    ofA += (a[i] as number) ** 2;
    ofB += (b[i] as number) ** 2;
  }
  return product / Math.sqrt(ofA * ofB);
}
