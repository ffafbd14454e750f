// Lesson 07: each number and each outcome that its prose speaks of, computed; and its style.

import { describe, expect, it } from 'vitest';
import { broadcastShapes, showShape, sizeOf, stridesOf } from '../../../src/engine/shape.ts';
import { VOCABULARY, WEIGHTS } from '../../../src/programs/sixWords.ts';
import type { ParamValues } from '../../../src/shared/trace.ts';
import { splitWords } from '../../../src/tokenizers/words.ts';
import { framesOf, run, table, text } from '../programs/run.ts';
import { tensorOf } from '../programs/tensorOf.ts';
import { gpt2Work } from './gpt2Work.ts';
import { blockOf, Claims, grouped, percent, readLesson } from './lessonProse.ts';

const lesson = readLesson('07-tensors');
const paramsOf = (id: string) =>
  blockOf(lesson, id).body.params as unknown as Record<string, string | number | boolean>;
/** A shape as the lesson writes it: one axis without the engine's comma. */
const written = (shape: readonly number[]) => `(${shape.join(', ')})`;

describe('lesson 07, tensors', () => {
  it('says only numbers that are computed here', () => {
    const claims = new Claims(lesson);
    wrongWords(claims);
    readings(claims);
    copies(claims);
    shapesThatMeet(claims);
    products(claims);
    whereTheWorkIs(claims);
    quizzes(claims);
    expect(claims.numbers).toBeGreaterThan(30);
    expect(claims.unclaimed()).toEqual([]);
  });
});

/** Runs the step block with this id as the lesson has it, but for what is changed. */
function runBlock(block: string, changed: ParamValues = {}) {
  const { body } = blockOf(lesson, block);
  const { program } = body as unknown as { program: string };
  return run(program, { ...(body.params as unknown as ParamValues), ...changed });
}

