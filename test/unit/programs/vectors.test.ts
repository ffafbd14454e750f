// The programs of the lesson on vectors: their numbers against plain arithmetic in 64 bits, and what they say where
// there is no direction.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMOUNTS, CUPS, DRINKS } from '../../../src/programs/cafeMenu.ts';
import type { ParamValues, PointsValue, TableValue, TensorValue, Trace } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table } from './run.ts';

const half = (min: number, max: number) => fc.integer({ min: 2 * min, max: 2 * max }).map((value) => value / 2);
const points = (trace: Trace, op: string, name: string) => output(trace, framesOf(trace, op)[0], name) as PointsValue;
const numbers = (trace: Trace, op: string, name: string) => {
  const { bytes } = output(trace, framesOf(trace, op)[0], name) as TensorValue;
  return [...new Float32Array(trace.buffer!, bytes!.offset, bytes!.length / 4)];
};
const few = { numRuns: 20 };

describe('dot-and-cosine', () => {
  const params = fc.record({
    ax: half(-6, 6),
    ay: half(-6, 6),
    bx: half(-6, 6),
    by: half(-6, 6),
    stretch: fc.constantFrom(0.25, 0.5, 1, 1.75, 2),
    turn: fc.constantFrom(-180, -90, -35, 0, 45, 90, 180),
  });

  it('shows what plain arithmetic says, in the table and in the tensors', async () => {
    await fc.assert(
      fc.asyncProperty(params, async (given) => {
        const { ax, ay, bx, by, stretch, turn } = given;
        fc.pre(Math.hypot(ax, ay) > 0 && Math.hypot(bx, by) > 0);
        const trace = await run('dot-and-cosine', { ...given, inside: true });
        const angle = Math.atan2(ay, ax) + (turn * Math.PI) / 180;
        const length = stretch * Math.hypot(ax, ay);
        const [x, y] = [length * Math.cos(angle), length * Math.sin(angle)];
        const dot = x * bx + y * by;
        const cosine = Math.cos(angle - Math.atan2(by, bx));
        const rows = table(trace, framesOf(trace, 'compare')[0], 'withB').rows;
        const moved = stretch !== 1 || turn !== 0;
        expect(rows.map(([name]) => name)).toEqual(moved ? ['a', 'a′', 'b'] : ['a', 'b']);
        const [, ...shown] = rows[moved ? 1 : 0]!;
        expect(shown.slice(0, 3)).toEqual([length, dot, cosine].map((value) => expect.closeTo(value, 2)));
        const last = (op: string, name: string) => table(trace, framesOf(trace, op)[0], name).rows.at(-1)!.at(-1);
        expect(last('dot-product', 'sum')).toBeCloseTo(dot, 2);
        expect(last('lengths', 'lengths')).toBeCloseTo(Math.hypot(bx, by), 2);
        expect(last('cosine', 'cosine')).toBeCloseTo(cosine, 2);
        expect(numbers(trace, 'engine', 'cosine')[0]).toBeCloseTo(cosine, 4);
        // The shadow lies on b's line, and the way to it stands at a right angle to b.
        const { points: tips, lines } = points(trace, 'shadow', 'shadow');
        const foot = tips.at(-1)!;
        expect(foot.x * by - foot.y * bx).toBeCloseTo(0, 6);
        const [from, to] = [lines![0]!.from, lines![0]!.to];
        expect((from[0] - to[0]) * bx + (from[1] - to[1]) * by).toBeCloseTo(0, 5);
      }),
      few,
    );
  });

  it('stretching leaves the cosine and multiplies the dot product; turning leaves the length', async () => {
    const row = async (more: ParamValues) => {
      const trace = await run('dot-and-cosine', more);
      return table(trace, framesOf(trace, 'compare')[0], 'withB').rows;
    };
    expect((await row({ stretch: 0.5 }))[1]).toEqual(['a′', 2.5, 12, 0.96, '16.3°']);
    expect((await row({ turn: 180 }))[1]).toEqual(['a′', 5, -24, -0.96, '163.7°']);
  });

  it('says of an arrow without length that it has no direction', async () => {
    const trace = await run('dot-and-cosine', { bx: 0, by: 0 });
    expect(framesOf(trace, 'compare')[0]!.note).toContain('points nowhere');
    expect(table(trace, framesOf(trace, 'compare')[0], 'withB').rows[0]).toEqual(['a', 5, 0, null, null]);
    expect(framesOf(trace, 'cosine')[0]!.note).toContain('nothing can be divided by 0');
    expect(framesOf(trace, 'shadow')[0]!.note).toContain('no length');
  });

  it('lets both arrows be moved, and not the copy that the sliders make', async () => {
    const trace = await run('dot-and-cosine', { stretch: 2 });
    const tips = points(trace, 'compare', 'arrows').points;
    expect(tips.map(({ label, move }) => [label, move?.x])).toEqual([
      ['a', 'ax'],
      ['a′', undefined],
      ['b', 'bx'],
    ]);
  });
});

