// Files of labelled queries: what they may look like, and that what is wrong is named with its line.

import { describe, expect, test } from 'vitest';
import { readLabels } from '../../../src/services/search/evaluate/labelFile.ts';
import { faultOf } from '../engine/faultOf.ts';

const row = (more: object = {}) =>
  JSON.stringify({ query: 'where headers are parsed', path: 'src/parser.ts', ...more });
const one = { source: 'labels', query: 'where headers are parsed' };

describe('good labels', () => {
  test('a line each, with blank lines, a byte order mark and Windows ends', () => {
    const text = `\uFEFF${row({ startLine: 10, endLine: 42 })}\r\n\r\n${row({ query: 'b', path: '.\\docs\\b.md' })}\r\n`;
    expect(readLabels(text, 'l.jsonl')).toEqual([
      { ...one, labels: [{ path: 'src/parser.ts', grade: 1, lines: { first: 10, last: 42 } }] },
      { source: 'labels', query: 'b', labels: [{ path: 'docs/b.md', grade: 1 }] },
    ]);
  });

  test('an array', () => {
    expect(readLabels(`[${row()},\n${row({ query: 'b' })}]`, 'l.json').map(({ query }) => query)).toEqual([
      'where headers are parsed',
      'b',
    ]);
  });

  test('lines of one query belong together, and the same place counts once', () => {
    const text = [row({ grade: 3 }), row({ path: 'b.ts' }), row({ query: ' where headers are parsed ', grade: 2 })];
    expect(readLabels(text.join('\n'), 'l')).toEqual([
      {
        ...one,
        labels: [
          { path: 'src/parser.ts', grade: 2 },
          { path: 'b.ts', grade: 1 },
        ],
      },
    ]);
  });
});

describe('bad labels are named by their line, with what is wrong', () => {
  test.each([
    ['no JSON', `${row()}\n\n{"query": `, 'l.jsonl:3', 'JSON'],
    ['no object', `${row()}\n7`, 'l.jsonl:2', 'an object'],
    ['no query', `${row()}\n{"path":"a"}`, 'l.jsonl:2', 'query'],
    ['an empty query', row({ query: '' }), 'l.jsonl:1', 'query'],
    ['a path that is no text', row({ path: 7 }), 'l.jsonl:1', 'path'],
    ['a name that nobody knows', row({ line: 7 }), 'l.jsonl:1', '"line" is none of query, path'],
    ['lines that begin with 0', row({ startLine: 0, endLine: 2 }), 'l.jsonl:1', 'startLine'],
    ['lines that are not whole', row({ startLine: 1.5, endLine: 2 }), 'l.jsonl:1', 'startLine'],
    ['a first line alone', row({ startLine: 4 }), 'l.jsonl:1', 'belong together'],
    ['a last line before the first', row({ startLine: 4, endLine: 3 }), 'l.jsonl:1', 'belong together'],
    ['a grade of nothing', row({ grade: 0 }), 'l.jsonl:1', '"grade" has to be a number above 0'],
    ['the second of an array', `[${row()}, {"query":"b"}]`, 'l.jsonl, entry 2', 'path'],
    ['an array that is cut', `[${row()},`, 'l.jsonl', 'JSON'],
  ])('%s', (_, text, where, what) => {
    const fault = faultOf(() => readLabels(text, 'l.jsonl'));
    expect(fault).toMatchObject({ code: 'bad-input', where });
    expect(fault.message).toContain(where);
    expect(fault.message).toContain(what);
    expect(fault.remedy).toContain('"query"');
  });

  test.each(['', '\n \n', '[]'])('none at all: %j', (text) => {
    expect(faultOf(() => readLabels(text, 'l.jsonl'))).toMatchObject({ code: 'bad-input', where: 'l.jsonl' });
  });
});
