// Sixteen drinks of six ingredients on a flat map, by principal components: how the map is made, how much of the spread
// it holds, and where it puts neighbours together that are none.

import { norm } from '../engine/ops/cosine.ts';
import { div } from '../engine/ops/div.ts';
import { reshape } from '../engine/ops/reshape.ts';
import { sub } from '../engine/ops/sub.ts';
import { mean } from '../engine/ops/sum.ts';
import type { Tensor } from '../engine/tensor.ts';
import { covariance, type Pca, pca, powerSteps, project } from '../model/pca.ts';
import type { MapLine, PointsValue, TableValue } from '../shared/trace.ts';
import { AMOUNTS, DRINKS, INGREDIENTS } from './cafeMenu.ts';
import { decimal } from './decimal.ts';
import { engineStep } from './engineStep.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, tableValue } from './views.ts';

const MENU = { axes: ['N', 'C'], labels: { 0: DRINKS, 1: INGREDIENTS } };
const STEPS: TableValue['columns'] = [
  { id: 'step', label: 'step', type: 'number' },
  { id: 'variance', label: 'variance along it', type: 'number' },
];
const SHARES: TableValue['columns'] = [
  { id: 'direction', label: 'direction', type: 'number' },
  { id: 'variance', label: 'variance', type: 'number' },
  { id: 'share', label: 'of all, %', type: 'number' },
  { id: 'sofar', label: 'so far, %', type: 'number' },
];
const CHECK: TableValue['columns'] = [
  { id: 'drink', label: 'drink', type: 'text' },
  { id: 'true', label: 'in all six', type: 'number' },
  { id: 'map', label: 'on the map', type: 'number' },
];

export const pcaMap = defineProgram({
  id: 'pca-map',
  title: 'A map of six dimensions',
  session: false,
  params: {
    lengths: {
      type: 'choice',
      label: 'Before the map is made',
      default: 'unit',
      options: [
        { value: 'unit', label: 'give every arrow the length 1' },
        { value: 'amounts', label: 'leave the cups as large as they are' },
      ],
    },
    drink: {
      type: 'choice',
      label: 'True distances from',
      default: 'warm milk',
      options: DRINKS.map((name) => ({ value: name, label: name })),
    },
  },
  async *run({ params: { lengths, drink }, trace, tape, engine: load, random }) {
    const engine = await load();
    const menu = tape.describe(engine.tensor(AMOUNTS.map((row) => [...row])), { ...MENU, name: 'menu' }); // (N, C)
    trace.frame({
      op: 'menu',
      label: 'The menu',
      note: `${counted(DRINKS.length, 'drink')} with ${INGREDIENTS.length} amounts each, in centilitres. Six axes: more than anybody can draw.`,
      outputs: { menu: tape.value(menu) },
    });
    yield;

    let rows = menu; // (N, C)
    if (lengths === 'unit') {
      rows = engineStep(
        tape,
        engine,
        {
          op: 'unit',
          label: 'Give every arrow the length 1',
          note: 'Each row is divided by its length. Only the mix is left: every size of a drink is now the same row.',
          source: places.norm,
          result: { ...MENU, name: 'mix' },
        },
        () => div(menu, reshape(norm(menu), [DRINKS.length, 1])), // (N, C)
      );
      yield;
    }

    const centred = engineStep(
      tape,
      engine,
      {
        op: 'centre',
        label: 'Put the middle at the origin',
        note: 'The mean drink is subtracted from each. What is left says how a drink differs from the middle of the menu.',
        source: places.sub,
        result: { ...MENU, name: 'centred' },
      },
      () => sub(rows, mean(rows, 0)), // (N, C)
    );
    yield;

    const spread = engineStep(
      tape,
      engine,
      {
        op: 'covariance',
        label: 'How the ingredients vary together',
        note: 'On the diagonal each ingredient’s variance. Elsewhere: more than 0 where two come together, less than 0 where one stands in for the other.',
        source: places.covariance,
        result: { name: 'covariance', axes: ['C', 'C'], labels: { 0: INGREDIENTS, 1: INGREDIENTS } },
      },
      () => covariance(centred), // (C, C)
    );
    yield;

    const steps = [...powerSteps(spread, engine.ones([INGREDIENTS.length]))].map(({ variance }) => variance);
    const found = pca(rows, INGREDIENTS.length, random);
    const widest = tape.describe(engine.tensor(rowsOf(found.directions).slice(0, 2)), {
      name: 'directions',
      axes: ['K', 'C'],
      labels: { 0: ['first', 'second'], 1: INGREDIENTS },
    }); // (2, C)
    trace.frame({
      op: 'directions',
      label: 'The two widest directions',
      note: `Multiplied by the covariance ${steps.length - 1} times, a direction has turned to where the drinks differ most. With that one taken out, the same is done for the second.`,
      source: places.powerSteps,
      inputs: { covariance: tape.value(spread) },
      outputs: {
        directions: tape.value(widest),
        variance: trace.value(
          tableValue(
            STEPS,
            steps.map((variance, step) => [step, rounded(variance, 4)]),
          ),
        ),
      },
    });
    yield;

    const flat = engineStep(
      tape,
      engine,
      {
        op: 'project',
        label: 'Lay every drink along the two',
        note: 'Two dot products for each drink are its place on the map.',
        source: places.project,
        result: { name: 'places', axes: ['N', 'K'], labels: { 0: DRINKS, 1: ['first', 'second'] } },
      },
      () => project(rows, { center: found.center, directions: widest }), // (N, 2)
    );
    yield;

    const shares = sharesOf(found);
    const onMap = rowsOf(flat);
    trace.frame({
      op: 'map',
      label: 'The map',
      note: `The map holds ${decimal(shares[1]!.sofar, 0)}% of all the variance; ${decimal(100 - shares[1]!.sofar, 0)}% lies in directions that it doesn’t have.`,
      outputs: {
        map: trace.value(mapOf(onMap, [])),
        variance: trace.value(
          tableValue(
            SHARES,
            shares.map(({ variance, share, sofar }, i) => [
              i + 1,
              rounded(variance, 3),
              rounded(share, 1),
              rounded(sofar, 1),
            ]),
            [0, 1].map((row) => ({ row, role: 'chosen' })),
          ),
        ),
      },
    });
    yield;

    const from = DRINKS.indexOf(drink);
    const inSpace = rowsOf(rows);
    const [near, seems] = [closest(inSpace, from), closest(onMap, from)];
    const misled = DRINKS.filter(
      (_, i) => closest(inSpace, i).distance < distance(inSpace, i, closest(onMap, i).id) - 1e-4,
    );
    trace.frame({
      op: 'check',
      label: 'Where the map misleads',
      note: `${checkSentence(drink, near, seems, distance(inSpace, from, seems.id))} Of the ${DRINKS.length} drinks ${misled.length} have a nearest one on the map that isn’t their nearest.`,
      outputs: {
        map: trace.value(mapOf(onMap, linesOf(onMap, from, near.id, seems.id), from)),
        distances: trace.value(distancesOf(inSpace, onMap, from, near.id, seems.id)),
      },
    });
    yield;
  },
});

