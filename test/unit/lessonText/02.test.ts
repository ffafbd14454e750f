// Lesson 02: each number and each outcome that its prose speaks of, computed; and its style.

import { encode as cl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { encode as o200k } from 'gpt-tokenizer/encoding/o200k_base';
import { decode, encode } from 'gpt-tokenizer/encoding/r50k_base';
import { describe, expect, it } from 'vitest';
import { decodeWords, lookUp, numberWords, type Splitter, splitWords } from '../../../src/tokenizers/words.ts';
import { loadCl100k, loadO200k } from '../tokenizers/published.ts';
import { blockOf, Claims, grouped, percent, readLesson } from './lessonProse.ts';
import { plays } from './plays.ts';

const lesson = readLesson('02-text-to-tokens');
const pieces = (text: string) => encode(text).map((id) => decode([id]));
const power = (from: readonly [number, number], to: readonly [number, number]) =>
  Math.log(to[1] / from[1]) / Math.log(to[0] / from[0]);

describe('lesson 02, text to tokens', () => {
  it('says only numbers that are computed here', () => {
    const claims = new Claims(lesson);
    gpt2Ids(claims);
    runningExample(claims);
    story(claims);
    thePlays(claims);
    curve(claims);
    strangers(claims);
    quizzes(claims);
    expect(claims.numbers).toBeGreaterThan(60);
    expect(claims.unclaimed()).toEqual([]);
  });
});

function gpt2Ids(claims: Claims): void {
  expect(blockOf(lesson, 'hello').body.text).toBe('Hello world');
  const [hello, world] = encode('Hello world');
  const small = encode('hello world');
  expect(pieces('Hello world')).toEqual(['Hello', ' world']);
  expect(small[1]).toBe(world);
  claims.says(`${hello} for \`Hello\` and ${world} for \`␣world\``);
  claims.says(`What happens to ${hello}?`);
  claims.says(`such as ${hello! + 1}`);
  claims.says(`The number jumped to ${small[0]}.`);
  claims.says(`ticket ${hello} tells`);
  claims.says(`\`␣Hello\` is ${encode(' Hello')[0]}`);
  expect(encode(' Hello')).toHaveLength(1);
  expect(pieces('HELLO')).toHaveLength(3);
  claims.says('falls into three pieces');
  claims.says(`printed beside ${hello} and ${world}, but ${hello} belongs to the capital H.`);

  for (const [name, encoding] of [
    ['GPT-2', encode],
    ['`cl100k_base`', cl100k],
    ['`o200k_base`', o200k],
  ] as const) {
    const [capital, lower, spaced] = ['Hello', 'hello', ' Hello'].map((text) => encoding(text));
    expect([capital, lower, spaced].map((ids) => ids!.length)).toEqual([1, 1, 1]);
    claims.says(name);
    claims.says(`| ${name} | ${capital} | ${lower} | ${spaced} |`);
  }

  const { first, second } = blockOf(lesson, 'strawberry').body.params;
  expect([first, second]).toEqual([' strawberry', 'strawberry']);
  claims.says(`it's one token, ${encode(first).join()}`);
  claims.says(`There is no r in ${encode(first).join()}`);
  expect(pieces(second)).toEqual(['st', 'raw', 'berry']);
}

function runningExample(claims: Claims): void {
  const { corpus, sentence } = blockOf(lesson, 'smallest').body.params;
  expect(lesson.section('Overview')).toContain(`> ${corpus}\n`);
  const cut = (splitter: Splitter) => splitWords(corpus, splitter);
  const bySpaces = cut('spaces');
  const byWords = cut('words');
  claims.says(`It gives ${bySpaces.length} pieces.`);
  expect(bySpaces).toEqual(expect.arrayContaining(['boat', 'boat.', 'boat!']));
  claims.says(`Now there are ${byWords.length} pieces`);
  claims.says(`By spaces ${new Set(bySpaces).size}, by words and marks ${new Set(byWords).size}.`);

  const vocabulary = numberWords(byWords);
  const types = vocabulary.unknownId;
  const tokens = splitWords(sentence, 'words');
  const ids = tokens.map((token) => lookUp(token, vocabulary));
  expect(tokens).toHaveLength(6);
  expect(tokens.filter((_, at) => ids[at] === types)).toEqual(['boats', 'wait']);
  claims.says(`for our ${types} types it's $${types} + 1 = ${vocabulary.pieces.length}$`);
  claims.says(
    `For our ${byWords.length} tokens this finds ${types} types, ids 0 to ${types - 1}. \`<unk>\` gets the last id, ${types}, so $V = ${vocabulary.pieces.length}$.`,
  );
  claims.says(`becomes ${ids.join(', ')}. The two fourteens`);
  claims.says(`What comes back is \`${decodeWords(ids, vocabulary)}\``);
  expect(vocabulary.pieces.slice(0, 7).join(' ')).toBe('! , . Out The Wait and');

  const lower = numberWords(splitWords(corpus.toLowerCase(), 'words'));
  const found = splitWords(sentence.toLowerCase(), 'words').map((token) => lower.ids.has(token));
  expect(found.filter((known) => !known)).toHaveLength(1);
  expect(lower.ids.has('wait') && !lower.ids.has('boats')).toBe(true);

  const plain = blockOf(lesson, 'by-spaces').body.params;
  expect(plain.corpus).toBe(corpus);
  const unknown = splitWords(plain.sentence, 'spaces').filter((token) => !bySpaces.includes(token));
  expect(unknown).toEqual(['out.']);
  expect(splitWords(plain.sentence, 'words').every((token) => vocabulary.ids.has(token))).toBe(true);

  const small = splitWords('the boat and the tide', 'words');
  expect([small.length, new Set(small).size]).toEqual([5, 4]);
  claims.says('there are five tokens and four types');
}

function story(claims: Claims): void {
  const { text, splitter } = blockOf(lesson, 'growth').body.params;
  const tokens = splitWords(text, splitter);
  claims.says(`The story has ${tokens.length} tokens and ${new Set(tokens).size} types.`);
  const news = (last: number) => new Set(tokens).size - new Set(tokens.slice(0, -last)).size;
  const first = new Set(tokens.slice(0, 100)).size;
  claims.says(`The first hundred tokens bring ${first} types, and the last hundred ${news(100)}.`);
  claims.says(`Even the last ten bring ${news(10)}.`);
}

function thePlays(claims: Claims): void {
  const { spaces, words, gpt2 } = plays;
  claims.says(`| spaces | ${grouped(spaces.tokens)} | ${grouped(spaces.types)} |`);
  claims.says(`| words and marks | ${grouped(words.tokens)} | ${grouped(words.types)} |`);
  claims.says(`${percent(words.once / words.types)} of its types occur once`);
  const share = plays.heldOut.strangers / plays.heldOut.tokens;
  claims.says(`${percent(share, 1)} had no number`);
  expect(Math.round(1 / share)).toBe(22);
  claims.says('about one token in twenty-two');
  // 256 bytes, 50,000 merges, one special token (Radford et al. 2019).
  const ids = 256 + 50_000 + 1;
  claims.says(`it has ${grouped(ids)} ids in all`);
  expect(ids / words.types).toBeLessThan(4);
  claims.says('a model from 2019'); // the year of the paper
  claims.says(`The plays use only ${plays.differentCharacters} different characters`);
  claims.says(
    `| characters | ${plays.differentCharacters} | ${plays.differentCharacters} | ${grouped(plays.characters)} |`,
  );
  claims.says(`| words and marks | ${grouped(words.types)} | ${grouped(words.types)} | ${grouped(words.tokens)} |`);
  claims.says(`| GPT-2 | ${grouped(ids)} | ${grouped(gpt2.differentIds)} | ${grouped(gpt2.tokens)} |`);
  const longer = [
    ['cl100k_base', loadCl100k(), plays.cl100k],
    ['o200k_base', loadO200k(), plays.o200k],
  ] as const;
  for (const [name, vocabulary, { tokens, differentIds }] of longer) {
    claims.says(
      `| \`${name}\` | ${grouped(vocabulary.tokens.length)} | ${grouped(differentIds)} | ${grouped(tokens)} |`,
    );
  }
  expect(loadO200k().tokens.length / ids).toBeCloseTo(4, 1);
  claims.says(`saves ${percent(1 - plays.o200k.tokens / gpt2.tokens)} of the tokens here`);
  const room = 1024; // GPT-2's context (Radford et al. 2019)
  claims.says(`GPT-2's room is ${grouped(room)}`);
  const wordRoom = Math.round((room * plays.characters) / words.tokens / 100) * 100;
  claims.says(`That's ${grouped(room)} characters of a play, or about ${grouped(wordRoom)} characters`);
  expect(plays.characters / words.tokens).toBeGreaterThan(4);

  const width = 768; // GPT-2 small (Radford et al. 2019)
  claims.says(`has ${width} numbers in a row`);
  claims.says(`${ids} \\times ${width} = ${ids * width}`);
  claims.says(`$d = ${width}$`);
  const parameters = gpt2Parameters(ids, room, width, 12);
  claims.says(`${percent((ids * width) / parameters)} of all the ${grouped(parameters)} numbers`);
}

/** Numbers in a GPT-2: embeddings, 12 d^2 + 13 d a block, the last norm; the output layer shares the embeddings. */
function gpt2Parameters(vocabulary: number, positions: number, width: number, blocks: number): number {
  return (vocabulary + positions) * width + blocks * (12 * width * width + 13 * width) + 2 * width;
}

function curve(claims: Claims): void {
  for (const [read, types] of plays.growth) {
    claims.says(`| ${grouped(read)} | ${grouped(types)} |`);
  }
  const [, thousand, tenThousand, hundredThousand, all] = plays.growth;
  expect(hundredThousand[1] / thousand[1]).toBe(20);
  claims.says(
    `From ${grouped(thousand[0])} tokens to ${grouped(hundredThousand[0])} they grow twentyfold: $${hundredThousand[1]} / ${thousand[1]} = 20$.`,
  );
  const beta = power(thousand, hundredThousand);
  claims.says('which power of 100 makes 20');
  claims.says('$100^{1/2} = 10$, too little.');
  const tried = (exponent: number) => `$100^{${exponent}}$`;
  claims.says(
    `${tried(0.6)} is about ${Math.round(100 ** 0.6)}, ${tried(0.7)} about ${Math.round(100 ** 0.7)}, and ${tried(Number(beta.toFixed(2)))} about ${Math.round(100 ** Number(beta.toFixed(2)))}.`,
  );
  claims.says(`$\\beta$ is about ${beta.toFixed(2)}`);
  const predicted = hundredThousand[1] * (all[0] / hundredThousand[0]) ** beta;
  claims.says(
    `Carried on from ${grouped(hundredThousand[0])} tokens to ${grouped(all[0])} it predicts ${grouped(Math.round(predicted))} types.`,
  );
  claims.says(`The true number is ${grouped(all[1])}, so it promised ${percent(predicted / all[1] - 1)} too many.`);
  const later = power(tenThousand, hundredThousand).toFixed(2);
  claims.says(
    `between ${grouped(tenThousand[0])} and ${grouped(hundredThousand[0])} the power has already fallen to ${later}`,
  );
  claims.says(`Still, ${later} is a long way from 0`);
}

function strangers(claims: Claims): void {
  const { heldOut, words, hundredMostFrequent, ranks } = plays;
  claims.says('in [1953]'); // the year of the paper
  claims.says('A probability of 0.02 means that 2 tokens in a hundred are new.');
  expect(0.02 * 100).toBe(2);
  const predicted = percent(heldOut.once / heldOut.seenTokens, 1);
  const measured = percent(heldOut.strangers / heldOut.tokens, 1);
  claims.says(`predicts ${predicted} strangers. We measured ${measured}.`);
  const times = heldOut.strangers / heldOut.tokens / (heldOut.once / heldOut.seenTokens);
  expect(times).toBeGreaterThan(1.8);
  expect(times).toBeLessThan(2);
  const [first, second, third] = heldOut.commonest;
  claims.says(`\`${first[0]}\`, ${first[1]} times; then come \`${second[0]}\` and \`${third[0]}\``);
  claims.says(`On average over ten shuffles it's ${percent(plays.shuffledStrangers, 1)}.`);
  claims.says(`The 100 most frequent types make up ${percent(hundredMostFrequent / words.tokens)} of all tokens`);
  const [ten, hundred] = ranks;
  claims.says(`Rank 10 is \`${ten[1]}\`, with ${grouped(ten[2])}; rank 100 is \`${hundred[1]}\`, with ${hundred[2]}.`);
  expect(Math.round(ten[2] / hundred[2])).toBe(10);
}

function quizzes(claims: Claims): void {
  const [hello] = encode('Hello');
  claims.says(`\`Hello\` is ${hello} in GPT-2. What does that tell you about the piece with id ${hello! + 1}?`);
  claims.says(`led to ${encode('hello')[0]}`);
  claims.says(`after ${grouped(plays.words.tokens)} tokens`);
  const line = splitWords('out goes the boat, and out goes the tide', 'words');
  claims.says(`${line.length} tokens, ${new Set(line).size} types.`);
  expect([line.length, new Set(line).size]).toEqual([10, 7]);
  // The wrong answers: the comma no type, no repeats, words only.
  const wordTypes = new Set(line.filter((token) => token !== ',')).size;
  claims.says(`${line.length} tokens, ${wordTypes} types.`);
  claims.says('10 tokens, 10 types.');
  const words = line.filter((token) => token !== ',');
  claims.says(`${words.length} tokens, ${new Set(words).size} types.`);
  claims.says(
    `the shuffled test said ${percent(plays.shuffledStrangers, 1)} and the honest one ${percent(plays.heldOut.strangers / plays.heldOut.tokens, 1)}`,
  );
}
