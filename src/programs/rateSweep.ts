// The loss after so many steps, for step rates over three decades and each of the four rules.

import type { TableValue } from '../shared/trace.ts';
import { GONE, RULES, wayOf } from './fourBalls.ts';
import { landscapeOf, landscapeParam, type Place } from './landscapes.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

const COLUMNS: TableValue['columns'] = [
  { id: 'rate', label: 'rate, as a power of ten', type: 'number' },
  ...RULES.map(({ id, label }) => ({ id, label, type: 'number' as const })),
];
/** Powers of ten, in eighths. */
const [FIRST, LAST, STEP] = [-3, 0, 0.125];
/** A loss of 0 has no logarithm; nothing below this is told apart. */
const LEAST = 1e-8;

export const rateSweep = defineProgram({
  id: 'rate-sweep',
  title: 'Rates over three decades',
  session: false,
  params: {
    landscape: landscapeParam,
    steps: { type: 'number', label: 'Steps', default: 50, min: 1, max: 100, step: 1 },
  },
  async *run({ params: { landscape, steps }, trace, engine: load }) {
    const engine = await load();
    const land = landscapeOf(landscape);
    const lowest = land.loss(land.lowest);
    const rows: number[][] = [];
    for (let power = FIRST; power <= LAST; power += STEP) {
      const above = RULES.map(({ make }) => {
        const way = wayOf(engine, land, make, { start: land.start, rate: 10 ** power, steps });
        const loss = land.loss(way.at(-1) as Place) - lowest;
        return Math.log10(Math.min(GONE, Math.max(LEAST, Number.isNaN(loss) ? GONE : loss)));
      });
      rows.push([power, ...above.map((value) => Math.round(value * 1000) / 1000)]);
      yield;
    }
    trace.frame({
      op: 'sweep',
      label: `The loss after ${steps} steps`,
      note: 'Each as a power of ten above the lowest loss; 4 stands for gone.',
      outputs: { losses: trace.value(tableValue(COLUMNS, rows)) },
    });
    yield;
  },
});
