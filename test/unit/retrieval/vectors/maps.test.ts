// Principal components against NumPy, the neighbourhood graph of UMAP against umap-js, and what layouts keep against
// chance and against umap-js, by the published measure.

import { readFile } from 'node:fs/promises';
import { UMAP } from 'umap-js';
import { describe, expect, test } from 'vitest';
import { wasmNearest } from '../../../../src/engine/kernels/wasmNearest.ts';
import { neighboursKept, rank, similarities } from '../../../../src/retrieval/vectors/neighbours.ts';
import { along, principalAxes } from '../../../../src/retrieval/vectors/pca.ts';
import { fuzzyGraph, layOut, type Neighbourhood } from '../../../../src/retrieval/vectors/umap.ts';
import { VectorIndex } from '../../../../src/retrieval/vectors/vectorIndex.ts';
import { seededRandom } from '../../../../src/shared/environment.ts';
import { modules } from '../../engine/kernelModules.ts';
import { clusteredRows, randomRows } from './samples.ts';
import { trustworthiness } from './trustworthiness.ts';

const pause = async () => {};

describe('principal components', () => {
  test("are NumPy's", async () => {
    const file = new URL('../../../fixtures/vectors/pca.json', import.meta.url);
    const truth = JSON.parse(await readFile(file, 'utf8')) as Record<'rows' | 'directions' | 'projected', number[][]> &
      Record<'center' | 'variances', number[]> & { total: number };
    const rows = truth.rows.map((row) => Float32Array.from(row));
    const axes = await principalAxes(rows, 3, seededRandom(1), pause);
    expect(axes.total).toBeCloseTo(truth.total, 4);
    truth.variances.forEach((variance, k) => {
      expect(axes.variances[k] / variance).toBeCloseTo(1, 4);
      truth.directions[k].forEach((x, c) => {
        expect(axes.directions[k][c]).toBeCloseTo(x, 3);
      });
    });
    rows.forEach((row, i) => {
      along(axes, row).forEach((x, k) => {
        expect(Math.abs(x - truth.projected[i][k])).toBeLessThan(5e-3);
      });
    });
  });

  test('of equal rows, of one row and of a line are zeros where nothing varies', async () => {
    const row = Float32Array.of(0.1, 0.2, 0.3);
    for (const rows of [[row], [row, row, row]]) {
      const { directions, variances, total } = await principalAxes(rows, 2, seededRandom(1), pause);
      expect(total).toBeCloseTo(0);
      expect(variances).toEqual([0, 0]);
      expect(directions.map((direction) => [...direction])).toEqual([
        [0, 0, 0],
        [0, 0, 0],
      ]);
    }
    const line = [1, 2, 3, 4].map((x) => Float32Array.of(x, -x, 0));
    const { directions, variances } = await principalAxes(line, 2, seededRandom(1), pause);
    expect(Math.abs(directions[0][0])).toBeCloseTo(Math.SQRT1_2);
    expect(variances[1]).toBe(0);
  });
});

/** Exact neighbours by Euclidean distance, as umap-js measures it. */
function neighbourhoodsOf(rows: readonly Float32Array[], count: number): Neighbourhood[] {
  return rows.map((row, i) => {
    const all = rows.map((other, j) => ({ j, distance: Math.hypot(...row.map((x, c) => x - other[c])) }));
    const near = all
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.distance - b.distance)
      .slice(0, count);
    return { points: near.map(({ j }) => j), distances: near.map(({ distance }) => distance) };
  });
}

/** umap-js on the same neighbours; it counts a point as its own first neighbour. */
function peer(rows: readonly Float32Array[], near: readonly Neighbourhood[]) {
  const umap = new UMAP({ nNeighbors: near[0].points.length + 1, random: seededRandom(4) });
  umap.setPrecomputedKNN(
    near.map(({ points }, i) => [i, ...points]),
    near.map(({ distances }) => [0, ...distances]),
  );
  umap.initializeFit(rows.map((row) => [...row]));
  return umap;
}

