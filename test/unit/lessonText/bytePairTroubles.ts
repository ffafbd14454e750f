// The numbers of lesson 03's Deep dive on encoding, and on where it goes wrong.

import { decode as decodeO200k, encode as encodeO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { decode } from 'gpt-tokenizer/encoding/r50k_base';
import { expect } from 'vitest';
import { bytesOf, GPT2_IDS, gpt2, lesson, line, pieces, plainBpe } from './bytePairs.ts';
import { blockOf, type Claims, grouped, percent } from './lessonProse.ts';
import { plays } from './plays.ts';

export function byRank(claims: Claims): void {
  expect(pieces('butterfly')).toEqual(['but', 'ter', 'fly']);
  const [but, ter] = gpt2('butterfly');
  // Rank n made the token 255 + n, since ids 0 to 255 are the bytes.
  claims.says(`has rank ${ter! - 255}, and that of \`b\` and \`ut\` has rank ${grouped(but! - 255)}.`);
  expect(gpt2('butt')).toHaveLength(1);
  const longer = ['butte', 'butter', 'butterf', 'butterfl', 'butterfly'];
  expect(longer.every((prefix) => gpt2(prefix).length > 1)).toBe(true);
  const share = plays.gpt2.longestFirstDiffers / plays.gpt2.words;
  claims.says(`Of the ${grouped(plays.gpt2.words)} different words in Shakespeare's plays`);
  claims.says(`${percent(share)} are cut differently`);
  claims.says(`The ids ${gpt2('t')[0]} and ${gpt2('he')[0]} spell`);
  claims.says(`the single id ${gpt2('the').join()}`);
  expect(decode([gpt2('t')[0]!, gpt2('he')[0]!])).toBe('the');

  const quiz = lesson.blocks.find(({ body }) => body.id === 'order')!.body;
  const order = [...quiz.question.matchAll(/`(\w+)`\+`(\w+)`/g)].map(([, left, right]) => [left!, right!]);
  expect(order).toHaveLength(5);
  let word = [...'butter'];
  for (const [left, right] of order) {
    const at = word.findIndex((piece, i) => piece === left && word[i + 1] === right);
    word = at === -1 ? word : [...word.slice(0, at), left + right, ...word.slice(at + 2)];
  }
  const right = quiz.options!.find((option) => option.right)!;
  expect(right.text).toBe(word.map((piece) => `\`${piece}\``).join(' '));
}

export function saving(claims: Claims): void {
  const tokens = plainBpe(line.match(/ ?[a-z]+|,/g)!, 10).reduce((left, { saved }) => left - saved, line.length);
  claims.says(
    `Our line began with ${line.length} tokens for ${line.length} bytes and ended with ${tokens}, so it went from 1 to ${(line.length / tokens).toFixed(1)}.`,
  );
  claims.says(`On the plays GPT-2 has ${(plays.characters / plays.gpt2.tokens).toFixed(1)}.`);
}

export function troubles(claims: Claims): void {
  const single = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => from + i).filter((n) => gpt2(String(n)).length === 1).length;
  claims.says(`Of the thousand numbers from 0 to 999, GPT-2 has ${single(0, 1000)} as a single token.`);
  claims.says(`Of the nine thousand with four digits, ${single(1000, 10_000)}.`);
  expect(pieces('2024')).toEqual(['20', '24']);
  expect(gpt2(' 2024')).toHaveLength(1);
  claims.says('The year `2024` is `20` and `24`, and with a space in front');
  claims.says('with `20` and `24`');

  expect(encodeO200k('1234567').map((id) => decodeO200k([id]))).toEqual(['123', '456', '7']);
  claims.says('`1234567` is `123`, `456` and `7`.');
  claims.says('We group thousands from the right: 1,234,567.');

  const questions = lesson.section('Deep dive').matchAll(/^\| (\S.*[?？;]) \| \d+ \| \d+ \| \d+ \|$/gm);
  const rows = [...questions].map((row) => row[1]!);
  expect(rows).toHaveLength(7);
  for (const question of rows) {
    claims.says(`| ${question} | ${[...question].length} | ${bytesOf(question)} | ${gpt2(question).length} |`);
  }
  const [english, korean] = [rows[0]!, rows.at(-1)!];
  expect(gpt2(korean).length / gpt2(english).length).toBe(5);
  expect(gpt2(korean).length / bytesOf(korean)).toBeGreaterThan(0.9);
  claims.says('`o200k_base` has about 200,000 entries'); // as its name says
  expect([encodeO200k(korean).length, encodeO200k(english).length]).toEqual([7, 5]);
  claims.says('the Korean question takes 7 tokens and the English one still 5');

  const glitch = gpt2(' SolidGoldMagikarp');
  claims.says(`GPT-2's entry ${glitch.join()} is`);
  const name = '<|endoftext|>';
  const end = GPT2_IDS - 1;
  claims.says(`GPT-2 has one, \`${name}\`, with the id ${end}.`);
  const typed = blockOf(lesson, 'special').body.text;
  expect(gpt2(name)).toHaveLength(7);
  const start = typed.indexOf(` ${name}`);
  expect(gpt2(typed.slice(start, start + 1 + name.length))).toHaveLength(7);
  expect(gpt2(typed).filter((id) => id === end)).toEqual([]);
  claims.says(`none of them is ${end}`);
}

export function ticket(claims: Claims): void {
  expect([gpt2(' boat').length, gpt2(' boats').length]).toEqual([1, 1]);
  claims.says(`\`␣boat\` is ${gpt2(' boat')} and \`␣boats\` is ${gpt2(' boats')}.`);
  claims.says(`${gpt2(' boat')} isn't nearer to ${gpt2(' boats')}`);
}
