// How well search finds what people ask for, on three code bases with labelled queries (searchQuality/labels.ts): counting
// words, BM25, vectors of the static model, both fused; and all-MiniLM-L6-v2 as the re-ranker and over the whole index,
// where "npm run models" has made it and dist/ is built. nDCG and recall at 10, and the mean reciprocal rank; in brackets
// what 95 % of 2,000 bootstrap samples of the queries lie between. With --save the figures become those that are committed.

import { readFileSync } from 'node:fs';
import type { Measure } from '../../src/build/measurement.ts';
import { inRoot } from '../../src/build/paths.ts';
import type { Embedder } from '../../src/retrieval/embedder.ts';
import { RRF_K } from '../../src/retrieval/fuse.ts';
import { defaultWeights } from '../../src/retrieval/lexical/chunkTerms.ts';
import { average, bootstrap } from '../../src/retrieval/metrics.ts';
import { readStaticModel } from '../../src/retrieval/staticModel.ts';
import { packagedPieces } from '../../src/services/buildPieceVocabularies.ts';
import { loadRealModels } from '../../src/services/models/load.ts';
import { searchEmbedder } from '../../src/services/models/searchEmbedder.ts';
import { seededRandom } from '../../src/shared/environment.ts';
import { tokenizerOf } from '../../src/tokenizers/pipeline.ts';
import { bertUncased } from '../../src/tokenizers/publishedPieces.ts';
import { chosenOnOthers, type FittedBase, FUSIONS, fitted, fusedScores } from './searchQuality/fitting.ts';
import { type Grades, gradesOf } from './searchQuality/grading.ts';
import { keptOnDisk } from './searchQuality/keptVectors.ts';
import { type CodeBase, codeBases, loadCodeBase } from './searchQuality/labels.ts';
import { writeMeasured } from './searchQuality/measured.ts';
import { best, byWords, chunksOf, type PlacedChunk } from './searchQuality/rankings.ts';
import { type Ranker, waysOf } from './searchQuality/ways.ts';

type Report = Parameters<Measure>[0];

interface Asked {
  readonly name: string;
  readonly base: CodeBase;
  readonly chunks: readonly PlacedChunk[];
  readonly ways: ReadonlyMap<string, Ranker>;
  readonly grades: ReadonlyMap<string, readonly Grades[]>;
}

export const measure: Measure = async (report, log) => {
  const tokenizer = tokenizerOf(bertUncased((await packagedPieces('bert-base-uncased')).pieces));
  const file = new Uint8Array(readFileSync(inRoot('media/models/static-minilm/model.bin')));
  const model = readStaticModel(file, tokenizer);
  const miniLm = await openMiniLm(log);
  const bases: Asked[] = [];
  for (const name of codeBases) {
    const base = await loadCodeBase(name);
    const chunks = await chunksOf(base);
    log(
      `${name} ${base.version}: ${base.files.length} files, ${chunks.length} chunks, ${base.queries.length} queries.`,
    );
    const ways = await waysOf(base, chunks, model, miniLm && keptOnDisk(miniLm));
    const graded = Array.from(ways, ([way, ranker]) => {
      const grades = base.queries.map((query) => gradesOf(placesOf(ranker(query), chunks), query));
      tell(report, `${name}: ${way}`, grades);
      return [way, grades] as const;
    });
    bases.push({ name, base, chunks, ways, grades: new Map(graded) });
  }
  const ways = [...bases[0]!.grades.keys()];
  for (const way of ways) {
    tell(report, `all: ${way}`, allOf(bases, way));
  }
  for (const [way, other] of comparisons) {
    if (ways.includes(way) && ways.includes(other)) {
      const [these, those] = [allOf(bases, way), allOf(bases, other)];
      const more = these.map(({ ndcg }, i) => ndcg - those[i]!.ndcg);
      report({ name: `all: ${way} over ${other}, nDCG@10 ${interval(more)}`, value: average(more), unit: '' });
    }
  }
  const apart = crossValidate(bases, report);
  if (miniLm !== undefined && process.argv.includes('--save')) {
    const ofBase = ({ name, grades }: Asked, way: string) => [name, grades.get(way)!.map(({ ndcg }) => ndcg)] as const;
    const ndcgs = new Map(ways.map((way) => [way, new Map(bases.map((base) => ofBase(base, way)))]));
    writeMeasured({ model: miniLm.id, ndcgs: new Map([...ndcgs, ...apart]) });
  }
};

