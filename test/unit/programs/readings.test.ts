// The programs of lesson 07: readings of a list, held against the formula for a cell's place; broadcasting against
// NumPy's rule, written here from its text; products against three loops.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseShape } from '../../../src/programs/broadcasting.ts';
import { framesOf, output, run, table, text } from './run.ts';
import { readingIn, tensorOf } from './tensorOf.ts';

const shapes = ['1,12', '2,6', '3,4', '4,3', '6,2', '12,1'];
const twelve = Array.from({ length: 12 }, (_, i) => i);
const sizes = (shape: string) => shape.split(',').map(Number) as [number, number];

describe('reading-a-list', () => {
  const params = fc.record({
    shape: fc.constantFrom(...shapes),
    transpose: fc.boolean(),
    skip: fc.integer({ min: 0, max: 11 }),
    numbers: fc.constantFrom('places', 'weights'),
  });

  it('shows in each cell the number at the place that shape, strides and start say; the list is one value', async () => {
    await fc.assert(
      fc.asyncProperty(params, async (given) => {
        const trace = await run('reading-a-list', given);
        const list = trace.frames[0]!.outputs[0]!.value;
        const partial = given.numbers === 'places' || given.skip > 0;
        const ops = ['read', 'read-transposed', ...(partial ? ['read-part'] : [])];
        for (const op of ops) {
          const frame = framesOf(trace, op)[0];
          const shown = tensorOf(trace, frame, 'table');
          const { list: numbers, places } = readingIn(trace, shown);
          expect(shown.numbers).toEqual(places.map((place) => numbers[place]));
          expect(frame!.outputs.find((port) => port.name === 'list')!.value).toBe(list);
          expect(shown.value.reads!.list).toBe(list);
        }
        const { places } = readingIn(trace, tensorOf(trace, framesOf(trace, ops.at(-1)!)[0], 'table'));
        const told =
          given.numbers === 'places'
            ? table(trace, trace.frames.at(-1), 'cells').rows.map((row) => row[2])
            : table(trace, trace.frames.at(-1), 'rows').rows.flatMap((row) => String(row[1]).split(', ').map(Number));
        expect(told).toEqual(places);
      }),
      { numRuns: 60 },
    );
  });

  it('transposes by exchanging sizes and strides', async () => {
    for (const shape of shapes) {
      const [rows, columns] = sizes(shape);
      const trace = await run('reading-a-list', { shape, transpose: true });
      const { value, numbers } = tensorOf(trace, framesOf(trace, 'read-transposed')[0], 'table');
      expect(value).toMatchObject({ shape: [columns, rows], reads: { offset: 0, strides: [1, columns] } });
      expect(numbers).toEqual(Array.from({ length: 12 }, (_, i) => (i % rows) * columns + Math.floor(i / rows)));
    }
  });

  it('leaves rows out by starting later, and always keeps one', async () => {
    const trace = await run('reading-a-list', { shape: '3,4', skip: 11 });
    const { value, numbers } = tensorOf(trace, framesOf(trace, 'read-part')[0], 'table');
    expect(value.reads).toMatchObject({ offset: 8, strides: [4, 1] });
    expect(numbers).toEqual([8, 9, 10, 11]);
  });

  it('has the same steps whatever is chosen', async () => {
    const ops = async (given: object) => (await run('reading-a-list', { ...given })).frames.map(({ op }) => op);
    expect(await ops({ transpose: true, skip: 2 })).toEqual(await ops({}));
    const words = { numbers: 'weights', shape: '2,6' };
    expect(await ops({ ...words, transpose: true })).toEqual(await ops(words));
  });

  it('says which rows are left out, and that one row always stays', async () => {
    const notes = async (given: object) => framesOf(await run('reading-a-list', { ...given }), 'read-part')[0]!.note;
    expect(await notes({ shape: '3,4', skip: 2 })).toMatch(/^Reading starts at place 8: 2 rows down, 4 places each/u);
    expect(await notes({ shape: '3,4', skip: 2 })).not.toContain('always stays');
    expect(await notes({ shape: '3,4', skip: 3 })).toContain('One row always stays');
  });

  it('tells of words without a word of strides', async () => {
    const { frames } = await run('reading-a-list', { numbers: 'weights', shape: '2,6', transpose: true });
    expect(frames.map(({ note }) => note).join(' ')).not.toMatch(/stride|shape/iu);
    expect(frames.at(-1)!.note).toBe('“tide” is read at the places 2 and 8: (−0.7, −0.3).');
  });
});

