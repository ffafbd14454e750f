// Maps of an index: what they keep of its neighbourhoods, whom they sample, how they are coloured, and that they give way.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wasmNearest } from '../../../src/engine/kernels/wasmNearest.ts';
import { quantiseRow } from '../../../src/retrieval/vectors/quantise.ts';
import { RowSet } from '../../../src/retrieval/vectors/rowSet.ts';
import { FEWEST_FOR_UMAP, type MapWork, MOST_SAMPLED, pcaMap, umapMap } from '../../../src/services/search/maps.ts';
import { categoriesOf, foldersOf } from '../../../src/services/search/mapsCategories.ts';
import { slicedPause } from '../../../src/services/search/mapsPause.ts';
import { readPoints, spreadSample } from '../../../src/services/search/mapsPoints.ts';
import { seededRandom, systemClock } from '../../../src/shared/environment.ts';
import type { Progress } from '../../../src/shared/messages.ts';
import { modules } from '../engine/kernelModules.ts';
import { clusteredRows, randomRows } from '../retrieval/vectors/samples.ts';
import { trustworthiness } from '../retrieval/vectors/trustworthiness.ts';
import { idOf, knownIndex } from './mapsIndex.ts';

const kernels = wasmNearest(modules.simd);
const work: MapWork = { kernels, seed: 5, pause: async () => {} };
const model = { id: 'm', label: 'M', dimensions: 32 };

function rowSetOf(rows: readonly Float32Array[]): RowSet {
  const set = new RowSet(rows[0].length);
  for (const row of rows) {
    set.push(row);
  }
  return set;
}

describe('a map of the index', () => {
  const rows = clusteredRows(600, 32, 12, 0.7, 4);
  const set = rowSetOf(rows);
  const all = [...rows.keys()];
  const sample = spreadSample(all, 250, 1);

  test('by UMAP keeps neighbours, of sampled points and of placed ones, far better than chance and than a PCA', async () => {
    const progress: Progress[] = [];
    const map = await umapMap(set, sample, { ...work, onProgress: (one) => progress.push(one) });
    const xy = new Float32Array(map.xy);
    const flat = new Float32Array((await pcaMap(set, sample, work)).xy);
    const random = seededRandom(1);
    const chance = Float32Array.from({ length: xy.length }, random);
    const [own, pca, none] = [xy, flat, chance].map((map) => trustworthiness(rows, map, 10));
    expect(own).toBeGreaterThan(0.9);
    expect(own).toBeGreaterThan(pca);
    expect(none).toBeLessThan(0.55);
    const placed = all.filter((point) => new Uint8Array(map.sampled)[point] === 0);
    expect(placed).toHaveLength(350);
    const ofPlaced = Float32Array.from(placed.flatMap((point) => [xy[2 * point], xy[2 * point + 1]]));
    const rowsPlaced = placed.map((point) => rows[point]);
    expect(trustworthiness(rowsPlaced, ofPlaced, 10)).toBeGreaterThan(0.85);
    expect(map.kept).toBeGreaterThan(0.2);
    expect(map.explained).toBeUndefined();
    expect(map.said).toContain('250 of 600');
    expect(progress.at(-1)).toEqual({ done: 350, total: 350, unit: 'points placed' });
    expect(progress[0]).toEqual({ done: 1, total: 400, unit: 'layout steps' });
  });

  test('by PCA is the same for a sample as for all, but for what a sample can miss', async () => {
    const ofSample = await pcaMap(set, sample, work);
    const ofAll = await pcaMap(set, all, work);
    expect([...new Uint8Array(ofSample.sampled)]).toEqual(all.map(() => 1));
    expect(Math.abs(ofSample.explained![0] - ofAll.explained![0])).toBeLessThan(0.05);
    expect(ofSample.said).toContain('250 of 600');
    expect(ofAll.said).not.toContain('600');
    expect(trustworthiness(rows, new Float32Array(ofAll.xy), 10)).toBeGreaterThan(0.6);
  });

  test('of very few points is a PCA, and says so', async () => {
    for (const count of [1, 2, FEWEST_FOR_UMAP - 1]) {
      const few = rowSetOf(randomRows(count, 8, 1));
      const map = await umapMap(few, [...Array(count).keys()], work);
      expect(map.method).toBe('pca');
      expect(map.said).toContain('UMAP needs');
      expect([...new Float32Array(map.xy)].every(Number.isFinite)).toBe(true);
    }
  });

  test('gives way to others and is cancelled in the middle', async () => {
    let elapsed = 0;
    const clock = { elapsed: () => (elapsed += 4) };
    const signal = { cancelled: false };
    let turns = 0;
    const timer = setInterval(() => {
      turns++;
      signal.cancelled = turns > 3;
    }, 0);
    const map = umapMap(set, sample, { ...work, pause: slicedPause(clock, signal) });
    await expect(map).rejects.toMatchObject({ code: 'cancelled' });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('the sample', () => {
  test('takes from every file in turn, each point once, and is the same each time', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 300 }), fc.integer(), (perFile, most, seed) => {
        const fileOf = perFile.flatMap((count, file) => new Array<number>(count).fill(file));
        const sample = spreadSample(fileOf, most, seed);
        expect(sample).toHaveLength(Math.min(most, fileOf.length));
        expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
        expect(spreadSample(fileOf, most, seed)).toEqual(sample);
        // A file has fewer than another by more than one only where it has no more.
        const taken = perFile.map((_, file) => sample.filter((point) => fileOf[point] === file).length);
        const largest = Math.max(...taken);
        perFile.forEach((count, file) => {
          expect(taken[file]).toBeGreaterThanOrEqual(Math.min(count, largest - 1));
        });
      }),
    );
  });

  test('is not the first there are, and another seed draws another', () => {
    const fileOf = new Array<number>(MOST_SAMPLED * 2).fill(0);
    const sample = spreadSample(fileOf, MOST_SAMPLED, 1);
    const mean = sample.reduce((a, b) => a + b, 0) / sample.length;
    expect(mean / MOST_SAMPLED).toBeCloseTo(1, 1);
    expect(spreadSample(fileOf, MOST_SAMPLED, 2)).not.toEqual(sample);
  });
});

