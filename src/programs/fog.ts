// One step in the fog: the slope underfoot is all that is known, and the length of the step is bet on. Then the fog lifts.

import type { TableValue } from '../shared/trace.ts';
import { decimal, decimals } from './decimal.ts';
import { heightsOf, landscapeOf, landscapeParam, type Place } from './landscapes.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

/** The shares of the slope that are offered. */
const RATES = [0.005, 0.02, 0.05, 0.1] as const;
const CHOICES: TableValue['columns'] = [{ id: 'step', label: 'step', type: 'text' }];
const LANDED: TableValue['columns'] = [
  { id: 'step', label: 'step', type: 'text' },
  { id: 'foretold', label: 'foretold', type: 'number' },
  { id: 'loss', label: 'true loss', type: 'number' },
];
/** How long the slope's arrow is drawn, in units of the plane. */
const ARROW = 1;

export const fog = defineProgram({
  id: 'fog',
  title: 'One step in the fog',
  session: false,
  params: {
    landscape: landscapeParam,
    x: { type: 'number', label: 'First number', default: 2, min: -2, max: 3, step: 0.1 },
    y: { type: 'number', label: 'Second number', default: 1, min: -1.5, max: 6, step: 0.1 },
  },
  async *run({ params: { landscape, x, y }, trace }) {
    const land = landscapeOf(landscape);
    const here: Place = [x, y];
    const slope = land.slope(here);
    const steep = Math.hypot(...slope);
    const down = slope.map((part, i) => (here[i] as number) - (ARROW * part) / (steep || 1)) as unknown as Place;
    const you = { x, y, label: 'you', role: 'chosen', move: { x: 'x', y: 'y' } } as const;
    trace.frame({
      op: 'slope',
      label: 'In the fog',
      note: `The loss is ${decimal(land.loss(here))} here and its gradient is ${decimals(slope)}. Downhill is against it. That is all you know.`,
      outputs: {
        fog: trace.value({
          kind: 'plane',
          x: land.x,
          y: land.y,
          points: [you, { x: down[0], y: down[1], label: 'downhill', from: here }],
        }),
      },
    });
    yield;
    const landed = RATES.map((rate) => {
      const place = here.map((part, i) => part - rate * (slope[i] as number)) as unknown as Place;
      // On a straight slope each unit of the way lowers the loss by the slope, and the way is rate × slope long.
      const foretold = land.loss(here) - rate * steep ** 2;
      return { rate, place, foretold, loss: land.loss(place), name: `${rate} × gradient` };
    });
    const best = landed.reduce((a, b) => (b.loss < a.loss ? b : a));
    const longest = landed.at(-1) as (typeof landed)[number];
    const steps = landed.map(({ place, rate }) => ({ x: place[0], y: place[1], label: String(rate) }));
    trace.frame({
      op: 'take-step',
      label: 'The fog lifts',
      note: `${best.name} lands lowest, at a loss of ${decimal(best.loss)}. For ${longest.name} the slope foretells ${decimal(longest.foretold)}; it comes to ${decimal(longest.loss)}.`,
      formula: 'place −= rate × gradient',
      inputs: {
        fog: trace.value({ kind: 'plane', x: land.x, y: land.y, points: [you, ...steps] }),
        choices: trace.value(
          tableValue(
            CHOICES,
            landed.map(({ name }) => [name]),
          ),
        ),
      },
      outputs: {
        landscape: trace.value({
          kind: 'plane',
          x: land.x,
          y: land.y,
          heights: heightsOf(land),
          points: [
            you,
            ...steps.map((point, i) => (landed[i] === best ? { ...point, role: 'match' as const } : point)),
          ],
        }),
        landed: trace.value(
          tableValue(
            LANDED,
            landed.map(({ name, foretold, loss }) => [name, round(foretold), round(loss)]),
            [{ row: landed.indexOf(best), role: 'chosen' }],
          ),
        ),
      },
      source: places.sgd,
    });
    yield;
  },
});

function round(value: number): number {
  return Number(value.toPrecision(4));
}