describe('view-or-copy', () => {
  it('needs a new list exactly where the cells stand in another order', async () => {
    for (const shape of shapes) {
      for (const to of shapes) {
        for (const transpose of [true, false]) {
          const trace = await run('view-or-copy', { shape, transpose, to });
          const [rows, columns] = sizes(shape);
          const order = transpose ? twelve.map((i) => (i % rows) * columns + Math.floor(i / rows)) : twelve;
          const inOrder = order.every((place, i) => place === i);
          const chosen = text(trace, framesOf(trace, 'choose-list')[0], 'chosen').text;
          expect(chosen).toBe(inOrder ? 'the same list, read another way' : 'a new list');
          const result = framesOf(trace, 'read-reshaped')[0];
          const shown = tensorOf(trace, result, 'table');
          expect(shown.numbers).toEqual(order);
          expect(shown.value.shape).toEqual(sizes(to));
          const { list, places } = readingIn(trace, shown);
          expect(places.map((place) => list[place])).toEqual(order);
          expect(result!.outputs.some(({ name }) => name === 'newList')).toBe(!inOrder);
        }
      }
    }
  });

  it('asks for the bet before the walk that settles it', async () => {
    const { frames } = await run('view-or-copy', {});
    expect(frames.map(({ op }) => op)).toEqual(['read', 'choose-list', 'walk', 'read-reshaped']);
    expect(frames[2]!.note).toContain('places 0, 4, 8, 1 and so on');
  });

  it('offers both answers to a bet, and tells the right one by its name', async () => {
    const trace = await run('view-or-copy', {});
    const [choose] = framesOf(trace, 'choose-list');
    const names = table(trace, choose, 'choices').rows.map((row) => row[0]);
    expect(names).toContain(text(trace, choose, 'chosen').text);
    expect(names).toHaveLength(2);
  });
});

/** NumPy's rule, from its text: line up at the right; equal, or one of them 1; else an error. */
function numpyShape(a: readonly number[], b: readonly number[]): number[] | undefined {
  const result: number[] = [];
  for (let back = 1; back <= Math.max(a.length, b.length); back++) {
    const [x, y] = [a[a.length - back] ?? 1, b[b.length - back] ?? 1];
    if (x !== y && x !== 1 && y !== 1) {
      return undefined;
    }
    result.unshift(x === 1 ? y : x);
  }
  return result;
}

