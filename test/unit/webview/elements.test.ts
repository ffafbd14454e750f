// The parts of the views that draw nothing: outlines, bets, plotted series, visible white space.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame, TableValue, Trace, Value } from '../../../src/shared/trace.ts';
import { spell } from '../../../src/tokenizers/bytes.ts';
import { Series } from '../../../webview/elements/plot/series.ts';
import { shownOrder } from '../../../webview/elements/quizOrder.ts';
import { betsOf } from '../../../webview/elements/trace/bet.ts';
import { ancestorsOf, outlineOf, rootBeside, visibleRows } from '../../../webview/elements/trace/outline.ts';
import { hexBytes, looseBytes, visibleStretches } from '../../../webview/elements/visibleText.ts';

const frame = (more: Partial<Frame> = {}): Frame => ({ op: 'op', label: 'label', inputs: [], outputs: [], ...more });

/** Frames with any parents, wrong ones included. */
const anyFrames = fc
  .array(fc.option(fc.integer({ min: -3, max: 40 }), { nil: undefined }), { maxLength: 40 })
  .map((parents) => parents.map((parent) => frame(parent === undefined ? {} : { parent })));

describe('an outline', () => {
  it('holds every step once, in order, whatever the parents are', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const outline = outlineOf(frames);
        const all = new Set(frames.keys());
        const rows = visibleRows(outline, all).map((row) => row.frame);
        expect([...rows].sort((a, b) => a - b)).toEqual([...all]);
        for (const id of all) {
          const ancestors = ancestorsOf(frames, id);
          expect(ancestors).toEqual([...ancestors].sort((a, b) => b - a)); // ends, because each is earlier
        }
      }),
    );
  });

  it('shows only the top level when nothing is open', () => {
    const frames = [frame(), frame({ parent: 0 }), frame({ parent: 1 }), frame()];
    expect(visibleRows(outlineOf(frames), new Set()).map((row) => row.frame)).toEqual([0, 3]);
    expect(visibleRows(outlineOf(frames), new Set([0])).map(({ frame: id, level }) => [id, level])).toEqual([
      [0, 1],
      [1, 2],
      [3, 1],
    ]);
  });

  it('goes from top-level step to top-level step', () => {
    const outline = outlineOf([frame(), frame({ parent: 0 }), frame(), frame({ parent: 2 })]);
    expect(rootBeside(outline, 1, 1, 3)).toBe(2);
    expect(rootBeside(outline, 2, 1, 3)).toBe(3);
    expect(rootBeside(outline, 1, -1, 3)).toBe(0);
  });
});

function table(rows: TableValue['rows'], marks?: TableValue['marks']): TableValue {
  const columns = [
    { id: 'pair', label: 'pair', type: 'piece' as const },
    { id: 'count', label: 'count', type: 'number' as const },
  ];
  return { kind: 'table', columns, rows, ...(marks && { marks }) };
}
const trace = (values: Value[], frames: Frame[]): Trace => ({ schema: 1, program: 'p', params: {}, values, frames });
const rule = { op: 'choose', table: 'pairs', question: 'Which?' };

describe('a bet', () => {
  const pairs = table([
    ['t + h', 5],
    ['a + b', 3],
    ['x + y', 1],
  ]);

  it('is asked where the table would first show, and won by what the step put out', () => {
    const chosen = table([['a + b', 3]]);
    const [bet, ...others] = betsOf(
      trace(
        [pairs, chosen],
        [
          frame({ op: 'count', outputs: [{ name: 'pairs', value: 0 }] }),
          frame({ op: 'choose', inputs: [{ name: 'pairs', value: 0 }], outputs: [{ name: 'chosen', value: 1 }] }),
        ],
      ),
      rule,
    );
    expect(others).toEqual([]);
    expect(bet).toMatchObject({ frame: 1, asked: 0, winner: 1 });
    expect(bet?.offered.map((row) => pairs.rows[row]?.[0])).toEqual(['a + b', 't + h', 'x + y']);
  });

  it('always offers the winner, however far down the table', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), (size, pick) => {
        const winner = pick % size;
        const rows = Array.from({ length: size }, (_, index) => [`pair ${index}`, size - index]);
        const value = table(rows, [{ row: winner, role: 'chosen' }]);
        const [bet] = betsOf(trace([value], [frame({ op: 'choose', inputs: [{ name: 'pairs', value: 0 }] })]), rule);
        expect(bet?.offered).toContain(winner);
        expect(new Set(bet?.offered).size).toBe(Math.min(6, size));
      }),
    );
  });

  it('is not asked where there is nothing to choose', () => {
    const one = table([['a + b', 3]]);
    expect(betsOf(trace([one], [frame({ op: 'choose', inputs: [{ name: 'pairs', value: 0 }] })]), rule)).toEqual([]);
    expect(betsOf(trace([pairs], [frame({ op: 'choose' })]), rule)).toEqual([]);
  });
});