describe('the live blocks of lesson 07', () => {
  it('read the saved list wrongly, and rightly as six rows of two', async () => {
    const tide = VOCABULARY.ids.get('tide')!;
    const rowOfTide = async (changed: ParamValues) => {
      const trace = await runBlock('loaded', changed);
      const { value, numbers } = tensorOf(trace, framesOf(trace, 'read-transposed')[0], 'table');
      expect(value.labels?.[0]?.[tide]).toBe('tide');
      expect(value).toMatchObject({ shape: [6, 2], reads: { strides: changed.shape === undefined ? [1, 6] : [2, 1] } });
      expect(trace.frames.indexOf(framesOf(trace, 'read-transposed')[0]!)).toBe(2);
      const places = changed.shape === undefined ? [2, 8] : [4, 5];
      expect(table(trace, trace.frames.at(-1), 'rows').rows[tide]!.slice(0, 2)).toEqual(['tide', places.join(', ')]);
      return numbers.slice(2 * tide, 2 * tide + 2);
    };
    expect(await rowOfTide({})).toEqual([-0.7, -0.3]);
    expect(await rowOfTide({ shape: '6,2', transpose: false })).toEqual(WEIGHTS[tide]);
  });

  it('keep the list where it is while shape and strides are exchanged', async () => {
    const reading = async (transpose: boolean) => {
      const trace = await runBlock('places', { transpose });
      const [frame] = framesOf(trace, 'read-transposed');
      const { shape, reads } = tensorOf(trace, frame, 'table').value;
      return { shape, strides: reads!.strides, list: tensorOf(trace, frame, 'list').numbers };
    };
    const list = Array.from({ length: 12 }, (_, i) => i);
    expect(await reading(false)).toEqual({ shape: [3, 4], strides: [4, 1], list });
    expect(await reading(true)).toEqual({ shape: [4, 3], strides: [1, 4], list });
  });

  it('solve the four puzzles as the lesson says', async () => {
    const reading = async (changed: ParamValues) => {
      const trace = await runBlock('places', changed);
      expect(trace.frames[3]!.op).toBe('read-part');
      const { value, numbers } = tensorOf(trace, trace.frames[3], 'table');
      return { down: value.reads!.strides[0], rows: value.shape[0], first: numbers.slice(0, value.shape[1]) };
    };
    expect(await reading({ shape: '2,6' })).toMatchObject({ down: 6 });
    expect(await reading({ shape: '4,3', transpose: true })).toMatchObject({ first: [0, 3, 6, 9] });
    expect(await reading({ skip: 2 })).toMatchObject({ rows: 1, first: [8, 9, 10, 11] });
    expect(await reading({ transpose: true, skip: 3 })).toMatchObject({ rows: 1, first: [3, 7, 11] });
  });

  it('bet on a shape, and refuse three beside three rows until it is a column', async () => {
    const { bet } = blockOf(lesson, 'meet').body as unknown as { bet: { op: string; table: string } };
    const outcome = async (changed: ParamValues) => {
      const trace = await runBlock('meet', changed);
      const [frame] = framesOf(trace, bet.op);
      expect(table(trace, frame, bet.table).rows.length).toBeGreaterThan(1);
      return [table(trace, frame, 'chosen').rows[0]![0], trace.frames.at(-1)!.op];
    };
    expect(await outcome({})).toEqual(['(3, 4)', 'add']);
    expect(await outcome({ first: '3', second: '3,4' })).toEqual(['they don’t fit', 'refused']);
    expect(await outcome({ first: '3,1', second: '3,4' })).toEqual(['(3, 4)', 'add']);
  });

  it('read a column in every table of a stack', async () => {
    const trace = await runBlock('three-axes');
    const { value } = tensorOf(trace, framesOf(trace, 'read-second')[0], 'read');
    expect(value).toMatchObject({ shape: [2, 3, 4], reads: { strides: [0, 1, 0] } });
  });

  it('count 120 multiply-adds in the last step', async () => {
    const trace = await runBlock('product');
    expect(trace.frames.at(-1)!.note).toMatch(/^30 cells of 4 multiply-adds each: 120 in all/u);
  });

  it('copy after a transpose, and not without one', async () => {
    const { bet } = blockOf(lesson, 'copy').body as unknown as { bet: { op: string } };
    const chosen = async (changed: ParamValues) => {
      const trace = await runBlock('copy', changed);
      return text(trace, framesOf(trace, bet.op)[0], 'chosen').text;
    };
    expect(await chosen({})).toBe('a new list');
    expect(await chosen({ transpose: false })).toBe('the same list, read another way');
  });
});

const shown = (value: number) => String(value).replace('-', '−');

function wrongWords(claims: Claims): void {
  const list = WEIGHTS.flat();
  const [tide, ship, wave] = ['tide', 'ship', 'wave'].map((word) => VOCABULARY.ids.get(word)!);
  claims.says(`what lands in it is a list of ${list.length} numbers`);
  claims.says(`\`tide\` was (${WEIGHTS[tide!]!.map(shown).join(', ')}).`);
  claims.says(`in which tide is (${WEIGHTS[tide!]!.map(shown).join(', ')})`);
  expect(paramsOf('loaded')).toMatchObject({ numbers: 'weights', shape: '2,6', transpose: true, skip: 0 });
  // Read as (2, 6) and turned, row i holds what stands at the places i and 6 + i.
  const wrong = (row: number) => [list[row]!, list[6 + row]!];
  claims.says(`Theirs has \`tide\` at (${wrong(tide!).map(shown).join(', ')})`);
  expect([tide! >> 1, (6 + tide!) >> 1]).toEqual([ship, wave]);
  claims.says(`Bet: whose row begins with that ${WEIGHTS[tide!]![0]} now?`);
  const wordAt = (column: number, value: number) =>
    VOCABULARY.pieces[WEIGHTS.findIndex((_, id) => wrong(id)[column] === value)];
  claims.says(`\`${wordAt(0, 0.2)}\` begins with it, and \`${wordAt(0, -0.8)}\` has the −0.8.`);
  const places = [2 * tide!, 2 * tide! + 1];
  claims.says(`Mended, \`tide\` is read at the places ${places.join(' and ')}.`);
  claims.says(`In theirs it was read at ${tide} and ${6 + tide!}.`);
  const wordsWrong = WEIGHTS.filter((row, id) => row.some((value, i) => value !== wrong(id)[i]));
  expect(wordsWrong).toHaveLength(WEIGHTS.length);
}

