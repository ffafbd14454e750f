// MiniLM's texts a second, beside Transformers.js's own pipeline over the same file and the same texts in the same run.
// Needs dist/models: npm run models.

import { glob, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { bundleAll } from '../../src/build/bundle.ts';
import type { Measure } from '../../src/build/measurement.ts';
import { inRoot } from '../../src/build/paths.ts';
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

/** Reports ours and the pipeline's, one text at a time and sixteen at once. dist/ must have been built. */
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
  const runs = [(part: readonly string[]) => ours.embed(part), stockOf(1), stockOf(16)];
  const spent = runs.map(() => 0);
  await runs[0]?.(texts.slice(0, 2));
  await runs[1]?.(texts.slice(0, 2));
  // By turns on each part: what else the machine does falls on all of them alike.
  for (let at = 0; at < texts.length; at += PART) {
    for (const [index, run] of runs.entries()) {
      const start = performance.now();
      await run(texts.slice(at, at + PART));
      spent[index] = (spent[index] as number) + performance.now() - start;
    }
  }
  const [value, one, sixteen] = spent.map((ms) => (texts.length / ms) * 1000) as [number, number, number];
  for (const [peer, peerValue] of [
    ['the stock pipeline, one at a time', one],
    ['the stock pipeline, 16 at once', sixteen],
  ] as const) {
    report({ name: 'MiniLM, code and sentences', value, unit: 'texts/s', peer, peerValue, ratio: value / peerValue });
  }
  await models.dispose();
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
