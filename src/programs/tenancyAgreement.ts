// The tenancy agreement itself, as a step that shows it whole.

import { markTerms } from '../retrieval/lexical/terms.ts';
import type { TableValue } from '../shared/trace.ts';
import type { Recorder } from './recorder.ts';
import { CLAUSE_TEXTS, CLAUSES } from './tenancy.ts';
import { counted, tableValue } from './views.ts';

const COLUMNS: TableValue['columns'] = [
  { id: 'number', label: '', type: 'number' },
  { id: 'title', label: 'clause', type: 'text' },
  { id: 'text', label: 'says', type: 'text' },
];

/** What the questions are asked of. @param terms of a question: the clauses that hold one of them are marked */
export function agreementFrame(trace: Recorder, terms: ReadonlySet<string> = new Set()): void {
  const matched = CLAUSE_TEXTS.flatMap((text, row) => (markTerms(text, terms).length > 0 ? [row] : []));
  const some = `${counted(matched.length, 'clause')} with a word of the question ${matched.length === 1 ? 'is' : 'are'} marked.`;
  trace.frame({
    op: 'agreement',
    label: 'The agreement',
    note: `${counted(CLAUSES.length, 'clause')}, made up for this lesson.${matched.length === 0 ? '' : ` ${some}`}`,
    outputs: {
      agreement: trace.value(
        tableValue(
          COLUMNS,
          CLAUSES.map(({ title, text }, i) => [i + 1, title, text]),
          matched.map((row) => ({ row, role: 'match' as const })),
        ),
      ),
    },
  });
}