describe('the options of a question', () => {
  it('are all shown, in the same order each time', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 12 }), (id, count) => {
        const order = shownOrder(id, count);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
        expect(shownOrder(id, count)).toEqual(order);
      }),
    );
  });

  it('stand anywhere: over many questions the first of the file comes first about as often as last', () => {
    const places = [0, 0, 0, 0];
    for (let question = 0; question < 4000; question++) {
      places[shownOrder(`question-${question}`, 4).indexOf(0)]! += 1;
    }
    expect(Math.min(...places)).toBeGreaterThan(900);
  });
});

describe('a plotted series', () => {
  const growth = (rows: [number, number][]): TableValue => ({
    kind: 'table',
    columns: [
      { id: 'x', label: 'x', type: 'number' },
      { id: 'y', label: 'the y', type: 'number' },
    ],
    rows,
  });
  const part = (first: number, tables: TableValue[], op = 'step') => ({
    values: tables,
    frames: tables.map((_, index) => frame({ op, outputs: [{ name: 'growth', value: first + index }] })),
  });

  it('goes on over parts, whose value ids go on counting', () => {
    const series = new Series({ table: 'growth', x: 'x', y: ['y'] });
    series.add(part(0, [growth([[1, 10]]), growth([[2, 20]])]));
    series.add(part(2, [growth([[3, 30]])]));
    expect(series.drawn).toEqual([
      {
        id: 'y',
        label: 'the y',
        points: [
          [1, 10],
          [2, 20],
          [3, 30],
        ],
      },
    ]);
    expect(series.frames).toBe(3);
  });

  it('starts anew at a restart', () => {
    const series = new Series({ table: 'growth', x: 'x', y: ['y'] });
    series.add(part(0, [growth([[1, 10]])]));
    series.add(part(1, [growth([[0, 1]])], 'restart'));
    expect(series.drawn[0]?.points).toEqual([[0, 1]]);
  });

  it('stays small however long it runs, and keeps its order', () => {
    const series = new Series({ table: 'growth', x: 'x', y: ['y'] });
    for (let first = 0; first < 30; first++) {
      series.add(part(first, [growth(Array.from({ length: 1000 }, (_, i) => [first * 1000 + i, i]))]));
    }
    const xs = series.drawn[0]?.points.map(([x]) => x) ?? [];
    expect(xs.length).toBeLessThanOrEqual(5000);
    expect(xs.length).toBeGreaterThan(1000);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
  });

  it('names the columns there are when one is missing', () => {
    const series = new Series({ table: 'growth', x: 'x', y: ['z'] });
    expect(() => series.add(part(0, [growth([[1, 1]])]))).toThrow(/no column "z". It has: x, y/);
  });
});

describe('visible text', () => {
  it('loses nothing: the stretches joined are the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(
          visibleStretches(text)
            .map(({ real }) => real)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it.each([
    [' ', '␣'],
    ['\n', '↵'],
    ['\t', '→'],
    ['\u00a0', '⍽'],
    ['\u200b', 'U+200B'],
    ['\ufeff', 'U+FEFF'],
    ['\ud83d', 'U+D83D'],
    ['\u202e', 'U+202E'],
    ['\ufe0f', 'U+FE0F'],
  ])('gives %j a sign', (character, sign) => {
    expect(visibleStretches(`a${character}b`)).toEqual([{ real: 'a' }, { real: character, sign }, { real: 'b' }]);
  });

  it('tells the bytes of a spelled text from its text', () => {
    expect(looseBytes('a‹C3›')).toEqual(['a', '‹C3›', '']);
    expect(looseBytes('‹41› and ‹no›')).toEqual(['‹41› and ‹no›']); // 41 is a letter, so no tokenizer spells it so
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        fc.pre(!Buffer.from(bytes).toString('utf8').includes('‹'));
        const back = looseBytes(spell(bytes)).map((part, index) =>
          index % 2 === 1 ? Buffer.from(part.slice(1, 3), 'hex') : Buffer.from(part),
        );
        expect(Buffer.concat(back)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('writes bytes as people do', () => {
    expect(hexBytes([0xf0, 0x9f, 0x0a])).toBe('F0 9F 0A');
  });
});
