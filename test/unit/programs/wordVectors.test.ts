// The programs of lesson 14: that what they show holds, whatever they are asked.

import { describe, expect, it } from 'vitest';
import { KINDS, marketTalk } from '../../../src/programs/marketTalk.ts';
import type { PlaneValue } from '../../../src/shared/planeValue.ts';
import type { PointsValue } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table, text } from './run.ts';

describe('the language of the village', () => {
  it('is the same each time, uses every word of every kind, and never says a kind', () => {
    const talk = marketTalk(600);
    expect(marketTalk(600)).toEqual(talk);
    const words = new Set(talk.flat());
    expect(Object.values(KINDS).every((kind) => kind.every((word) => words.has(word)))).toBe(true);
    expect(Object.keys(KINDS).filter((kind) => kind !== 'food' && kind !== 'weather' && words.has(kind))).toEqual([]);
  });
});

describe('skip-gram', () => {
  it('draws every map on the same axes, with a path that grows to where the word is', async () => {
    const trace = await run('skip-gram', { word: 'fog' });
    const maps = framesOf(trace, 'train').map((frame) => output(trace, frame, 'map') as PlaneValue);
    expect(maps.length).toBeGreaterThan(10);
    maps.forEach((map, i) => {
      expect([map.x, map.y, map.groups]).toEqual([maps[0]!.x, maps[0]!.y, maps[0]!.groups]);
      const fog = map.points!.find(({ label }) => label === 'fog')!;
      expect(map.paths![0]!.points).toHaveLength(i + 1);
      expect(map.paths![0]!.points.at(-1)).toEqual([fog.x, fog.y]);
    });
    const [first] = table(trace, framesOf(trace, 'neighbours')[0], 'neighbours').rows;
    expect(KINDS.weather).toContain(first![2]);
  });
});

describe('window-forgets', () => {
  it('gives both names the same shares exactly where neither is in sight', async () => {
    for (const [window, between, sees] of [
      [3, 'short', false],
      [4, 'short', true],
      [12, 'long', false],
    ] as const) {
      const trace = await run('window-forgets', { window, between });
      const [frame] = framesOf(trace, 'compare');
      const rows = table(trace, frame, 'shares').rows;
      expect(rows.every(([, hers, his]) => hers === his)).toBe(!sees);
      const { marks } = text(trace, framesOf(trace, 'window')[0], 'text');
      expect(marks!.some(({ role, start }) => role === 'dim' && start === 0)).toBe(!sees);
    }
  });
});

describe('analogy', () => {
  it('takes the three words out of the second list and of no other', async () => {
    const trace = await run('analogy', { from: ' Cats', minus: 'cat', plus: 'dog' });
    const { rows, marks } = table(trace, framesOf(trace, 'nearest')[0], 'neighbours');
    const without = rows.map((row) => row[2]);
    expect(['cats', 'cat', 'dog'].some((word) => without.includes(word))).toBe(false);
    expect(marks!.map(({ row }) => rows[row]![0])).toContain('cats');
    const { points, lines } = output(trace, framesOf(trace, 'map')[0], 'map') as PointsValue;
    // The sum stands off the first word as the third off the second, flat as well.
    const way = ([a, b]: readonly [readonly [number, number], readonly [number, number]]) => [b[0] - a[0], b[1] - a[1]];
    const [step, same] = lines!.map(({ from, to }) => way([from, to])) as [number[], number[]];
    step.forEach((value, c) => {
      expect(same[c]).toBeCloseTo(value, 4);
    });
    expect(points.at(-1)!.label).toBe('the sum');
  });

  it('names the word that it does not have', async () => {
    const trace = await run('analogy', { from: 'zzyx' });
    expect(trace.frames[0]!.note).toContain('“zzyx” is not among the 20,000 words');
  });
});

describe('word-map and word-bias', () => {
  it('list the nearest by cosine, and say when there is too little to draw', async () => {
    const trace = await run('word-map', { word: 'rain', words: 'rain snow wind bread' });
    const rows = table(trace, framesOf(trace, 'map')[0], 'neighbours').rows;
    const cosines = rows.map((row) => Number(row[1]));
    expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
    expect((await run('word-map', { words: 'rain snow', word: 'rain' })).frames[0]!.op).toBe('missing');
  });

  it('turn round when the two ends do', async () => {
    const leans = async (one: string, other: string) => {
      const trace = await run('word-bias', { one, other, words: 'nurse captain' });
      return new Map(table(trace, trace.frames[0], 'words').rows.map(([word, value]) => [word, Number(value)]));
    };
    const [there, back] = [await leans('she', 'he'), await leans('he', 'she')];
    for (const [word, value] of there) {
      expect(back.get(word)).toBeCloseTo(-value, 6);
    }
  });
});