function readings(claims: Claims): void {
  expect(paramsOf('places')).toMatchObject({ numbers: 'places', shape: '3,4', transpose: false, skip: 0 });
  expect(stridesOf([3, 4])).toEqual([4, 1]);
  claims.says(`A new list of that shape would have ${showShape(stridesOf([4, 3]))}`);
  claims.says('The first row is 0, 3, 6, 9.');
  claims.says('one row: 8, 9, 10, 11.');
  claims.says('one row: 3, 7, 11.');
  const bytes = stridesOf([3, 4]).map((stride) => 4 * stride);
  claims.says(`At 4 bytes a number, its strides for (3, 4) are ${showShape(bytes)} instead of (4, 1).`);
  claims.says('Cell (2, 1) stands at $0 + 2 \\cdot 4 + 1 \\cdot 1 = 9$.');
  expect(0 + 2 * 4 + 1 * 1).toBe(9);
  claims.says('the formula gives $0 + 1 \\cdot 1 + 2 \\cdot 4 = 9$');
  expect(0 + 1 * 1 + 2 * 4).toBe(9);
  claims.says(`A batch of shape (2, 3, 4) has the strides ${showShape(stridesOf([2, 3, 4]))}.`);
  const [last, middle, first] = stridesOf([2, 3, 4]).toReversed();
  claims.says(`For (2, 3, 4) that's ${last}, then ${middle}, then ${first}.`);
}

function copies(claims: Claims): void {
  expect(paramsOf('copy')).toMatchObject({ shape: '3,4', transpose: true, to: '2,6' });
  const walk = Array.from({ length: 12 }, (_, i) => (i % 3) * 4 + Math.floor(i / 3));
  claims.says(`The walk goes ${walk.slice(0, 3).join(', ')}, and then back to ${walk[3]}.`);
  const steps = new Set(walk.slice(1).map((place, i) => place - walk[i]!));
  expect([...steps]).toEqual([4, -7]);
  claims.says('12 numbers as (3, 4), as (2, 6), or as (2, 3, 2)');
  for (const shape of [
    [3, 4],
    [2, 6],
    [2, 3, 2],
  ]) {
    expect(sizeOf(shape)).toBe(12);
  }
}

/** The table of shapes that meet; each row held against the rule as the lesson words it, written anew here. */
function shapesThatMeet(claims: Claims): void {
  const rule = (a: readonly number[], b: readonly number[]): number[] | string => {
    const result: number[] = [];
    for (let back = 1; back <= Math.max(a.length, b.length); back++) {
      const [x, y] = [a.at(-back) ?? 1, b.at(-back) ?? 1];
      if (x !== y && x !== 1 && y !== 1) {
        return `error: ${x} against ${y}`;
      }
      result.unshift(x === 1 ? y : x);
    }
    return result;
  };
  const rows = lesson.prose.match(/^\| \([\d, ]+\) \| \([\d, ]+\) \| .* \|$/gm)!;
  expect(rows).toHaveLength(5);
  for (const line of rows) {
    const [first, second, result] = line.slice(2, -2).split(' | ');
    const sizes = (text: string | undefined) => text!.replace(/[()]/g, '').split(', ').map(Number);
    const expected = rule(sizes(first), sizes(second));
    expect(result).toBe(Array.isArray(expected) ? written(expected) : expected);
    const engine = () => broadcastShapes('add', sizes(first), sizes(second));
    Array.isArray(expected) ? expect(engine()).toEqual(expected) : expect(engine).toThrow(`don't fit`);
  }
  const { first, second } = paramsOf('meet');
  expect([first, second]).toEqual(['3,1', '1,4']);
  claims.says('Put `3` and `3,4` into the boxes.');
  claims.says('Write `3,1` instead, and it works.');
  expect(() => broadcastShapes('add', [3], [3, 4])).toThrow('axis -1 has 3 and 4');
  expect(broadcastShapes('add', [3, 1], [3, 4])).toEqual([3, 4]);
  const [column1, row1] = [sizeOf([3, 1]), sizeOf([1, 4])];
  expect(column1 + row1).toBe(7);
  claims.says(`Seven stored numbers make ${sizeOf(broadcastShapes('add', [3, 1], [1, 4]))} sums.`);
  const { first: stack, second: column } = paramsOf('three-axes');
  expect([stack, column]).toEqual(['2,3,4', '3,1']);
  claims.says(`The column has 3 numbers and is read as ${sizeOf([2, 3, 4])}.`);
  claims.says('shape (5), and the same numbers as a column, shape (5, 1)');
  claims.says(`shape ${written(broadcastShapes('sub', [5], [5, 1]))}, and no error`);
}

