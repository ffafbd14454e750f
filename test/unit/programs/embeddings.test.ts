// The programs of lesson 06: rows that are multiplied out, picked, moved by hand, and moved by a sentence.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEIGHTS, WORDS } from '../../../src/programs/sixWords.ts';
import type { PointsValue, TableValue, TextValue } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table, tokens } from './run.ts';
import { tensorOf } from './tensorOf.ts';

const WIDTH = 2;

describe('one-hot-lookup', () => {
  it.each(WORDS.map((word, id) => [word, id] as const))('finds the row of %s twice', async (word, id) => {
    const trace = await run('one-hot-lookup', { id });
    const only = (op: string) => framesOf(trace, op)[0];
    expect(tensorOf(trace, only('oneHot'), 'oneHot').numbers).toEqual(WORDS.map((_, place) => Number(place === id)));
    const products = WEIGHTS.map((row, place) => (place === id ? row : [0, 0]));
    expect(tensorOf(trace, only('mul'), 'products').numbers).toEqual(products.flat());
    for (const [op, name] of [
      ['sum', 'sums'],
      ['matmul', 'row'],
      ['embedding', 'row'],
    ] as const) {
      expect(tensorOf(trace, only(op), name).numbers).toEqual(WEIGHTS[id]);
    }
    expect(only('oneHot')!.note).toContain(`“${word}” is number ${id}`);
  });

  it('keeps its steps while the 1 moves, so that a view can stay where it is', async () => {
    const steps = async (id: number) => (await run('one-hot-lookup', { id })).frames.map((frame) => frame.op);
    expect(await steps(0)).toEqual(await steps(5));
    expect(await steps(0)).toEqual(['table', 'oneHot', 'mul', 'sum', 'matmul', 'embedding', 'count']);
  });

  it('counts the work of its own table and of a large one', async () => {
    const trace = await run('one-hot-lookup', { id: 0 });
    expect(table(trace, framesOf(trace, 'count')[0], 'cost').rows).toEqual([
      ['(6, 2)', 12, 2],
      ['(50000, 512)', 25_600_000, 512],
    ]);
  });
});