const comparisons = [
  ['fusion', 'counting words'],
  ['fusion', 'BM25'],
  ['fusion', 'static vectors'],
  ['fusion, re-ranked', 'fusion'],
  ['fusion, re-ranked', 'MiniLM vectors'],
  ['fusion with MiniLM', 'BM25'],
  ['fusion with MiniLM', 'MiniLM vectors'],
  ['fusion with MiniLM', 'fusion'],
  ['fusion with MiniLM', 'fusion, re-ranked'],
] as const;

function allOf(bases: readonly Asked[], way: string): Grades[] {
  return bases.flatMap(({ grades }) => grades.get(way)!);
}

function placesOf(found: readonly number[], chunks: readonly PlacedChunk[]): PlacedChunk[] {
  return found.map((i) => chunks[i]!);
}

function tell(report: Report, name: string, grades: readonly Grades[]): void {
  const ndcgs = grades.map(({ ndcg }) => ndcg);
  report({ name: `${name}, nDCG@10 ${interval(ndcgs)}`, value: average(ndcgs), unit: '' });
  report({ name: `${name}, recall@10`, value: average(grades.map(({ recall }) => recall)), unit: '' });
  report({ name: `${name}, MRR`, value: average(grades.map((one) => one.reciprocalRank)), unit: '' });
}

function interval(values: readonly number[]): string {
  const { low, high } = bootstrap(values, seededRandom(1));
  return `[${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

type ByBase = ReadonlyMap<string, readonly number[]>;

/**
 * Settings chosen on all code bases but one, measured on that one, beside those that the product has.
 *
 * @returns nDCGs of the fusions by the names that they are committed under
 */
function crossValidate(bases: readonly Asked[], report: Report): Map<string, ByBase> {
  const apart = new Map<string, ByBase>();
  for (const [vectors, with_, way] of [
    ['static vectors', 'the static model', 'fusion, fitted on the others'],
    ['MiniLM vectors', 'MiniLM', 'fusion with MiniLM, fitted on the others'],
  ] as const) {
    if (!bases[0]!.ways.has(vectors)) {
      continue;
    }
    const fitting = bases.map(({ name, base, chunks, ways }): FittedBase => {
      const [lexical, vector] = [ways.get('BM25')!, ways.get(vectors)!];
      return {
        ...{ name, chunks },
        rankings: base.queries.map((query) => ({ query, lexical: lexical(query), vector: vector(query) })),
      };
    });
    const chosen = chosenOnOthers(fitting, FUSIONS, fusedScores);
    apart.set(way, new Map(chosen.map(({ base, ndcgs }) => [base.name, ndcgs])));
    for (const { base, setting, ndcgs } of chosen) {
      const { k, weight } = setting;
      const name = `${base.name}: fusion with ${with_}, k ${k} and weight ${weight} chosen on the others, nDCG@10`;
      report({ name, value: average(ndcgs), unit: '' });
    }
    const { k, weight } = fitted(fitting, FUSIONS, fusedScores);
    const own = fitted(
      fitting,
      FUSIONS.filter((one) => one.k === RRF_K),
      fusedScores,
    );
    const name = `fusion with ${with_}: best are k ${k} and weight ${weight}; with the product's k ${RRF_K} the weight`;
    report({ name, value: own.weight, unit: '' });
  }
  const lists = ({ base, chunks }: Asked, names: number) => {
    const score = byWords(chunks, { ...defaultWeights, names });
    return base.queries.map((query) => gradesOf(placesOf(best(score(query.query), 200), chunks), query).ndcg);
  };
  for (const { base, setting, ndcgs } of chosenOnOthers(bases, [1, 2, 3, 4, 6, 8], lists)) {
    const name = `${base.name}: BM25 with names counted ${setting} times, chosen on the others, nDCG@10`;
    report({ name, value: average(ndcgs), unit: '' });
  }
  return apart;
}

/** As search has it: see searchEmbedder.ts. */
async function openMiniLm(log: (line: string) => void): Promise<Embedder | undefined> {
  try {
    const models = await loadRealModels({ dist: inRoot('dist'), cache: inRoot('test/output/models') });
    return await searchEmbedder(models, 'minilm');
  } catch (error) {
    log(`MiniLM is left out: ${(error as Error).message}`);
    return undefined;
  }
}
