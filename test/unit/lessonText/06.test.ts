// Lesson 06: each number and each outcome that its prose speaks of, computed; and its style.

import { encode } from 'gpt-tokenizer/encoding/r50k_base';
import { describe, expect, it } from 'vitest';
import { lookUpCost } from '../../../src/programs/lookUpCost.ts';
import { looked, VOCABULARY, WEIGHTS, WORDS } from '../../../src/programs/sixWords.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { ParamValues, TableValue } from '../../../src/shared/trace.ts';
import { splitWords } from '../../../src/tokenizers/words.ts';
import { framesOf, output, run, table, tokens } from '../programs/run.ts';
import { tensorOf } from '../programs/tensorOf.ts';
import { blockOf, Claims, grouped, percent, readLesson } from './lessonProse.ts';
import { plays } from './plays.ts';

const lesson = readLesson('06-embeddings-are-lookups');
/** GPT-2 small (Radford et al. 2019): ids, numbers in a row, room for tokens. */
const gpt2 = { ids: 256 + 50_000 + 1, width: 768, room: 1024 };

describe('lesson 06, embeddings are look-ups', () => {
  it('says only numbers that are computed here', () => {
    const claims = new Claims(lesson);
    ticketAsAmount(claims);
    sixWords(claims);
    neighbours(claims);
    teaching(claims);
    bill(claims);
    randomDirections(claims);
    unequalSchooling(claims);
    quizzes(claims);
    expect(claims.numbers).toBeGreaterThan(50);
    expect(claims.unclaimed()).toEqual([]);
  });
});

/** Runs the step block with this id as the lesson has it. */
function runBlock(block: string) {
  const { body } = blockOf(lesson, block);
  return run((body as unknown as { program: string }).program, body.params as unknown as ParamValues);
}

describe('the live blocks of lesson 06', () => {
  it('multiply in the third step, as a whole in the fifth, look up in the sixth, and count in the last', async () => {
    const { frames } = await runBlock('one-hot');
    expect([frames[2]!.op, frames[4]!.op, frames[5]!.op, frames.at(-1)!.op]).toEqual([
      'mul',
      'matmul',
      'embedding',
      'count',
    ]);
  });

  it('make four rows of a sentence, the first and the third alike', async () => {
    const trace = await runBlock('sentence');
    expect(tokens(trace, trace.frames[0], 'tokens').pieces).toHaveLength(4);
    const { value, numbers } = tensorOf(trace, trace.frames.at(-1), 'rows');
    expect(value.shape).toEqual([4, 2]);
    expect(numbers.slice(0, 2)).toEqual(numbers.slice(4, 6));
    expect(trace.frames.at(-1)!.note).toContain('Tokens 0 and 2 got the same row');
  });

  it('begin with wave beside ship, and have boat beside it when ship is moved to boat', async () => {
    const neighbours = async (params: ParamValues) => {
      const trace = await run('nudge-a-row', params);
      return table(trace, trace.frames[0], 'neighbours').rows.map(([word]) => word);
    };
    expect((await neighbours({}))[0]).toBe('wave');
    const [x, y] = WEIGHTS[id('boat')]!;
    const near = await neighbours({ x, y });
    expect(near.slice(0, 2)).toEqual(['boat', 'wait']); // the side effect that the prose speaks of
    const last = (await runBlock('nudge')).frames.at(-1);
    expect(last!.op).toBe('sub');
  });

  it('move the row of wait twice, and those of ship, wave and the unknown not at all', async () => {
    const trace = await runBlock('teach');
    const { numbers } = tensorOf(trace, framesOf(trace, 'embedding-backward')[0], 'moves');
    const moved = WORDS.map((_, row) => numbers[2 * row]);
    expect(moved).toEqual([0.1, 0, 0.1, 0.2, 0, 0]);
    expect(betOn(trace)).toEqual({ offered: ['(0.05, 0)', '(0.1, 0)', '(0.2, 0)', '(0.4, 0)'], gets: '(0.2, 0)' });
  });

  it('give three waves three wishes, and the stranger four', async () => {
    const trace = await runBlock('thrice');
    const { numbers } = tensorOf(trace, framesOf(trace, 'embedding-backward')[0], 'moves');
    const row = (word: string) => numbers.slice(2 * id(word), 2 * id(word) + 2);
    expect(row('wave')).toEqual([0.3, -0.6]);
    expect(row('<unk>')).toEqual([0.4, -0.8]);
    expect(betOn(trace).gets).toBe('(0.4, −0.8)');
  });

  it('count what GPT-2’s table would take', async () => {
    const trace = await runBlock('bill');
    expect(table(trace, trace.frames[0], 'bill').rows).toEqual([
      ['multiplications', 0, 1024 * 38_597_376],
      ['additions', 0, 1024 * 38_596_608],
      ['numbers copied', 1024 * 768, 0],
      ['bytes of ids or switches', 4096, 205_852_672],
    ]);
  });

  it('offer bets where the lesson says so', async () => {
    for (const block of ['teach', 'thrice']) {
      const { bet } = blockOf(lesson, block).body as unknown as { bet: { op: string; table: string } };
      const { frames } = await runBlock(block);
      const steps = frames.filter(({ op }) => op === bet.op);
      expect(steps).toHaveLength(1);
      expect(steps[0]!.inputs.map(({ name }) => name)).toContain(bet.table);
    }
  });
});

