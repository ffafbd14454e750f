// Lesson 03: each number and each outcome that its prose speaks of, computed; and its style.

import { decode as decodeCl100k, encode as encodeCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { decode as decodeO200k, encode as encodeO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { decode, encode as encodeGpt2 } from 'gpt-tokenizer/encoding/r50k_base';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, it } from 'vitest';
import { type BpeModel, encodeText, rulesOf, trainBpe } from '../../../src/tokenizers/bpe.ts';
import { CL100K_PATTERN, GPT2_PATTERN } from '../../../src/tokenizers/patterns.ts';
import { preTokenize } from '../../../src/tokenizers/preTokenizer.ts';
import { readQwen } from '../tokenizers/published.ts';
import { loadR50k } from '../tokenizers/r50k.ts';
import { blockOf, Claims, grouped, lastOfOverview, percent, readLesson, styleFaults } from './lessonProse.ts';
import { plays } from './plays.ts';

const lesson = readLesson('03-byte-pair-encoding');
const spell = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const learned = (model: BpeModel) => model.merges.map(({ id }) => spell(model.tokens[id]!));
// Typed text is ordinary text, whatever it looks like.
const gpt2 = (text: string) => encodeGpt2(text, { disallowedSpecial: new Set() });
const pieces = (text: string) => gpt2(text).map((id) => decode([id]));
const bytesOf = (text: string) => Buffer.byteLength(text);
const line = blockOf(lesson, 'tide').body.params.text;
const GPT2_IDS = 256 + 50_000 + 1; // bytes, merges, special (Radford et al. 2019)

describe('lesson 03, byte pair encoding', () => {
  it('says only numbers that are computed here', () => {
    const claims = new Claims(lesson);
    theLine(claims);
    inventedWord(claims);
    story(claims);
    utf8(claims);
    greedy(claims);
    theCut(claims);
    laterCuts(claims);
    byRank(claims);
    saving(claims);
    troubles(claims);
    ticket(claims);
    expect(claims.numbers).toBeGreaterThan(90);
    expect(claims.unclaimed()).toEqual([]);
  });

  it('keeps to the rules on prose', () => {
    expect(styleFaults(lesson)).toEqual([]);
    expect(lastOfOverview(lesson)).toMatch(/\?$/);
  });

  it('has goals that are reached by doing', () => {
    const goals = lesson.blocks.filter(({ body }) => body.goal !== undefined);
    expect(goals.length).toBeGreaterThanOrEqual(3);
    expect(goals.length).toBeLessThanOrEqual(5);
    expect(lesson.blocks.filter(({ kind }) => kind === 'quiz').length).toBeGreaterThanOrEqual(3);
  });
});

/** Byte pair encoding written a second time, over strings and without any cleverness; ASCII only. */
function plainBpe(words: readonly string[], choices: readonly string[] | number): { pair: string; saved: number }[] {
  let cut = words.map((word) => [...word]);
  const total = () => cut.reduce((sum, word) => sum + word.length, 0);
  const mergeAll = (pair: string) =>
    cut.map((word) => {
      const merged: string[] = [];
      for (let i = 0; i < word.length; i++) {
        merged.push(`${word[i]}+${word[i + 1]}` === pair ? word[i]! + word[++i]! : word[i]!);
      }
      return merged;
    });
  const steps: { pair: string; saved: number }[] = [];
  const count = typeof choices === 'number' ? choices : choices.length;
  for (let k = 0; k < count; k++) {
    const pairs = [...new Set(cut.flatMap((word) => word.slice(1).map((right, i) => `${word[i]}+${right}`)))];
    const saving = (pair: string) => total() - mergeAll(pair).reduce((sum, word) => sum + word.length, 0);
    // The first of the best: pairs are in the order in which they stand in the text.
    const best = pairs.reduce((a, b) => (saving(b) > saving(a) ? b : a));
    const pair = typeof choices === 'number' ? best : choices[k]!;
    const saved = saving(pair);
    if (saved < 2) {
      break;
    }
    cut = mergeAll(pair);
    steps.push({ pair, saved });
  }
  return steps;
}

function theLine(claims: Claims): void {
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

function inventedWord(claims: Claims): void {
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

function story(claims: Claims): void {
  const { text } = blockOf(lesson, 'saving').body.params;
  expect(blockOf(readLesson('02-text-to-tokens'), 'growth').body.params.text).toBe(text);
  const model = trainBpe(text, 1000, 'gpt2');
  expect(learned(model)[0]).toBe(' t');
  const again = plainBpe(text.match(new RegExp(GPT2_PATTERN, 'gu'))!, 3);
  expect(again.map(({ saved }) => saved)).toEqual(model.merges.slice(0, 3).map(({ count }) => count));
  claims.says(
    `The first merge, a space and a \`t\`, saves ${model.merges[0]!.count} tokens. The hundredth saves ${model.merges[99]!.count}.`,
  );
  claims.says(`tokens hold ${(plays.characters / plays.gpt2.tokens).toFixed(1)} bytes each`);
}

function utf8(claims: Claims): void {
  const [t, accented, chinese, wave] = [...'té潮🌊'];
  claims.says(
    `\`t\` is ${t!.codePointAt(0)}, \`é\` is ${accented!.codePointAt(0)}, \`潮\` (tide, in Chinese) is ${chinese!.codePointAt(0)}, and \`🌊\` is ${wave!.codePointAt(0)}. A byte only counts to 255`,
  );
  for (const character of [t!, accented!, chinese!, wave!]) {
    const bytes = [...Buffer.from(character)];
    claims.says(`| \`${character}\` | ${character.codePointAt(0)} | ${bytes.join(' ')} |`);
    expect(bytes.slice(1).every((byte) => byte >= 128 && byte <= 191)).toBe(true);
  }
  expect(Buffer.from('\u{7f}')).toHaveLength(1);
  expect(Buffer.from('\u{80}')).toHaveLength(2);
  claims.says('Up to 127, the number is the byte.');
  claims.says('lies between 128 and 191');
  const { tokens } = loadR50k();
  expect(gpt2('🌊').map((id) => tokens[id]!.length)).toEqual([2, 1, 1]);
  expect(['e', 'η', '船'].map(bytesOf)).toEqual([1, 2, 3]);
}

function greedy(claims: Claims): void {
  const words = 'boat boat box bob bat cat oar oak oaf';
  expect(lesson.section('Deep dive')).toContain(`> ${words}\n`);
  const saved = (steps: readonly { saved: number }[]) => steps.reduce((sum, step) => sum + step.saved, 0);
  const chosen = plainBpe(words.split(' '), 2);
  expect(chosen.map((step) => step.saved)).toEqual([5, 2]);
  expect(chosen[0]!.pair).toBe('o+a');
  expect(plainBpe(words.split(' '), ['b+o', 'a+t']).map((step) => step.saved)).toEqual([4, 4]);
  expect([saved(chosen), saved(plainBpe(words.split(' '), ['b+o', 'a+t']))]).toEqual([7, 8]);
  expect(words.split(' ')).toHaveLength(9);
  claims.says('[Philip Gage in 1994]'); // the year of the paper
  // "Empirically the lower bound of the approximation is about 0.37" (Zouhar et al. 2023, abstract).
  claims.says('at no less than 37% of the best one');
  expect(plainBpe(['aaaa'], 1)).toEqual([{ pair: 'a+a', saved: 2 }]);
  expect(lesson.prose).toContain('The only pre-token is now `hahahaha`');
  expect(plainBpe(['hahahaha'], 2)).toEqual([
    { pair: 'h+a', saved: 4 },
    { pair: 'ha+ha', saved: 2 },
  ]);
}

function theCut(claims: Claims): void {
  expect(lesson.section('Deep dive')).toContain(`\n${GPT2_PATTERN}\n`);
  const sample = "I'll pay  10 now!";
  claims.says(`in \`${sample}\``);
  expect(preTokenize(sample, 'gpt2')).toEqual(['I', "'ll", ' pay', ' ', ' 10', ' now', '!']);
  expect(sample.match(new RegExp(GPT2_PATTERN, 'gu'))).toEqual(preTokenize(sample, 'gpt2'));
  claims.says('digits, with one space before them | `␣10` |');
  expect(pieces("don't")).toEqual(['don', "'t"]);
  expect(pieces("DON'T")).toEqual(['DON', "'", 'T']);

  const ordinary = Array.from({ length: GPT2_IDS - 1 }, (_, id) => decode([id]));
  const spaced = ordinary.filter((token) => token.length > 1 && token.startsWith(' ')).length;
  claims.says(
    `Of GPT-2's ${grouped(ordinary.length)} ordinary entries, ${percent(spaced / ordinary.length)} begin with a space`,
  );

  const prompt = 'The boat is in';
  expect(gpt2(prompt)).toHaveLength(4);
  const extended = gpt2(`${prompt} `);
  expect(extended).toHaveLength(5);
  claims.says(`a fifth token appears: ${extended[4]}, a space alone`);
  claims.says(`After ${extended[4]} it would`);
  claims.says(`with their ${grouped(plays.gpt2.tokens)} tokens, a letter follows a lone space twice`);
  expect(plays.gpt2.letterAfterLoneSpace).toBe(2);
  claims.says(`four tokens and then ${extended[4]}`);
  claims.says(`as token ${extended[4]}`);
}

function laterCuts(claims: Claims): void {
  const ordinary = { disallowedSpecial: new Set<string>() };
  const gpt4 = (text: string) => encodeCl100k(text, ordinary).map((id) => decodeCl100k([id]));
  const gpt4o = (text: string) => encodeO200k(text, ordinary).map((id) => decodeO200k([id]));
  const code = (cut: readonly string[]) => cut.map((piece) => `\`${piece}\``).join(' ');
  const [begins] = /^\(\?i:.*\|$/mu.exec(lesson.section('Deep dive'))!;
  expect(CL100K_PATTERN.startsWith(begins)).toBe(true);
  for (const text of ["don't", "DON'T", 'path/to/file', '1234567']) {
    claims.says(`| \`${text}\` | ${code(pieces(text))} | ${code(gpt4(text))} | ${code(gpt4o(text))} |`);
  }
  claims.says('| text | GPT-2 | GPT-4 (`cl100k_base`) | GPT-4o (`o200k_base`) |');
  const lines = 'if (x) {\n        return;\n    }';
  expect(lesson.section('Deep dive')).toContain(`\n${lines}\n`);
  claims.says(
    `These three lines are ${gpt2(lines).length} tokens for GPT-2 and ${gpt4(lines).length} for the other two`,
  );
  expect(gpt4o(lines)).toHaveLength(gpt4(lines).length);
  expect(gpt4('return x;\n').at(-1)).toBe(';\n');
  for (const cut of [gpt4('2024'), gpt4o('2024'), gpt4(' 2024').slice(1), gpt4o(' 2024').slice(1)]) {
    expect(cut).toEqual(['202', '4']);
  }
  claims.says("Now the year `2024` is never one token, with or without a space. It's `202` and `4`");
  expect([gpt4o('helloWorld'), gpt4o("don't")]).toEqual([['hello', 'World'], ["don't"]]);

  // Special tokens: published with the vocabularies; OpenAI's tiktoken, openai_public.py.
  claims.says(
    `GPT-4's \`<|endoftext|>\` is ${cl100k.special_tokens['<|endoftext|>']} and GPT-4o's is ${o200k.special_tokens['<|endoftext|>']}.`,
  );
  const name = ' <|endoftext|>';
  expect([gpt2(name).length, gpt4(name).length, gpt4o(name).length]).toEqual([7, 6, 7]);
  expect(gpt4(name).join('')).toBe(name);
  expect(gpt4o(name).join('')).toBe(name);
  claims.says("Note what GPT-2's 50,000 merges don't buy. They don't let it write more texts: the 256 bytes can");
  claims.says('Qwen2.5 begins each turn');
  const special = readQwen().added_tokens.map(({ content }) => content);
  expect(special).toEqual(expect.arrayContaining(['<|im_start|>', '<|im_end|>']));
}

function byRank(claims: Claims): void {
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

function saving(claims: Claims): void {
  const tokens = plainBpe(line.match(/ ?[a-z]+|,/g)!, 10).reduce((left, { saved }) => left - saved, line.length);
  claims.says(
    `Our line began with ${line.length} tokens for ${line.length} bytes and ended with ${tokens}, so it went from 1 to ${(line.length / tokens).toFixed(1)}.`,
  );
  claims.says(`On the plays GPT-2 has ${(plays.characters / plays.gpt2.tokens).toFixed(1)}.`);
}

function troubles(claims: Claims): void {
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

function ticket(claims: Claims): void {
  expect([gpt2(' boat').length, gpt2(' boats').length]).toEqual([1, 1]);
  claims.says(`\`␣boat\` is ${gpt2(' boat')} and \`␣boats\` is ${gpt2(' boats')}.`);
  claims.says(`${gpt2(' boat')} isn't nearer to ${gpt2(' boats')}`);
}
