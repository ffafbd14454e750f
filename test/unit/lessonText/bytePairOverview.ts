// The numbers of lesson 03's Overview, and of what goes back to its examples.

import { decode } from 'gpt-tokenizer/encoding/r50k_base';
import { expect } from 'vitest';
import { type BpeModel, encodeText, rulesOf, trainBpe } from '../../../src/tokenizers/bpe.ts';
import { GPT2_PATTERN } from '../../../src/tokenizers/patterns.ts';
import { bytesOf, GPT2_IDS, lesson, line, plainBpe } from './bytePairs.ts';
import { blockOf, type Claims, grouped, readLesson } from './lessonProse.ts';
import { plays } from './plays.ts';

const spell = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const learned = (model: BpeModel) => model.merges.map(({ id }) => spell(model.tokens[id]!));

export function theLine(claims: Claims): void {
  expect(lesson.section('Overview')).toContain(`> ${line}\n`);
  claims.says(`Here is a text of ${line.length} characters`);
  expect(bytesOf(line)).toBe(line.length);
  const { merges, preTokenizer } = blockOf(lesson, 'tide').body.params;
  const model = trainBpe(line, merges, preTokenizer);
  expect(learned(model)).toEqual([' t', 'he', ' ti', ' tid', ' tide', ' the']);
  const counts = model.merges.map((merge) => merge.count);
  const again = plainBpe(line.match(/ ?[a-z]+|,/g)!, 10);
  expect(again.map(({ pair }) => pair.replace('+', ''))).toEqual(learned(model));
  expect(again.map(({ saved }) => saved)).toEqual(counts);

  const tokens = encodeText(line, rulesOf(model), preTokenizer);
  const saved = counts.reduce((sum, count) => sum + count, 0);
  expect(line.length - saved).toBe(tokens.length);
  expect(tokens.slice(0, 2).map((id) => spell(model.tokens[id]!))).toEqual(['t', 'he']);
  claims.says('After six merges no pair occurs twice');
  expect(counts).toHaveLength(6);
  expect(counts[0]).toBe(5);
  claims.says(`The ${line.length} symbols have become ${tokens.length}.`);
  claims.says(`$T_0 = ${line.length}$`);
  claims.says('are 5, 3, 3, 3, 3 and 2.');
  expect(counts).toEqual([5, 3, 3, 3, 3, 2]);
  claims.says(`They add up to ${saved}, and $${line.length} - ${saved} = ${tokens.length}$.`);
  claims.says('V_k = 256 + k');
  claims.says(`Ours ends with ${model.tokens.length}.`);
  claims.says(`One with ${model.tokens.length} entries`);

  // Four ties after the first merge.
  const after = trainBpe(line, 1, preTokenizer);
  expect(after.merges[0]!.count).toBe(5);
  claims.says('After the first merge, four pairs occur three times each.');
  const second = line
    .match(/ ?[a-z]+|,/g)!
    .flatMap((word) => pairsOf(word.startsWith(' t') ? [' t', ...word.slice(2)] : [...word]));
  const tied = new Set(second.filter((pair) => second.filter((other) => other === pair).length === 3));
  expect(tied.size).toBe(4);

  expect(learned(trainBpe(line, merges, 'none'))).toEqual(expect.arrayContaining(['he tide', ', the tide']));
  expect(decode([256])).toBe(' t'); // the first id after the bytes is the first merge
  claims.says('numbers from 0 to 255');
  claims.says('There are only 256 of them.');
  claims.says(`Its vocabulary: 256 bytes, 50,000 merges and one special mark, ${grouped(GPT2_IDS)} in all.`);
  claims.says(`${grouped(plays.words.types)} words of Shakespeare`);
  claims.says('Ids 0 to 255 are the bytes; 256 and up were merged.');
}

function pairsOf(word: readonly string[]): string[] {
  return word.slice(1).map((right, i) => `${word[i]}+${right}`);
}

export function inventedWord(claims: Claims): void {
  const { corpus, merges, preTokenizer, word } = blockOf(lesson, 'tidehen').body.params;
  expect([corpus, word]).toEqual([line, ' tidehen']);
  const model = trainBpe(corpus, merges, preTokenizer);
  const cut = (text: string) => encodeText(text, rulesOf(model), preTokenizer).map((id) => spell(model.tokens[id]!));
  expect(cut(word)).toEqual([' tide', 'he', 'n']);
  expect(cut('tidehen')).toEqual(['t', 'i', 'd', 'e', 'he', 'n']);
  const used = model.merges.filter(({ id }) => spell(model.tokens[id]!) !== ' the').map(({ id }) => id);
  claims.says(`the loop merges five times: ids ${used[0]} to ${used.at(-1)}.`);
  expect(used).toEqual([256, 257, 258, 259, 260]);
  claims.says('which took the ranks 1, 2, 3, 4 and 5.'); // rank n made id 255 + n
  expect(learned(model)[2]).toBe(' ti');
  claims.says('`␣t` and `i`. Its rank is 3, and it had to be above 1');
  expect([cut('boat'), cut('🌊')].map((tokens) => tokens.length)).toEqual([4, 4]);
  claims.says('`boat` costs four tokens as well');
  expect(line).toContain('n');
  expect(line).not.toContain('z');

  const own = blockOf(lesson, 'own-text').body.params;
  claims.says(`It takes ${trainBpe(own.text, own.merges, own.preTokenizer).merges.length} merges`);
  expect(trainBpe(own.text, own.merges, own.preTokenizer).merges.length).toBeLessThan(own.merges);
  expect(learned(trainBpe(own.text, own.merges, 'none'))).toContain(' the tide, and ');
}

export function story(claims: Claims): void {
  const { text } = blockOf(lesson, 'saving').body.params;
  expect(blockOf(readLesson('02-text-to-tokens'), 'growth').body.params.text).toBe(text);
  const model = trainBpe(text, 1000, 'gpt2');
  expect(learned(model)[0]).toBe(' t');
  const again = plainBpe(text.match(new RegExp(GPT2_PATTERN, 'gu'))!, 3);
  expect(again.map(({ saved }) => saved)).toEqual(model.merges.slice(0, 3).map(({ count }) => count));
  claims.says(
    `The first merge, a space and a \`t\`, saves ${model.merges[0]!.count} tokens. The hundredth saves ${model.merges[99]!.count}.`,
  );
  const saved = model.merges.map(({ count }) => count);
  // Each is at most as frequent as the one before, as the bet's answers say.
  expect(saved.every((count, i) => i === 0 || count <= saved[i - 1]!)).toBe(true);
  const { question, choices } = blockOf(lesson, 'saving').body.bet!;
  claims.says(question);
  expect(question).toContain(`saves ${saved[0]} tokens`);
  expect(choices!.find(({ right }) => right)!.text).toBe('Fewer than five');
  expect(saved[99]).toBeLessThan(5);
  claims.says(`tokens hold ${(plays.characters / plays.gpt2.tokens).toFixed(1)} bytes each`);
}