describe('points', () => {
  test('are the chunks with a vector, over several pages; zeros are counted and left out', async () => {
    const rows = randomRows(1300, 32, 2);
    const { store } = knownIndex('m', [
      ...rows.map((vector, i) => ({ path: `f${i % 7}.ts`, ...(i % 3 === 0 ? {} : { vector }) })),
      { path: 'empty.ts', vector: new Float32Array(32) },
    ]);
    const points = await readPoints(store, model, work.pause);
    const due = [...rows.keys()].filter((i) => i % 3 !== 0);
    expect(points.ids).toEqual(due.map(idOf));
    expect(points.fileOf.map((file) => points.files[file].path)).toEqual(due.map((i) => `f${i % 7}.ts`));
    expect(points).toMatchObject({ chunks: 1301, empty: 1, version: 1 });
    points.rows.get(5).forEach((x, c) => {
      expect(Math.abs(x - rows[due[5]][c])).toBeLessThan(0.005);
    });
  });

  test('of an index without vectors of the model are a fault that says so', async () => {
    const { store } = knownIndex('m', [{ path: 'a.ts' }]);
    await expect(readPoints(store, model, work.pause)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('rows in little memory are off by at most half a scale', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 20 }), (numbers) => {
        const set = new RowSet(numbers.length);
        set.push(numbers);
        const scale = quantiseRow(numbers, new Int8Array(numbers.length));
        set.get(0).forEach((x, c) => {
          expect(Math.abs(x - numbers[c])).toBeLessThanOrEqual(scale / 2 + 1e-6);
        });
      }),
    );
  });
});

describe('categories', () => {
  test('the largest first, and past 254 the rest in one', () => {
    const names = Array.from({ length: 300 }, (_, i) => `folder ${i}`);
    const fileOf = names.flatMap((_, i) => new Array<number>(i === 7 ? 50 : 1 + (i % 2)).fill(i));
    const { names: shown, counts, of } = categoriesOf(fileOf, names);
    expect(shown[0]).toBe('folder 7');
    expect(shown).toHaveLength(255);
    expect(shown.at(-1)).toBe('other');
    expect(counts.reduce((a, b) => a + b)).toBe(fileOf.length);
    const places = new Uint8Array(of);
    expect(places).toHaveLength(fileOf.length);
    counts.forEach((count, place) => {
      expect(places.filter((one) => one === place)).toHaveLength(count);
    });
  });

  test('folders are those of the first level at which a root branches, with the root where there are several', () => {
    const file = (root: string, path: string) => ({ root, path, language: 'typescript' });
    const names = (root: string) => root.toUpperCase();
    const one = [file('a', 'src/x/1.ts'), file('a', 'src/x/deep/2.ts'), file('a', 'src/y/3.ts')];
    expect(foldersOf(one, names)).toEqual(['src/x', 'src/x', 'src/y']);
    expect(foldersOf([...one, file('a', 'README.md')], names)).toEqual(['src', 'src', 'src', 'A']);
    expect(foldersOf([file('a', 'x/1.ts'), file('a', '2.ts'), file('b', 'z/3.ts')], names)).toEqual([
      'A/x',
      'A',
      'B/z',
    ]);
    // A root with a folder of its own name.
    expect(foldersOf([file('a', 'A/1.ts'), file('a', '2.ts')], names)).toEqual(['A', 'A/.']);
  });
});

test('a pause without anything to give way to lets work go on', async () => {
  await slicedPause(systemClock, { cancelled: false })();
});
