// The programs of the lesson on positions: what must stand still stands still, and what must change changes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimals } from '../../../src/programs/decimal.ts';
import type { Frame, ParamValues, PointsValue, ScalarValue, Trace } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table, text, tokens } from './run.ts';

/** The numbers of a tensor that a frame shows, by rows. */
function rowsOf(trace: Trace, frame: Frame | undefined, name: string): number[][] {
  const value = output(trace, frame, name);
  if (value.kind !== 'tensor' || value.bytes === undefined || trace.buffer === undefined) {
    throw new Error(`${name} is no whole tensor: ${JSON.stringify(value)}`);
  }
  const numbers = Array.from(new Float32Array(trace.buffer, value.bytes.offset, value.bytes.length / 4));
  const columns = value.shape.at(-1)!;
  return Array.from({ length: numbers.length / columns }, (_, row) =>
    numbers.slice(row * columns, (row + 1) * columns),
  );
}

const last = (trace: Trace) => trace.frames.at(-1);
const scalar = (trace: Trace, frame: Frame | undefined, name: string) =>
  (output(trace, frame, name) as ScalarValue).value;
const points = (trace: Trace, frame: Frame | undefined, name: string) =>
  (output(trace, frame, name) as PointsValue).points;

describe('bag-of-vectors', () => {
  const outcome = async (params: ParamValues) => {
    const trace = await run('bag-of-vectors', params);
    return text(trace, last(trace), 'outcome').text;
  };
  const orders = ['reversed', 'alphabet', 'moved'];
  const sentences = ['dog bites man', 'the boat waits for the tide', 'h c a b g e d f'];

  it('has the same average in every order, to the last bit, with positions or without', async () => {
    for (const sentence of sentences) {
      for (const order of orders) {
        for (const positions of ['none', 'learned']) {
          const trace = await run('bag-of-vectors', { sentence, order, positions });
          expect(last(trace)!.note).toBe('The two averages agree to the last bit.');
          expect(table(trace, last(trace), 'averages').rows.map((row) => row[3])).toEqual(['yes', 'yes', 'yes', 'yes']);
        }
        expect(await outcome({ sentence, order, positions: 'waves' })).toBe('They are the same');
      }
    }
  });

  it('shows the order only where there are positions and a bend', async () => {
    for (const order of orders) {
      expect(await outcome({ order, bend: true })).toBe('They are the same');
      expect(await outcome({ order, bend: true, positions: 'learned' })).toBe('They differ');
      expect(await outcome({ order, bend: true, positions: 'waves' })).toBe('They differ');
    }
    const palindrome = await run('bag-of-vectors', { sentence: 'a b a', positions: 'learned', bend: true });
    expect(last(palindrome)!.note).toBe(
      'The two averages agree to the last bit. Both orders are the same sentence here.',
    );
  });

  it('averages what it shows', async () => {
    const trace = await run('bag-of-vectors', { positions: 'learned', bend: true });
    framesOf(trace, 'mean').forEach((frame) => {
      const rows = rowsOf(trace, frame, 'bent');
      rowsOf(trace, frame, 'mean')[0]!.forEach((mean, channel) => {
        expect(mean).toBeCloseTo(rows.reduce((sum, row) => sum + row[channel]!, 0) / rows.length, 6);
        expect(rows.every((row) => row[channel]! >= 0)).toBe(true);
      });
    });
    const [first, second] = framesOf(trace, 'embedding').map((frame) => rowsOf(trace, frame, 'vectors'));
    expect(second).toEqual(first!.toReversed());
    expect(first!.flat().every((value) => Number.isInteger(value * 8))).toBe(true);
  });

  it('has a step for what is switched on, and none for what is off', async () => {
    const ops = async (params: ParamValues) =>
      (await run('bag-of-vectors', params)).frames.map((frame) => frame.op).join(' ');
    expect(await ops({})).toBe('split embedding embedding mean compare');
    expect(await ops({ positions: 'waves', order: 'moved' })).toBe('split embedding embedding add add mean compare');
    expect(await ops({ bend: true })).toBe('split embedding embedding relu relu mean compare');
  });

  it('shows the second average only in the step that is bet on', async () => {
    const trace = await run('bag-of-vectors', { positions: 'learned', bend: true });
    const shown = table(trace, last(trace), 'averages').rows.map((row) => Number(row[2]));
    const rows = rowsOf(trace, last(trace), 'vectors');
    shown.forEach((mean, channel) => {
      expect(mean).toBeCloseTo(rows.reduce((sum, row) => sum + row[channel]!, 0) / rows.length, 6);
    });
    const notes = trace.frames.slice(0, -1).map((frame) => frame.note);
    expect(notes.filter((note) => note?.includes(decimals(shown, 3)))).toEqual([]);
  });

  it('leaves out the words that the table has no row for, and says so', async () => {
    const sentence = 'one two three four five six seven eight nine';
    const learned = await run('bag-of-vectors', { sentence, positions: 'learned' });
    expect(tokens(learned, learned.frames[0], 'asWritten').pieces).toHaveLength(8);
    expect(learned.frames[0]!.note).toMatch(
      /The 1 word behind them is left out: the table of positions has 8 rows\.$/u,
    );
    const waves = await run('bag-of-vectors', { sentence, positions: 'waves' });
    expect(tokens(waves, waves.frames[0], 'asWritten').pieces).toHaveLength(9);
    const empty = await run('bag-of-vectors', { sentence: ' ' });
    expect(empty.frames.map((frame) => frame.note)).toEqual(['The sentence holds no word: type some.']);
  });
});

