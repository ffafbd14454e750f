// A report of an evaluation as a markdown document. Knows nothing of vscode. Queries, paths and names come from files: they
// are data, and nothing in them is taken for markdown.

import {
  type Comparison,
  type Estimate,
  type EvaluationReport,
  measures,
  type QuerySource,
  type SearchWay,
  type SourceResult,
} from '../shared/evaluateMessages.ts';
import type { Translate } from './searchHealth.ts';

export interface ReportFrame {
  /** Of the workspace. */
  readonly name: string;
  /** When it was made, for people. */
  readonly time: string;
}

const HEADINGS = ['recall@1', 'recall@5', 'recall@10', 'MRR', 'nDCG@10'];
/** With fewer queries the intervals are too wide to tell much. */
const FEW_QUERIES = 30;
const LONGEST_QUERY = 120;

export function evaluationText(report: EvaluationReport, { name, time }: ReportFrame, t: Translate): string {
  const { files, chunks, models, sources, notes, milliseconds } = report;
  const seconds = (milliseconds / 1000).toFixed(1);
  const better =
    models.reranker === null
      ? t('There is no better model on this machine to put the best hits in order anew.')
      : t('The best hits are put in order anew by {0}.', code(models.reranker));
  return `${[
    `# ${t('Search on {0}, measured', escaped(name))}`,
    t('{0} files in {1} chunks were searched for this, on {2}, in {3} s.', files, chunks, time, seconds),
    `${t('Vectors are those of {0}.', code(models.vectors))} ${better}`,
    ...sources.flatMap((source) => sourceText(source, t)),
    `## ${t('How to read this')}`,
    [
      t('recall@k: the share of the right places that stands among the first k.'),
      t('MRR: one divided by the place of the first right one, as a mean over the queries; 0 where there is none.'),
      t('nDCG@10: what is right counts less the further down it stands; 1 is the best order there can be.'),
      t('grep counts how often the words of a query stand in a chunk, letter by letter.'),
      t('Behind each mean: between what it lies with 95% confidence, by drawing the queries again and again.'),
    ]
      .map((line) => `- ${line}`)
      .join('\n'),
    `## ${t('What this does not say')}`,
    [...notes.map(escaped), t('The same queries are drawn each time: run it again after a change, and compare.')]
      .map((line) => `- ${line}`)
      .join('\n'),
  ].join('\n\n')}\n`;
}

function sourceText({ source, queries, examples, ways, comparisons }: SourceResult, t: Translate): string[] {
  const alone = queries === 1;
  const few = alone
    ? t('One query says nothing of how sure a figure is: there are no intervals.')
    : t('So few queries tell little: look at the intervals before the means.');
  return [
    `## ${sourceName(source, queries, t)}`,
    ...(queries < FEW_QUERIES ? [few] : []),
    [t('Such as:'), ...examples.map(({ query, path }) => `- ${code(clipped(query))} → ${code(path)}`)].join('\n'),
    table(
      ['', ...HEADINGS],
      ways.map(({ way, measures: values }) => [wayName(way, t), ...measures.map((one) => cell(values[one], alone))]),
    ),
    comparisons.map((one) => `- ${alone ? difference(one, t) : verdict(one, t)}`).join('\n'),
  ].filter((part) => part !== '');
}

/** Its columns stand below one another as they are typed, too. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0), 3));
  const line = (row: readonly string[]) => `| ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}

/** @param alone of one query: there is no interval */
function cell({ mean, low, high }: Estimate, alone: boolean): string {
  return alone ? mean.toFixed(3) : `${mean.toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

function sourceName(source: QuerySource, queries: number, t: Translate): string {
  switch (source) {
    case 'docstrings':
      return t('Sentences above functions: {0}', queries);
    case 'commits':
      return t('Subjects of commits: {0}', queries);
    case 'labels':
      return t('Labelled queries: {0}', queries);
  }
}

function wayName(way: SearchWay, t: Translate): string {
  switch (way) {
    case 'grep':
      return 'grep';
    case 'bm25':
      return t('BM25 alone');
    case 'vectors':
      return t('Vectors alone');
    case 'fused':
      return t('Fused (as search does)');
    case 'reranked':
      return t('Fused and re-ranked');
  }
}

/** Of one query. */
function difference({ way, against, difference: { mean } }: Comparison, t: Translate): string {
  return t('{0} against {1}: nDCG@10 {2}.', wayName(way, t), wayName(against, t), signed(mean));
}

function verdict({ way, against, difference, verdict: kind }: Comparison, t: Translate): string {
  const [one, other] = [wayName(way, t), wayName(against, t)];
  const [mean, low, high] = [difference.mean, difference.low, difference.high].map(signed) as [string, string, string];
  switch (kind) {
    case 'better':
      return t('{0} against {1}: better (nDCG@10 {2}, between {3} and {4}).', one, other, mean, low, high);
    case 'worse':
      return t('{0} against {1}: worse (nDCG@10 {2}, between {3} and {4}).', one, other, mean, low, high);
    case 'unclear':
      return t(
        '{0} against {1}: too few queries to tell them apart (nDCG@10 {2}, between {3} and {4}).',
        one,
        other,
        mean,
        low,
        high,
      );
  }
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

function clipped(text: string): string {
  return text.length > LONGEST_QUERY ? `${text.slice(0, LONGEST_QUERY)}…` : text;
}

/** As code: a fence longer than any inside, and one line. */
function code(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** As plain words. */
function escaped(text: string): string {
  return oneLine(text).replace(/[\\`*_~[\]<>&|#]/g, '\\$&');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
