// Search over a repository of 5,000 files and 40 MB, by the parts that the search worker is made of: how soon it can be
// used, what a query takes, what it costs to keep. Then the store, the vectors and the quality of search.

import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compiledKernels } from '../../src/build/kernels.ts';
import { lessIsBetter, type Measure, median } from '../../src/build/measurement.ts';
import { inRoot } from '../../src/build/paths.ts';
import { bestNearest } from '../../src/engine/kernels/wasmNearest.ts';
import type { Embedder } from '../../src/retrieval/embedder.ts';
import { termsOf } from '../../src/retrieval/lexical/terms.ts';
import { packagedPieces } from '../../src/services/buildPieceVocabularies.ts';
import { cutterWith } from '../../src/services/search/cutter.ts';
import { packagedGrammars } from '../../src/services/search/grammars.ts';
import { openFiles } from '../../src/services/search/openFiles.ts';
import { openStore } from '../../src/services/search/openStore.ts';
import { SearchService } from '../../src/services/search/searchService.ts';
import { staticModelFile } from '../../src/services/search/staticModelFile.ts';
import { SyntaxParsers } from '../../src/services/search/syntaxParsers.ts';
import { seededRandom, systemClock } from '../../src/shared/environment.ts';
import { rootId } from '../../src/shared/rootId.ts';
import type { IndexSettings } from '../../src/shared/searchMessages.ts';
import { tokenizerOf } from '../../src/tokenizers/pipeline.ts';
import { bertUncased } from '../../src/tokenizers/publishedPieces.ts';
import { makeRepository } from './search/repository.ts';
import { measure as measureQuality } from './searchQuality.ts';
import { measure as measureStore } from './searchStore.ts';
import { measureVectors } from './vectors.ts';

const FILES = 5000;
const BYTES = 40e6;
const QUERIES = 60;
const SAVES = 5;
const GOAL = 'goal';
const MB = 1024 * 1024;

type Report = Parameters<Measure>[0];
type Log = Parameters<Measure>[1];

export const measure: Measure = async (report, log) => {
  const base = await mkdtemp(path.join(tmpdir(), 'inside-llms-search-'));
  try {
    await measureIndex(base, report, log);
  } finally {
    await rm(base, { recursive: true, force: true });
  }
  await measureStore(report, log);
  await measureVectors(report, log);
  await measureQuality(report, log);
};

/** The goals are those of a repository of this size: see the constants above. */
export async function measureIndex(
  base: string,
  report: Report,
  log: Log,
  files = FILES,
  bytes = BYTES,
): Promise<void> {
  const folder = path.join(base, 'repository');
  await mkdir(folder);
  const made = await makeRepository(folder, files, bytes);
  log(`${made.files} files, ${(made.bytes / 1e6).toFixed(1)} MB.`);
  const settings = settingsOf(base, folder);
  const model = await countingModel();
  const memory = new Memory();
  const service = await serviceWith(model);
  await building(service, settings, report);
  report(lessIsBetter('memory above the start, at most', memory.most() / MB, 'MB', GOAL, 400));
  const { indexed, chunks, leftOut, errorCount } = await service.health();
  log(`${indexed} files in ${chunks} chunks; left out ${JSON.stringify(leftOut)}; ${errorCount} with errors.`);
  await querying(service, report);
  await saving(service, settings, folder, report);
  report(lessIsBetter('memory above the start, after queries', memory.now() / MB, 'MB', GOAL, 400));
  await service.close();
  await reopening(settings, model, report);
}