describe('shifted-distances', () => {
  it('changes every place and no distance', async () => {
    const trace = await run('shifted-distances');
    const [first, second] = framesOf(trace, 'sub').map((frame) => rowsOf(trace, frame, 'distances'));
    expect(first).toEqual([
      [0, -1, -2],
      [1, 0, -1],
      [2, 1, 0],
    ]);
    expect(second).toEqual(first);
    expect(table(trace, last(trace), 'places').rows).toEqual([
      ['dog', 0, 3],
      ['bites', 1, 4],
      ['man', 2, 5],
    ]);
    expect(last(trace)!.note).toBe('3 of 3 places changed; of the 9 distances not one did.');
    const alone = await run('shifted-distances', { before: '' });
    expect(last(alone)!.note).toBe('0 of 3 places changed; of the 9 distances not one did.');
  });
});

describe('position-waves', () => {
  it('shows the sines and cosines of its own angles, and cells that are in the table', async () => {
    const trace = await run('position-waves', { length: 10, pairs: 3, place: 7, pair: 2 });
    const rows = rowsOf(trace, framesOf(trace, 'waves')[0], 'positions');
    expect(rows).toHaveLength(10);
    rows.forEach((row, place) => {
      row.forEach((value, channel) => {
        const angle = place / 10_000 ** (Math.floor(channel / 2) / 3);
        expect(value).toBeCloseTo(channel % 2 === 0 ? Math.sin(angle) : Math.cos(angle), 5);
      });
    });
    for (const [channel, angle, , value] of table(trace, framesOf(trace, 'cells')[0], 'cells').rows) {
      expect(rows[7]![Number(channel)]).toBeCloseTo(Number(value), 5);
      expect(7 / 10_000 ** (2 / 3)).toBeCloseTo(Number(angle), 5);
    }
    const [hand] = points(trace, framesOf(trace, 'hand')[0], 'hand');
    expect([hand!.y, hand!.x]).toEqual([expect.closeTo(rows[7]![4]!, 5), expect.closeTo(rows[7]![5]!, 5)]);
  });

  it('has products that are the same along each diagonal', async () => {
    const trace = await run('position-waves');
    const products = rowsOf(trace, framesOf(trace, 'matmul')[0], 'products');
    expect(products[0]![0]).toBeCloseTo(8, 5);
    for (let i = 1; i < products.length; i++) {
      for (let j = 1; j < products.length; j++) {
        expect(products[i]![j]).toBeCloseTo(products[i - 1]![j - 1]!, 4);
      }
    }
  });

  it('looks at the last place and pair there is when it is asked for one beyond', async () => {
    const trace = await run('position-waves', { length: 4, pairs: 2, place: 60, pair: 15 });
    expect(framesOf(trace, 'hand')[0]!.label).toBe('Pair 1 at place 3');
  });
});

const quarters = fc.integer({ min: -16, max: 16 }).map((value) => value / 4);
const vectors = fc.record({ ax: quarters, ay: quarters, bx: quarters, by: quarters });

describe('turn-together', () => {
  it('keeps lengths and the dot product, and says what turning one alone does to it', async () => {
    await fc.assert(
      fc.asyncProperty(vectors, fc.integer({ min: -180, max: 180 }), async (given, angle) => {
        const trace = await run('turn-together', { ...given, angle });
        const product = given.ax * given.bx + given.ay * given.by;
        expect(scalar(trace, framesOf(trace, 'arrows')[0], 'dotProduct')).toBeCloseTo(product, 8);
        const together = framesOf(trace, 'together')[0];
        // The turned numbers are rounded to nine decimals, and their products carry that.
        expect(scalar(trace, together, 'dotProduct')).toBeCloseTo(product, 7);
        const [a, b, a2, b2] = points(trace, together, 'arrows');
        expect(Math.hypot(a2!.x, a2!.y)).toBeCloseTo(Math.hypot(a!.x, a!.y), 7);
        expect(Math.hypot(b2!.x, b2!.y)).toBeCloseTo(Math.hypot(b!.x, b!.y), 7);
        // Lengths and the angle between them say the same in another way.
        const lengths = Math.hypot(given.ax, given.ay) * Math.hypot(given.bx, given.by);
        const between = Math.atan2(given.by, given.bx) - Math.atan2(given.ay, given.ax) + (angle * Math.PI) / 180;
        const alone = scalar(trace, framesOf(trace, 'alone')[0], 'dotProduct');
        expect(alone).toBeCloseTo(lengths * Math.cos(between), 7);
      }),
    );
  });

  it('lets both arrows be moved', async () => {
    const trace = await run('turn-together');
    expect(points(trace, trace.frames[0], 'arrows').map((point) => point.move)).toEqual([
      { x: 'ax', y: 'ay' },
      { x: 'bx', y: 'by' },
    ]);
  });
});

