// One query and one key put at every place of a text and turned by rotary positions: which products come out. How they
// change over long distances is ropeFading.ts.

import { matmul } from '../engine/ops/matmul.ts';
import { rope, ropeAngles } from '../engine/ops/rope.ts';
import { transpose } from '../engine/ops/transpose.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { engineStep } from './engineStep.ts';
import { defineProgram } from './program.ts';
import { repeated } from './repeated.ts';
import { counted, tableValue } from './views.ts';

/** Places and channels of the pictures. */
const T = 12;
const D = 8;

const PAIRS: TableValue['columns'] = [
  { id: 'query', label: 'query at', type: 'number' },
  { id: 'key', label: 'key at', type: 'number' },
  { id: 'score', label: 'dot product', type: 'number' },
];
type Pairing = 'adjacent' | 'halves';

export const ropeByDistance = defineProgram({
  id: 'rope-by-distance',
  title: 'Rotary positions',
  session: false,
  params: {
    distance: { type: 'number', label: 'Distance', default: 3, min: 0, max: T - 1, step: 1 },
    pairing: {
      type: 'choice',
      label: 'Which channels make a pair',
      default: 'adjacent',
      options: [
        { value: 'adjacent', label: 'neighbours: 0 and 1, 2 and 3' },
        { value: 'halves', label: 'halves: 0 and 4, 1 and 5' },
      ],
    },
  },
  async *run({ params: { distance, ...params }, trace, tape, random, engine: load }) {
    const engine = await load();
    const pairing = params.pairing as Pairing;
    const query = engine.randn([1, D], random); // (1, D)
    const key = engine.randn([1, D], random); // (1, D)
    tape.describe(query, { name: 'query', axes: ['row', 'D'] });
    tape.describe(key, { name: 'key', axes: ['row', 'D'] });
    trace.frame({
      op: 'vectors',
      label: 'A query and a key',
      note: `Two vectors of ${D} numbers drawn by chance: one asks, the other answers.`,
      outputs: { query: tape.value(query), key: tape.value(key) },
    });
    yield;

    const angles = ropeAngles(engine, T, D); // (T, D / 2) each
    tape.describe(angles.cos, { name: 'cos', axes: ['T', 'pair'] });
    tape.describe(angles.sin, { name: 'sin', axes: ['T', 'pair'] });
    const turnedAt = (vector: Tensor, name: 'query' | 'key', many: 'queries' | 'keys') => {
      const copies = repeated(engine, vector, T); // (T, D)
      tape.describe(copies, { name: 'copies', axes: ['T', 'D'] });
      const caption = {
        label: `Turn the ${name}`,
        note: `The same ${name} at ${T} places: row 0 is not turned, and each row after it is turned further.`,
        result: { name: many, axes: ['T', 'D'] },
      };
      return engineStep(tape, engine, caption, () => rope(copies, angles, pairing)); // (T, D)
    };
    const queries = turnedAt(query, 'query', 'queries'); // (T, D)
    yield;
    const keys = turnedAt(key, 'key', 'keys'); // (T, D)
    yield;

    const across = transpose(keys); // (D, T)
    tape.describe(across, { name: 'transposed', axes: ['D', 'T'] });
    const scores = engineStep(
      tape,
      engine,
      {
        label: 'Query times key',
        note: 'Along each slanted line the distance is the same, and so is the product.',
        result: { name: 'products', axes: ['query', 'key'] },
      },
      () => matmul(queries, across), // (T, T)
    );
    yield;

    const rows = Array.from({ length: T - distance }, (_, n) => [n + distance, n, scores.at(n + distance, n)]);
    const products = rows.map((row) => row[2]!);
    trace.frame({
      op: 'same-distance',
      label: 'One distance',
      note: sameNote(distance, products),
      outputs: { pairs: trace.value(tableValue(PAIRS, rows)) },
    });
    yield;
  },
});

function sameNote(distance: number, products: readonly number[]): string {
  const spread = Math.max(...products) - Math.min(...products);
  const where = `${counted(products.length, 'pair')} of places ${distance} apart`;
  const value = decimal(products[0]!, 4);
  return spread === 0
    ? `${where}: the product is ${value} each time, to the last bit.`
    : `${where}: the product is ${value} each time; rounding makes them differ by ${spread.toExponential(0)} at most.`;
}