/** From opening to the first answer, and until all is in. */
async function building(service: SearchService, settings: IndexSettings, report: Report): Promise<void> {
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  await service.open(settings);
  const first = await service.query('parse the options of the command line', { top: 10, parts: ['lexical'] });
  const firstAnswer = since();
  if (first.hits.length === 0 || (first.pending > 0 && !first.scanned)) {
    throw new Error(`The first answer was not whole: ${first.hits.length} hits, ${first.notes.join(' ')}`);
  }
  report(lessIsBetter('opened to first lexical answer', firstAnswer, 's', GOAL, 2));
  let vectors: number | undefined;
  const longest = watchLoop();
  for (;;) {
    const { state, pending, chunks, models } = await service.health();
    const whole = pending === 0 && chunks > 0 && models[0]?.vectors === chunks;
    vectors ??= whole ? since() : undefined;
    if (state === 'ready') {
      break;
    }
    if (state === 'failed' || state === 'empty') {
      throw new Error(`The index is ${state}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  report(lessIsBetter('opened to static vectors of all', vectors ?? since(), 's', GOAL, 20));
  report({ name: '  and all cut along the syntax', value: since(), unit: 's' });
  const stalls = longest();
  report(lessIsBetter('longest time that the thread gave nobody a turn', stalls.longest, 'ms', GOAL, 50));
  report({ name: '  99 of 100 were shorter than', value: stalls.most, unit: 'ms' });
}

/** Words of the index itself, a few at a time, as people ask. */
async function querying(service: SearchService, report: Report): Promise<void> {
  const random = seededRandom(5);
  const { store } = await service.opened();
  const some = await store.chunkPage(0, 20_000);
  const queries = Array.from({ length: QUERIES }, () => {
    const words = termsOf(some[Math.floor(random() * some.length)]!.text);
    return Array.from({ length: 2 + Math.floor(random() * 4) }, () => words[Math.floor(random() * words.length)]).join(
      ' ',
    );
  });
  const times: number[] = [];
  for (const query of [...queries.slice(0, 5), ...queries]) {
    const began = performance.now();
    await service.query(query, { top: 20 });
    times.push(performance.now() - began);
  }
  const { chunks } = await service.health();
  const warm = times.slice(5);
  report(lessIsBetter(`query over ${chunks.toLocaleString('en')} chunks, median`, median(warm), 'ms', GOAL, 50));
  report({ name: '  slowest', value: Math.max(...warm), unit: 'ms' });
}

async function saving(service: SearchService, { roots }: IndexSettings, folder: string, report: Report): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < SAVES; i++) {
    const word = `zyzzyva${'abcde'[i]}`;
    await writeFile(path.join(folder, 'saved.ts'), `export const ${word} = ${i};\n`);
    const began = performance.now();
    service.changed([{ root: roots[0]!.id, path: 'saved.ts' }]);
    for (;;) {
      const { hits } = await service.query(word, { top: 1, parts: ['lexical'] });
      if (hits[0]?.path === 'saved.ts' && hits[0].chunk > 0) {
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    times.push((performance.now() - began) / 1000);
    await service.settled();
  }
  report(lessIsBetter('saved to in the index, slowest', Math.max(...times), 's', GOAL, 2));
}

async function reopening(settings: IndexSettings, model: CountingModel, report: Report): Promise<void> {
  const times: number[] = [];
  const before = model.count;
  for (let i = 0; i < 3; i++) {
    const service = await serviceWith(model);
    const began = performance.now();
    await service.open(settings);
    await service.settled();
    times.push((performance.now() - began) / 1000);
    await service.close();
  }
  report(lessIsBetter('opened again unchanged, median', median(times), 's', GOAL, 1));
  report({ name: '  texts embedded for it', value: model.count - before, unit: '', peer: GOAL, peerValue: 0 });
}

function settingsOf(base: string, folder: string): IndexSettings {
  return {
    store: path.join(base, 'index.sqlite'),
    roots: [{ id: rootId(folder), name: 'repository', place: folder }],
    read: 'node',
    rules: { exclude: ['**/.git'], include: [], useIgnoreFiles: true, maxBytes: MB },
    embedder: 'static',
    rerank: false,
  };
}

async function serviceWith(model: Embedder): Promise<SearchService> {
  const kernels = await bestNearest(compiledKernels);
  return new SearchService({
    clock: systemClock,
    owner: randomUUID(),
    cutter: cutterWith(new SyntaxParsers({ folder: packagedGrammars(), clock: systemClock })),
    files: (settings) => openFiles(settings),
    openStore: (settings) => openStore(settings, systemClock, kernels),
    staticModel: async () => model,
    models: () => Promise.reject(new Error('None is measured here.')),
  });
}

interface CountingModel extends Embedder {
  /** How many texts were embedded. */
  readonly count: number;
}

async function countingModel(): Promise<CountingModel> {
  const tokenizer = tokenizerOf(bertUncased((await packagedPieces('bert-base-uncased')).pieces));
  const model = await staticModelFile(inRoot('media/models/static-minilm/model.bin'), async () => tokenizer)();
  let count = 0;
  const { id, label, detail, dimensions } = model;
  return {
    ...{ id, label, detail, dimensions },
    get count() {
      return count;
    },
    embed: (texts, options) => {
      count += texts.length;
      return model.embed(texts, options);
    },
    tokens: (text) => model.tokens(text),
  };
}

/** What this process holds, beside what it held at first. */
class Memory {
  readonly #start = process.memoryUsage.rss();
  #most = 0;
  readonly #timer = setInterval(() => {
    this.#most = Math.max(this.#most, process.memoryUsage.rss());
  }, 50);

  now(): number {
    return process.memoryUsage.rss() - this.#start;
  }

  most(): number {
    clearInterval(this.#timer);
    return this.#most - this.#start;
  }
}

/** How long a timer that is due at once has to wait, in milliseconds. */
function watchLoop(): () => { longest: number; most: number } {
  const waits: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    waits.push(now - last - 1);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    waits.sort((a, b) => a - b);
    return { longest: waits.at(-1) ?? 0, most: waits[Math.floor(waits.length * 0.99)] ?? 0 };
  };
}
