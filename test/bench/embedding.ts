// MiniLM's texts a second of one thread, beside Transformers.js's own pipeline over the same texts in the same run: over
// the graph that users of it have (stockGraph.ts) and, to tell what the graph is worth, over ours. Needs dist/models: npm
// run models.

import { cp, glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleAll } from '../../src/build/bundle.ts';
import type { Measure } from '../../src/build/measurement.ts';
import { withMiniLmSource } from '../../src/build/modelSource.ts';
import { inRoot } from '../../src/build/paths.ts';
import { writeOnnx } from '../../src/formats/onnx/writeOnnx.ts';
import { SafetensorsFile } from '../../src/formats/safetensors.ts';
import type { Embedder } from '../../src/retrieval/embedder.ts';
import { loadRealModels } from '../../src/services/models/load.ts';
import { stockBert } from './search/stockGraph.ts';

const THREADS = 1;
const MOST_TEXTS = 96;
/** Texts that each embeds before the next has its turn. */
const PART = 16;
const MOST_CHARACTERS = 700;
/** Texts before the first that counts: V8 compiles what is used often, on another thread, for whoever uses it first. */
const WARM = PART;
const MINILM = inRoot('dist/models/all-MiniLM-L6-v2');

type Stock = (texts: string | string[], options: object) => Promise<{ readonly dims: readonly number[] }>;

interface Bundle {
  runtime(
    ort: string,
    threads: number,
  ): { readonly transformers: { pipeline(task: string, folder: string, options: object): Promise<Stock> } };
}

/** Reports ours and the pipeline's, one text at a time and a batch at once. dist/ must have been built. */
export async function measureEmbedding(report: Parameters<Measure>[0], log: Parameters<Measure>[1]): Promise<void> {
  const models = await loadRealModels({ dist: inRoot('dist'), cache: inRoot('test/output/models'), threads: THREADS });
  const info = (await models.models()).find(({ id }) => id === 'minilm');
  if (info?.state !== 'packed') {
    log('MiniLM is not measured: make it with "npm run models".');
    return;
  }
  const texts = await mixedTexts();
  const ours = await models.embedder('minilm');
  const { runtime } = (await import(pathToFileURL(inRoot('dist/models.mjs')).href)) as Bundle;
  const { transformers } = runtime(inRoot('dist/ort'), THREADS);
  const open = (folder: string) => transformers.pipeline('feature-extraction', folder, { dtype: 'q8', device: 'wasm' });
  const stock = await withStockModel(open);
  const stockWithOurs = await open(MINILM);
  const inParts = (pipe: Stock, size: number) => async (part: readonly string[]) => {
    for (let at = 0; at < part.length; at += size) {
      await pipe(part.slice(at, at + size), { pooling: 'mean', normalize: true });
    }
  };
  const peers = [
    ['the stock pipeline, one at a time', inParts(stock, 1)],
    [`the stock pipeline, ${PART} at once`, inParts(stock, PART)],
    ['the stock pipeline with our graph, one at a time', inParts(stockWithOurs, 1)],
  ] as const;
  const runs = [(part: readonly string[]) => ours.embed(part), ...peers.map(([, run]) => run)];
  const spent = runs.map(() => 0);
  for (const run of runs) {
    await run(texts.slice(0, WARM));
  }
  // By turns on each part, each beginning in its turn: what else the machine does falls on all of them alike.
  for (let at = 0; at < texts.length; at += PART) {
    for (let turn = 0; turn < runs.length; turn++) {
      const index = (turn + at / PART) % runs.length;
      const start = computed();
      await runs[index]?.(texts.slice(at, at + PART));
      spent[index] = (spent[index] as number) + computed() - start;
    }
  }
  const [value, ...theirs] = spent.map((ms) => (texts.length / ms) * 1000) as [number, ...number[]];
  peers.forEach(([peer], i) => {
    const peerValue = theirs[i] as number;
    report({ name: 'MiniLM, code and sentences', value, unit: 'texts/s', peer, peerValue, ratio: value / peerValue });
  });
  await measureClosest(ours, report);
  await models.dispose();
}

/** What this thread has computed, in milliseconds: with one thread a model's time, less what others took meanwhile. */
function computed(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** A model's folder as it is on the hub, for as long as it is being opened. */
async function withStockModel<T>(open: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'inside-llms-stock-'));
  try {
    await cp(MINILM, folder, { recursive: true });
    await withMiniLmSource(['config.json', 'model.safetensors'], async (source) => {
      const [config, weights] = ['config.json', 'model.safetensors'].map((file) => path.join(source, file));
      const file = new SafetensorsFile(await readFile(weights as string), weights as string);
      const graph = stockBert((name) => file.tensor(name), JSON.parse(await readFile(config as string, 'utf8')));
      await mkdir(path.join(folder, 'onnx'), { recursive: true });
      await writeFile(path.join(folder, 'onnx/model_quantized.onnx'), writeOnnx(graph));
    });
    return await open(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How far a vector is from PyTorch's at most, over all texts of the fixture. */
async function measureClosest(ours: Embedder, report: Parameters<Measure>[0]): Promise<void> {
  const { texts } = JSON.parse(await readFile(inRoot('test/fixtures/models/minilm.json'), 'utf8')) as {
    texts: string[];
  };
  const place = inRoot('test/fixtures/models/minilm.safetensors');
  const expected = new SafetensorsFile(await readFile(place), place).tensor('vectors').data as Float32Array;
  const vectors = await ours.embed(texts);
  const cosines = vectors.map((vector, i) => {
    const theirs = expected.subarray(i * vector.length, (i + 1) * vector.length);
    return vector.reduce((sum, x, c) => sum + x * (theirs[c] as number), 0) / Math.hypot(...theirs);
  });
  const name = `MiniLM in 8 bits, least cosine of ${texts.length} texts`;
  const value = Math.min(...cosines);
  report({ name, value, unit: '', peer: "PyTorch's own vectors", peerValue: 1, ratio: value });
}

export const measure: Measure = async (report, log) => {
  await bundleAll();
  await measureEmbedding(report, log);
};

/** Stretches of code and sentences by turns, as an index has them, none longer than the model takes. */
async function mixedTexts(): Promise<string[]> {
  const [code, prose]: [string[], string[]] = [[], []];
  for await (const file of glob('src/engine/**/*.ts', { cwd: inRoot() })) {
    code.push((await readFile(inRoot(file), 'utf8')).slice(0, MOST_CHARACTERS));
  }
  for await (const file of glob('lessons/0*/lesson.md', { cwd: inRoot() })) {
    const sentences = (await readFile(inRoot(file), 'utf8')).split(/(?<=[.!?])\s+/);
    prose.push(...sentences.filter(({ length }) => length > 20 && length < 300).slice(0, 20));
  }
  const half = MOST_TEXTS / 2;
  return code.slice(0, half).flatMap((text, index) => [text, prose[index] ?? text.slice(0, 80)]);
}