describe('broadcast', () => {
  const shape = fc.array(fc.constantFrom(0, 1, 1, 2, 3), { maxLength: 3 });

  it('adds as NumPy does, or tells why not, for any two shapes', async () => {
    await fc.assert(
      fc.asyncProperty(shape, shape, async (first, second) => {
        const trace = await run('broadcast', { first: first.join(), second: second.join(' ') });
        const expected = numpyShape(first, second);
        const chosen = table(trace, framesOf(trace, 'align')[0], 'chosen').rows[0]![0];
        if (expected === undefined) {
          expect(chosen).toBe('they don’t fit');
          expect(trace.frames.at(-1)).toMatchObject({ op: 'refused', note: expect.stringContaining("don't fit") });
          expect(framesOf(trace, 'add')).toHaveLength(0);
          return;
        }
        for (const name of ['first', 'second']) {
          const shown = tensorOf(trace, framesOf(trace, `read-${name}`)[0], 'read');
          const { list, places } = readingIn(trace, shown);
          expect(shown.value.shape).toEqual(expected);
          expect(shown.numbers).toEqual(places.map((place) => list[place]));
        }
        const read = (name: string) => tensorOf(trace, framesOf(trace, `read-${name}`)[0], 'read').numbers;
        const [left, right] = [read('first'), read('second')];
        const result = tensorOf(trace, framesOf(trace, 'add')[0], 'result');
        expect(result.value.shape).toEqual(expected);
        expect(result.numbers).toEqual(left.map((number, i) => number + right[i]!));
      }),
      { numRuns: 80 },
    );
  });

  it('gives a column and a row their ghosts', async () => {
    const trace = await run('broadcast', { first: '3,1', second: '1,4' });
    const reads = (op: string) => tensorOf(trace, framesOf(trace, op)[0], 'read').value.reads!.strides;
    expect([reads('read-first'), reads('read-second')]).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(tensorOf(trace, framesOf(trace, 'add')[0], 'result').numbers).toEqual([
      11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34,
    ]);
    const product = await run('broadcast', { first: '3,1', second: '1,4', operation: 'mul' });
    expect(tensorOf(product, framesOf(product, 'mul')[0], 'result').numbers.slice(0, 4)).toEqual([10, 20, 30, 40]);
  });

  it('marks the axis that disagrees, and offers the right answer among others', async () => {
    const trace = await run('broadcast', { first: '3', second: '3,4' });
    const [align] = framesOf(trace, 'align');
    expect(table(trace, align, 'axes')).toMatchObject({
      rows: [
        [-1, 3, 4, 'no fit'],
        [-2, null, 3, '3'],
      ],
      marks: [{ row: 0, role: 'warn' }],
    });
    expect(align!.note).toContain('axis -1 has 3 and 4, and neither is 1');
    expect(table(trace, align, 'guesses').rows.map((row) => row[0])).toContain('they don’t fit');
    expect(trace.frames.at(-1)!.note).toContain('axis -1 has 3 and 4');
  });

  it.each([
    ['3,1', [3, 1]],
    [' (3, 1) ', [3, 1]],
    ['(3,)', [3]],
    ['2 3 4', [2, 3, 4]],
    ['', []],
    ['()', []],
    ['0', [0]],
  ])('reads “%s” as a shape', (typed, shapeOf) => {
    expect(parseShape(typed)).toEqual(shapeOf);
  });

  it.each(['3,x', '-1', '9', '1.5', '1,1,1,1,1', '3,1)x', '1'.repeat(40)])('refuses “%s”', async (typed) => {
    expect(parseShape(typed)).toBeUndefined();
    const trace = await run('broadcast', { first: typed });
    expect(trace.frames).toMatchObject([{ op: 'refused', note: expect.stringContaining('such as 3,1') }]);
  });
});

describe('matmul-step', () => {
  const small = fc.integer({ min: 1, max: 4 });

  it('says so where the row that was asked for isn’t there', async () => {
    const note = async (row: number) => (await run('matmul-step', { tokens: 3, row })).frames[1]!.note;
    expect(await note(5)).toMatch(/^Row 2 .* There is no row 5, so it is the last row\.$/u);
    expect(await note(2)).not.toContain('There is no');
  });

  it('multiplies as three loops do, whole, folded, and in the one cell', async () => {
    await fc.assert(
      fc.asyncProperty(small, small, small, small, small, small, async (B, T, C, D, row, column) => {
        const trace = await run('matmul-step', { batch: B, tokens: T, channels: C, outputs: D, row, column });
        const x = tensorOf(trace, trace.frames[0], 'x').numbers;
        const weight = tensorOf(trace, trace.frames[0], 'weight').numbers;
        const y: number[] = [];
        for (let i = 0; i < B * T; i++) {
          for (let j = 0; j < D; j++) {
            y.push(Array.from({ length: C }, (_, k) => x[i * C + k]! * weight[k * D + j]!).reduce((a, b) => a + b, 0));
          }
        }
        const [whole, folded] = framesOf(trace, 'matmul');
        expect(tensorOf(trace, whole, 'y')).toMatchObject({ numbers: y, value: { shape: [B, T, D] } });
        expect(tensorOf(trace, folded, 'tallY')).toMatchObject({ numbers: y, value: { shape: [B * T, D] } });
        const at = Math.min(row, T - 1) * D + Math.min(column, D - 1);
        expect(tensorOf(trace, framesOf(trace, 'sum')[0], 'cell').numbers).toEqual([y[at]]);
        const tall = tensorOf(trace, framesOf(trace, 'fold')[0], 'tall');
        const { list, places } = readingIn(trace, tall);
        expect(list).toEqual(x);
        expect(places).toEqual(x.map((_, i) => i));
        expect(output(trace, trace.frames.at(-1), 'work')).toMatchObject({
          rows: [
            [expect.any(String), B * T * D],
            [expect.any(String), C],
            [expect.any(String), B * T * D * C],
            [expect.any(String), C * D],
          ],
        });
      }),
      { numRuns: 40 },
    );
  });
});
