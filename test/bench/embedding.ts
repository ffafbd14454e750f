// MiniLM's texts a second, beside Transformers.js's own pipeline over the same file and the same texts in the same run.
// Needs dist/models: npm run models.

import { glob, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { bundleAll } from '../../src/build/bundle.ts';
import type { Measure } from '../../src/build/measurement.ts';
import { inRoot } from '../../src/build/paths.ts';
import { SafetensorsFile } from '../../src/formats/safetensors.ts';
import type { Embedder } from '../../src/retrieval/embedder.ts';
import { loadRealModels } from '../../src/services/models/load.ts';

const THREADS = 1;
const MOST_TEXTS = 96;
/** Texts that each embeds before the next has its turn. */
const PART = 16;
const MOST_CHARACTERS = 700;

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
  const folder = inRoot('dist/models/all-MiniLM-L6-v2');
  const stock = await transformers.pipeline('feature-extraction', folder, { dtype: 'q8', device: 'wasm' });
  const stockOf = (size: number) => async (part: readonly string[]) => {
    for (let at = 0; at < part.length; at += size) {
      await stock(part.slice(at, at + size), { pooling: 'mean', normalize: true });
    }
  };
  const runs = [(part: readonly string[]) => ours.embed(part), stockOf(1), stockOf(PART)];
  const spent = runs.map(() => 0);
  await runs[0]?.(texts.slice(0, 2));
  await runs[1]?.(texts.slice(0, 2));
  // By turns on each part, each beginning in its turn: what else the machine does falls on all of them alike.
  for (let at = 0; at < texts.length; at += PART) {
    for (let turn = 0; turn < runs.length; turn++) {
      const index = (turn + at / PART) % runs.length;
      const start = performance.now();
      await runs[index]?.(texts.slice(at, at + PART));
      spent[index] = (spent[index] as number) + performance.now() - start;
    }
  }
  const [value, one, part] = spent.map((ms) => (texts.length / ms) * 1000) as [number, number, number];
  for (const [peer, peerValue] of [
    ['the stock pipeline, one at a time', one],
    [`the stock pipeline, ${PART} at once`, part],
  ] as const) {
    report({ name: 'MiniLM, code and sentences', value, unit: 'texts/s', peer, peerValue, ratio: value / peerValue });
  }
  await measureClosest(ours, report);
  await models.dispose();
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