describe('nearest-neighbours', () => {
  const given = fc.record({
    milk: half(0, 16),
    coffee: half(0, 8),
    all: fc.constantFrom(0.5, 1, 1.25, 2),
    which: fc.constantFrom('none', ...CUPS.map(([name]) => name)),
    times: fc.constantFrom(0.25, 1, 3, 4),
  });

  it('sorts all cups by each measure, as plain arithmetic does', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (params) => {
        const { milk, coffee, all, which, times } = params;
        fc.pre(milk + coffee > 0);
        const trace = await run('nearest-neighbours', params);
        const { rows } = table(trace, framesOf(trace, 'compare')[0], 'neighbours');
        const cups = new Map(
          CUPS.map(([name, x, y]) => [name, [x, y].map((amount) => amount * all * (name === which ? times : 1))]),
        );
        const of = [
          ([x = 0, y = 0]: number[]) => Math.hypot(x - milk, y - coffee),
          ([x = 0, y = 0]: number[]) => (x * milk + y * coffee) / Math.hypot(x, y) / Math.hypot(milk, coffee),
          ([x = 0, y = 0]: number[]) => x * milk + y * coffee,
        ];
        of.forEach((measure, column) => {
          const cells = rows.map((row) => /^(?:[↑↓] )?(?:\+ )?(.*) (\S+)$/u.exec(String(row[column + 1]))!);
          expect(new Set(cells.map(([, name]) => name)).size).toBe(CUPS.length);
          const values = cells.map(([, name]) => measure(cups.get(name!)!));
          cells.forEach(([, , shown], i) => void expect(Number(shown)).toBeCloseTo(values[i]!, 1));
          values.slice(1).forEach((value, i) => {
            const falls = column === 0 ? value - values[i]! : values[i]! - value;
            expect(falls).toBeGreaterThan(-1e-3);
          });
        });
      }),
      few,
    );
  });

  it('of an empty cup knows the distances, and no cosine', async () => {
    const trace = await run('nearest-neighbours', { milk: 0, coffee: 0 });
    expect(framesOf(trace, 'compare')[0]!.note).toContain('no cosine');
    const { rows } = table(trace, framesOf(trace, 'compare')[0], 'neighbours');
    expect(rows[0]).toEqual([1, 'espresso 3', 'espresso –', 'espresso 0']);
  });

  it('marks the stretched cup by more than its place', async () => {
    const trace = await run('nearest-neighbours', { which: 'latte', times: 2 });
    const cups = points(trace, 'compare', 'cups').points;
    expect(cups.filter(({ role }) => role === 'new').map(({ label }) => label)).toEqual(['latte']);
    const { rows } = table(trace, framesOf(trace, 'compare')[0], 'neighbours');
    expect(rows[0]![3]).toBe('↑ + latte 144');
  });

  it('marks who has changed places, and says in which lists', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (params) => {
        const names = async (more: ParamValues) => {
          const trace = await run('nearest-neighbours', more);
          const { rows } = table(trace, framesOf(trace, 'compare')[0], 'neighbours');
          return { rows, note: framesOf(trace, 'compare')[0]!.note! };
        };
        fc.pre(params.milk + params.coffee > 0);
        const { milk, coffee } = params;
        const [before, after] = [await names({ milk, coffee }), await names(params)];
        const bare = (cell: unknown) =>
          String(cell)
            .replace(/^(?:[↑↓] )?(?:\+ )?/u, '')
            .replace(/ \S+$/, '');
        ['distance', 'cosine', 'dot product'].forEach((measure, i) => {
          const was = before.rows.map((row) => bare(row[i + 1]));
          after.rows.forEach((row, place) => {
            const from = was.indexOf(bare(row[i + 1]));
            expect(String(row[i + 1]).startsWith('↑')).toBe(place < from);
            expect(String(row[i + 1]).startsWith('↓')).toBe(place > from);
          });
          const moved = after.rows.some((row) => /^[↑↓]/u.test(String(row[i + 1])));
          const said = after.note.split('the order changed ')[1] ?? '';
          expect(said.includes(`by ${measure}`)).toBe(moved);
        });
      }),
      few,
    );
  });

  it('reckons the cappuccino out in the notes, as its rows do', async () => {
    const trace = await run('nearest-neighbours', { milk: 4, coffee: 2 });
    const at = CUPS.findIndex(([name]) => name === 'cappuccino');
    const note = (op: string) => framesOf(trace, op)[0]!.note;
    expect(note('distance')).toContain('(4, 2), and the length of it is 4.47');
    expect(note('dot')).toContain('8 × 4 + 4 × 2 = 40');
    expect(note('cosine')).toContain('40 / (8.94 × 4.47) = 1');
    expect(numbers(trace, 'distance', 'distance')[at]).toBeCloseTo(Math.sqrt(20), 4);
    expect(numbers(trace, 'dot', 'dot')[at]).toBe(40);
    expect(numbers(trace, 'cosine', 'cosine')[at]).toBeCloseTo(1, 6);
  });
});

