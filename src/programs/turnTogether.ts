// Two arrows turned together by one angle, and one of them turned alone: what becomes of their dot product.

import type { TableValue } from '../shared/trace.ts';
import {
  type Arrow,
  arrowParams,
  arrows,
  before,
  cleared,
  movable,
  movableA,
  movableB,
  product,
  radians,
  turned,
} from './arrows.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

const PARTS: TableValue['columns'] = [
  { id: 'arrow', label: 'arrow', type: 'text' },
  { id: 'x', label: 'first', type: 'number' },
  { id: 'y', label: 'second', type: 'number' },
  { id: 'turnedX', label: 'new first', type: 'number' },
  { id: 'turnedY', label: 'new second', type: 'number' },
];
const PRODUCTS: TableValue['columns'] = [
  { id: 'arrows', label: 'turned', type: 'text' },
  { id: 'first', label: 'firsts', type: 'number' },
  { id: 'second', label: 'seconds', type: 'number' },
  { id: 'product', label: 'sum', type: 'number' },
];

export const turnTogether = defineProgram({
  id: 'turn-together',
  title: 'Two arrows, turned',
  session: false,
  params: {
    angle: { type: 'number', label: 'Turn by, in degrees', default: 40, min: -180, max: 180, step: 1 },
    ...arrowParams,
  },
  async *run({ params: { angle, ax, ay, bx, by }, trace }) {
    const [a, b] = [
      { x: ax, y: ay },
      { x: bx, y: by },
    ];
    const turnedBy = radians(angle);
    const [a2, b2] = [clear(turned(a, turnedBy)), clear(turned(b, turnedBy))];
    const start = cleared(product(a, b));

    trace.frame({
      op: 'arrows',
      label: 'Two arrows',
      note: `First times first plus second times second: ${decimal(a.x)} × ${decimal(b.x)} + ${decimal(a.y)} × ${decimal(b.y)} = ${decimal(start, 4)}.`,
      formula: 'a · b = a1 b1 + a2 b2',
      outputs: { arrows: trace.value(movable(a, b)), dotProduct: trace.value({ kind: 'scalar', value: start }) },
    });
    yield;

    const together = cleared(product(a2, b2));
    trace.frame({
      op: 'together',
      label: 'Turn both',
      note: `Both have turned by ${decimal(angle)} degrees. The dot product was ${decimal(start, 4)} and is ${decimal(together, 4)}.`,
      outputs: {
        arrows: trace.value(
          before(a, b, [
            { ...a2, label: 'a, turned' },
            { ...b2, label: 'b, turned', role: 'chosen' },
          ]),
        ),
        dotProduct: trace.value({ kind: 'scalar', value: together }),
      },
    });
    yield;

    const alone = cleared(product(a, b2));
    const changed =
      alone === start ? 'here the turn makes no difference' : 'the lengths stayed, the angle between them did not';
    trace.frame({
      op: 'alone',
      label: 'Turn b alone',
      note: `The dot product was ${decimal(start, 4)} and is ${decimal(alone, 4)}: ${changed}.`,
      outputs: {
        arrows: trace.value(
          arrows([movableA(a), { ...movableB(b), role: 'dim' }, { ...b2, label: 'b, turned', role: 'chosen' }]),
        ),
        dotProduct: trace.value({ kind: 'scalar', value: alone }),
      },
    });
    yield;

    trace.frame({
      op: 'turn',
      label: 'The new numbers',
      note: `Turned by ${decimal(angle)} degrees, a is ${place(a2)} and b is ${place(b2)}.`,
      formula: '(x, y) becomes (x cos − y sin, x sin + y cos)',
      outputs: {
        turned: trace.value(
          tableValue(PARTS, [
            ['a', a.x, a.y, a2.x, a2.y],
            ['b', b.x, b.y, b2.x, b2.y],
          ]),
        ),
      },
    });
    yield;

    const row = (name: string, left: Arrow, right: Arrow) => [
      name,
      toThousandths(left.x * right.x),
      toThousandths(left.y * right.y),
      toThousandths(product(left, right)),
    ];
    trace.frame({
      op: 'compare',
      label: 'The sums, side by side',
      note: 'What turning both takes from the product of the first numbers, it gives to that of the second.',
      outputs: {
        products: trace.value(
          tableValue(PRODUCTS, [row('none', a, b), row('both', a2, b2), row('b', a, b2)], [{ row: 1, role: 'match' }]),
        ),
      },
    });
    yield;
  },
});

function clear({ x, y }: Arrow): Arrow {
  return { x: cleared(x), y: cleared(y) };
}

/** For a table that a narrow view shows whole. */
function toThousandths(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}

function place({ x, y }: Arrow): string {
  return `(${decimal(x)}, ${decimal(y)})`;
}
