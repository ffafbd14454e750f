// A direction between two words, and where others lie along it: what people wrote, prejudice included.

import { cosineOf } from '../retrieval/wordVectors.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

const MOST = 40;
/** As many as a table shows without being scrolled, so that both sides are seen. */
const JOBS = 'nurse dancer doctor teacher cook judge engineer secretary captain';

export const wordBias = defineProgram({
  id: 'word-bias',
  title: 'Which way do words lean?',
  session: false,
  params: {
    one: { type: 'text', label: 'From', default: 'she', maxLength: 40 },
    other: { type: 'text', label: 'to', default: 'he', maxLength: 40 },
    words: { type: 'text', label: 'Words', default: JOBS, maxLength: 600, multiline: true },
  },
  async *run({ params, trace, models }) {
    const vectors = await models.wordVectors();
    const [one, other] = [params.one, params.other].map((word) => word.trim().toLowerCase()) as [string, string];
    const asked = [...new Set(params.words.toLowerCase().match(/[a-z]+/g) ?? [])];
    const known = asked.filter((word) => vectors.has(word)).slice(0, MOST);
    const [from, to] = [vectors.vector(one), vectors.vector(other)];
    if (from === undefined || to === undefined || known.length === 0) {
      trace.frame({
        op: 'missing',
        label: 'No such word',
        note: 'Both ends, and at least one of the words, must be in the table. Try common English words.',
      });
      yield;
      return;
    }
    const direction = to.map((value, c) => value - from[c]!); // (C,)
    const rows = known
      .map((word) => ({ word, leans: Number(cosineOf(direction, vectors.vector(word)!).toFixed(3)) }))
      .sort((a, b) => a.leans - b.leans);
    const [first, last] = [rows[0]!, rows.at(-1)!];
    const columns: TableValue['columns'] = [
      { id: 'word', label: 'word', type: 'piece' },
      { id: 'leans', label: `◂ ${one} · ${other} ▸`, type: 'number', bar: true },
    ];
    trace.frame({
      op: 'lean',
      label: `From “${one}” to “${other}”`,
      note: `The cosine of each word with ${other} − ${one}. Farthest to “${one}” leans “${first.word}” (${decimal(first.leans, 3)}), farthest to “${other}” leans “${last.word}” (${decimal(last.leans, 3)}).`,
      outputs: {
        words: trace.value(
          tableValue(
            columns,
            rows.map(({ word, leans }) => [word, leans]),
          ),
        ),
      },
    });
    yield;
  },
});
