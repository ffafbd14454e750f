// A corpus as words: the same as the pattern cuts, however many texts, and however they are sliced.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compilePattern, PATTERNS } from '../../../../src/tokenizers/patterns.ts';
import { bertWords, byteLevel, metaspaceWords } from '../../../../src/tokenizers/training/cuttings.ts';
import { WordCounter } from '../../../../src/tokenizers/training/words.ts';
import { corpus, listed, toEnd, wordsOf } from './corpus.ts';

function counted(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

it.each(['gpt2', 'cl100k', 'o200k'] as const)('counts what the pattern %s cuts, in several texts', (pattern) => {
  const texts = [corpus, "it's a b\n\n c", 'it', ''];
  const expected = texts.flatMap((text) => text.match(compilePattern(PATTERNS[pattern])) ?? []);
  const words = wordsOf(byteLevel(pattern), ...texts);
  expect(listed(words)).toEqual(counted(expected));
  expect(words.textBytes).toBe(new TextEncoder().encode(texts.join('')).length);
});

it('counts a text of several slices as the text that it is', () => {
  const times = 120_000; // 2.6 million characters
  const inside = Object.fromEntries(['over', ' and', ' over', ' again', ','].map((word) => [word, times]));
  // White space at the text's end stays together.
  const expected = { ...inside, ' ': times - 1, '\n': times - 1, ' \n': 1 };
  expect(listed(wordsOf(byteLevel('gpt2'), 'over and over again, \n'.repeat(times)))).toEqual(expected);
});

it("cuts and changes words as BERT's basic tokenizer does", () => {
  expect(listed(wordsOf(bertWords, "Café, don't\t茶道 Café!"))).toEqual({
    cafe: 2,
    ',': 1,
    don: 1,
    "'": 1,
    t: 1,
    茶: 1,
    道: 1,
    '!': 1,
  });
});

it('writes spaces as SentencePiece does, and one before the text', () => {
  expect(listed(wordsOf(metaspaceWords, 'a b  b\nc', ' a', '▁b▁'))).toEqual({ '▁a': 2, '▁b': 2, '▁': 2, '▁b\nc': 1 });
});

it('keeps every byte of every text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      const { ends, counts, textBytes } = wordsOf(byteLevel('o200k'), ...texts);
      const bytes = counts.reduce((sum, count, i) => sum + count * (ends[i + 1]! - ends[i]!), 0);
      expect(bytes).toBe(textBytes);
    }),
  );
});

it('says how far it is, and refuses words that take too much memory', () => {
  const counter = new WordCounter(byteLevel('gpt2'), 100_000);
  const { steps } = toEnd(counter.add('one two'));
  expect(steps.at(-1)).toMatchObject({ phase: 'count', done: 7, total: 7, bytes: 7 });
  const different = Array.from({ length: 100_000 }, (_, i) => ` ${i}`).join('');
  expect(() => toEnd(counter.add(different))).toThrow(/memory/u);
});
