// Lengths, cosines, nearest neighbours and principal components: what NumPy computes in other ways, and what must hold
// for all vectors.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { gradCheck } from '../../../src/engine/gradCheck.ts';
import { cosine, norm } from '../../../src/engine/ops/cosine.ts';
import { likeness, type Measure, nearest } from '../../../src/model/neighbours.ts';
import { covariance, pca, powerSteps, project } from '../../../src/model/pca.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { backends, engineOn } from '../../gradients/backends.ts';
import { faultOf } from '../engine/faultOf.ts';

interface Described {
  readonly table: number[][];
  readonly center: number[];
  readonly variances: number[];
  readonly directions: number[][];
  readonly places: number[][];
  readonly cosines: number[][];
}

const fixture = JSON.parse(readFileSync(new URL('../../fixtures/model/vectors.json', import.meta.url), 'utf8')) as {
  readonly tables: Readonly<Record<string, Described>>;
};
const tables = Object.entries(fixture.tables);
const number = fc.integer({ min: -40, max: 40 }).map((value) => value / 4);
const vectors = (count: number, length: number) =>
  fc.array(fc.array(number, { minLength: length, maxLength: length }), { minLength: count, maxLength: count });
const lengthOf = (x: readonly number[]) => Math.hypot(...x);
const dotOf = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe.each(backends)('on $name', (backend) => {
  const engine = engineOn(backend);
  const list = (x: { toNested(): unknown }) => x.toNested() as number[];

  describe('the cosine', () => {
    it.each(tables)('is NumPy’s, each row of %s with each', (_, { table, cosines }) => {
      const rows = engine.tensor(table);
      table.forEach((row, i) => {
        list(cosine(rows, engine.tensor(row))).forEach((value, j) => {
          expect(value).toBeCloseTo(cosines[i]![j]!, 5);
        });
      });
    });

    it('is 1 the same way, 0 at right angles, -1 opposite ways, and NaN where there is no direction', () => {
      const rows = engine.tensor([
        [6, 8],
        [-4, 3],
        [-3, -4],
        [0, 0],
      ]);
      expect(list(cosine(rows, engine.tensor([3, 4])))).toEqual([1, 0, -1, NaN]);
      expect(cosine(engine.tensor([3, 4]), engine.tensor([4, 3])).item()).toBeCloseTo(24 / 25, 6);
    });

    it('doesn’t change when a vector is stretched, and its sign does when it is turned about', () => {
      fc.assert(
        fc.property(vectors(2, 5), fc.integer({ min: 1, max: 9 }), ([a, b], times) => {
          fc.pre(lengthOf(a!) > 0 && lengthOf(b!) > 0);
          const of = (x: readonly number[]) => cosine(engine.tensor([...x]), engine.tensor(b!)).item();
          expect(of(a!.map((x) => x * times))).toBeCloseTo(of(a!), 5);
          expect(of(a!.map((x) => -x))).toBeCloseTo(-of(a!), 5);
          expect(Math.abs(of(a!))).toBeLessThan(1 + 1e-5);
        }),
      );
    });

    it('broadcasts, and has the gradients that are measured', () => {
      const random = seededRandom(3);
      const a = engine.randn([2, 1, 4], random, 1, { requiresGrad: true });
      const b = engine.randn([3, 4], random, 1, { requiresGrad: true });
      expect(cosine(a, b).shape).toEqual([2, 3]);
      expect(gradCheck(([x, y]) => cosine(x!, y!), [a, b])).toMatchObject({ passed: true });
      expect(gradCheck(([x]) => norm(x!), [a])).toMatchObject({ passed: true });
    });

    it('names what doesn’t fit', () => {
      const fault = faultOf(() => cosine(engine.tensor([1, 2, 3]), engine.tensor([1, 2])));
      expect(fault.code).toBe('bad-input');
      expect(fault.message).toContain('(3,) and (2,)');
    });
  });

  describe('the nearest rows', () => {
    /** By definition, in 64 bits, the first of equals first. */
    const sorted = (rows: readonly number[][], query: readonly number[], measure: Measure) => {
      const of = (row: readonly number[]) =>
        measure === 'dot'
          ? dotOf(row, query)
          : measure === 'cosine'
            ? dotOf(row, query) / lengthOf(row) / lengthOf(query)
            : -lengthOf(row.map((x, i) => x - query[i]!));
      return rows.map(of);
    };

    it.each<Measure>(['dot', 'cosine', 'distance'])('by %s are those of a search by definition', (measure) => {
      fc.assert(
        fc.property(vectors(7, 3), vectors(1, 3), fc.integer({ min: 1, max: 7 }), (rows, [query], k) => {
          fc.pre([...rows, query!].every((row) => lengthOf(row) > 0));
          const wanted = sorted(rows, query!, measure);
          const found = nearest(engine.tensor(rows), engine.tensor(query!), k, measure);
          const ids = list(found.ids);
          expect(new Set(ids).size).toBe(k);
          const best = [...wanted].sort((a, b) => b - a);
          ids.forEach((id, place) => {
            expect(wanted[id]!).toBeCloseTo(best[place]!, 3); // equals may change places by a rounding
            expect(found.likeness.at(place)).toBeCloseTo(wanted[id]!, 3);
          });
        }),
      );
    });

    it('of equals take the first', () => {
      const rows = engine.tensor([
        [0, 1],
        [2, 0],
        [0, 1],
      ]);
      expect(list(nearest(rows, engine.tensor([0, 3]), 2, 'distance').ids)).toEqual([0, 2]);
    });

    it('refuse a query of another length, and more rows than there are', () => {
      const rows = engine.ones([3, 4]);
      expect(faultOf(() => likeness(rows, engine.ones([5]), 'dot')).code).toBe('bad-input');
      expect(faultOf(() => nearest(rows, engine.ones([4]), 4, 'dot')).message).toContain('no 4 elements');
    });
  });

  describe('principal components', () => {
    it.each(tables)('of %s are those of NumPy’s singular value decomposition', (_, wanted) => {
      const rows = engine.tensor(wanted.table);
      const found = pca(rows, 3, seededRandom(1));
      const scale = wanted.variances[0]!;
      list(found.center).forEach((value, i) => void expect(value).toBeCloseTo(wanted.center[i]!, 4));
      expect(found.total / wanted.variances.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      const places = project(rows, found).toNested() as number[][];
      for (let k = 0; k < 3; k++) {
        expect(found.variances[k]! / scale).toBeCloseTo(wanted.variances[k]! / scale, 4);
        const direction = (found.directions.toNested() as number[][])[k]!;
        expect(Math.abs(dotOf(direction, wanted.directions[k]!)), `direction ${k}`).toBeCloseTo(1, 4);
      }
      for (const k of [0, 1]) {
        const sign = Math.sign(
          dotOf(
            places.map((place) => place[k]!),
            wanted.places.map((place) => place[k]!),
          ),
        );
        places.forEach((place, row) => {
          expect(Math.abs(sign * place[k]! - wanted.places[row]![k]!) / Math.sqrt(scale)).toBeLessThan(2e-3);
        });
      }
    });

    it('have length 1, stand at right angles, and hold all the variance together', () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
          const rows = engine.randn([12, 4], seededRandom(seed), 2);
          const { directions, variances, total } = pca(rows, 4, seededRandom(seed));
          const found = directions.toNested() as number[][];
          found.forEach((a, i) => {
            found.forEach((b, j) => void expect(dotOf(a, b)).toBeCloseTo(i === j ? 1 : 0, 1));
          });
          expect(variances.reduce((a, b) => a + b) / total).toBeCloseTo(1, 4);
          variances.slice(1).forEach((value, i) => void expect(value).toBeLessThan(variances[i]! * 1.01));
        }),
        { numRuns: 25 },
      );
    });

    it('find the line that points lie on, wherever it passes', () => {
      const rows = engine.tensor([-2, -1, 0, 1, 5].map((t) => [10 + 3 * t, -7 + 4 * t]));
      const { directions, variances, total } = pca(rows, 2, seededRandom(2));
      const [x, y] = (directions.toNested() as number[][])[0]!;
      expect([Math.abs(x!), Math.abs(y!), Math.sign(x! * y!)]).toEqual([
        expect.closeTo(0.6, 5),
        expect.closeTo(0.8, 5),
        1,
      ]);
      expect(variances[0]! / total).toBeCloseTo(1, 5);
      expect(variances[1]! / total).toBeCloseTo(0, 5);
    });

    it('of rows that are all the same have no variance, and leave no memory behind', () => {
      const own: Engine = engineOn(backend);
      const rows = own.ones([5, 3]);
      const before = own.memory.inUse;
      const found = pca(rows, 2, seededRandom(1));
      expect([...found.variances, found.total]).toEqual([0, 0, 0]);
      found.center.release();
      found.directions.release();
      expect(own.memory.inUse).toBe(before);
    });

    it('grow more spread with each step of the power iteration', () => {
      const rows = engine.tensor(fixture.tables.cloud!.table);
      const { center } = pca(rows, 1, seededRandom(1));
      const centred = engine.tensor(
        (rows.toNested() as number[][]).map((row) => row.map((x, i) => x - list(center)[i]!)),
      );
      const steps = [...powerSteps(covariance(centred), engine.ones([7]))].map(({ variance }) => variance);
      expect(steps.length).toBeGreaterThan(3);
      steps.slice(1).forEach((value, i) => void expect(value).toBeGreaterThanOrEqual(steps[i]! * (1 - 1e-5)));
      expect(steps.at(-1)! / fixture.tables.cloud!.variances[0]!).toBeCloseTo(1, 4);
    });
  });
});
