// What turning by the place does to a product as the distance grows: it falls for one key, and peaks far away for another.

import type { Engine } from '../engine/engine.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { rope, ropeAngles } from '../engine/ops/rope.ts';
import { transpose } from '../engine/ops/transpose.ts';
import type { TableValue } from '../shared/trace.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { repeated } from './repeated.ts';
import { counted, tableValue } from './views.ts';

/** The farthest distance, in places. */
const FAR = 200;
/** Channels of the query and the keys. */
const D = 64;

const CURVE: TableValue['columns'] = [
  { id: 'distance', label: 'distance', type: 'number' },
  { id: 'alike', label: 'key like the query', type: 'number' },
  { id: 'aimed', label: 'key aimed further back', type: 'number' },
];

export const ropeFading = defineProgram({
  id: 'rope-fading',
  title: 'Rotary positions, near and far',
  session: false,
  params: {
    aim: { type: 'number', label: 'Aim the second key this far back', default: 50, min: 0, max: FAR, step: 1 },
  },
  async *run({ params: { aim }, trace, engine: load }) {
    const engine = await load();
    trace.frame({
      op: 'curve',
      label: 'Near and far',
      note: `With a key like the query the product is largest at distance 0. Aim the key ${counted(aim, 'place')} back, and it is largest there.`,
      outputs: { curve: trace.value(tableValue(CURVE, fading(engine, aim), [], FAR + 1)) },
      source: places.ropeAngles,
    });
    yield;
  },
});

/**
 * For distances 0 to FAR the cosine between the turned query and two turned keys: one equal to the query, and one
 * turned ahead by `aim` places, so that it points the query's way where it stands that far back.
 */
function fading(engine: Engine, aim: number): number[][] {
  return engine.scope(() => {
    const ones = engine.ones([1, D]); // (1, D)
    const query = rope(ones, ropeAngles(engine, 1, D, { start: FAR })); // (1, D)
    const ahead = rope(ones, ropeAngles(engine, 1, D, { start: aim })); // (1, D)
    const angles = ropeAngles(engine, FAR + 1, D); // (FAR + 1, D / 2) each
    const [alike, aimed] = [ones, ahead].map((key) => {
      const keys = rope(repeated(engine, key, FAR + 1), angles); // (FAR + 1, D)
      return matmul(keys, transpose(query)).toFlat(); // (FAR + 1, 1)
    });
    return Array.from({ length: FAR + 1 }, (_, distance) => [
      distance,
      alike![FAR - distance]! / D,
      aimed![FAR - distance]! / D,
    ]);
  });
}