describe('pca-map', () => {
  it.each(['unit', 'amounts'])('lists true distances from any drink, nearest first (%s)', async (lengths) => {
    for (const drink of ['espresso', 'mocha', 'milk tea']) {
      const trace = await run('pca-map', { lengths, drink });
      const { rows, marks } = table(trace, framesOf(trace, 'check')[0], 'distances');
      const all = AMOUNTS.map((row) => (lengths === 'unit' ? row.map((x) => x / Math.hypot(...row)) : row));
      const from = all[DRINKS.indexOf(drink)]!;
      const truth = (name: unknown) => {
        const to = all[DRINKS.indexOf(String(name))]!;
        return Math.hypot(...to.map((x, i) => x - from[i]!));
      };
      expect(rows).toHaveLength(DRINKS.length - 1);
      for (const [name, inAll, onMap] of rows) {
        expect(Number(inAll)).toBeCloseTo(truth(name), 2);
        expect(Number(onMap)).toBeLessThan(Number(inAll) + 2e-3); // flattening brings together, never apart
      }
      const order = rows.map(([, inAll]) => Number(inAll));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(marks).toContainEqual({ row: 0, role: 'match' });
    }
  });

  it.each(['unit', 'amounts'])('lets bet on four drinks, of which one is nearest (%s)', async (lengths) => {
    for (const drink of DRINKS) {
      const trace = await run('pca-map', { lengths, drink });
      const [frame] = framesOf(trace, 'check');
      const port = frame!.inputs.find(({ name }) => name === 'guesses')!;
      const guesses = trace.values[port.value] as TableValue;
      const names = guesses.rows.map(([name]) => name);
      expect(new Set(names).size).toBe(4);
      expect(names).not.toContain(drink);
      const truth = new Map(table(trace, frame, 'distances').rows.map(([name, inAll]) => [name, Number(inAll)]));
      const [best, ...others] = names.map((name) => truth.get(name)!);
      expect(guesses.marks).toEqual([{ row: 0, role: 'chosen' }]);
      expect(best).toBe(Math.min(...truth.values()));
      others.forEach((other) => void expect(other).toBeGreaterThan(best!));
    }
  });

  it('opens its steps where that is asked for, and comes to the same map', async () => {
    const [flat, open] = [await run('pca-map'), await run('pca-map', { inside: true })];
    expect(flat.frames.filter(({ parent }) => parent !== undefined)).toEqual([]);
    expect(open.frames.filter(({ parent }) => parent !== undefined).length).toBeGreaterThan(8);
    expect(points(open, 'map', 'map')).toEqual(points(flat, 'map', 'map'));
  });

  it('says when the map is right', async () => {
    const trace = await run('pca-map', { drink: 'cortado', lengths: 'unit' });
    expect(framesOf(trace, 'check')[0]!.note).toContain('on the map and in all six dimensions');
    expect(points(trace, 'check', 'map').lines).toHaveLength(1);
  });

  it('turns toward more variance with every step, and shares out all of it', async () => {
    const trace = await run('pca-map');
    const { rows, total } = table(trace, framesOf(trace, 'directions')[0], 'variance');
    expect(total ?? rows.length).toBeGreaterThan(20);
    rows.slice(1).forEach(([, variance], i) => {
      expect(Number(variance)).toBeGreaterThanOrEqual(Number(rows[i]![1]));
    });
    const shares = table(trace, framesOf(trace, 'map')[0], 'variance').rows;
    expect(shares).toHaveLength(6);
    expect(shares.at(-1)![3]).toBe(100);
  });
});

it('leaves room for the longest arrow that a slider makes', async () => {
  const pictures = [
    points(await run('dot-and-cosine', { stretch: 2 }), 'compare', 'arrows'),
    points(await run('nearest-neighbours', { all: 2 }), 'compare', 'cups'),
  ];
  for (const { points: places, room } of pictures) {
    const [[left, bottom], [right, top]] = room!;
    expect(places.filter(({ x, y }) => x < left || x > right || y < bottom || y > top)).toEqual([]);
  }
});
