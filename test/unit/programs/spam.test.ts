// The programs of lesson 13: that what they show adds up, whatever they are asked.

import { describe, expect, it } from 'vitest';
import { mailSets } from '../../../src/model/mails/mails.ts';
import type { PlaneValue } from '../../../src/shared/planeValue.ts';
import type { VerdictsValue } from '../../../src/shared/verdictsValue.ts';
import { framesOf, output, run, table } from './run.ts';

describe('spam-words', () => {
  it('adds weights up to the score, and says which word decides', async () => {
    const trace = await run('spam-words', { mail: 'Hi Tomas, lunch is free today! Click the link.' });
    const rows = table(trace, framesOf(trace, 'add-up')[0], 'sums').rows;
    const sum = rows.reduce((total, [, weight]) => total + Number(weight), 0);
    expect(sum).toBeCloseTo(Number(rows.at(-1)![2]), 1);
    expect(framesOf(trace, 'verdict')[0]!.label).toBe('Verdict: spam');
    expect(framesOf(trace, 'add-up')[0]!.note).toMatch(/Without “click” it would be called wanted\.$/);
    const open = await run('spam-words', { mail: 'Hi Tomas, lunch is free today! Open the link.' });
    expect(framesOf(open, 'verdict')[0]!.label).toBe('Verdict: wanted');
  });

  it('says of unknown words that only the prior is left', async () => {
    const trace = await run('spam-words', { mail: 'zyx' });
    expect(framesOf(trace, 'verdict')[0]!.note).toContain('All that is left is the prior, −0.39');
  });
});

describe('spam-threshold', () => {
  it('shows every mail, and lists as many mistakes as the counts say', async () => {
    for (const threshold of [-12, -2, 0, 8, 12]) {
      const trace = await run('spam-threshold', { threshold });
      const [frame] = framesOf(trace, 'judge');
      const verdicts = output(trace, frame, 'verdicts') as VerdictsValue;
      expect(verdicts.items).toHaveLength(mailSets().validation.length);
      const wrong = verdicts.items.filter(({ score, positive }) => score > threshold !== positive).length;
      expect(table(trace, frame, 'mistakes').rows).toHaveLength(wrong);
      expect(frame!.note).toMatch(/^\d+ spam mails? caught/);
    }
  });

  it('prices every threshold, the cheapest first', async () => {
    const trace = await run('spam-threshold', { cost: 10 });
    const { rows, marks } = table(trace, framesOf(trace, 'every-threshold')[0], 'prices');
    expect(marks).toEqual([{ row: 0, role: 'chosen' }]);
    const costs = rows.map(([, cost]) => Number(cost));
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    expect(new Set(rows.map(([threshold]) => threshold)).size).toBe(49);
    for (const [, cost, lost, missed] of rows) {
      expect(cost).toBe(Number(missed) + 10 * Number(lost));
    }
  });
});

describe('spam-compare', () => {
  it('counts family by family what it sums up, in each deal', async () => {
    const trace = await run('spam-compare', { deal: 2 });
    const sums = table(trace, framesOf(trace, 'compare')[0], 'filters').rows;
    for (const [column, filter] of [
      [2, 'naive Bayes'],
      [3, 'logistic regression'],
      [4, 'sentence vectors'],
    ] as const) {
      const [, , validation, test] = sums.find(([name]) => name === filter)!;
      for (const [part, share] of [
        ['validation', validation],
        ['test', test],
      ] as const) {
        const { rows } = table(trace, framesOf(trace, 'by-family')[0], part);
        const total = (at: number) => rows.reduce((sum, row) => sum + Number(row[at]), 0);
        expect(`${Number(((100 * total(column)) / total(1)).toFixed(1))}%`).toBe(share);
      }
    }
  });
});

describe('spam-weights', () => {
  it('lets a word and its twin share', async () => {
    const trace = await run('spam-weights', { twin: 'click' });
    const rows = table(trace, framesOf(trace, 'weights')[0], 'for spam').rows;
    const weights = rows.filter(([word]) => String(word).startsWith('click')).map(([, weight]) => weight);
    expect(weights).toHaveLength(2);
    expect(weights[0]).toBe(weights[1]);
  });
});

describe('spam-plane', () => {
  it('rings as many mails as are wrong', async () => {
    const trace = await run('spam-plane', { part: 'test', threshold: 0.5 });
    const [frame] = framesOf(trace, 'plane');
    const { points = [], lines = [] } = output(trace, frame, 'mails') as PlaneValue;
    const [{ weights, bias }] = lines as [(typeof lines)[number]];
    const wrong = points.filter(({ x, y, group }) => weights[0] * x + weights[1] * y + bias > 0 !== (group === 'spam'));
    expect(points.filter(({ wrong: ringed }) => ringed)).toHaveLength(wrong.length);
    const right = 100 * (1 - wrong.length / points.length);
    expect(frame!.note).toContain(`on ${Number(right.toFixed(1))}% of these mails`);
  });
});
