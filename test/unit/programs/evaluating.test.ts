// The programs of the lesson on evaluation: rankings that stay permutations, measures against plain definitions, intervals
// around their means, and a judge that does what it says.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLabels, searchAll } from '../../../src/programs/labelledSearch.ts';
import { BOARD, LABELS } from '../../../src/programs/potteryLabels.ts';
import { testModels } from './models.ts';
import { framesOf, run, table } from './run.ts';

const at = fc.integer({ min: 1, max: 10 });

describe('rank-metrics', () => {
  it('keeps all ten hits, puts the first wish where it was wished, and measures what stands there', async () => {
    await fc.assert(
      fc.asyncProperty(at, at, at, at, async (answer, students, clay, k) => {
        const trace = await run('rank-metrics', { answer, students, clay, k });
        const [frame] = framesOf(trace, 'measure');
        const hits = table(trace, frame, 'hits').rows;
        expect(new Set(hits.map((row) => row[1])).size).toBe(10);
        expect(hits[answer - 1]![2]).toBe(2);
        const grades = hits.map((row) => Number(row[2]));
        expect(grades.toSorted((a, b) => b - a).slice(0, 4)).toEqual([2, 1, 1, 0]);
        const now = table(trace, frame, 'measures').rows.map((row) => Number(row[2]));
        const inTop = grades.slice(0, k).filter((grade) => grade > 0).length;
        const gain = (of: readonly number[]) =>
          of.slice(0, k).reduce((sum, grade, i) => sum + (grade * Math.LN2) / Math.log(i + 2), 0);
        const expected = [
          inTop / 3,
          inTop / k,
          1 / (grades.findIndex((grade) => grade > 0) + 1),
          gain(grades) / gain([2, 1, 1]),
        ];
        now.forEach((value, i) => void expect(value).toBeCloseTo(expected[i]!, 2));
      }),
      { numRuns: 40 },
    );
  });
});

describe('labels', () => {
  it('are read with the best passage first, and lines without one left out', () => {
    const labels = readLabels('a => 3, 1, 3\nb\nc => 99\n\n d =>2 ', 5);
    expect(labels).toEqual([
      {
        question: 'a',
        grades: new Map([
          [2, 2],
          [0, 1],
        ]),
      },
      { question: 'd', grades: new Map([[1, 2]]) },
    ]);
    expect(readLabels(LABELS, BOARD.length)).toHaveLength(LABELS.split('\n').length);
  });
});

describe('search-ways', () => {
  it('finds a passage by its own words in all four ways', async () => {
    const found = await searchAll(await testModels.embedder('static'), BOARD, [BOARD[10]!]);
    expect(Object.values(found).map(([first]) => first![0])).toEqual([10, 10, 10, 10]);
  });

  it('has the mean of the differences inside its interval, and 2,000 drawings in its hill', async () => {
    const trace = await run('search-ways', { first: 'fusion', second: 'grep' });
    const note = framesOf(trace, 'ways')[0]!.note!;
    const [mean, low, high] = /grep: (\S+), .* from (\S+) to (\S+)\. Zero/.exec(note)!.slice(1).map(Number);
    const ndcg = table(trace, framesOf(trace, 'ways')[0], 'ways').rows.map((row) => Number(row[3]));
    expect(mean).toBeCloseTo(ndcg[3]! - ndcg[0]!, 2);
    expect(low).toBeLessThan(mean!);
    expect(high).toBeGreaterThan(mean!);
    const spread = table(trace, framesOf(trace, 'drawings')[0], 'spread').rows;
    expect(spread.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(2000);
    const inside = spread.filter(([by]) => Number(by) >= low! - 0.01 && Number(by) <= high! + 0.01);
    expect(inside.reduce((sum, row) => sum + Number(row[1]), 0)).toBeGreaterThan(1850);
    expect(table(trace, framesOf(trace, 'drawings')[0], 'drawings').rows).toHaveLength(8);
  });

  it('takes a way against itself, one question, and none', async () => {
    const same = await run('search-ways', { first: 'BM25', second: 'BM25' });
    expect(framesOf(same, 'ways')[0]!.note).toContain('with itself');
    for (const questions of ['E7 => 11', '']) {
      const trace = await run('search-ways', { questions });
      expect(trace.frames.map(({ note }) => note).join(' ')).not.toMatch(/NaN|Infinity/);
    }
  });
});

describe('faithful-check', () => {
  it('finds what the board says word for word, and takes an empty answer', async () => {
    const trace = await run('faithful-check', { answer: `${BOARD[10]!} The moon is made of cheese.` });
    const { rows } = table(trace, framesOf(trace, 'check')[0], 'checked');
    expect(rows.map((row) => row[1])).toEqual(['borne out', 'not borne out']);
    expect(rows[0]!.slice(2, 4)).toEqual([1, BOARD[10]]);
    expect(rows[1]![4]).toContain('moon');
    const empty = await run('faithful-check', { answer: '' });
    expect(table(empty, framesOf(empty, 'check')[0], 'checked').rows).toEqual([]);
  });
});

describe('judge-bias', () => {
  it('prefers the higher grade, the first on a tie, and counts what falls in the other order', async () => {
    for (const pairs of ['false', 'longer', 'number']) {
      const verdicts = async (swap: boolean) => {
        const trace = await run('judge-bias', { pairs, swap });
        return { trace, rows: table(trace, framesOf(trace, 'judge')[0], 'verdicts').rows };
      };
      const [one, other] = [await verdicts(false), await verdicts(true)];
      for (const row of one.rows) {
        expect(row[1]).toBe(Number(row[3]) >= Number(row[5]) ? 'the first' : 'the second');
      }
      // The answer that is preferred, by what it says.
      const chosen = ({ rows }: typeof one) => rows.map((row) => (row[1] === 'the first' ? row[2] : row[4]));
      const fallen = chosen(one).filter((answer, i) => answer !== chosen(other)[i]).length;
      expect(framesOf(one.trace, 'swap')[0]!.note).toContain(`${fallen} of ${one.rows.length} verdicts`);
    }
  });
});
