// The report as a document: its figures, what it says of them, and that nothing from files is taken for markdown.

import markdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { evaluationText } from '../../../src/host/evaluationText.ts';
import type { Estimate, EvaluationReport, SearchWay, WayResult } from '../../../src/shared/evaluateMessages.ts';

const t = (message: string, ...values: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, i: string) => String(values[Number(i)]));
const estimate = (mean: number): Estimate => ({ mean, low: mean - 0.1, high: mean + 0.1 });
const way = (name: SearchWay, ndcg: number): WayResult => ({
  way: name,
  measures: {
    ...{ recall1: estimate(0.25), recall5: estimate(0.5), recall10: estimate(0.75) },
    ...{ mrr: estimate(0.4), ndcg10: estimate(ndcg) },
  },
});

const REPORT: EvaluationReport = {
  ...{ files: 3, chunks: 7, milliseconds: 1234 },
  models: { vectors: 'static-minilm-1', reranker: null },
  sources: [
    {
      source: 'docstrings',
      queries: 12,
      examples: [{ query: 'where headers are parsed', path: 'src/parser.ts' }],
      ways: [way('grep', 0.2), way('bm25', 0.5), way('fused', 0.6)],
      comparisons: [
        { way: 'fused', against: 'grep', verdict: 'better', difference: { mean: 0.4, low: 0.3, high: 0.5 } },
        { way: 'fused', against: 'bm25', verdict: 'unclear', difference: { mean: 0.1, low: -0.05, high: 0.2 } },
      ],
    },
  ],
  notes: ['Docstrings: that comment is taken out.'],
};
const FRAME = { name: 'work', time: 'today' };

test('holds the figures with their intervals, how many queries, and what they do not say', () => {
  const text = evaluationText(REPORT, FRAME, t);
  expect(text).toContain('# Search on work, measured');
  expect(text).toContain('3 files in 7 chunks were searched for this, on today, in 1.2 s.');
  expect(text).toContain('## Sentences above functions: 12');
  expect(text).toContain('So few queries tell little');
  expect(text).toMatch(/\| BM25 alone +\| 0\.250 \(0\.15–0\.35\) \| .* \| 0\.500 \(0\.40–0\.60\) \|/);
  expect(text).toContain('- Fused (as search does) against grep: better (nDCG@10 +0.400, between +0.300 and +0.500).');
  expect(text).toContain('too few queries to tell them apart (nDCG@10 +0.100, between −0.050 and +0.200).');
  expect(text).toContain('- Docstrings: that comment is taken out.');
  expect(text).toContain('no better model on this machine');
});

test('of one query claims no interval', () => {
  const [source] = REPORT.sources;
  const text = evaluationText({ ...REPORT, sources: [{ ...source!, queries: 1 }] }, FRAME, t);
  expect(text).toContain('there are no intervals');
  expect(text).toMatch(/\| grep +\| 0\.250 +\|/);
  expect(text).toContain('- Fused (as search does) against grep: nDCG@10 +0.400.');
  expect(text).not.toMatch(/0\.\d\d–0|between \+/);
});

test('is one table a source, with a row a way, whose columns stand below one another', () => {
  const html = markdownIt().render(evaluationText(REPORT, FRAME, t));
  expect(html.match(/<table>/g)).toHaveLength(1);
  expect(html.match(/<tr>/g)).toHaveLength(1 + 3);
  const rows = evaluationText(REPORT, FRAME, t)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
});

test.each([
  '![a](https://example.org/a.png)',
  '<img src=x onerror=alert(1)>',
  '`` ![a](b) `` <b>',
  '[click](command:workbench.action.quit)',
  '# Heading\n\n- list\n</details>',
  '| a | b |\n|---|---|',
  '*a* _b_ ~~c~~ &lt;script&gt;',
])('shows %j as what it is, wherever it comes from', (hostile) => {
  const [source] = REPORT.sources;
  const text = evaluationText(
    {
      ...REPORT,
      models: { vectors: hostile, reranker: hostile },
      sources: [{ ...source!, examples: [{ query: hostile, path: hostile }] }],
      notes: [hostile],
    },
    { ...FRAME, name: hostile },
    t,
  );
  const html = markdownIt({ html: true }).render(text);
  const plain = markdownIt({ html: true }).render(evaluationText(REPORT, FRAME, t));
  const tags = (rendered: string) => new Set(rendered.match(/<[a-z0-9]+/g));
  expect(tags(html)).toEqual(tags(plain));
  expect(html).not.toMatch(/<(?:img|a|script|b|em|strong)\b/);
});
