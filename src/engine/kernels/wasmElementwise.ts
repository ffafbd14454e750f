// Elementwise operations and moves on the compiled kernels. Logarithms and powers stay with the reference loops.

import { sizeOf } from '../shape.ts';
import type { Binary, Kernels, Unary, View } from './kernels.ts';
import type { Team } from './team.ts';
import { addressOf, BYTES, rowsOfViews } from './wasmViews.ts';

// The codes stand in kernels/wasm/elementwise.ts.
const UNARY: Readonly<Partial<Record<Unary, number>>> = {
  exp: 0,
  sqrt: 1,
  tanh: 2,
  sigmoid: 3,
  relu: 4,
  gelu: 5,
  geluTanh: 6,
  silu: 7,
};
const BINARY: Readonly<Partial<Record<Binary, number>>> = { add: 0, sub: 1, mul: 2, div: 3 };

/** What a number takes, in nanoseconds: where it is computed with, and where it only passes through. */
const FUNCTION = 1.5;
const PASSING = 0.2;
/** Parts are multiples of so many numbers, which is a cache line: no two threads write to the same. */
const LINE = 16;
/** Transposed copies move four rows at a time. */
const FOUR_ROWS = 4;

type Elementwise = Pick<
  Kernels,
  'fill' | 'copy' | 'addTo' | 'unary' | 'unaryBackward' | 'affine' | 'binary' | 'where' | 'dropoutMask'
>;

export function elementwiseOn(team: Team, reference: Kernels): Elementwise {
  const { exports } = team;

  const binary: Kernels['binary'] = (kind, a, b, out) => {
    const code = BINARY[kind];
    if (code === undefined) {
      if (squares(kind, b)) {
        binary('mul', a, a, out);
      } else {
        reference.binary(kind, a, b, out);
      }
      return;
    }
    const { rows, count, rowStrides, strides, each } = rowsOfViews([a, b, out]);
    const [aRow, bRow] = rowStrides as [number, number];
    const [aColumn, bColumn] = strides as [number, number];
    const byRow = rows > 1;
    const cut = byRow
      ? { steps: [0, aRow, 0, 0, bRow, 0, 0, count * BYTES, 0, 0], counted: 8 }
      : { steps: [0, aColumn, 0, 0, bColumn, 0, 0, BYTES, 0, 0], counted: 9 };
    each(([atA, atB, to]) => {
      const args = [code, atA, aRow, aColumn, atB, bRow, bColumn, to, rows, count];
      team.run('binary', args, cut, byRow ? rows : count, byRow ? FOUR_ROWS : LINE, byRow ? count * PASSING : PASSING);
    });
  };

  return {
    fill(out, value) {
      const bits = out.storage.dtype === 'i32' ? value : bitsOf(value);
      const { rows, count, rowStrides, strides, each } = rowsOfViews([out]);
      each(([to]) => {
        for (let row = 0; row < rows; row++) {
          exports.fill(to + row * rowStrides[0], strides[0], count, bits);
        }
      });
    },
    copy: (source, out) => move(team, 'copy', source, out),
    addTo: (source, out) => move(team, 'addTo', source, out),
    unary(kind, x, out) {
      const code = UNARY[kind];
      if (code === undefined) {
        reference.unary(kind, x, out);
      } else {
        const count = sizeOf(out.shape);
        team.run('unary', [code, addressOf(x), addressOf(out), count], ONE_BY_ONE, count, LINE, FUNCTION);
      }
    },
    unaryBackward(kind, saved, gradient, out) {
      const code = UNARY[kind];
      if (code === undefined) {
        reference.unaryBackward(kind, saved, gradient, out);
      } else {
        const count = sizeOf(out.shape);
        const args = [code, addressOf(saved), addressOf(gradient), addressOf(out), count];
        team.run('unaryBackward', args, TWO_BY_TWO, count, LINE, FUNCTION);
      }
    },
    affine(x, scale, shift, out) {
      const count = sizeOf(out.shape);
      team.run('affine', [addressOf(x), scale, shift, addressOf(out), count], SCALED, count, LINE, PASSING);
    },
    binary,
    where(condition, a, b, out) {
      const { rows, count, rowStrides, strides, each } = rowsOfViews([condition, a, b, out]);
      const whole = condition.storage.dtype === 'i32' ? 1 : 0;
      const [ofCondition, ofA, ofB] = strides as [number, number, number];
      const cut = { steps: [ofCondition, 0, 0, ofA, 0, ofB, 0, BYTES, 0], counted: 8 };
      each((addresses) => {
        for (let row = 0; row < rows; row++) {
          const [atCondition, atA, atB, to] = addresses.map((address, v) => address + row * rowStrides[v]) as [
            number,
            number,
            number,
            number,
          ];
          team.run(
            'where',
            [atCondition, ofCondition, whole, atA, ofA, atB, ofB, to, count],
            cut,
            count,
            LINE,
            PASSING,
          );
        }
      });
    },
    dropoutMask(seed, keep, out) {
      const count = sizeOf(out.shape);
      if (keep >= 1) {
        exports.fill(addressOf(out), BYTES, count, bitsOf(1));
      } else {
        // hash / 2^32 < keep, for whole hashes
        const bound = Math.ceil(keep * 2 ** 32);
        team.run('dropoutMask', [seed, bound, 1 / keep, 0, addressOf(out), count], PLACES, count, LINE, FUNCTION);
      }
    },
  };
}

/** Whether it is the power that is by far the most frequent, which multiplication makes exactly. */
function squares(kind: Binary, { storage, offset, strides }: View): boolean {
  return kind === 'pow' && storage.data[offset] === 2 && strides.every((stride) => stride === 0);
}

const ONE_BY_ONE = { steps: [0, BYTES, BYTES, 0], counted: 3 };
const TWO_BY_TWO = { steps: [0, BYTES, BYTES, BYTES, 0], counted: 4 };
const SCALED = { steps: [BYTES, 0, 0, BYTES, 0], counted: 4 };
const PLACES = { steps: [0, 0, 0, 1, BYTES, 0], counted: 5 };

function move(team: Team, kernel: 'copy' | 'addTo', source: View, out: View): void {
  const { rows, count, rowStrides, strides, each } = rowsOfViews([source, out]);
  const [fromRow, toRow] = rowStrides as [number, number];
  const [fromColumn, toColumn] = strides as [number, number];
  const byRow = rows > 1;
  const cut = byRow
    ? { steps: [fromRow, 0, 0, toRow, 0, 0, 0, 0], counted: 6 }
    : { steps: [fromColumn, 0, 0, toColumn, 0, 0, 0, 0], counted: 7 };
  each(([from, to]) => {
    const args = [from, fromRow, fromColumn, to, toRow, toColumn, rows, count];
    team.run(kernel, args, cut, byRow ? rows : count, byRow ? FOUR_ROWS : LINE, byRow ? count * PASSING : PASSING);
  });
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The bits of a number as f32. */
function bitsOf(value: number): number {
  float[0] = value;
  return bits[0];
}