function products(claims: Claims): void {
  claims.says('row (2, 3) and column (4, 1) make 2 × 4 + 3 × 1, so 11.');
  expect(2 * 4 + 3 * 1).toBe(11);
  const { batch, tokens, channels, outputs } = paramsOf('product') as Record<string, number>;
  claims.says(`So the block ${written([batch!, tokens!, channels!])} can be read as one tall table`);
  claims.says(`one tall table ${written([batch! * tokens!, channels!])}`);
  const cells = batch! * tokens! * outputs!;
  claims.says(`${cells} cells of ${channels} multiply-adds each are ${cells * channels!}.`);
}

function whereTheWorkIs(claims: Claims): void {
  const work = gpt2Work();
  const all = work.reduce((sum, { count }) => sum + count, 0);
  const inProducts = work.filter(({ product }) => product).reduce((sum, { count }) => sum + count, 0);
  expect(work.filter(({ product }) => product)).toHaveLength(3);
  claims.says(`Let GPT-2, the smallest one, read ${grouped(1024)} tokens once`);
  claims.says(`${percent(inProducts / all, 1)}. We counted it, part by part`);
  claims.says(`The first three are matrix products: ${percent(inProducts / all, 1)} of all.`);
  claims.says(`We counted one reading of ${grouped(1024)} tokens by GPT-2 small: 12 layers, $C = 768$, $V = 50257$`);
  for (const { part, what, count } of work) {
    claims.says(`| ${part} | ${what} | ${grouped(Math.round(count / 1e6))} | ${percent(count / all, 1)} |`);
  }
  const rest = percent(1 - inProducts / all, 1);
  claims.says(`the other ${rest} of the arithmetic takes more than ${rest} of the time`);
}

function quizzes(claims: Claims): void {
  const answer = (id: string) => blockOf(lesson, id).body.options!.find(({ right }) => right)!.text;
  const [rows, columns] = stridesOf([5, 7]);
  expect(answer('turned-strides')).toBe(`Shape (7, 5), strides (${columns}, ${rows}).`);
  expect(answer('which-fit')).toBe('(3, 1)');
  for (const { text, right } of blockOf(lesson, 'which-fit').body.options!) {
    const sizes = text.replace(/[()]/g, '').split(', ').map(Number);
    const shape = () => broadcastShapes('add', [3, 5], sizes);
    // The last of the wrong ones fits, and shifts columns.
    right || text === '(5)' ? expect(shape()).toEqual([3, 5]) : expect(shape).toThrow();
  }
  claims.says('Try it with 12 numbers in the first block');
  const tokens = splitWords('wait, boat, wait!', 'words');
  expect(answer('tokens-again')).toBe(`(${tokens.length}, 4), and ${new Set(tokens).size} of its rows are different.`);
}
