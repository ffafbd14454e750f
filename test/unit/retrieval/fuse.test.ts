// Rank fusion against the formula of its paper, worked by hand, and what must hold for any rankings.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuse, RRF_K } from '../../../src/retrieval/fuse.ts';
import { reranked } from '../../../src/retrieval/rerank.ts';

test('an example worked by hand', () => {
  const [first, second, third] = fuse(
    [
      [7, 9],
      [9, 4],
    ],
    [1, 0.5],
    { k: 60 },
  );
  expect([first!.id, second!.id, third!.id]).toEqual([9, 7, 4]);
  expect(first!.score).toBeCloseTo(1 / 62 + 0.5 / 61, 12);
  expect(first!.parts).toEqual([
    { rank: 2, adds: 1 / 62 },
    { rank: 1, adds: 0.5 / 61 },
  ]);
  expect(second!.parts[1]).toEqual({ rank: undefined, adds: 0 });
  expect(third!.score).toBeCloseTo(0.5 / 62, 12);
});

test('a weight of 0 leaves a ranking out of the order of the others', () => {
  expect(
    fuse(
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
      [1, 0],
    ).map(({ id }) => id),
  ).toEqual([1, 2, 3]);
});

test('nothing to fuse is nothing, and equal scores stand in the order of their ids', () => {
  expect(fuse([], [])).toEqual([]);
  expect(fuse([[], []], [1, 1])).toEqual([]);
  expect(fuse([[5], [2]], [1, 1]).map(({ id }) => id)).toEqual([2, 5]);
});

const ranking = fc.uniqueArray(fc.integer({ min: 0, max: 30 }));

test('each id once, best first, its score the sum of its parts', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(ranking, fc.double({ min: 0, max: 3, noNaN: true })), { maxLength: 4 }), (given) => {
      const lists = given.map(([list]) => list);
      const fused = fuse(
        lists,
        given.map(([, weight]) => weight),
      );
      expect(fused.map(({ id }) => id).sort()).toEqual([...new Set(lists.flat())].sort());
      fused.forEach(({ id, score, parts }, i) => {
        const expected = given.map(([list, weight]) =>
          list.includes(id) ? weight / (RRF_K + list.indexOf(id) + 1) : 0,
        );
        expect(score).toBeCloseTo(
          expected.reduce((a, b) => a + b, 0),
          12,
        );
        expect(parts.map(({ adds }) => adds)).toEqual(expected);
        expect(i === 0 || fused[i - 1]!.score >= score).toBe(true);
      });
    }),
  );
});

test('to come first in one more ranking never puts an id lower', () => {
  fc.assert(
    fc.property(ranking, ranking, fc.integer({ min: 0, max: 30 }), (a, b, id) => {
      const place = (lists: number[][]) => fuse(lists, [1, 1]).findIndex((one) => one.id === id);
      const before = place([a, b.filter((other) => other !== id)]);
      const after = place([a, [id, ...b.filter((other) => other !== id)]]);
      expect(before === -1 || after <= before).toBe(true);
    }),
  );
});

describe('re-ranking', () => {
  const order = (ids: number[], scores: number[]) => reranked(ids, scores).map(({ id }) => id);

  test('takes both orders into account', () => {
    expect(order([4, 5, 6], [0.9, 0.5, 0.1])).toEqual([4, 5, 6]);
    expect(order([4, 5, 6], [0.1, 0.9, 0.2])).toEqual([5, 4, 6]);
    expect(reranked([4, 5], [0.1, 0.9])[0]!.parts.map(({ rank }) => rank)).toEqual([1, 2]);
  });

  test('loses nothing, and leaves an order that the scores agree with as it is', () => {
    fc.assert(
      fc.property(ranking, fc.array(fc.double({ noNaN: true }), { minLength: 40, maxLength: 40 }), (ids, scores) => {
        expect(order(ids, scores).sort()).toEqual([...ids].sort());
        expect(
          order(
            ids,
            [...scores].sort((a, b) => b - a),
          ),
        ).toEqual(ids);
        expect(
          order(
            ids,
            scores.map(() => 1),
          ),
        ).toEqual(ids);
      }),
    );
  });
});
