// How well search finds what people ask for, on three code bases with labelled queries (searchQuality/labels.ts): counting
// words, BM25, vectors of the static model, both fused; and all-MiniLM-L6-v2 alone and as the re-ranker where
// INSIDE_LLMS_MINILM names a folder with its weights. nDCG and recall at 10, and the mean reciprocal rank; in brackets
// what 95 % of 2,000 bootstrap samples of the queries lie between.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openTeacher } from '../../src/build/distilTeacher.ts';
import type { Measure } from '../../src/build/measurement.ts';
import { inRoot } from '../../src/build/paths.ts';
import { RRF_K } from '../../src/retrieval/fuse.ts';
import { spaceIdentifiers } from '../../src/retrieval/identifiers.ts';
import { average, bootstrap } from '../../src/retrieval/metrics.ts';
import { toUnit } from '../../src/retrieval/pooling.ts';
import { readStaticModel } from '../../src/retrieval/staticModel.ts';
import { packagedPieces } from '../../src/services/buildPieceVocabularies.ts';
import { seededRandom } from '../../src/shared/environment.ts';
import { tokenizerOf } from '../../src/tokenizers/pipeline.ts';
import { bertUncased } from '../../src/tokenizers/publishedPieces.ts';
import type { Tokenizer } from '../../src/tokenizers/tokenizer.ts';
import { type FittedBase, fitted, fusedScores } from './searchQuality/fitting.ts';
import { type Grades, gradesOf } from './searchQuality/grading.ts';
import { codeBases, loadCodeBase } from './searchQuality/labels.ts';
import { chunksOf, type PlacedChunk } from './searchQuality/rankings.ts';
import { type Model, waysOf } from './searchQuality/ways.ts';

/** Of a text: MiniLM's own limit, with its two signs. */
const MINILM_TOKENS = 254;

export const measure: Measure = async (report, log) => {
  const tokenizer = tokenizerOf(bertUncased((await packagedPieces('bert-base-uncased')).pieces));
  const file = new Uint8Array(readFileSync(inRoot('media/models/static-minilm/model.bin')));
  const model = readStaticModel(file, tokenizer);
  const miniLm = await openMiniLm(tokenizer, log);
  const all = new Map<string, Grades[]>();
  const fitting: FittedBase[] = [];
  for (const name of codeBases) {
    const base = await loadCodeBase(name);
    const chunks = await chunksOf(base);
    log(
      `${name} ${base.version}: ${base.files.length} files, ${chunks.length} chunks, ${base.queries.length} queries.`,
    );
    const ways = await waysOf(base, chunks, model, miniLm);
    for (const [way, ranker] of ways) {
      const grades = base.queries.map((query) => gradesOf(placesOf(ranker(query), chunks), query));
      tell(report, `${name}: ${way}`, grades);
      all.set(way, [...(all.get(way) ?? []), ...grades]);
    }
    const [lexical, vector] = [ways.get('BM25')!, ways.get('static vectors')!];
    const rankings = base.queries.map((query) => ({ query, lexical: lexical(query), vector: vector(query) }));
    fitting.push({ name, chunks, rankings });
  }
  for (const [way, grades] of all) {
    tell(report, `all: ${way}`, grades);
  }
  const fusion = all.get('fusion')!;
  for (const [way, grades] of all) {
    if (way !== 'fusion') {
      const more = fusion.map(({ ndcg }, i) => ndcg - grades[i]!.ndcg);
      report({ name: `all: fusion over ${way}, nDCG@10 ${interval(more)}`, value: average(more), unit: '' });
    }
  }
  crossValidate(fitting, report);
};

function placesOf(found: readonly number[], chunks: readonly PlacedChunk[]): PlacedChunk[] {
  return found.map((i) => chunks[i]!);
}

function tell(report: Parameters<Measure>[0], name: string, grades: readonly Grades[]): void {
  const ndcgs = grades.map(({ ndcg }) => ndcg);
  report({ name: `${name}, nDCG@10 ${interval(ndcgs)}`, value: average(ndcgs), unit: '' });
  report({ name: `${name}, recall@10`, value: average(grades.map(({ recall }) => recall)), unit: '' });
  report({ name: `${name}, MRR`, value: average(grades.map((one) => one.reciprocalRank)), unit: '' });
}

function interval(values: readonly number[]): string {
  const { low, high } = bootstrap(values, seededRandom(1));
  return `[${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

/** Settings chosen on all code bases but one, measured on that one, beside those that the product has. */
function crossValidate(bases: readonly FittedBase[], report: Parameters<Measure>[0]): void {
  for (const base of bases) {
    const setting = fitted(bases.filter((other) => other !== base));
    report({
      name: `${base.name}: fusion with k ${setting.k} and vectors ${setting.weight}, chosen on the others, nDCG@10`,
      value: average(fusedScores(base, setting)),
      unit: '',
    });
  }
  const { k, weight } = fitted(bases);
  report({ name: `chosen on all: k ${k} (the product's: ${RRF_K}), weight of vectors`, value: weight, unit: '' });
}

/** MiniLM on the project's own engine. */
async function openMiniLm(tokenizer: Tokenizer, log: (line: string) => void): Promise<Model | undefined> {
  const folder = process.env.INSIDE_LLMS_MINILM;
  if (folder === undefined || !existsSync(path.join(folder, 'model.safetensors'))) {
    log('MiniLM is left out: INSIDE_LLMS_MINILM names no folder with its model.safetensors.');
    return undefined;
  }
  const teacher = await openTeacher(folder, tokenizer);
  return {
    async embed(texts) {
      const ids = texts.map((text) => tokenizer.encode(spaceIdentifiers(text)).ids.slice(0, MINILM_TOKENS));
      return teacher.embed(ids, () => {}).map(toUnit);
    },
  };
}
