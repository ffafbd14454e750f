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
  { id: 'x', label: 'x then', type: 'number' },
  { id: 'y', label: 'y then', type: 'number' },
  { id: 'loss', label: 'loss then', type: 'number' },
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
    const steep = Math.hypot(...slope) || 1;
    const down = slope.map((part, i) => (here[i] as number) - (ARROW * part) / steep) as unknown as Place;
    const you = { x, y, label: 'you', role: 'chosen', move: { x: 'x', y: 'y' } } as const;
    const blind = trace.value({
      kind: 'plane',
      x: land.x,
      y: land.y,
      points: [you, { x: down[0], y: down[1], label: 'downhill', from: here }],
    });
    trace.frame({
      op: 'slope',
      label: 'What you know: the slope underfoot',
      note: `The loss is ${decimal(land.loss(here))} here and its gradient is ${decimals(slope)}. Downhill is against it. All else is fog.`,
      outputs: { fog: blind },
    });
    yield;
    const landed = RATES.map((rate) => {
      const place = here.map((part, i) => part - rate * (slope[i] as number)) as unknown as Place;
      return { rate, place, loss: land.loss(place), name: `${rate} times the gradient` };
    });
    const best = landed.reduce((a, b) => (b.loss < a.loss ? b : a));
    trace.frame({
      op: 'take-step',
      label: 'Take a step, and let the fog lift',
      note: `${best.name} lands lowest, at a loss of ${decimal(best.loss)}.`,
      formula: 'place −= rate × gradient',
      inputs: {
        fog: blind,
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
            ...landed.map(({ place, rate }) => ({
              x: place[0],
              y: place[1],
              label: String(rate),
              ...(rate === best.rate && { role: 'match' as const }),
            })),
          ],
        }),
        landed: trace.value(
          tableValue(
            LANDED,
            landed.map(({ name, place, loss }) => [name, ...place.map(round), round(loss)]),
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
