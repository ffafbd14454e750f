// Queries that somebody has labelled: a JSON array, or a JSON object a line, of {"query","path"} with "startLine" and
// "endLine" where only these lines answer, and "grade" where some answers are better (1 if absent). Lines of one query
// belong together.

import type { Query } from '../../../retrieval/evaluation/evaluate.ts';
import type { Label } from '../../../retrieval/evaluation/grades.ts';
import { Fault } from '../../../shared/errors.ts';
import { z } from '../../../shared/schema.ts';

const line = z.int().check(z.gte(1));
const row = z.strictObject({
  query: z.string().check(z.minLength(1), z.maxLength(2000)),
  path: z.string().check(z.minLength(1), z.maxLength(4096)),
  startLine: z.optional(line),
  endLine: z.optional(line),
  grade: z.optional(z.number().check(z.gt(0), z.lte(1000))),
});

/** Example: `{"query": "where headers are parsed", "path": "src/parser.ts", "startLine": 10, "endLine": 42}` */
export function readLabels(text: string, file: string): Query[] {
  const byQuery = new Map<string, Map<string, Label>>();
  for (const { value, where } of rowsOf(text.replace(/^\uFEFF/, ''), file)) {
    const read = z.safeParse(row, value);
    if (!read.success) {
      throw badLabel(wrongIn(read.error.issues[0]), where);
    }
    const { query, path, startLine, endLine, grade = 1 } = read.data;
    if ((startLine === undefined) !== (endLine === undefined) || (endLine ?? 1) < (startLine ?? 1)) {
      throw badLabel('startLine and endLine belong together, the first not after the last', where);
    }
    const plain = path.replaceAll('\\', '/').replace(/^\.\//, '');
    const lines = startLine === undefined || endLine === undefined ? undefined : { first: startLine, last: endLine };
    const labels = byQuery.get(query.trim()) ?? new Map<string, Label>();
    labels.set(JSON.stringify([plain, lines]), { path: plain, grade, ...(lines && { lines }) });
    byQuery.set(query.trim(), labels);
  }
  if (byQuery.size === 0) {
    throw new Fault('bad-input', `${file} holds no labelled query.`, { where: file, remedy: FORMAT });
  }
  return [...byQuery].map(([query, labels]) => ({ source: 'labels', query, labels: [...labels.values()] }));
}

const EXPECTED: Readonly<Record<string, string>> = {
  query: 'a text of 1 to 2000 characters',
  path: 'a text of 1 to 4096 characters',
  startLine: 'a whole number from 1',
  endLine: 'a whole number from 1',
  grade: 'a number above 0, and at most 1000',
};

function wrongIn(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') {
    return `"${issue.keys[0]}" is none of ${Object.keys(EXPECTED).join(', ')}`;
  }
  const name = String(issue?.path[0] ?? '');
  return Object.hasOwn(EXPECTED, name) ? `"${name}" has to be ${EXPECTED[name]}` : 'it has to be an object';
}

const FORMAT = 'Each is an object such as {"query": "where headers are parsed", "path": "src/parser.ts"}.';

function* rowsOf(text: string, file: string): Generator<{ readonly value: unknown; readonly where: string }> {
  if (text.trimStart().startsWith('[')) {
    const all = parsed(text, file) as unknown[];
    for (const [i, value] of all.entries()) {
      yield { value, where: `${file}, entry ${i + 1}` };
    }
    return;
  }
  for (const [i, one] of text.split('\n').entries()) {
    if (one.trim() !== '') {
      yield { value: parsed(one, `${file}:${i + 1}`), where: `${file}:${i + 1}` };
    }
  }
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badLabel(`it is no JSON (${(cause as Error).message})`, where);
  }
}

function badLabel(what: string, where: string): Fault {
  return new Fault('bad-input', `The labels can't be read at ${where}: ${what}.`, { where, remedy: FORMAT });
}
