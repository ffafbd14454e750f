// The programs of the lessons on search: what they show held against plain arithmetic and against what must hold of any
// question.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosinesOf, lossOf, startingAngles, trained } from '../../../src/programs/contrastivePairs.ts';
import { readLabelled } from '../../../src/programs/labelledQuestions.ts';
import { CLAUSES } from '../../../src/programs/tenancy.ts';
import { bakeries, letters, onGlobe } from '../../../src/programs/town.ts';
import type { TensorValue, Trace } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table } from './run.ts';

const numbers = (trace: Trace, op: string, name: string) => {
  const { bytes } = output(trace, framesOf(trace, op)[0], name) as TensorValue;
  return [...new Float32Array(trace.buffer!, bytes!.offset, bytes!.length / 4)];
};

describe('two-searches', () => {
  it('finds no word where none is shared, and every clause by its own title', async () => {
    const none = await run('two-searches', { query: 'qqq' });
    expect(table(none, framesOf(none, 'search')[0], 'lists').rows.every(([, words]) => words === '–')).toBe(true);
    for (const [i, { title, text }] of CLAUSES.entries()) {
      const trace = await run('two-searches', { query: `${title}. ${text}` });
      const [first] = table(trace, framesOf(trace, 'search')[0], 'lists').rows;
      expect(first![1]).toMatch(new RegExp(`^${i + 1} `, 'u'));
      expect(first![2]).toBe(`${i + 1} ${title}: 1`);
    }
  });
});

describe('sentence-vector', () => {
  it('adds up: the cells make the cosine, the vector has length 1, the order doesn’t matter', async () => {
    const trace = await run('sentence-vector', { text: 'a lost key', other: 'the key is lost, buy a lock' });
    const { value } = output(trace, framesOf(trace, 'compare')[0], 'cosine') as { value: number };
    expect(numbers(trace, 'compare', 'adds').reduce((a, b) => a + b)).toBeCloseTo(value, 3);
    expect(numbers(trace, 'normalise', 'vector').reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 5);
    const turned = await run('sentence-vector', { text: 'key lost a', other: 'a lost key' });
    expect(output(turned, framesOf(turned, 'compare')[0], 'cosine')).toMatchObject({ value: 1 });
  });

  it('says of an empty sentence that it has no direction', async () => {
    const trace = await run('sentence-vector', { text: '' });
    expect(trace.frames.at(-1)!.note).toContain('no direction');
  });
});

describe('bm25-by-hand', () => {
  it('adds up its words, and agrees with the ranking', async () => {
    const trace = await run('bm25-by-hand', { query: 'lost key on the stairs', clause: '14' });
    const words = table(trace, framesOf(trace, 'score')[0], 'words').rows;
    const sum = words.reduce((total, row) => total + Number(row.at(-1)), 0);
    const ranking = table(trace, framesOf(trace, 'rank')[0], 'ranking').rows;
    expect(ranking.find(([, clause]) => clause === '14 Bicycles')![2]).toBeCloseTo(sum, 1);
    expect(words.map(([word]) => word)).toEqual(['lost', 'key', 'on', 'the', 'stairs']);
  });
});

describe('contrastive training', () => {
  it('goes down the slope that small differences show', () => {
    const start = startingAngles();
    const step = trained(start, 0.3);
    const tiny = 1e-5;
    start.questions.forEach((_, i) => {
      const nudged = (by: number) =>
        lossOf({ ...start, questions: start.questions.map((angle, j) => (i === j ? angle + by : angle)) }, 0.3);
      const slope = (nudged(tiny) - nudged(-tiny)) / (2 * tiny);
      expect(step.questions[i]! - start.questions[i]!).toBeCloseTo(-0.1 * slope, 6);
    });
    start.clauses.forEach((_, i) => {
      const nudged = (by: number) =>
        lossOf({ ...start, clauses: start.clauses.map((angle, j) => (i === j ? angle + by : angle)) }, 0.3);
      const slope = (nudged(tiny) - nudged(-tiny)) / (2 * tiny);
      expect(step.clauses[i]! - start.clauses[i]!).toBeCloseTo(-0.1 * slope, 6);
    });
  });

  it('is the log of their number where all cosines are the same', () => {
    expect(lossOf({ questions: [1, 1, 1], clauses: [2, 2, 2] }, 0.2)).toBeCloseTo(Math.log(3), 12);
    expect(cosinesOf({ questions: [0], clauses: [Math.PI / 3] })[0]![0]).toBeCloseTo(0.5, 12);
  });
});

describe('labelled questions', () => {
  it('are read line by line, and what is none of them is handed back', () => {
    expect(readLabelled('a => 4\n\n b? => 15 , 16\nc => 0\nno\nd => 19\n=> 3')).toEqual({
      labelled: [
        { question: 'a', clauses: [3] },
        { question: 'b?', clauses: [14, 15] },
        { question: 'c', clauses: [] },
      ],
      unread: ['no', 'd => 19', '=> 3'],
    });
  });

  it('count every question once, at any threshold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 90 }), async (hundredths) => {
        const trace = await run('labelled-questions', { threshold: hundredths / 100 });
        const [, right, wrong, silent] = /: (\d+) right, (\d+) false answers?, (\d+) silent/u.exec(
          framesOf(trace, 'answer')[0]!.note!,
        )!;
        expect(Number(right) + Number(wrong) + Number(silent)).toBe(14);
      }),
      { numRuns: 10 },
    );
  });
});

describe('the town', () => {
  it('lies on a globe so that near in town is a high dot product', () => {
    const town = bakeries(200);
    const you = { x: 0.2, y: -0.4 };
    const query = onGlobe(you);
    const order = (far: (place: (typeof town)[number]) => number) => town.map(far);
    const dots = order((place) => -onGlobe(place).reduce((sum, value, i) => sum + value * query[i]!, 0));
    const away = order((place) => Math.hypot(place.x - you.x, place.y - you.y));
    const nearest = (values: readonly number[]) => values.indexOf(Math.min(...values));
    expect(nearest(dots)).toBe(nearest(away));
    for (const place of town) {
      expect(onGlobe(place).reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 6);
    }
    expect(bakeries(50)).toEqual(town.slice(0, 50));
  });

  it('is searched in full where all districts are, for any place', async () => {
    const spot = fc.integer({ min: -100, max: 100 }).map((value) => value / 100);
    await fc.assert(
      fc.asyncProperty(spot, spot, async (x, y) => {
        const trace = await run('town-search', { x, y, probes: 30 });
        expect(table(trace, framesOf(trace, 'probe')[0], 'bill').rows[1]!.slice(1)).toEqual([214, 5]);
      }),
      { numRuns: 15 },
    );
  });

  it('writes letters that are all different, and always the same', () => {
    expect(new Set(letters(500)).size).toBe(500);
    expect(letters(500).slice(0, 100)).toEqual(letters(100));
  });
});