/** What is offered as the sum of the wishes for one row, and what it gets. */
function betOn(trace: Awaited<ReturnType<typeof run>>) {
  const [step] = framesOf(trace, 'choose-move');
  const guesses = step!.inputs.find(({ name }) => name === 'guesses')!.value;
  const { rows } = trace.values[guesses] as TableValue;
  const gets = output(trace, step, 'gets');
  return { offered: rows.map(([guess]) => guess), gets: gets.kind === 'text' && gets.text };
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** As the lesson writes a number: a true minus sign. */
const shown = (value: number) => String(Number(value.toFixed(2))).replace('-', '−');
const row = (values: readonly number[]) => `(${values.map(shown).join(', ')})`;
const id = (word: string) => VOCABULARY.ids.get(word)!;
const between = (a: string, b: string) => cosine(WEIGHTS[id(a)]!, WEIGHTS[id(b)]!);

function ticketAsAmount(claims: Claims): void {
  expect(WORDS.map((word, number) => `\`${word}\` ${number}`)).toHaveLength(6);
  for (const [number, word] of WORDS.entries()) {
    claims.says(`\`${word}\` ${number}`);
  }
  const base = [0.1, 0.3];
  const [ship, tide, wait] = ['ship', 'tide', 'wait'].map((word) => base.map((part) => part * id(word)));
  claims.says(`take one vector, say ${row(base)}`);
  claims.says(`\`ship\` gets ${row(ship!)}, \`tide\` gets ${row(tide!)} and \`wait\` gets ${row(wait!)}.`);
  for (const [a, b] of [
    [ship, tide],
    [ship, wait],
    [tide, wait],
  ]) {
    expect(cosine(a!, b!)).toBeCloseTo(1, 12);
  }
  claims.says('the cosine of any two is 1');
  expect(ship!.map((part, i) => (part + wait![i]!) / 2)).toEqual(tide!.map((part) => expect.closeTo(part, 12)));
}

function sixWords(claims: Claims): void {
  const [V, C] = [WEIGHTS.length, WEIGHTS[0]!.length];
  claims.says(`For \`tide\`, whose id is ${id('tide')}, the third switch is on`);
  claims.says(`> tide = ${WORDS.map((word) => (word === 'tide' ? 1 : 0)).join(' ')}`);
  claims.says(`The table below has ${V} rows of ${C} numbers, so that makes ${V * C} products.`);
  claims.says(`how many of the ${V * C} will be a product with something other than 0?`);
  expect([V * C - (V - 1) * C, (V - 1) * C]).toEqual([2, 10]);
  claims.says('Two. The other ten are a number times 0.');
  expect(blockOf(lesson, 'one-hot').body.params).toMatchObject({ id: id('tide') });

  claims.says('`f32` and `i32` say how a number is stored.'); // the engine's own names, in the head of each tensor
  const small = lookUpCost(V, C);
  const large = lookUpCost(50_000, 512);
  claims.says(`For our table it's ${small.multiplications} multiplications against none.`);
  claims.says(
    `For a table of ${grouped(50_000)} rows with 512 numbers each, it's ${grouped(large.multiplications)} multiplications for every single token, against copying ${large.copied} numbers.`,
  );
  const { sentence } = blockOf(lesson, 'sentence').body.params;
  expect(looked(sentence)).toEqual({ words: ['wait', 'tide', 'wait', 'boat'], ids: [3, 2, 3, 0] });
  claims.says('so there they are 0 and 2'); // the note is read above
  claims.says('we write their shape as (T, C)'.replace('we', 'We'));
  claims.says(`Here that's (${looked(sentence).ids.length}, ${C}).`);
  const column = WEIGHTS.map((weights) => weights[0]);
  claims.says(
    `$0 \\cdot ${column[0]} + 0 \\cdot (${column[1]}) + 1 \\cdot ${column[2]} + 0 \\cdot ${column[3]} + \\ldots = ${column[2]}$`,
  );
}

function neighbours(claims: Claims): void {
  const others = WORDS.filter((word) => word !== 'ship').sort((a, b) => between('ship', b) - between('ship', a));
  expect(others[0]).toBe('wave');
  claims.says(
    `\`wave\` is its nearest, at a cosine of ${shown(between('ship', 'wave'))}, and \`boat\` lies at ${shown(between('ship', 'boat'))}`,
  );
  const pairs = WORDS.flatMap((a, i) => WORDS.slice(i + 1).map((b) => [a, b]));
  claims.says(
    `Our six words make ${pairs.length} pairs, and each pair has a cosine. How many of the ${pairs.length} will`,
  );
  expect(pairs.filter((pair) => pair.includes('ship'))).toHaveLength(5);
  claims.says('Five: the pairs that have `ship` in them.');
  const { x, y } = blockOf(lesson, 'nudge').body.params as unknown as { x: number; y: number };
  expect([x, y]).toEqual(WEIGHTS[id('ship')]);
  claims.says(`\`wait\` happens to lie near \`boat\`, at ${between('wait', 'boat').toFixed(2)}`);
  claims.says(`Our \`ship\` and \`wave\` stand at ${shown(between('ship', 'wave'))}.`);
  // A random direction lies within the angle of `ship` and `wave`, to either side, with this chance.
  const near = Math.acos(between('ship', 'wave')) / Math.PI;
  expect(1 - (1 - near) ** 5).toBeGreaterThan(0.5); // of five strangers at least one
}

function teaching(claims: Claims): void {
  const { sentence, first, second } = blockOf(lesson, 'teach').body.params as unknown as {
    sentence: string;
    first: number;
    second: number;
  };
  const uses = looked(sentence).ids.filter((used) => used === id('wait')).length;
  expect([uses, second]).toEqual([2, 0]);
  claims.says(`had a row whose first number is larger by ${first}.`);
  claims.says(`Does its row change by ${first}, or by ${uses * first}?`);
  claims.says(`By ${uses * first}.`);
  expect(['ship', 'wave', '<unk>'].some((word) => looked(sentence).ids.includes(id(word)))).toBe(false);
  // The live block itself is run above.
  claims.says('Not `wave`, which gets (0.3, −0.6), three times the wish. The row of `<unk>` gets more: (0.4, −0.8).');
  expect(encode(' SolidGoldMagikarp')).toHaveLength(1);
  claims.says('a table has 50,000 rows. A text of 100 tokens, 60 of them different'); // made up for the question
}

function bill(claims: Claims): void {
  for (const [rows, columns, name] of [
    [6, 2, '(6, 2)'],
    [50_000, 512, '(50000, 512)'],
    [gpt2.ids, gpt2.width, `GPT-2, (${gpt2.ids}, ${gpt2.width})`],
  ] as const) {
    const { multiplications, additions, copied } = lookUpCost(rows, columns);
    claims.says(`| ${name} | ${grouped(multiplications)} | ${grouped(additions)} | ${copied} |`);
  }
  claims.says(`GPT-2's room is ${grouped(gpt2.room)} tokens.`);
  claims.says(`at four bytes each, they take ${grouped(gpt2.room * 4)} bytes`);
  const millions = Math.round((gpt2.room * gpt2.ids * 4) / 1e6);
  claims.says(`As one-hot rows of ${grouped(gpt2.ids)} numbers they'd take ${millions} million.`);
  claims.says(`All ${grouped(lookUpCost(gpt2.ids, gpt2.width).multiplications)} multiplications`);
  claims.says('built a language model on such a table in 2003'); // the year of the paper
  claims.says('tested in 2017'); // the year of the paper
}

/** The root mean square of the cosine of two random directions is 1/sqrt(C): measured here, as an outside check. */
function randomDirections(claims: Claims): void {
  const random = seededRandom(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const typical = (width: number, draws: number) => {
    const direction = () => Array.from({ length: width }, normal);
    const squares = Array.from({ length: draws }, () => cosine(direction(), direction()) ** 2);
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / draws);
  };
  const rule = (width: number) => 1 / Math.sqrt(width);
  expect(typical(2, 20_000) / rule(2)).toBeCloseTo(1, 1);
  expect(typical(gpt2.width, 2000) / rule(gpt2.width)).toBeCloseTo(1, 1);
  claims.says(`For $C = 2$ that's ${rule(2).toFixed(2)}`);
  claims.says(`For GPT-2's ${gpt2.width} it's ${rule(gpt2.width).toFixed(3)}.`);
  claims.says(`A cosine of 0.5 would be ${Math.round(0.5 / rule(gpt2.width))} times the typical size.`);
}

function unequalSchooling(claims: Claims): void {
  const [tenth] = plays.ranks;
  claims.says(`\`${tenth[1]}\` comes ${grouped(tenth[2])} times`);
  claims.says(`${percent(plays.words.once / plays.words.types)} of the rows get one`);
  const [boat, boats] = [' boat', ' boats'].map((text) => encode(text));
  expect([boat!.length, boats!.length]).toEqual([1, 1]);
  claims.says(`Row ${boat![0]} of GPT-2's table belongs to \`␣boat\``);
}

function quizzes(claims: Claims): void {
  const [rows, width] = [1000, 64];
  claims.says(`A table has ${grouped(rows)} rows of ${width} numbers.`);
  claims.says(`The 1 meets the ${width} numbers of its own row. The other ${rows - 1} rows`);
  claims.says(`multiplied by every number of its row: ${width} of them`);
  claims.says(`One of them is with the 1, and there are ${width} columns`);
  const options = blockOf(lesson, 'zero-products').body.options!.map(({ text }) => text);
  expect(options).toEqual([String(width), '1', grouped(rows * width), grouped(rows)]);
  for (const option of options) {
    claims.says(option);
  }
  const uses = splitWords('boat ship boat boat', 'words').filter((word) => word === 'boat').length;
  const moved = (factor: number) => `(${Number((0.1 * factor).toFixed(3))}, 0)`;
  claims.says('each token asks for its row to move by (0.1, 0)');
  const answers = blockOf(lesson, 'wishes').body.options!.map(({ text }) => text);
  expect(answers).toEqual([moved(uses), moved(1), moved(uses / 4), moved(4)]);
  for (const answer of answers) {
    claims.says(answer);
  }
  claims.says(`It has ${grouped(gpt2.ids)} entries as before`);
  claims.says(`An id is a number from 0 to ${grouped(gpt2.ids - 1)}`);
}