describe('turn-by-position', () => {
  it('has a product that knows the distance alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        vectors,
        fc.nat({ max: 40 }),
        fc.nat({ max: 40 }),
        fc.nat({ max: 90 }),
        async (given, m, n, degrees) => {
          const trace = await run('turn-by-position', { ...given, m, n, degrees });
          const lengths = Math.hypot(given.ax, given.ay) * Math.hypot(given.bx, given.by);
          const start = Math.atan2(given.by, given.bx) - Math.atan2(given.ay, given.ax);
          const wanted = (distance: number) => lengths * Math.cos(start + (distance * degrees * Math.PI) / 180);
          expect(scalar(trace, framesOf(trace, 'turn')[0], 'dotProduct')).toBeCloseTo(wanted(n - m), 6);
          expect(scalar(trace, framesOf(trace, 'move-on')[0], 'dotProduct')).toBeCloseTo(wanted(n - m), 6);
          for (const [p, q, product] of table(trace, framesOf(trace, 'same-distance')[0], 'pairs').rows) {
            expect(Number(q) - Number(p)).toBe(n - m);
            expect(product).toBeCloseTo(wanted(n - m), 6);
          }
          for (const [distance, product] of table(trace, last(trace), 'byDistance').rows) {
            expect(product).toBeCloseTo(wanted(Number(distance)), 6);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('rope-by-distance', () => {
  it.each(['adjacent', 'halves'])('has products that know the distance alone, with %s paired', async (pairing) => {
    const trace = await run('rope-by-distance', { pairing, distance: 4 });
    const query = rowsOf(trace, trace.frames[0], 'query')[0]!;
    const key = rowsOf(trace, trace.frames[0], 'key')[0]!;
    // Pairs of channels as complex numbers: turning multiplies by e^(i angle), the product is the real part.
    const pairs = [0, 1, 2, 3].map((j) => (pairing === 'adjacent' ? [2 * j, 2 * j + 1] : [j, j + 4]));
    const wanted = (distance: number) =>
      pairs.reduce((sum, [x, y], j) => {
        const angle = distance / 10_000 ** (j / 4);
        const real = query[x!]! * key[x!]! + query[y!]! * key[y!]!;
        const imaginary = query[y!]! * key[x!]! - query[x!]! * key[y!]!;
        return sum + real * Math.cos(angle) - imaginary * Math.sin(angle);
      }, 0);
    const products = rowsOf(trace, framesOf(trace, 'matmul')[0], 'products');
    products.forEach((row, m) => {
      row.forEach((product, n) => {
        expect(product).toBeCloseTo(wanted(m - n), 4);
      });
    });
    const rows = table(trace, framesOf(trace, 'same-distance')[0], 'pairs').rows;
    expect(rows).toHaveLength(8);
    for (const [m, n, product] of rows) {
      expect(Number(m) - Number(n)).toBe(4);
      expect(product).toBeCloseTo(wanted(4), 4);
    }
  });

  it('gives other products by the other pairing', async () => {
    const [adjacent, halves] = await Promise.all(
      ['adjacent', 'halves'].map(async (pairing) => {
        const trace = await run('rope-by-distance', { pairing });
        return rowsOf(trace, framesOf(trace, 'matmul')[0], 'products');
      }),
    );
    expect(halves![0]![0]).toBeCloseTo(adjacent![0]![0]!, 5); // nothing is turned against the other there
    expect(Math.abs(halves![1]![0]! - adjacent![1]![0]!)).toBeGreaterThan(0.1);
  });
});

describe('rope-fading', () => {
  it('draws a curve whose highest point is where the key is aimed', async () => {
    const trace = await run('rope-fading', { aim: 30 });
    const rows = table(trace, last(trace), 'curve').rows.map((row) => row.map(Number));
    const mean = (angles: readonly number[]) => angles.reduce((sum, angle) => sum + Math.cos(angle), 0) / 32;
    const angles = (distance: number) => Array.from({ length: 32 }, (_, j) => distance / 10_000 ** (j / 32));
    expect(rows.map((row) => row[0])).toEqual(Array.from({ length: 201 }, (_, distance) => distance));
    for (const [distance, alike, aimed] of rows) {
      expect(alike).toBeCloseTo(mean(angles(distance!)), 4);
      expect(aimed).toBeCloseTo(mean(angles(distance! - 30)), 4);
    }
    const best = rows.reduce((most, row) => (row[2]! > most[2]! ? row : most));
    expect(best[0]).toBe(30);
  });
});
