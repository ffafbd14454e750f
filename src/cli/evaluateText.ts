// A report of an evaluation for a terminal.

import { counted } from '../shared/counted.ts';
import {
  type Comparison,
  type Estimate,
  type EvaluationReport,
  measures,
  type QuerySource,
  type SearchWay,
  type SourceResult,
} from '../shared/evaluateMessages.ts';
import { clip, visible } from './text.ts';

const SOURCES: Readonly<Record<QuerySource, string>> = {
  docstrings: 'Sentences above functions',
  commits: 'Subjects of commits',
  labels: 'Labelled queries',
};
const WAYS: Readonly<Record<SearchWay, string>> = {
  grep: 'grep',
  bm25: 'BM25 alone',
  vectors: 'vectors alone',
  fused: 'fused (search)',
  reranked: 'fused, re-ranked',
};
const HEADINGS = ['recall@1', 'recall@5', 'recall@10', 'MRR', 'nDCG@10'];

export function reportText(report: EvaluationReport): string[] {
  const { files, chunks, models, sources, notes, milliseconds } = report;
  const better = models.reranker === null ? '' : `, re-ranked by ${models.reranker}`;
  return [
    `${counted(files, 'file')} in ${counted(chunks, 'chunk')}, vectors by ${models.vectors}${better}; ${(milliseconds / 1000).toFixed(1)} s.\n`,
    ...sources.flatMap(sourceText),
    '\nBehind each mean: between what it lies (95%, by drawing the queries again and again).\n',
    ...notes.map((note) => `- ${harmless(note)}\n`),
  ];
}

function sourceText({ source, queries, examples, ways, comparisons }: SourceResult): string[] {
  const header = ['', ...HEADINGS];
  const rows = ways.map(({ way, measures: values }) => [
    WAYS[way],
    ...measures.map((one) => cell(values[one], queries)),
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => `  ${row.map((text, i) => text.padEnd(widths[i]!)).join('  ')}`.trimEnd();
  return [
    `\n${SOURCES[source]}: ${queries}, such as:\n`,
    ...examples.map(({ query, path }) => `  "${clip(harmless(query), 70)}" -> ${harmless(path)}\n`),
    '\n',
    ...[header, ...rows].map((row) => `${line(row)}\n`),
    '\n',
    ...comparisons.map((one) => `  ${verdict(one)}\n`),
  ];
}

/** Of one query there is no interval. */
function cell({ mean, low, high }: Estimate, queries: number): string {
  return queries === 1 ? mean.toFixed(3) : `${mean.toFixed(3)} (${low.toFixed(2)}-${high.toFixed(2)})`;
}

function verdict({ way, against, difference, verdict: kind }: Comparison): string {
  const { mean, low, high } = difference;
  const range = `nDCG@10 ${signed(mean)}, between ${signed(low)} and ${signed(high)}`;
  const what = `${WAYS[way]} against ${WAYS[against]}`;
  switch (kind) {
    case 'better':
      return `${what}: better (${range}).`;
    case 'worse':
      return `${what}: worse (${range}).`;
    case 'unclear':
      return `${what}: too few queries to tell these apart (${range}).`;
  }
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
}

/** Spaces stay; what a terminal would obey doesn't. */
function harmless(text: string): string {
  return text.split(' ').map(visible).join(' ');
}
