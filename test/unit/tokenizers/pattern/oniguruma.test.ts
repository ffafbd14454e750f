// Random expressions, with what JavaScript's have not, cut texts where Oniguruma itself cuts them: possessive and atomic
// groups, loops around nothing, line anchors. The fixture is made by test/fixtures/tokenizers/make_patterns.py.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileRegex } from '../../../../src/tokenizers/pattern/compileRegex.ts';
import type { SafePattern } from '../../../../src/tokenizers/pattern/safePattern.ts';
import { eagerPattern } from './eagerPattern.ts';

type Case = [pattern: string, texts: [text: string, cuts: number[]][]];

const cases = JSON.parse(
  readFileSync(new URL('../../../fixtures/tokenizers/patterns.json', import.meta.url), 'utf8'),
) as Case[];

/** Where matches begin and end inside the text, counted in code points. */
function cutsOf(pattern: SafePattern, text: string): number[] {
  const cuts = new Set<number>();
  for (const { start, end } of pattern.matches(text)) {
    cuts.add([...text.slice(0, start)].length).add([...text.slice(0, end)].length);
  }
  cuts.delete(0);
  cuts.delete([...text].length);
  return [...cuts].sort((a, b) => a - b);
}

test.each([
  ['as they are', compileRegex],
  ['keeping what failed from the first step on', eagerPattern],
])('1,500 random expressions on four texts each, %s', (_, make) => {
  expect(cases).toHaveLength(1500);
  for (const [pattern, texts] of cases) {
    const compiled = make(pattern);
    for (const [text, cuts] of texts) {
      expect({ pattern, text, cuts: cutsOf(compiled, text) }).toEqual({ pattern, text, cuts });
    }
  }
});
