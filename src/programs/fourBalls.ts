// Four balls are let go at one place of a landscape, and each takes its steps by a rule of its own. The rules are the
// optimisers that models are trained with.

import type { Engine } from '../engine/engine.ts';
import { adam } from '../model/optimisers/adam.ts';
import { momentum } from '../model/optimisers/momentum.ts';
import type { Optimiser, ParameterGroup } from '../model/optimisers/optimiser.ts';
import { rmsProp } from '../model/optimisers/rmsProp.ts';
import { sgd } from '../model/optimisers/sgd.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { heightsOf, type Landscape, landscapeOf, landscapeParam, type Place } from './landscapes.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

/** The four, each with the rate that it goes by. */
export const RULES: readonly {
  readonly id: string;
  readonly label: string;
  readonly rate: 'rate' | 'ownRate';
  readonly make: (groups: readonly ParameterGroup[]) => Optimiser;
}[] = [
  { id: 'sgd', label: 'SGD', rate: 'rate', make: sgd },
  { id: 'momentum', label: 'Momentum', rate: 'rate', make: momentum },
  { id: 'rmsprop', label: 'RMSProp', rate: 'ownRate', make: (groups) => rmsProp(groups, { smoothing: 0.9 }) },
  { id: 'adam', label: 'Adam', rate: 'ownRate', make: adam },
];
/** Beyond this loss a ball counts as gone: it won't come back, and its numbers would soon be infinite. A note names it. */
export const GONE = 1e4;
/** Which steps are shown: all of the first ten, then ever fewer. */
const SHOWN = [...Array.from({ length: 11 }, (_, i) => i), 15, 20, 30, 40, 60, 80, 100];

const columnsOf = ({ names: [x, y] }: Landscape): TableValue['columns'] => [
  { id: 'ball', label: 'ball', type: 'text' },
  { id: 'x', label: x, type: 'number' },
  { id: 'y', label: y, type: 'number' },
  { id: 'loss', label: 'loss', type: 'number' },
];

export const rateParams = {
  rate: { type: 'number', label: 'Rate of SGD and momentum', default: 0.02, min: 0.005, max: 0.15, step: 0.005 },
  ownRate: { type: 'number', label: 'Rate of RMSProp and Adam', default: 0.1, min: 0.01, max: 1, step: 0.01 },
} as const;

export const fourBalls = defineProgram({
  id: 'four-balls',
  title: 'Four balls on one landscape',
  session: false,
  params: {
    landscape: landscapeParam,
    ...rateParams,
    startX: { type: 'number', label: 'Start, first number', default: 2, min: -2, max: 3, step: 0.1 },
    startY: { type: 'number', label: 'Start, second number', default: 1, min: -1.5, max: 6, step: 0.1 },
  },
  async *run({ params, trace, engine: load }) {
    const engine = await load();
    const { startX, startY } = params;
    const land = landscapeOf(params.landscape);
    const heights = heightsOf(land);
    const columns = columnsOf(land);
    const most = SHOWN.at(-1) ?? 0;
    const ways = RULES.map(({ make, rate }) =>
      wayOf(engine, land, make, { start: [startX, startY], rate: params[rate], steps: most }),
    );
    const drawn = ways.map((way) => drawnOf(way, land));
    for (const step of SHOWN) {
      const at = ways.map((way) => way[step] as Place);
      const losses = at.map((place) => land.loss(place));
      trace.frame({
        op: step === 0 ? 'start' : 'step',
        label: step === 0 ? 'All four stand at one place' : `After ${step} ${step === 1 ? 'step' : 'steps'}`,
        note: noteOf(step, losses, ways),
        outputs: {
          landscape: trace.value({
            kind: 'plane',
            x: land.x,
            y: land.y,
            heights,
            paths: RULES.map(({ label }, i) => ({ label, points: (drawn[i] as Place[]).slice(0, step + 1) })),
            points: [
              { x: startX, y: startY, label: 'start', role: 'chosen', move: { x: 'startX', y: 'startY' } },
              { x: land.lowest[0], y: land.lowest[1], label: 'lowest', role: 'dim' },
            ],
          }),
          balls: trace.value(
            tableValue(
              columns,
              RULES.map(({ label }, i) => {
                const [x, y] = at[i] as Place;
                const loss = losses[i] as number;
                return Number.isNaN(loss) ? [label, null, null, null] : [label, round(x), round(y), round(loss)];
              }),
            ),
          ),
        },
        ...(step > 0 && { source: places.sgd }),
      });
      yield;
    }
  },
});

/** The places of one ball, the start first; NaN from where it is gone. */
export function wayOf(
  engine: Engine,
  land: Landscape,
  make: (groups: readonly ParameterGroup[]) => Optimiser,
  { start, rate, steps }: { readonly start: Place; readonly rate: number; readonly steps: number },
): Place[] {
  const way: Place[] = [start];
  engine.scope(() => {
    const place = engine.tensor([...start], { requiresGrad: true }); // (2,)
    const optimiser = make([{ parameters: [place] }]);
    let here = start;
    for (let step = 0; step < steps; step++) {
      if (!(land.loss(here) < GONE)) {
        here = [Number.NaN, Number.NaN];
      } else {
        place.grad = engine.tensor([...land.slope(here)]);
        optimiser.step(rate);
        here = [place.at(0), place.at(1)];
      }
      way.push(here);
    }
    place.grad = undefined;
    optimiser.release();
  });
  return way;
}

/** The part of a way that is drawn. A ball that gets lost is followed to where it leaves the picture, and no further. */
function drawnOf(way: readonly Place[], { x, y }: Landscape): readonly Place[] {
  if (!Number.isNaN(way.at(-1)?.[0])) {
    return way;
  }
  const left = way.findIndex(([px, py]) => !(px >= x.from && px <= x.to && py >= y.from && py <= y.to));
  return way.slice(0, left + 1);
}

function noteOf(step: number, losses: readonly number[], ways: readonly (readonly Place[])[]): string {
  if (step === 0) {
    return `The loss here is ${decimal(losses[0] as number)}. From now on each goes by its own rule.`;
  }
  const there = RULES.map(({ label }, i) => ({ label, loss: losses[i] as number }))
    .filter(({ loss }) => loss < GONE)
    .sort((a, b) => a.loss - b.loss);
  const [first, last] = [there[0], there.at(-1)];
  const gone = RULES.flatMap(({ label }, i) =>
    (losses[i] as number) < GONE
      ? []
      : [`${label} is gone: at step ${goneAt(ways[i] as readonly Place[])} its loss passed 10,000`],
  );
  return [
    ...(first === undefined ? [] : [`${first.label} is lowest, at ${small(first.loss)}`]),
    ...(last === undefined || last === first ? [] : [`${last.label} is highest, at ${small(last.loss)}`]),
    ...gone,
  ]
    .map((sentence) => `${sentence}.`)
    .join(' ');
}

/** The step that took a ball beyond GONE: the last that has a place. */
function goneAt(way: readonly Place[]): number {
  const next = way.findIndex(([x]) => Number.isNaN(x));
  return (next === -1 ? way.length : next) - 1;
}

function small(loss: number): string {
  return loss < 0.001 ? 'less than 0.001' : decimal(loss, 3);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
