// What counts as found, and how it is counted: small rankings whose figures are worked out by hand beside them.

import { describe, expect, test } from 'vitest';
import { gradesOf, type Label, type Place } from '../../../../src/retrieval/evaluation/grades.ts';

const chunk = (path: string, startLine = 1, endLine = 10): Place => ({ path, startLine, endLine });
const lines = (path: string, first: number, last: number, grade = 1): Label => ({
  path,
  lines: { first, last },
  grade,
});
const file = (path: string, grade = 1): Label => ({ path, grade });

describe('labels that name lines', () => {
  test('one right place, third of four: 1/3, and 1 / log2(4) of the best order', () => {
    const found = [chunk('a'), chunk('b'), chunk('right', 5, 20), chunk('c')];
    expect(gradesOf(found, [lines('right', 5, 20)])).toEqual({
      ...{ recall1: 0, recall5: 1, recall10: 1 },
      mrr: 1 / 3,
      ndcg10: 0.5,
    });
  });

  test('two of two graded 3 and 1, found in the wrong order at places 2 and 4', () => {
    const found = [
      chunk('c.ts', 1, 9),
      chunk('b.ts', 1, 8), // all four labelled lines: reaches
      chunk('a.ts', 1, 12), // three lines of ten: does not
      chunk('a.ts', 13, 30), // seven lines of ten: reaches
      chunk('a.ts', 15, 16), // inside of it, and it counts once
    ];
    const { recall1, recall5, mrr, ndcg10 } = gradesOf(found, [lines('a.ts', 10, 19, 3), lines('b.ts', 1, 4)]);
    expect([recall1, recall5, mrr]).toEqual([0, 1, 0.5]);
    // 1/log2(3) + 3/log2(5) = 0.63093 + 1.29203, of at best 3 + 1/log2(3) = 3.63093
    expect(ndcg10).toBeCloseTo(1.92296 / 3.63093, 5);
  });

  test('of ten places with one at each of 1, 7 and 11: recall 1/3, 1/3, 2/3', () => {
    const right = new Set([0, 6, 10]);
    const found = Array.from({ length: 12 }, (_, i) => chunk(right.has(i) ? `right${i}` : `wrong${i}`));
    const grades = gradesOf(
      found,
      [...right].map((i) => lines(`right${i}`, 1, 10)),
    );
    expect(grades.recall1).toBeCloseTo(1 / 3, 12);
    expect(grades.recall5).toBeCloseTo(1 / 3, 12);
    expect(grades.recall10).toBeCloseTo(2 / 3, 12);
    expect(grades.mrr).toBe(1);
    // 1 + 1/log2(8), of at best 1 + 1/log2(3) + 1/log2(4)
    expect(grades.ndcg10).toBeCloseTo((1 + 1 / 3) / (1 + 0.6309297536 + 0.5), 9);
  });

  test('a chunk inside of a long label reaches it, and so does one around a short label; half is enough', () => {
    const reached = (found: Place, label: Label) => gradesOf([found], [label]).recall1 === 1;
    expect(reached(chunk('a', 50, 52), lines('a', 1, 100))).toBe(true);
    expect(reached(chunk('a', 1, 100), lines('a', 50, 52))).toBe(true);
    expect(reached(chunk('a', 1, 4), lines('a', 3, 6))).toBe(true); // two of four
    expect(reached(chunk('a', 1, 4), lines('a', 4, 7))).toBe(false); // one of four
    expect(reached(chunk('b', 50, 52), lines('a', 1, 100))).toBe(false);
  });

  test('a chunk that reaches two labels counts for the better of them alone', () => {
    const labels = [lines('a', 1, 2, 1), lines('a', 3, 4, 2)];
    const once = gradesOf([chunk('a', 1, 4)], labels);
    expect(once.recall10).toBe(0.5);
    expect(once.ndcg10).toBeCloseTo(2 / (2 + 1 / Math.log2(3)), 12);
    expect(gradesOf([chunk('a', 1, 4), chunk('a', 1, 2)], labels).recall10).toBe(1);
  });
});

describe('labels that name files', () => {
  test('chunks of one file are one hit, where the first of them stands', () => {
    const found = [chunk('x'), chunk('a', 1, 5), chunk('a', 6, 9), chunk('y'), chunk('b')];
    const { recall1, recall5, mrr, ndcg10 } = gradesOf(found, [file('a'), file('b')]);
    // The files x, a, y, b: right at 2 and 4.
    expect([recall1, recall5, mrr]).toEqual([0, 1, 0.5]);
    expect(ndcg10).toBeCloseTo((0.6309297536 + 0.4306765581) / 1.6309297536, 9);
  });

  test('many chunks of a wrong file push nothing out of the first five', () => {
    const found = [...Array.from({ length: 20 }, (_, i) => chunk('wrong', i, i)), chunk('right')];
    expect(gradesOf(found, [file('right')])).toMatchObject({ recall1: 0, recall5: 1, mrr: 0.5 });
  });
});

test('nothing found, and nothing right: zero, and not NaN', () => {
  const zero = { recall1: 0, recall5: 0, recall10: 0, mrr: 0, ndcg10: 0 };
  expect(gradesOf([], [file('a')])).toEqual(zero);
  expect(gradesOf([], [lines('a', 1, 2)])).toEqual(zero);
  expect(gradesOf([chunk('b')], [lines('a', 1, 2)])).toEqual(zero);
});
