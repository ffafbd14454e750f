// The numbers of lesson 03's Deep dive on bytes, greed and the first cut.

import { decode as decodeCl100k, encode as encodeCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { decode as decodeO200k, encode as encodeO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { decode } from 'gpt-tokenizer/encoding/r50k_base';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { expect } from 'vitest';
import { CL100K_PATTERN, GPT2_PATTERN } from '../../../src/tokenizers/patterns.ts';
import { preTokenize } from '../../../src/tokenizers/preTokenizer.ts';
import { readQwen } from '../tokenizers/published.ts';
import { loadR50k } from '../tokenizers/r50k.ts';
import { bytesOf, GPT2_IDS, gpt2, lesson, pieces, plainBpe } from './bytePairs.ts';
import { blockOf, type Claims, grouped, percent } from './lessonProse.ts';
import { plays } from './plays.ts';

export function utf8(claims: Claims): void {
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

export function greedy(claims: Claims): void {
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

export function theCut(claims: Claims): void {
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

export function laterCuts(claims: Claims): void {
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
  expect(blockOf(lesson, 'later').body.text).toBe(lines);
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