function rowsOf(matrix: Tensor): number[][] {
  return matrix.toNested() as number[][];
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function sharesOf({ variances, total }: Pca): { variance: number; share: number; sofar: number }[] {
  let sum = 0;
  return variances.map((variance) => {
    sum += variance;
    return { variance, share: (100 * variance) / total, sofar: (100 * sum) / total };
  });
}

function distance(rows: readonly (readonly number[])[], a: number, b: number): number {
  return Math.hypot(...rows[a]!.map((value, axis) => value - rows[b]![axis]!));
}

/** The row nearest to another one; of equals the first. */
function closest(rows: readonly (readonly number[])[], to: number): { id: number; distance: number } {
  return rows
    .map((_, id) => ({ id, distance: rounded(distance(rows, to, id), 5) }))
    .filter(({ id }) => id !== to)
    .reduce((best, candidate) => (candidate.distance < best.distance ? candidate : best));
}

function checkSentence(
  drink: string,
  near: { readonly id: number; readonly distance: number },
  seems: { readonly id: number; readonly distance: number },
  truth: number,
): string {
  return truth < near.distance + 1e-4
    ? `Nearest to ${drink} is ${DRINKS[near.id]}, on the map and in all six dimensions.`
    : `On the map ${DRINKS[seems.id]} is nearest to ${drink}, ${decimal(seems.distance)} away. In all six dimensions it’s ${decimal(truth)} away, and ${DRINKS[near.id]} is nearer: ${decimal(near.distance)}.`;
}

function mapOf(rows: readonly (readonly number[])[], lines: readonly MapLine[], from?: number): PointsValue {
  return {
    kind: 'points',
    look: 'dots',
    points: rows.map(([x = 0, y = 0], i) => ({
      x,
      y,
      label: DRINKS[i]!,
      ...(i === from && { role: 'chosen' as const }),
    })),
    lines,
    xLabel: 'first direction',
    yLabel: 'second direction',
  };
}

/** From a drink to its nearest, and to the one that seems so. */
function linesOf(rows: readonly (readonly number[])[], from: number, near: number, seems: number): MapLine[] {
  const place = (id: number) => [rows[id]![0]!, rows[id]![1]!] as const;
  return [
    { from: place(from), to: place(near), label: 'nearest', role: 'match' },
    ...(seems === near ? [] : [{ from: place(from), to: place(seems), label: 'seems nearest', role: 'warn' } as const]),
  ];
}

function distancesOf(
  inSpace: readonly (readonly number[])[],
  onMap: readonly (readonly number[])[],
  from: number,
  near: number,
  seems: number,
): TableValue {
  const order = DRINKS.map((_, id) => id)
    .filter((id) => id !== from)
    .map((id) => ({ id, truth: rounded(distance(inSpace, from, id), 3), map: rounded(distance(onMap, from, id), 3) }))
    .sort((a, b) => a.truth - b.truth);
  const at = (wanted: number) => order.findIndex(({ id }) => id === wanted);
  return tableValue(
    CHECK,
    order.map(({ id, truth, map }) => [DRINKS[id]!, truth, map]),
    [{ row: at(near), role: 'match' }, ...(seems === near ? [] : [{ row: at(seems), role: 'warn' as const }])],
  );
}
