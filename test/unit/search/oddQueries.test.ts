// Queries that nobody means: they find something or nothing, and never end in an error of the database's.

import { expect, it } from 'vitest';
import { Workspace } from './serviceParts.ts';

const WORDS = Array.from({ length: 3000 }, (_, i) => `word${i}`).join(' ');

/** By the query, whether the file with `parseHeader` is what it must find; undefined where it may be anything. */
const queries: readonly (readonly [string, boolean | undefined])[] = [
  ['parse header '.repeat(1600), true],
  ['x'.repeat(20_000), undefined],
  [`${WORDS} parse header`, true],
  ['!@#$%^&*()_+-=[]{};:,.<>/?|~`'.repeat(50), undefined],
  ['', false],
  [' \t\n ', false],
  ['"', false],
  ['"""""" "', undefined],
  ['"parse header', true],
  ['"a '.repeat(5000), undefined],
  ['NEAR(', undefined],
  ['NEAR(parse header, 2)', true],
  ['*', undefined],
  ['parse*', true],
  ['text:parse', true],
  ['text: parse ^ + header', true],
  ['parse AND OR NOT header', true],
  ['- parse header', true],
  ['parse\0header', true],
  ['\0', false],
  ['parse\u202eheader', true],
  ['\ud800 parse header \udfff', true],
  ['\u202e', undefined],
  ['😀', undefined],
  ['مرحبا', undefined],
  ["'); drop table chunks; -- parse header", true],
  ['__proto__ constructor toString parse header', true],
  ['path:[ parse', undefined],
  ['path:{a,b parse', undefined],
  ['path:**/**/**/**/a parse', false],
];

it('whatever is asked', async () => {
  await using workspace = await Workspace.with({
    'header.ts': 'export function parseHeader(text: string) {\n  return text.trim();\n}\n',
    'arabic.md': '# مرحبا\n\nمرحبا بالعالم 😀\n',
    'other.py': 'def total(values):\n    return sum(values)\n',
  });
  const service = await workspace.settled();
  for (const [query, finds] of queries) {
    for (const parts of [['lexical'], ['lexical', 'vector']] as const) {
      const { hits } = await service.query(query, { top: 5, parts });
      const paths = hits.map((hit) => hit.path);
      if (finds !== undefined) {
        expect(finds ? paths[0] : paths.length, JSON.stringify(query.slice(0, 60))).toEqual(finds ? 'header.ts' : 0);
      }
      for (const { chunk } of hits) {
        const reason = await service.explain(query, { chunk });
        expect(Number.isFinite(reason.hit.score)).toBe(true);
      }
    }
    await service.similar(query, { top: 3 });
  }
  await expect(service.query('path:a '.repeat(2000), { top: 5 })).rejects.toMatchObject({ code: 'bad-params' });
  expect((await service.health()).state).toBe('ready');
});