describe('UMAP', () => {
  const rows = clusteredRows(300, 16, 12, 0.5, 9);
  const near = neighbourhoodsOf(rows, 12);

  test("has umap-js's graph", async () => {
    const { from, to, weights } = await fuzzyGraph(near, pause);
    const own = new Map([...from].map((i, edge) => [`${i} ${to[edge]}`, weights[edge]]));
    const graph = Reflect.get(peer(rows, near), 'graph') as {
      getAll(): readonly { row: number; col: number; value: number }[];
    };
    const theirs = graph.getAll().filter(({ row, col }) => row < col);
    expect(own.size).toBe(theirs.length);
    for (const { row, col, value } of theirs) {
      expect(own.get(`${row} ${col}`)).toBeCloseTo(value, 3);
    }
  });

  test('keeps neighbours about as well as umap-js, and far better than chance', async () => {
    const random = seededRandom(2);
    const start = Float32Array.from({ length: 2 * rows.length }, () => random() - 0.5);
    const epochs: number[] = [];
    const options = { epochs: 400, random, pause, onEpoch: (done: number) => epochs.push(done) };
    const own = trustworthiness(rows, await layOut(near, start, options), 10);
    const umap = peer(rows, near);
    for (let left = umap.initializeFit(umap['X' as never]); left > 0; left--) {
      umap.step();
    }
    const theirs = trustworthiness(rows, Float32Array.from(umap.getEmbedding().flat()), 10);
    expect(own).toBeGreaterThan(theirs - 0.02);
    expect(own).toBeGreaterThan(0.85);
    expect(trustworthiness(rows, start, 10)).toBeLessThan(0.6);
    expect(epochs).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
  });

  test('is the same for the same seed', async () => {
    const lay = () => {
      const start = Float32Array.from({ length: 600 }, (_, i) => Math.sin(i));
      return layOut(near, start, { epochs: 30, random: seededRandom(3), pause });
    };
    expect(await lay()).toEqual(await lay());
  });

  test('lays out points that are all the same, without numbers that are none', async () => {
    const same = Array.from({ length: 40 }, (_, i) => ({
      points: Array.from({ length: 10 }, (_, n) => (i + n + 1) % 40),
      distances: new Array<number>(10).fill(0),
    }));
    const xy = await layOut(same, new Float32Array(80), { epochs: 50, random: seededRandom(1), pause });
    expect([...xy].every(Number.isFinite)).toBe(true);
  });
});

describe('neighbours', () => {
  test('a map of the points themselves keeps all, one by chance keeps what chance keeps', async () => {
    const random = seededRandom(1);
    const flat = Float32Array.from({ length: 800 }, random);
    // On a circle the nearest by dot product are the nearest by distance.
    const circle = Array.from({ length: 400 }, (_, i) => Float32Array.of(Math.cos(i / 64), Math.sin(i / 64)));
    const index = new VectorIndex(2, wasmNearest(modules.simd));
    circle.forEach((row, i) => {
      index.set(i, row);
    });
    const onMap = Float32Array.from(circle.flatMap((row) => [...row]));
    expect(await neighboursKept(index, (i) => circle[i], onMap, pause)).toBeGreaterThan(0.9);
    const chance = await neighboursKept(index, (i) => circle[i], flat, pause);
    expect(chance).toBeLessThan(0.06);
    expect(chance).toBeGreaterThan(0.01);
  });

  test('similarities are the cosines of all pairs', () => {
    const rows = randomRows(20, 9, 3);
    const matrix = similarities(rows);
    rows.forEach((a, i) => {
      rows.forEach((b, j) => {
        expect(matrix[i * 20 + j]).toBeCloseTo(
          a.reduce((sum, x, c) => sum + x * b[c], 0),
          6,
        );
      });
      expect(rank(rows, a, 1)[0].index).toBe(i);
    });
  });
});
