// Ways of reading a flat list: where a cell is read, which cells read an element, and which are copies, each held against
// going through all cells; and the strides of the engine's own views.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expand } from '../../../src/engine/ops/expand.ts';
import { slice } from '../../../src/engine/ops/slice.ts';
import { transpose } from '../../../src/engine/ops/transpose.ts';
import { sizeOf, stridesOf } from '../../../webview/elements/tensor/grid.ts';
import {
  cellsReading,
  ghostRegions,
  isGhost,
  placeArithmetic,
  placeOf,
  type Reads,
} from '../../../webview/elements/tensor/reading.ts';
import { backends, engineOn } from '../../gradients/backends.ts';

function indices(shape: readonly number[]): number[][] {
  const strides = stridesOf(shape);
  return Array.from({ length: sizeOf(shape) }, (_, at) =>
    shape.map((size, axis) => Math.floor(at / (strides[axis] as number)) % size),
  );
}

const reading = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 4 })
  .chain((axes) =>
    fc.record({
      shape: fc.constant(axes.map(([size]) => size)),
      reads: fc.record({
        list: fc.constant(0),
        offset: fc.integer({ min: 0, max: 9 }),
        strides: fc.constant(axes.map(([, stride]) => stride)),
      }),
    }),
  );

describe('a way of reading', () => {
  it('names the cells that read an element: those, and no others', () => {
    fc.assert(
      fc.property(reading, ({ shape, reads }) => {
        const places = new Set(indices(shape).map((index) => placeOf(reads, index)));
        for (const place of [...places, -1]) {
          const found = cellsReading(reads, shape, place).flatMap(({ start, shape: size }) =>
            indices(size).map((inner) => inner.map((at, axis) => at + (start[axis] as number)).join()),
          );
          const expected = indices(shape).filter((index) => placeOf(reads, index) === place);
          expect(new Set(found)).toEqual(new Set(expected.map((index) => index.join())));
          expect(found).toHaveLength(expected.length);
        }
      }),
    );
  });

  it('hatches the copies on the screen: those, and no others', () => {
    fc.assert(
      fc.property(reading, fc.nat(), fc.nat(), ({ shape, reads }, seed, other) => {
        const column = shape.length - 1;
        const row = column - 1;
        const fixed = shape.map((size, axis) => (axis === row || axis === column ? 0 : (seed + other * axis) % size));
        const extent = { rows: row < 0 ? 1 : (shape[row] as number), columns: shape[column] as number };
        const regions = ghostRegions(reads, { row, column, fixed }, extent);
        for (let r = 0; r < extent.rows; r++) {
          for (let c = 0; c < extent.columns; c++) {
            const index = fixed.map((at, axis) => (axis === row ? r : axis === column ? c : at));
            const hatched = regions.filter(
              (region) =>
                r >= region.row &&
                r < region.row + region.rows &&
                c >= region.column &&
                c < region.column + region.columns,
            );
            expect(hatched.length > 0).toBe(isGhost(reads, index));
            expect(hatched.length).toBeLessThan(2); // hatched twice would look like something else
          }
        }
      }),
    );
  });

  it('writes out arithmetic that is right', () => {
    fc.assert(
      fc.property(reading, ({ shape, reads }) => {
        for (const index of indices(shape)) {
          const [sum, result] = placeArithmetic(reads, index).split(' = ');
          const terms = (sum as string)
            .split(' + ')
            .map((term) => term.split(' × ').reduce((product, factor) => product * Number(factor), 1));
          expect(terms.reduce((a, b) => a + b, 0)).toBe(Number(result));
        }
      }),
    );
    expect(placeArithmetic({ list: 0, offset: 3, strides: [4, -1] }, [2, 1])).toBe('3 + 2 × 4 + 1 × (-1) = 10');
  });

  it('finds what the engine finds, in its own views', () => {
    const engine = engineOn(backends[0] as (typeof backends)[number]);
    const list = engine.arange(24);
    const table = engine.view(list, [4, 6], [6, 1]);
    for (const view of [table, transpose(table), slice(table, 1, 2, 5), expand(slice(table, 0, 1, 2), [3, 6])]) {
      const reads: Reads = { list: 0, offset: view.offset - list.offset, strides: view.strides };
      const numbers = view.toFlat();
      expect(indices(view.shape).map((index) => placeOf(reads, index))).toEqual(Array.from(numbers));
    }
  });
});
