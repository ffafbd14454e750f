// BM25's score of one clause for one question, term by term: how often, how rare, how long.

import { inverseDocumentFrequency, LEAST_IDF, termScore } from '../retrieval/lexical/bm25.ts';
import { markTerms } from '../retrieval/lexical/terms.ts';
import type { Cell, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { CLAUSE_TEXTS, CLAUSES, clauseName } from './tenancy.ts';
import { asked, byWords, CLAUSE_CORPUS, CLAUSE_DOCUMENTS, distinctTerms } from './tenancySearch.ts';
import { counted, tableValue, textValue } from './views.ts';

const COLUMNS: TableValue['columns'] = [
  { id: 'term', label: 'word', type: 'piece' },
  { id: 'containing', label: 'clauses', type: 'number' },
  { id: 'idf', label: 'rare', type: 'number' },
  { id: 'count', label: 'count', type: 'number' },
  { id: 'adds', label: 'adds', type: 'number' },
];
const RANKING: TableValue['columns'] = [
  { id: 'place', label: '', type: 'number' },
  { id: 'clause', label: 'clause', type: 'text' },
  { id: 'score', label: 'score', type: 'number' },
];

export const bm25ByHand = defineProgram({
  id: 'bm25-by-hand',
  title: 'BM25, word by word',
  session: false,
  params: {
    query: { type: 'text', label: 'You ask', default: 'The boiler shows ERR_4032', maxLength: 300 },
    clause: {
      type: 'choice',
      label: 'Clause',
      default: '10',
      options: CLAUSES.map((_, i) => ({ value: String(i + 1), label: clauseName(i) })),
    },
  },
  async *run({ params: { query, clause }, trace }) {
    const index = Number(clause) - 1;
    const [text, document] = [CLAUSE_TEXTS[index]!, CLAUSE_DOCUMENTS[index]!];
    const terms = distinctTerms(query);
    const { texts, averageLength } = CLAUSE_CORPUS;
    const parts = terms.map((term) => {
      const containing = CLAUSE_CORPUS.containing(term);
      const count = document.weighted(term);
      const idf = inverseDocumentFrequency(texts, containing);
      return { term, containing, count, idf, adds: termScore(idf, count, document.length, averageLength) };
    });
    trace.frame({
      op: 'terms',
      label: 'The words of the question',
      note:
        terms.length === 0
          ? 'There is no word in the question.'
          : `“${asked(query)}” has ${counted(terms.length, 'different word')}. A code such as ERR_4032 counts whole and in its parts. Those that stand in ${clauseName(index)} are marked.`,
      source: places.termsOf,
      outputs: {
        clause: trace.value(
          textValue(
            text,
            markTerms(text, new Set(terms)).map((mark) => ({ ...mark, role: 'match' as const })),
          ),
        ),
      },
    });
    yield;
    const score = parts.reduce((sum, { adds }) => sum + adds, 0);
    const most = parts.reduce((best, part) => (part.adds > best.adds ? part : best), {
      ...parts[0],
      term: '',
      adds: 0,
      idf: 0,
    });
    const common = parts.filter(({ idf, count }) => idf === LEAST_IDF && count > 0);
    trace.frame({
      op: 'score',
      label: 'What each word adds',
      note: [
        score === 0
          ? 'No word is shared, so the score is 0.'
          : `Together ${decimal(score, 2)}; “${most.term}” adds the most, ${decimal(most.adds, 2)}.`,
        `The clause has ${counted(document.length, 'word')} and the average clause ${decimal(averageLength, 1)}.`,
        ...(common.length === 0
          ? []
          : [
              `${common.map(({ term }) => `“${term}”`).join(', ')}: in more than half of all clauses, so next to nothing.`,
            ]),
      ].join(' '),
      formula: 'rare(word) * count * (k1 + 1) / (count + k1 * (1 - b + b * length / average))',
      source: places.termScore,
      outputs: {
        words: trace.value(
          tableValue(
            COLUMNS,
            parts.map(({ term, containing, idf, count, adds }): Cell[] => [
              term,
              containing,
              short(idf),
              count,
              short(adds),
            ]),
            parts.flatMap(({ count }, row) => (count > 0 ? [{ row, role: 'match' as const }] : [])),
          ),
        ),
      },
    });
    yield;
    const ranking = byWords(query);
    trace.frame({
      op: 'rank',
      label: 'The same for all clauses',
      note:
        ranking.length === 0
          ? 'No clause shares a word with the question.'
          : `First is ${clauseName(ranking[0]!.index)} with ${decimal(ranking[0]!.score, 2)}.`,
      source: places.bm25,
      outputs: {
        ranking: trace.value(
          tableValue(
            RANKING,
            ranking.map(({ index: found, score: its }, i) => [i + 1, clauseName(found), short(its)]),
            ranking.flatMap(({ index: found }, row) => (found === index ? [{ row, role: 'chosen' as const }] : [])),
          ),
        ),
      },
    });
    yield;
  },
});

const short = (value: number) => Math.round(value * 100) / 100;
