// Two arrows, each turned by its own position times one angle: their dot product then depends on how far apart the
// positions are, and not on where. This is rotary position in its smallest case, one pair of channels.

import type { PointsValue, TableValue } from '../shared/trace.ts';
import { type Arrow, arrowParams, before, cleared, movable, product, radians, turned } from './arrows.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { counted, tableValue } from './views.ts';

/** How much further on the same pair is looked at again. */
const FURTHER = 10;
const FARTHEST = 12;

const PAIRS: TableValue['columns'] = [
  { id: 'm', label: 'place of a', type: 'number' },
  { id: 'n', label: 'place of b', type: 'number' },
  { id: 'product', label: 'dot product', type: 'number' },
];
const BY_DISTANCE: TableValue['columns'] = [
  { id: 'distance', label: 'b behind a by', type: 'number' },
  { id: 'product', label: 'dot product', type: 'number' },
];

export const turnByPosition = defineProgram({
  id: 'turn-by-position',
  title: 'Two arrows, turned by their places',
  session: false,
  params: {
    m: { type: 'number', label: 'Place of a', default: 2, min: 0, max: 40, step: 1 },
    n: { type: 'number', label: 'Place of b', default: 5, min: 0, max: 40, step: 1 },
    degrees: { type: 'number', label: 'Degrees for each place', default: 20, min: 0, max: 90, step: 1 },
    ...arrowParams,
  },
  async *run({ params: { m, n, degrees, ax, ay, bx, by }, trace }) {
    const [a, b] = [
      { x: ax, y: ay },
      { x: bx, y: by },
    ];
    const step = radians(degrees);
    const at = (p: number, q: number) => cleared(product(turned(a, p * step), turned(b, q * step)));
    const apart = n - m;

    trace.frame({
      op: 'arrows',
      label: 'Two arrows',
      note: `Not turned yet, their dot product is ${decimal(cleared(product(a, b)), 4)}.`,
      outputs: { arrows: trace.value(movable(a, b)) },
    });
    yield;

    const now = at(m, n);
    trace.frame({
      op: 'turn',
      label: 'Turn each by its place',
      note: `a turns by ${m} × ${degrees} = ${m * degrees} degrees, b by ${n} × ${degrees} = ${n * degrees}; their dot product is ${decimal(now, 4)}.`,
      outputs: {
        arrows: trace.value(placedArrows(a, b, m, n, step)),
        dotProduct: trace.value({ kind: 'scalar', value: now }),
      },
    });
    yield;

    const later = at(m + FURTHER, n + FURTHER);
    trace.frame({
      op: 'move-on',
      label: `Both ${FURTHER} places on`,
      note: `Both have turned ${FURTHER * degrees} degrees more, and their dot product is ${decimal(later, 4)} as before.`,
      outputs: {
        arrows: trace.value(placedArrows(a, b, m + FURTHER, n + FURTHER, step)),
        dotProduct: trace.value({ kind: 'scalar', value: later }),
      },
    });
    yield;

    const first = Math.max(0, -apart);
    const pairs = Array.from({ length: 8 }, (_, i) => [first + i, first + i + apart, at(first + i, first + i + apart)]);
    trace.frame({
      op: 'same-distance',
      label: 'All with this distance',
      note: `Each time b ${behind(apart)}, and each time the dot product is ${decimal(now, 4)}.`,
      outputs: { pairs: trace.value(tableValue(PAIRS, pairs)) },
    });
    yield;

    const distances = Array.from({ length: 2 * FARTHEST + 1 }, (_, i) => i - FARTHEST);
    const rows = distances.map((distance) => [distance, at(0, distance)]);
    const marks = distances.flatMap((distance, row) => (distance === apart ? [{ row, role: 'match' as const }] : []));
    trace.frame({
      op: 'by-distance',
      label: 'Other distances',
      note: `Turned by ${counted(degrees, 'degree')} a place, the dot product is one number for each distance.`,
      outputs: { byDistance: trace.value(tableValue(BY_DISTANCE, rows, marks)) },
    });
    yield;
  },
});

function placedArrows(a: Arrow, b: Arrow, m: number, n: number, step: number): PointsValue {
  return before(a, b, [
    { ...turned(a, m * step), label: `a at ${m}` },
    { ...turned(b, n * step), label: `b at ${n}`, role: 'chosen' },
  ]);
}

function behind(apart: number): string {
  if (apart === 0) {
    return 'stands where a does';
  }
  return `stands ${counted(Math.abs(apart), 'place')} ${apart > 0 ? 'behind' : 'before'} a`;
}