describe('look-up-bill', () => {
  it('counts the work of any table, by doing it', async () => {
    const size = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(size, size, size, async (rows, columns, tokens) => {
        const work = { multiplications: 0, additions: 0, copied: 0, switches: 0 };
        for (let token = 0; token < tokens; token++) {
          work.switches += rows;
          for (let column = 0; column < columns; column++) {
            work.multiplications += rows;
            work.additions += rows - 1;
            work.copied++;
          }
        }
        const trace = await run('look-up-bill', { rows, columns, tokens });
        expect(table(trace, trace.frames[0], 'bill').rows).toEqual([
          ['multiplications', 0, work.multiplications],
          ['additions', 0, work.additions],
          ['numbers copied', work.copied, 0],
          ['bytes of ids or switches', 4 * tokens, 4 * work.switches],
        ]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('embedding-table', () => {
  it('turns a sentence into rows, by product and by look-up, with strangers on the last row', async () => {
    const trace = await run('embedding-table', { sentence: 'Wait, tide' });
    expect(tokens(trace, trace.frames[0], 'tokens').pieces).toEqual([
      { text: 'wait', id: 3, word: 0 },
      { text: ',', id: 5, word: 1, role: 'warn' },
      { text: 'tide', id: 2, word: 2 },
    ]);
    const rows = [WEIGHTS[3], WEIGHTS[5], WEIGHTS[2]].flat();
    for (const op of ['matmul', 'embedding']) {
      const { value, numbers } = tensorOf(trace, framesOf(trace, op)[0], 'rows');
      expect(numbers).toEqual(rows);
      expect(value).toMatchObject({ shape: [3, 2], axes: ['T', 'C'], labels: { 0: ['wait', ',', 'tide'] } });
    }
    expect(trace.frames[0]!.note).toMatch(/no row of its own for 1 of them/u);
  });

  it('says which rows are the same', async () => {
    const note = async (sentence: string) => (await run('embedding-table', { sentence })).frames.at(-1)!.note;
    expect(await note('wait tide wait')).toMatch(/Tokens 0 and 2 got the same row, since both are “wait”\./u);
    expect(await note('gull tide crab')).toMatch(
      /Tokens 0 and 2 got the same row, since “gull” and “crab” are both strangers\./u,
    );
    expect(await note('wait tide')).toMatch(/No two tokens got the same row/u);
  });

  it('takes a sentence without a token', async () => {
    const trace = await run('embedding-table', { sentence: ' ' });
    expect(trace.frames[0]!.note).toBe('The sentence holds no token, so there is nothing to look up.');
    expect(tensorOf(trace, framesOf(trace, 'embedding')[0], 'rows').value.shape).toEqual([0, WIDTH]);
  });
});

describe('nudge-a-row', () => {
  const SHIP = WORDS.indexOf('ship');
  const coordinate = fc.integer({ min: -20, max: 20 }).map((steps) => steps / 20);

  it('changes cosines with ship, and no others, wherever ship goes', async () => {
    await fc.assert(
      fc.asyncProperty(coordinate, coordinate, async (x, y) => {
        const trace = await run('nudge-a-row', { x, y });
        const { numbers } = tensorOf(trace, framesOf(trace, 'sub')[0], 'change');
        numbers.forEach((change, i) => {
          const touchesShip = Math.floor(i / WORDS.length) === SHIP || i % WORDS.length === SHIP;
          expect(touchesShip || change === 0).toBe(true);
        });
        expect(numbers[SHIP * WORDS.length + SHIP]).toBe(x === 0 && y === 0 ? -1 : 0);
        const moved = tensorOf(trace, framesOf(trace, 'table')[0], 'moved').numbers;
        expect(moved).toEqual(
          WEIGHTS.with(SHIP, [x, y])
            .flat()
            .map((number) => number + 0),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('lists the neighbours of ship, the nearest first, by the cosine of school', async () => {
    const [x, y] = [0.8, 0.35];
    const trace = await run('nudge-a-row', { x, y });
    const { rows } = table(trace, framesOf(trace, 'nudge')[0], 'neighbours');
    const angle = (a: readonly number[]) => Math.atan2(a[1]!, a[0]!);
    const cosine = (word: string) => Math.cos(angle(WEIGHTS[WORDS.indexOf(word)]!) - angle([x, y]));
    for (const [word, , now] of rows) {
      expect(now).toBeCloseTo(cosine(String(word)), 2);
    }
    expect(rows[0]![0]).toBe('boat');
    expect(rows.map((row) => row[2])).toEqual([...rows.map((row) => Number(row[2]))].sort((a, b) => b - a));
  });

  it('lets the arrow of ship be dragged, and shows where it came from', async () => {
    const map = async (x: number, y: number) => {
      const trace = await run('nudge-a-row', { x, y });
      return output(trace, trace.frames[0], 'map') as PointsValue;
    };
    const moved = await map(0.5, 0.5);
    expect(moved.points.filter((point) => point.move !== undefined)).toEqual([
      { x: 0.5, y: 0.5, label: 'ship', role: 'chosen', move: { x: 'x', y: 'y' } },
    ]);
    expect(moved.lines).toMatchObject([{ from: WEIGHTS[SHIP], to: [0.5, 0.5] }]);
    expect((await map(-0.7, 0.5)).lines).toBeUndefined();
  });

  it('has no direction at the origin, and says so', async () => {
    const trace = await run('nudge-a-row', { x: 0, y: 0 });
    expect(trace.frames[0]!.note).toMatch(/it has no direction, so every cosine with it stands at 0/u);
    const { rows } = output(trace, trace.frames[0], 'neighbours') as TableValue;
    expect(rows.every((row) => row[2] === 0)).toBe(true);
  });
});

describe('rows-that-move', () => {
  const words = fc.array(fc.constantFrom('boat', 'ship', 'tide', 'wait', 'wave', 'gull'), { maxLength: 12 });

  it('moves each row by the wish times the uses of its word', async () => {
    await fc.assert(
      fc.asyncProperty(words, async (used) => {
        const trace = await run('rows-that-move', { sentence: used.join(' '), first: 0.25, second: -0.5 });
        const uses = WORDS.map((word) => used.filter((one) => (WORDS.includes(one) ? one : '<unk>') === word).length);
        const moves = uses.flatMap((count) => [count * 0.25 + 0, count * -0.5 + 0]);
        const backward = framesOf(trace, 'embedding-backward')[0];
        expect(tensorOf(trace, backward, 'moves').numbers).toEqual(moves);
        const { numbers } = tensorOf(trace, framesOf(trace, 'add')[0], 'moved');
        WEIGHTS.flat().forEach((weight, i) => {
          expect(numbers[i]).toBeCloseTo(weight + moves[i]!, 6);
          expect(moves[i] !== 0 || numbers[i] === weight).toBe(true);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('bets on the row that is used most often, and says why it gets what it gets', async () => {
    const bet = async (sentence: string) => framesOf(await run('rows-that-move', { sentence }), 'choose-move')[0]!;
    expect((await bet('wait tide wait boat')).note).toBe(
      'Row 3, of “wait”, is used twice. Each use is a wish, and it gets their sum: (0.2, 0).',
    );
    expect((await bet('gull wave crab gull')).label).toBe('One row: that of “gull” and “crab”');
    expect((await bet('')).note).toBe('There is no token, so no row gets anything.');
  });

  it('offers different sums to bet on, the right one among them', async () => {
    await fc.assert(
      fc.asyncProperty(words, async (used) => {
        const trace = await run('rows-that-move', { sentence: used.join(' '), first: 0.25, second: -0.5 });
        const step = framesOf(trace, 'choose-move')[0]!;
        const guesses = step.inputs.find(({ name }) => name === 'guesses')!.value;
        const offered = (trace.values[guesses] as TableValue).rows.map(([guess]) => guess);
        expect(new Set(offered).size).toBe(offered.length);
        if (used.length > 0) {
          expect(offered.length).toBeGreaterThan(1);
          expect(offered).toContain((output(trace, step, 'gets') as TextValue).text);
        }
      }),
      { numRuns: 40 },
    );
  });
});
